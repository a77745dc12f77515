package roster

import (
	"bytes"
	"fmt"

	"fieldbook/envelope"
	"fieldbook/keyring"
)

// Key is a workspace key at hand; ErrNoKey if it is not. The roster keeps it: the caller must not wipe it.
func (r *Roster) Key(id envelope.KeyID) (keyring.Key, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	key, ok := r.keys[id]
	if !ok {
		return keyring.Key{}, ErrNoKey
	}
	return key, nil
}

// Derive names a thing that several people may create independently, so that all of them create the same one: HMAC under a
// subkey of the workspace's first key, for ever. It panics before Take has succeeded.
func (r *Roster) Derive(parts ...string) [16]byte {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.keys[r.naming].Name(parts...)
}

// Sealing is the key to seal new entries under: of the keys at hand that nobody was given whose right has ended, the one that
// most admitted devices were given. Of several such the naming key, or else the one with the smallest id, so that all who
// hold the same choose the same. ErrNoSealingKey if there is none.
func (r *Roster) Sealing() (envelope.KeyID, error) {
	r.mu.RLock()
	id := r.sealing
	r.mu.RUnlock()
	if !id.IsZero() {
		return id, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	state, err := r.acl.State(r.acl.Refs(nil))
	if err != nil {
		return envelope.KeyID{}, fmt.Errorf("choosing a key: %w", err)
	}
	best, most := envelope.KeyID{}, 0
	for id := range r.keys {
		n := holders(state, id)
		if n > most || n == most && n > 0 && r.before(id, best) {
			best, most = id, n
		}
	}
	if most == 0 {
		return envelope.KeyID{}, ErrNoSealingKey
	}
	r.sealing = best
	return best, nil
}

// holders counts the admitted devices that were given a key; none if somebody was whose right has ended.
func holders(state *envelope.ACLState, key envelope.KeyID) (n int) {
	for _, id := range state.Recipients(key) {
		if state.Ended(id) {
			return 0
		}
		if _, ok := state.Device(id); ok {
			n++
		}
	}
	return n
}

// before orders keys that equally many devices were given.
func (r *Roster) before(a, b envelope.KeyID) bool {
	return a == r.naming || b != r.naming && bytes.Compare(a[:], b[:]) < 0
}

// Wipe overwrites the keys. Nothing can be opened or sealed afterwards.
func (r *Roster) Wipe() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, key := range r.keys {
		key.Wipe()
	}
	clear(r.keys)
	r.sealing = envelope.KeyID{}
}
