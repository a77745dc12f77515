package workspace

import (
	"errors"

	"fieldbook/envelope"
	"fieldbook/keyring"
	"fieldbook/record"
)

// ring holds the workspace keys this device was given, by key id.
type ring struct {
	keys    map[envelope.KeyID]keyring.Key
	current envelope.KeyID // new entries are sealed under it
	first   envelope.KeyID // names of imported things derive from it for ever
}

// errNoKey says that an entry is sealed under a key this device was not given.
var errNoKey = errors.New("no key for this entry yet")

func (r *ring) add(key keyring.Key) {
	if r.keys == nil {
		r.keys = map[envelope.KeyID]keyring.Key{}
	}
	id := envelope.KeyID(key.ID())
	if _, ok := r.keys[id]; ok {
		key.Wipe()
		return
	}
	r.keys[id] = key
	if len(r.keys) == 1 {
		r.first = id
	}
	r.current = id
}

func (r *ring) get(id envelope.KeyID) (keyring.Key, error) {
	if key, ok := r.keys[id]; ok {
		return key, nil
	}
	return keyring.Key{}, errNoKey
}

func (r *ring) all() []keyring.Key {
	keys := make([]keyring.Key, 0, len(r.keys))
	for _, key := range r.keys {
		keys = append(keys, key)
	}
	return keys
}

func (r *ring) wipe() {
	for _, key := range r.keys {
		key.Wipe()
	}
	r.keys = nil
}

// derive names a thing that several people may create independently, so that
// all of them create the same one: HMAC under a subkey of the first key.
func (r *ring) derive(parts ...string) record.ID {
	return record.ID(r.keys[r.first].Name(parts...))
}
