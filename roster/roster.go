// Package roster keeps who may do what in a workspace and the keys that this device or service was given: the replay of the
// control events, joined with the workspace keys that were wrapped for one identity. With both it opens envelopes, chooses
// the key that new ones are sealed under, and tells who lacks a key.
//
// It is what a laptop and a merging service share: both come to the same fate of every envelope.
package roster

import (
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"sync"

	"fieldbook/envelope"
	"fieldbook/keyring"
)

// Errors that callers tell apart.
var (
	// ErrNoKey says that an envelope is sealed under a key that was not given to this identity, or not yet.
	ErrNoKey = errors.New("no key for this entry yet")
	// ErrNoSealingKey says that each key at hand is known to somebody whose right to it has ended. An owner or engineer makes
	// one, see NewKey; others wait for it.
	ErrNoSealingKey = errors.New("no key that only those know who may")
)

// Roster is the replay of a workspace's control events with the keys they brought. It is safe for concurrent use, because
// read models open envelopes on all cores; only Wipe must not overlap with other use.
type Roster struct {
	id envelope.WorkspaceID

	mu      sync.RWMutex
	acl     *envelope.ACL
	keys    map[envelope.KeyID]keyring.Key
	bad     map[[sha256.Size]byte]bool    // wraps that this identity cannot open, by hash
	states  map[string]*envelope.ACLState // by ACL reference; dropped whenever the replay grows
	naming  envelope.KeyID                // once it is known
	sealing envelope.KeyID                // the last answer of Sealing; dropped whenever replay or keys grow
}

// New starts the roster of a workspace, with nobody in it.
func New(id envelope.WorkspaceID) *Roster {
	return &Roster{
		id: id, acl: envelope.NewACL(id), keys: map[envelope.KeyID]keyring.Key{},
		bad: map[[sha256.Size]byte]bool{}, states: map[string]*envelope.ACLState{},
	}
}

// Admit replays control events whose authors are proven. One that names another that is not here yet waits; one that is not
// allowed changes nothing, and Verdict tells why.
func (r *Roster) Admit(controls ...*envelope.Envelope) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range controls {
		// What Add refuses is authentic evidence of something not allowed: it counts for nothing here.
		_ = r.acl.Add(e)
	}
	clear(r.states)
	r.sealing = envelope.KeyID{}
	r.naming, _ = r.acl.Naming()
}

// Take unwraps the workspace keys that were wrapped for an identity, those that are not at hand yet. A wrap that cannot be
// opened, or holds another key than it says, is passed over: whoever made it must not lock out the receiver.
// envelope.ErrNotAdmitted: the workspace's naming key is not among them, so that there is nothing to work with.
func (r *Roster) Take(identity *keyring.Identity) error {
	device := PublicKeys(identity).ID()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, wrap := range r.acl.Wraps(device) {
		if _, held := r.keys[wrap.Key]; !held {
			r.unwrap(identity, wrap)
		}
	}
	r.sealing = envelope.KeyID{}
	if _, ok := r.keys[r.naming]; !ok {
		return fmt.Errorf("no workspace key is wrapped for %s: %w", device, envelope.ErrNotAdmitted)
	}
	return nil
}

func (r *Roster) unwrap(identity *keyring.Identity, wrap envelope.Wrap) {
	sum := sha256.Sum256(wrap.Data)
	if r.bad[sum] {
		return
	}
	key, err := identity.Unwrap(r.id, wrap.Data)
	if err == nil && key.ID() == wrap.Key {
		r.keys[wrap.Key] = key
		return
	}
	key.Wipe()
	r.bad[sum] = true
}

// State is who may do what as of an ACL reference; envelope.ErrWaiting if that is not here yet.
func (r *Roster) State(refs []envelope.Hash) (*envelope.ACLState, error) {
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

// Now is the state that the next envelope of a feed is written in.
func (r *Roster) Now() (*envelope.ACLState, error) { return r.State(r.Refs(nil)) }

// Refs are what the next envelope of a feed refers to, given what the one before it referred to.
func (r *Roster) Refs(older []envelope.Hash) []envelope.Hash {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.acl.Refs(older)
}

// Covers tells whether newer includes all that older referred to.
func (r *Roster) Covers(newer, older []envelope.Hash) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(older) == 0 || r.acl.Covers(newer, older)
}

// Member says as whom a device wrote an envelope. envelope.ErrWaiting: the members' state that it names is not here yet.
// envelope.ErrNotAdmitted: that state does not admit it.
func (r *Roster) Member(e *envelope.Envelope) (envelope.Member, error) {
	state, err := r.State(e.ACL)
	if err != nil {
		return envelope.Member{}, err
	}
	member, ok := state.Device(e.Device)
	if !ok {
		return envelope.Member{}, envelope.ErrNotAdmitted
	}
	return member, nil
}

// Founding tells whether e, of this hash, is the event that made the workspace, which names no members' state because it is
// the first.
func (r *Roster) Founding(e *envelope.Envelope, hash envelope.Hash) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(e.ACL) == 0 && r.acl.Has(hash)
}

// Verdict is what became of a control event in the replay, see envelope.ACL.Verdict.
func (r *Roster) Verdict(hash envelope.Hash) error {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.acl.Verdict(hash)
}

// SignKey is the key that checks a device's heads, once it was admitted.
func (r *Roster) SignKey(d envelope.DeviceID) (ed25519.PublicKey, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.acl.Key(d)
}

// ServiceKey is the key that checks a service's receipts, once it was granted anything, also when that has ended.
func (r *Roster) ServiceKey(service envelope.DeviceID) (ed25519.PublicKey, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.acl.ServiceKey(service)
}

// Digest is equal for equal sets of control events.
func (r *Roster) Digest() envelope.Hash {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.acl.Digest()
}

// PublicKeys are those of an identity; their ID names its device or service.
func PublicKeys(i *keyring.Identity) envelope.DeviceKeys {
	return envelope.DeviceKeys{Sign: i.SignPublic(), Recipient: i.Recipient()}
}
