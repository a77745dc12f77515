package envelope

import (
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"sync"
)

// ACL is the replay of control events into who may do what. Control events form a graph by the references in their headers;
// each is judged by its own past alone, so that the outcome is a function of the set added, never of its order.
//
// The caller vouches for authorship: it adds an envelope only after a head of its feed was verified with Key of the author (or
// Founder's key for the first one), or because a grant that it trusts carries it. An ACL grows with what is added; how much a
// device may add is the store's to bound. It is safe for concurrent use.
type ACL struct {
	workspace WorkspaceID

	mu      sync.Mutex
	nodes   []node
	index   map[Hash]int
	pending map[Hash]*Envelope
	// wanted has, by missing hash, the pending ones that name it.
	wanted   map[Hash][]Hash
	keys     map[DeviceID]DeviceKeys // of devices
	services map[DeviceID]DeviceKeys // ever granted anything
	heads    map[int]bool
	states   map[string]*ACLState
}

// node is a control event that is here with its whole past.
type node struct {
	hash    Hash
	refs    []int
	control *Control
	// verdict is nil if the event has effect.
	verdict error
	// admits are those whom the event admits, if it has effect.
	admits []Device
	// grants is the service that the event lets in, and ends are the grants that it ends, if it has effect.
	grants DeviceID
	ends   []int
}

// maxStates bounds the states that are remembered; beyond it they are computed anew.
const maxStates = 4096

// NewACL starts an empty replay.
func NewACL(ws WorkspaceID) *ACL {
	return &ACL{
		workspace: ws,
		index:     map[Hash]int{},
		pending:   map[Hash]*Envelope{},
		wanted:    map[Hash][]Hash{},
		keys:      map[DeviceID]DeviceKeys{},
		services:  map[DeviceID]DeviceKeys{},
		heads:     map[int]bool{},
		states:    map[string]*ACLState{},
	}
}

// Add takes a control envelope, once or again. It answers the event's verdict: nil if it has effect; ErrWaiting if a control
// event it names is missing (it is kept, and judged when that arrives); ErrNotAdmitted, ErrNotAllowed or a codec error such as
// ErrNewer if it is kept without effect. What is not a control envelope of this workspace is not kept: ErrWorkspace or a codec
// error. The ACL keeps e and its memory.
func (a *ACL) Add(e *Envelope) error {
	if err := e.Check(); err != nil {
		return fmt.Errorf("add to ACL: %w", err)
	}
	if e.Workspace != a.workspace {
		return fmt.Errorf("add to ACL: %w", ErrWorkspace)
	}
	if !e.IsControl() {
		return fmt.Errorf("add to ACL: sealed envelope: %w", ErrMalformed)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	h := e.Hash()
	if _, ok := a.index[h]; !ok && a.pending[h] == nil {
		a.take(h, e)
	}
	return a.verdict(h)
}

// take settles an envelope, and those that waited for it, or keeps it waiting.
func (a *ACL) take(h Hash, e *Envelope) {
	a.pending[h] = e
	for ready := []Hash{h}; len(ready) > 0; ready = ready[1:] {
		h, e := ready[0], a.pending[ready[0]]
		if e == nil {
			continue
		}
		missing := slices.IndexFunc(e.ACL, func(ref Hash) bool { _, ok := a.index[ref]; return !ok })
		if missing >= 0 {
			a.wanted[e.ACL[missing]] = append(a.wanted[e.ACL[missing]], h)
			continue
		}
		delete(a.pending, h)
		a.settle(h, e)
		ready = append(ready, a.wanted[h]...)
		delete(a.wanted, h)
	}
}

// settle judges an envelope whose whole past is here.
func (a *ACL) settle(h Hash, e *Envelope) {
	n := node{hash: h, refs: make([]int, len(e.ACL))}
	for i, ref := range e.ACL {
		n.refs[i] = a.index[ref]
	}
	at := len(a.nodes)
	a.index[h] = at
	n.control, n.verdict = a.judge(e, n.refs)
	if n.verdict == nil {
		a.effect(&n, at)
	}
	a.nodes = append(a.nodes, n)
}

// effect takes over what an event changes.
func (a *ACL) effect(n *node, at int) {
	c := n.control
	n.admits = c.admits(n.hash)
	for _, d := range n.admits {
		a.keys[d.ID] = d.Keys
	}
	if c.Service != nil {
		n.grants = c.Service.ID()
		a.services[n.grants] = *c.Service
	}
	if c.Type == EpochOpened {
		return
	}
	a.past(n.refs, func(i int) {
		delete(a.heads, i)
		if c.Type == ServiceEnded && a.nodes[i].grants == c.Ended {
			n.ends = append(n.ends, i)
		}
	})
	a.heads[at] = true
}

// admits are the devices that a control event of this hash admits.
func (c *Control) admits(h Hash) []Device {
	var devices []Device
	for _, g := range []*Grant{c.Founder, c.Recovery, c.Grant} {
		if g != nil {
			member := Member{ID: g.Member, Role: g.Role}
			devices = append(devices, Device{ID: g.Keys.ID(), Member: member, Keys: g.Keys, By: h})
		}
	}
	return devices
}

// past calls fn with every settled event in refs or in their past, once each.
func (a *ACL) past(refs []int, fn func(i int)) {
	seen := make([]bool, len(a.nodes))
	todo := slices.Clone(refs)
	for len(todo) > 0 {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[i] {
			continue
		}
		seen[i] = true
		fn(i)
		todo = append(todo, a.nodes[i].refs...)
	}
}

// Has tells whether the control event is here with all that it refers to.
func (a *ACL) Has(h Hash) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	_, ok := a.index[h]
	return ok
}

