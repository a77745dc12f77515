package envelope

import (
	"reflect"
	"slices"
	"testing"
)

// state is who may do what as of some events.
func state(t *testing.T, a *ACL, events ...*Envelope) *ACLState {
	t.Helper()
	var refs []Hash
	for _, e := range events {
		refs = append(refs, e.Hash())
	}
	s, err := a.State(refs)
	must(t, err)
	return s
}

// holds fails unless a key was wrapped for exactly these.
func holds(t *testing.T, s *ACLState, key byte, want ...actor) {
	t.Helper()
	got := s.Recipients(KeyID{0x4b, key})
	if len(got) != len(want) || !slices.IsSortedFunc(got, func(a, b DeviceID) int { return slices.Compare(a[:], b[:]) }) {
		t.Fatalf("key %d was wrapped for %s", key, got)
	}
	for _, a := range want {
		if !slices.Contains(got, a.keys().ID()) {
			t.Fatalf("key %d was not wrapped for %s", key, a.name)
		}
	}
}

func TestServiceIsGrantedAndEnded(t *testing.T) {
	h, service := newHistory(), newActor("service")
	id := service.keys().ID()
	granted := h.grant(h.ann, service, h.owner.Hash())
	ended := h.end(h.founder, service, granted.Hash())
	again := h.grant(h.founder, service, ended.Hash())
	a := replay(t, h.plant, append(h.all(), granted, ended, again)...)
	for name, c := range map[string]struct {
		at            *Envelope
		active, ended bool
	}{
		"before": {h.owner, false, false}, "granted": {granted, true, false}, "ended": {ended, false, true}, "again": {again, true, false},
	} {
		s := state(t, a, c.at)
		got := s.Services()
		if (len(got) == 1) != c.active || s.Ended(id) != c.ended {
			t.Errorf("%s: services %v, ended %v", name, got, s.Ended(id))
		}
		if c.active && !reflect.DeepEqual(got[0], Service{id, service.keys(), c.at.Hash()}) {
			t.Errorf("%s: %+v", name, got[0])
		}
		if _, ok := s.Device(id); ok || len(s.Devices()) != 3 {
			t.Errorf("%s: it counts as a device", name)
		}
	}
	if _, ok := a.Key(id); ok {
		t.Error("heads that a service signs would count")
	}
	if key, ok := a.ServiceKey(id); !ok || !key.Equal(service.public()) {
		t.Error("its receipts cannot be checked")
	}
	if wraps := a.Wraps(id); len(wraps) != 2 || !reflect.DeepEqual(wraps[0], service.wrap(1)) {
		t.Errorf("wraps %v", wraps)
	}
	holds(t, state(t, a, again), 1, h.founder, h.recovery, service)
	holds(t, state(t, a, again), 2, h.founder, h.recovery)
	holds(t, state(t, a, granted), 2)
	holds(t, state(t, a, h.created), 1, h.founder, h.recovery)
}

func TestServiceAuthorsNothing(t *testing.T) {
	h, service := newHistory(), newActor("service")
	granted := h.grant(h.founder, service, h.owner.Hash())
	a := replay(t, h.plant, append(h.all(), granted)...)
	mustFail(t, a.Add(h.open(service, granted.Hash())), ErrNotAdmitted)
	mustFail(t, a.Add(h.admit(service, newActor("new"), Owner, granted.Hash())), ErrNotAdmitted)
	mustFail(t, a.Add(h.admit(h.founder, service, Owner, granted.Hash())), ErrNotAllowed)
	mustFail(t, a.Add(h.grant(h.ann, service, granted.Hash())), ErrNotAllowed)
}

