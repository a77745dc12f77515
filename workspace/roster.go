package workspace

import (
	"errors"
	"fmt"
	"sync"

	"fieldbook/envelope"
	"fieldbook/keyring"
)

// roster is the replay of the control events with the keys they brought. It is
// safe for concurrent use, because read models open events on all cores.
type roster struct {
	mu     sync.RWMutex
	acl    *envelope.ACL
	keys   ring
	states map[string]*envelope.ACLState // by ACL reference; dropped whenever the replay grows
}

func newRoster(id envelope.WorkspaceID) *roster {
	return &roster{acl: envelope.NewACL(id), states: map[string]*envelope.ACLState{}}
}

// admit replays control events. One that names another that is not here yet
// waits; one that is not allowed changes nothing. Both stay in the log.
func (r *roster) admit(controls ...*envelope.Envelope) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range controls {
		// What Add refuses is authentic evidence of something not allowed: it
		// counts for nothing, and verify names it.
		_ = r.acl.Add(e)
	}
	clear(r.states)
}

// take unwraps the workspace keys that were wrapped for a device.
func (r *roster) take(id envelope.WorkspaceID, identity *keyring.Identity) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, wrapped := range r.acl.Wraps(deviceOf(identity)) {
		key, err := identity.Unwrap(id, wrapped)
		if err != nil {
			return fmt.Errorf("unwrapping a workspace key: %w", err)
		}
		r.keys.add(key)
	}
	if len(r.keys.keys) == 0 {
		return fmt.Errorf("no workspace key is wrapped for this laptop: %w", envelope.ErrNotAdmitted)
	}
	return nil
}

// state is who may do what as of an ACL reference; ErrWaiting if it is not here.
func (r *roster) state(refs []envelope.Hash) (*envelope.ACLState, error) {
	name := make([]byte, 0, 32*len(refs))
	for i := range refs {
		name = append(name, refs[i][:]...)
	}
	r.mu.RLock()
	state, ok := r.states[string(name)]
	r.mu.RUnlock()
	if ok {
		return state, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	state, err := r.acl.State(refs)
	if err == nil {
		r.states[string(name)] = state
	}
	return state, err
}

// now is the newest state known.
func (r *roster) now() (*envelope.ACLState, error) { return r.state(r.refs(nil)) }

// refs are what the next envelope of a feed refers to.
func (r *roster) refs(older []envelope.Hash) []envelope.Hash {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.acl.Refs(older)
}

// member says as whom a device wrote an envelope. ErrWaiting: the members'
// state it names is not here yet. ErrNotAdmitted: that state doesn't admit it.
func (r *roster) member(e *envelope.Envelope) (envelope.Member, error) {
	state, err := r.state(e.ACL)
	if err != nil {
		return envelope.Member{}, err
	}
	member, ok := state.Device(e.Device)
	if !ok {
		return envelope.Member{}, envelope.ErrNotAdmitted
	}
	return member, nil
}

// signKey is the key that checks a device's heads, once it was admitted.
func (r *roster) signKey(d envelope.DeviceID) (key []byte, ok bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.acl.Key(d)
}

func (r *roster) key(id envelope.KeyID) (keyring.Key, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.keys.get(id)
}

func (r *roster) digest() [32]byte {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.acl.Digest()
}

func (r *roster) wipe() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keys.wipe()
}

func isWaiting(err error) bool { return errors.Is(err, envelope.ErrWaiting) }

// founding says whether e is the event that made the workspace, which names no
// members' state because it is the first.
func (r *roster) founding(e *envelope.Envelope, hash envelope.Hash) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return e.IsControl() && len(e.ACL) == 0 && r.acl.Has(hash)
}

// covers says whether newer includes all that older referred to.
func (r *roster) covers(newer, older []envelope.Hash) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(older) == 0 || r.acl.Covers(newer, older)
}
