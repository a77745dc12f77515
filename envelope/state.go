package envelope

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"sync"
)

// ACLState is who may do what as of some control events. It never changes.
type ACLState struct {
	*rights
	recipients func() map[KeyID][]DeviceID
}

// Member is a person with the role in which a device acts.
type Member struct {
	ID   MemberID
	Role Role
}

// Device is an admitted device.
type Device struct {
	ID     DeviceID
	Member Member
	Keys   DeviceKeys
	// By is the control event that admitted it.
	By Hash
}

func compareHashes(a, b Hash) int { return bytes.Compare(a[:], b[:]) }

// State is who may do what as of these control events and all they refer to; ErrWaiting if one of them is not here yet. No
// references give a state that admits nobody.
func (a *ACL) State(refs []Hash) (*ACLState, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	var room [MaxRefs * len(Hash{})]byte
	key := room[:0]
	for i := range refs {
		key = append(key, refs[i][:]...)
	}
	if s, ok := a.states[string(key)]; ok {
		return s, nil
	}
	nodes := make([]int, len(refs))
	for i, ref := range refs {
		at, ok := a.index[ref]
		if !ok {
			return nil, fmt.Errorf("control event %s: %w", ref, ErrWaiting)
		}
		nodes[i] = at
	}
	s := &ACLState{rights: a.rights(nodes)}
	s.recipients = sync.OnceValue(func() map[KeyID][]DeviceID { return a.recipients(nodes) })
	if len(a.states) >= maxStates {
		clear(a.states)
	}
	a.states[string(key)] = s
	return s, nil
}

// Heads are the newest control events that changed rights, sorted: those that no other one has in its past.
func (a *ACL) Heads() []Hash {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.sortedHeads()
}

func (a *ACL) sortedHeads() []Hash {
	heads := make([]Hash, 0, len(a.heads))
	for i := range a.heads {
		heads = append(heads, a.nodes[i].hash)
	}
	slices.SortFunc(heads, compareHashes)
	return heads
}

// Refs are the references that the next envelope of a feed carries: at most MaxRefs, sorted, covering those that the feed
// carried so far, and the newest ones otherwise.
func (a *ACL) Refs(older []Hash) []Hash {
	a.mu.Lock()
	defer a.mu.Unlock()
	heads := a.sortedHeads()
	refs := map[Hash]bool{}
	for _, old := range older {
		if a.covers(slices.Collect(maps.Keys(refs)), old) {
			continue
		}
		if at := slices.IndexFunc(heads, func(h Hash) bool { return a.covers([]Hash{h}, old) }); at >= 0 {
			old = heads[at]
		}
		refs[old] = true
	}
	for _, h := range heads {
		if len(refs) < MaxRefs {
			refs[h] = true
		}
	}
	return slices.SortedFunc(maps.Keys(refs), compareHashes)
}

// Covers tells whether each of older is among newer or in the past of one of them. A feed's references never go back: those of
// each envelope cover those of the one before.
func (a *ACL) Covers(newer, older []Hash) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return !slices.ContainsFunc(older, func(old Hash) bool { return !a.covers(newer, old) })
}

func (a *ACL) covers(newer []Hash, old Hash) bool {
	if slices.Contains(newer, old) {
		return true
	}
	target, ok := a.index[old]
	if !ok {
		return false
	}
	var from []int
	for _, h := range newer {
		if i, ok := a.index[h]; ok {
			from = append(from, i)
		}
	}
	found := false
	a.past(from, func(i int) { found = found || i == target })
	return found
}

// Device is the member a device acts as, in the role it was admitted in.
func (s *ACLState) Device(d DeviceID) (Member, bool) {
	device, ok := s.devices[d]
	return device.Member, ok
}

// Devices lists the admitted devices by id.
func (s *ACLState) Devices() []Device { return byID(s.devices) }

// Services lists, by id, the services that an owner's grant lets open what is sealed, if it has not ended.
func (s *ACLState) Services() []Service { return byID(s.services) }

// Ended tells whether the device or service was let in once and is not any more.
func (s *ACLState) Ended(id DeviceID) bool { return s.granted[id] && !s.active(id) }

// Recipients are the devices and services that a key was wrapped for, by id, also those that have ended since.
func (s *ACLState) Recipients(key KeyID) []DeviceID { return slices.Clone(s.recipients()[key]) }

// recipients are those of the wraps in refs and their past, by key.
func (a *ACL) recipients(refs []int) map[KeyID][]DeviceID {
	a.mu.Lock()
	defer a.mu.Unlock()
	all := map[KeyID][]DeviceID{}
	a.past(refs, func(i int) {
		if a.nodes[i].verdict != nil {
			return
		}
		for _, w := range a.nodes[i].control.Wraps {
			all[w.Key] = append(all[w.Key], w.Device)
		}
	})
	for key, ids := range all {
		slices.SortFunc(ids, func(x, y DeviceID) int { return bytes.Compare(x[:], y[:]) })
		all[key] = slices.Compact(ids)
	}
	return all
}

// Members lists the members by id, each with the strongest role of their devices.
func (s *ACLState) Members() []Member {
	strongest := map[MemberID]Member{}
	for _, d := range s.devices {
		if d.Member.Role.rank() > strongest[d.Member.ID].Role.rank() {
			strongest[d.Member.ID] = d.Member
		}
	}
	return slices.SortedFunc(maps.Values(strongest), func(x, y Member) int { return bytes.Compare(x.ID[:], y.ID[:]) })
}

// Newer tells whether a control event of a newer version was known too, whose effect is not in this state.
func (s *ACLState) Newer() bool { return s.newer }