// An owner who ends a grant knows of that one only: one that was made elsewhere at the same time stands, and two ends of one grant
// are one.
func TestConcurrentGrantsAndEnds(t *testing.T) {
	h, service := newHistory(), newActor("service")
	here, there := h.grant(h.founder, service, h.owner.Hash()), h.grant(h.ann, service, h.owner.Hash())
	ended := h.end(h.founder, service, here.Hash())
	also := h.end(h.ann, service, here.Hash())
	a := replay(t, h.plant, append(h.all(), here, there, ended, also)...)
	if s := state(t, a, here, there); len(s.Services()) != 1 || compareHashes(s.Services()[0].By, here.Hash()) > 0 {
		t.Errorf("granted twice: %+v", s.Services())
	}
	if s := state(t, a, ended, also); len(s.Services()) != 0 || !s.Ended(service.keys().ID()) {
		t.Errorf("ended twice: %+v", s.Services())
	}
	both := state(t, a, ended, also, there)
	if len(both.Services()) != 1 || both.Services()[0].By != there.Hash() || both.Ended(service.keys().ID()) {
		t.Errorf("ended here, granted there: %+v", both.Services())
	}
	other := newActor("other")
	beside := h.grant(h.ann, other, there.Hash(), ended.Hash())
	must(t, a.Add(beside))
	must(t, a.Add(h.end(h.founder, service, beside.Hash())))
	if s := state(t, a, beside, h.end(h.founder, service, beside.Hash())); len(s.Services()) != 1 || s.Services()[0].ID != other.keys().ID() {
		t.Errorf("another service ended: %+v", s.Services())
	}
	mustFail(t, a.Add(h.end(h.ann, service, ended.Hash())), ErrNotAllowed)
	must(t, a.Add(h.end(h.ann, service, ended.Hash(), there.Hash())))
}

func TestWhoMayAddKeys(t *testing.T) {
	for role, want := range map[Role]error{Owner: nil, Engineer: nil, Reviewer: ErrNotAllowed, Auditor: ErrNotAllowed} {
		p, by := newPlant(), newActor("by")
		admitted := p.admit(p.founder, by, role, p.created.Hash())
		a := replay(t, p, p.created, admitted)
		added := p.act(by, &Control{Type: KeyAdded, Wraps: []Wrap{by.wrap(2), p.founder.wrap(2)}}, admitted.Hash())
		if err := a.Add(added); want == nil && err != nil {
			t.Errorf("%s: %v", role, err)
		} else if want != nil {
			mustFail(t, err, want)
			continue
		}
		holds(t, state(t, a, added), 2, by, p.founder)
		if heads := a.Heads(); !slices.Equal(heads, []Hash{added.Hash()}) {
			t.Errorf("heads %s: others would not refer to the key", heads)
		}
	}
}

// What an author did not know to have ended counts, so that all come to the same result; who seals passes such a key over.
func TestKeyForAServiceThatHasEnded(t *testing.T) {
	h, service := newHistory(), newActor("service")
	granted := h.grant(h.founder, service, h.owner.Hash())
	ended := h.end(h.founder, service, granted.Hash())
	key := &Control{Type: KeyAdded, Wraps: []Wrap{service.wrap(2)}}
	unaware := h.act(h.ann, key, granted.Hash())
	a := replay(t, h.plant, append(h.all(), granted, ended, unaware)...)
	holds(t, state(t, a, ended, unaware), 2, h.founder, h.recovery, service)
	mustFail(t, a.Add(h.act(h.ann, key, ended.Hash())), ErrNotAllowed)
	own := &Control{Type: ServiceEnded, Ended: service.keys().ID(), Wraps: []Wrap{service.wrap(3)}}
	mustFail(t, a.Add(h.act(h.ann, own, granted.Hash())), ErrNotAllowed)
}

func TestFirstKeyNamesForEver(t *testing.T) {
	p := newPlant()
	a := NewACL(p.id)
	if _, ok := a.Naming(); ok {
		t.Fatal("a key before the workspace")
	}
	must(t, a.Add(p.created))
	must(t, a.Add(p.act(p.founder, &Control{Type: KeyAdded, Wraps: []Wrap{{p.founder.keys().ID(), KeyID{1}, []byte("x")}}}, p.created.Hash())))
	if key, ok := a.Naming(); !ok || key != (KeyID{0x4b, 1}) {
		t.Fatalf("naming key %s", key)
	}
	c, err := DecodeControl(p.created.Body)
	must(t, err)
	c.Wraps = []Wrap{p.founder.wrap(7), p.recovery.wrap(7)}
	forked := p.control(p.founder, 1, Hash{}, c)
	want := KeyID{0x4b, 1}
	if compareHashes(forked.Hash(), p.created.Hash()) < 0 {
		want = KeyID{0x4b, 7}
	}
	for _, order := range [][]*Envelope{{p.created, forked}, {forked, p.created}} {
		if key, _ := replay(t, p, order...).Naming(); key != want {
			t.Errorf("a founder who founds twice: naming key %s, want %s", key, want)
		}
	}
}