// Verdict is what Add would answer for a control event now; ErrWaiting for one that was never added.
func (a *ACL) Verdict(h Hash) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.verdict(h)
}

func (a *ACL) verdict(h Hash) error {
	i, ok := a.index[h]
	if !ok {
		return fmt.Errorf("control event %s: %w", h, ErrWaiting)
	}
	return a.nodes[i].verdict
}

// Key is the signing key of a device, from the moment on that the control event that admits it is here.
func (a *ACL) Key(d DeviceID) (ed25519.PublicKey, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	k, ok := a.keys[d]
	return k.Sign, ok
}

// ServiceKey is the signing key of a service from the moment on that an event that grants it anything is here. It stays when
// the grant has ended: receipts of before can still be checked.
func (a *ACL) ServiceKey(service DeviceID) (ed25519.PublicKey, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	k, ok := a.services[service]
	return k.Sign, ok
}

// Wraps are the workspace keys wrapped for a device or service, in the order of the hashes of the control events that carry
// them. That one cannot be unwrapped, or holds another key than it says, is possible and says nothing about the others.
func (a *ACL) Wraps(d DeviceID) []Wrap {
	a.mu.Lock()
	defer a.mu.Unlock()
	var wraps []Wrap
	for _, i := range a.sorted() {
		n := &a.nodes[i]
		if n.verdict != nil {
			continue
		}
		for _, w := range n.control.Wraps {
			if w.Device == d {
				wraps = append(wraps, w)
			}
		}
	}
	return wraps
}

// Naming is the key that names are derived from: the one that workspace.created brought. ok is false until that is here.
func (a *ACL) Naming() (key KeyID, ok bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, i := range a.sorted() {
		if n := &a.nodes[i]; n.verdict == nil && n.control.Type == WorkspaceCreated {
			return n.control.Wraps[0].Key, true
		}
	}
	return KeyID{}, false
}

// sorted lists the settled events by hash.
func (a *ACL) sorted() []int {
	order := make([]int, len(a.nodes))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return compareHashes(a.nodes[i].hash, a.nodes[j].hash) })
	return order
}

// Digest is equal for equal sets of control events: SHA-256 over each settled one's hash and whether it has effect, by hash.
func (a *ACL) Digest() Hash {
	a.mu.Lock()
	defer a.mu.Unlock()
	sum := sha256.New()
	for _, i := range a.sorted() {
		n := &a.nodes[i]
		sum.Write(append(n.hash[:], class(n.verdict)))
	}
	return Hash(sum.Sum(nil))
}

// class is a verdict as a byte of the digest.
func class(verdict error) byte {
	for i, err := range []error{ErrNotAdmitted, ErrNotAllowed, ErrNewer} {
		if errors.Is(verdict, err) {
			return byte(2 + i)
		}
	}
	if verdict != nil {
		return 1
	}
	return 0
}
