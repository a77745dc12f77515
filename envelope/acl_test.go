package envelope

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// history is a plant in which the founder admits an owner and each of them an engineer, without knowing of the other's grant.
type history struct {
	plant
	ann, bob, eve        actor
	owner, first, second *Envelope
}

func newHistory() history {
	h := history{plant: newPlant(), ann: newActor("ann"), bob: newActor("bob"), eve: newActor("eve")}
	h.owner = h.admit(h.founder, h.ann, Owner, h.created.Hash())
	h.first = h.admit(h.founder, h.bob, Engineer, h.owner.Hash())
	h.second = h.admit(h.ann, h.eve, Engineer, h.owner.Hash())
	return h
}

func (h history) all() []*Envelope { return []*Envelope{h.created, h.owner, h.first, h.second} }

func replay(t *testing.T, p plant, events ...*Envelope) *ACL {
	t.Helper()
	a := NewACL(p.id)
	for _, e := range events {
		must(t, a.Add(e))
	}
	return a
}

func TestFounderIsOwnerFromTheFirstEvent(t *testing.T) {
	p := newPlant()
	a := replay(t, p, p.created)
	s, err := a.State([]Hash{p.created.Hash()})
	must(t, err)
	if m, ok := s.Device(p.founder.keys().ID()); !ok || m != (Member{member("founder"), Owner}) {
		t.Fatalf("founder is %+v", m)
	}
	if m, ok := s.Device(p.recovery.keys().ID()); !ok || m.Role != Recovery {
		t.Fatalf("recovery is %+v", m)
	}
	key, ok := a.Key(p.founder.keys().ID())
	if !ok || !key.Equal(p.founder.public()) {
		t.Fatal("founder's key is not known")
	}
	if w := a.Wraps(p.recovery.keys().ID()); len(w) != 1 || string(w[0].Data) != "wrapped for recovery" {
		t.Fatalf("wraps %q", w)
	}
	if len(s.Devices()) != 2 || len(s.Members()) != 2 {
		t.Fatalf("devices %+v, members %+v", s.Devices(), s.Members())
	}
}

func TestRightsAreThoseKnownToTheAuthor(t *testing.T) {
	h := newHistory()
	a := replay(t, h.plant, h.all()...)
	for _, c := range []struct {
		refs     []Hash
		bob, eve bool
	}{
		{nil, false, false},
		{[]Hash{h.owner.Hash()}, false, false},
		{[]Hash{h.first.Hash()}, true, false},
		{[]Hash{h.second.Hash()}, false, true},
		{a.Heads(), true, true},
	} {
		s, err := a.State(c.refs)
		must(t, err)
		_, bob := s.Device(h.bob.keys().ID())
		_, eve := s.Device(h.eve.keys().ID())
		if bob != c.bob || eve != c.eve {
			t.Errorf("as of %s: bob %v, eve %v", c.refs, bob, eve)
		}
	}
	if _, err := a.State([]Hash{{9}}); !errors.Is(err, ErrWaiting) {
		t.Fatalf("unknown reference: %v", err)
	}
}

func TestWhoMayAdmitWhom(t *testing.T) {
	roles := []Role{Owner, Engineer, Reviewer, Auditor, Recovery}
	allowed := map[Role][]Role{Owner: {Owner, Engineer, Reviewer, Auditor}, Recovery: {Owner}}
	for _, by := range roles {
		for _, as := range roles {
			p := newPlant()
			author, refs := p.recovery, p.created.Hash()
			a := replay(t, p, p.created)
			if by != Recovery {
				author = newActor("author")
				e := p.admit(p.founder, author, by, refs)
				must(t, a.Add(e))
				refs = e.Hash()
			}
			err := a.Add(p.admit(author, newActor("new"), as, refs))
			if want := slices.Contains(allowed[by], as); want != (err == nil) || !want && !errors.Is(err, ErrNotAllowed) {
				t.Errorf("%s admits %s: %v", by, as, err)
			}
		}
	}
}

func TestWhatHasNoEffect(t *testing.T) {
	h := newHistory()
	created := h.created.Hash()
	stranger := newActor("stranger")
	role := &Grant{Member: member("x"), Role: "inspector", Keys: stranger.keys()}
	forged := &Control{Type: WorkspaceCreated, Salt: make([]byte, SaltSize), Founder: h.ann.grant(Owner), Recovery: h.bob.grant(Recovery), Wraps: []Wrap{h.ann.wrap(1)}}
	same := stranger.grant(Owner)
	same.Member = member("recovery")
	for name, c := range map[string]struct {
		e    *Envelope
		want error
	}{
		"by a stranger":            {h.admit(stranger, stranger, Owner, created), ErrNotAdmitted},
		"epoch of a stranger":      {h.open(stranger, created), ErrNotAdmitted},
		"by one admitted later":    {h.admit(h.ann, stranger, Owner, created), ErrNotAdmitted},
		"with no reference":        {h.admit(h.founder, stranger, Owner), ErrNotAdmitted},
		"by an engineer":           {h.admit(h.bob, stranger, Engineer, h.first.Hash()), ErrNotAllowed},
		"a device admitted before": {h.admit(h.founder, h.ann, Auditor, h.owner.Hash()), ErrNotAllowed},
		"the founder again":        {h.admit(h.founder, h.founder, Engineer, created), ErrNotAllowed},
		"for the recovery member":  {h.control(h.founder, 2, Hash{2}, &Control{Type: DeviceAdmitted, Grant: same}, created), ErrNotAllowed},
		"as a feed's first":        {h.control(h.founder, 1, Hash{}, &Control{Type: DeviceAdmitted, Grant: stranger.grant(Owner)}, created), ErrNotAllowed},
		"epoch in mid-feed":        {h.control(h.founder, 2, Hash{2}, &Control{Type: EpochOpened}, created), ErrNotAllowed},
		"in an unknown role":       {h.control(h.founder, 2, Hash{2}, &Control{Type: DeviceAdmitted, Grant: role}, created), ErrNewer},
		"of an unknown type":       {h.control(h.founder, 2, Hash{2}, &Control{Type: "device.revoked"}, created), ErrNewer},
		"key by a stranger":        {h.act(stranger, &Control{Type: KeyAdded, Wraps: []Wrap{h.founder.wrap(2)}}, created), ErrNotAdmitted},
		"key by recovery":          {h.act(h.recovery, &Control{Type: KeyAdded, Wraps: []Wrap{h.founder.wrap(2)}}, created), ErrNotAllowed},
		"key as a feed's first":    {h.control(h.founder, 1, Hash{}, &Control{Type: KeyAdded, Wraps: []Wrap{h.founder.wrap(2)}}, created), ErrNotAllowed},
		"key for a stranger":       {h.act(h.bob, &Control{Type: KeyAdded, Wraps: []Wrap{h.bob.wrap(2), stranger.wrap(2)}}, h.first.Hash()), ErrNotAllowed},
		"key for one not known":    {h.act(h.bob, &Control{Type: KeyAdded, Wraps: []Wrap{h.eve.wrap(2)}}, h.first.Hash()), ErrNotAllowed},
		"stranger's key beside":    {h.act(h.founder, &Control{Type: DeviceAdmitted, Grant: newActor("new").grant(Owner), Wraps: []Wrap{stranger.wrap(1)}}, created), ErrNotAllowed},
		"service by an engineer":   {h.grant(h.bob, stranger, h.first.Hash()), ErrNotAllowed},
		"service by recovery":      {h.grant(h.recovery, stranger, created), ErrNotAllowed},
		"a device as service":      {h.grant(h.founder, h.ann, h.owner.Hash()), ErrNotAllowed},
		"key for other than it":    {h.act(h.founder, &Control{Type: ServiceGranted, Service: new(stranger.keys()), Wraps: []Wrap{newActor("new").wrap(1)}}, created), ErrNotAllowed},
		"end of nothing":           {h.end(h.founder, stranger, created), ErrNotAllowed},
		"broken":                   {h.raw(h.founder, 2, Hash{2}, []byte{0xff}, created), ErrMalformed},
		"another founder":          {h.control(h.ann, 1, Hash{}, forged), ErrWorkspace},
		"created by another":       {h.raw(h.ann, 1, Hash{}, h.created.Body), ErrNotAllowed},
	} {
		t.Run(name, func(t *testing.T) {
			a := replay(t, h.plant, h.all()...)
			heads := a.Heads()
			before, err := a.State(heads)
			must(t, err)
			mustFail(t, a.Add(c.e), c.want)
			mustFail(t, a.Add(c.e), c.want)
			after, err := a.State(append(heads, c.e.Hash()))
			must(t, err)
			if !a.Has(c.e.Hash()) || !reflect.DeepEqual(a.Heads(), heads) || !reflect.DeepEqual(before.Devices(), after.Devices()) {
				t.Fatal("it is not here, or it changed something")
			}
			if _, ok := a.ServiceKey(stranger.keys().ID()); ok || len(after.Recipients(KeyID{0x4b, 2})) > 0 || len(after.Services()) > 0 {
				t.Fatal("a service or a wrap counts")
			}
			if _, ok := a.Key(stranger.keys().ID()); ok || after.Newer() != errors.Is(c.want, ErrNewer) {
				t.Fatal("its key counts, or a newer event is not told")
			}
		})
	}
}

func TestWhatIsNotOfThisWorkspaceIsNotKept(t *testing.T) {
	p := newPlant()
	a := replay(t, p, p.created)
	other := *p.created
	other.Workspace[0]++
	mustFail(t, a.Add(&other), ErrWorkspace)
	mustFail(t, a.Add(p.sealed(p.created, 10)), ErrMalformed)
	mustFail(t, a.Add(&Envelope{}), ErrMalformed)
	if a.Has(other.Hash()) {
		t.Fatal("kept")
	}
}

func TestConcurrentGrantsToOneDevice(t *testing.T) {
	h := newHistory()
	zoe := newActor("zoe")
	x := h.admit(h.founder, zoe, Auditor, h.owner.Hash())
	y := h.admit(h.ann, zoe, Reviewer, h.owner.Hash())
	a := replay(t, h.plant, append(h.all(), x, y)...)
	want := Auditor
	if compareHashes(y.Hash(), x.Hash()) < 0 {
		want = Reviewer
	}
	s, err := a.State(a.Heads())
	must(t, err)
	if m, _ := s.Device(zoe.keys().ID()); m.Role != want {
		t.Fatalf("role %s, want %s", m.Role, want)
	}
}

func TestMemberHasTheStrongestRoleOfTheirDevices(t *testing.T) {
	p := newPlant()
	second := newActor("second")
	g := second.grant(Auditor)
	g.Member = member("founder")
	a := replay(t, p, p.created, p.control(p.founder, 2, Hash{2}, &Control{Type: DeviceAdmitted, Grant: g}, p.created.Hash()))
	s, err := a.State(a.Heads())
	must(t, err)
	if m, _ := s.Device(second.keys().ID()); m != (Member{member("founder"), Auditor}) {
		t.Fatalf("second device is %+v", m)
	}
	if m := s.Members(); len(m) != 2 || !slices.Contains(m, Member{member("founder"), Owner}) {
		t.Fatalf("members %+v", m)
	}
}

// What the replay says is a function of the set of events, whatever the order in which they came and came again.
func TestOrderOfArrivalDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p, events := drawControls(rt)
		want, got := NewACL(p.id), NewACL(p.id)
		for _, e := range events {
			_ = want.Add(e)
		}
		for _, e := range rapid.Permutation(append(events, events[0])).Draw(rt, "order") {
			_ = got.Add(e)
		}
		if a, b := describe(want, events), describe(got, events); a != b {
			rt.Fatalf("in order\n%s\nshuffled\n%s", a, b)
		}
	})
}

// drawControls draws a graph of control events, most of them by those admitted, some not allowed, unknown or broken.
func drawControls(t *rapid.T) (plant, []*Envelope) {
	p := newPlant()
	actors := []actor{p.founder, p.recovery}
	for i := range 4 {
		actors = append(actors, newActor(fmt.Sprint(i)))
	}
	events := []*Envelope{p.created}
	for i := range rapid.IntRange(1, 24).Draw(t, "events") {
		var refs []Hash
		for _, at := range rapid.SliceOfNDistinct(rapid.IntRange(0, len(events)-1), 1, 3, rapid.ID[int]).Draw(t, "refs") {
			refs = append(refs, events[at].Hash())
		}
		by := rapid.SampledFrom(actors).Draw(t, "by")
		c := drawAct(t, actors, byte(i))
		seq, prev := uint64(1), Hash{}
		if c.Type != EpochOpened {
			seq, prev = 2, Hash{byte(i + 1)}
		}
		events = append(events, p.control(by, seq, prev, c, refs...))
	}
	return p, events
}

// drawAct draws what one of the actors may or may not do to the others. Three services are among them, one of which is a device
// of the others at times.
func drawAct(t *rapid.T, actors []actor, n byte) *Control {
	services := []actor{newActor("service"), newActor("other service"), actors[2]}
	whom := rapid.SampledFrom(append(services, actors...)).Draw(t, "whom")
	c := &Control{Type: rapid.SampledFrom([]string{
		EpochOpened, DeviceAdmitted, DeviceAdmitted, DeviceAdmitted, ServiceGranted, ServiceGranted, ServiceEnded, KeyAdded, "x",
	}).Draw(t, "type")}
	key := KeyID{rapid.Byte().Draw(t, "key")%3 + 1}
	switch c.Type {
	case DeviceAdmitted:
		c.Grant = whom.grant(rapid.SampledFrom([]Role{Owner, Owner, Engineer, Auditor}).Draw(t, "role"))
	case ServiceGranted:
		c.Service = new(whom.keys())
	case ServiceEnded:
		c.Ended, whom = whom.keys().ID(), rapid.SampledFrom(actors).Draw(t, "holder")
	}
	if c.Type != EpochOpened && c.Type != "x" {
		c.Wraps = []Wrap{{whom.keys().ID(), key, []byte{n}}}
	}
	return c
}

// describe tells all that the replay answers, as text.
func describe(a *ACL, events []*Envelope) string {
	var b strings.Builder
	fmt.Fprintln(&b, a.Digest(), a.Heads(), a.Refs(nil))
	naming, ok := a.Naming()
	fmt.Fprintln(&b, naming, ok)
	for _, e := range events {
		s, err := a.State([]Hash{e.Hash()})
		if err != nil {
			fmt.Fprintln(&b, err)
			continue
		}
		_, known := a.Key(e.Device)
		fmt.Fprintln(&b, e.Hash(), a.Verdict(e.Hash()), s.Devices(), s.Members(), s.Newer(), known, a.Wraps(e.Device))
		for _, service := range s.Services() {
			fmt.Fprintln(&b, service, len(a.Wraps(service.ID)))
		}
		for key := range byte(4) {
			fmt.Fprintln(&b, s.Recipients(KeyID{key}))
		}
		if c, err := DecodeControl(e.Body); err == nil && c.Type == ServiceEnded {
			_, known = a.ServiceKey(c.Ended)
			fmt.Fprintln(&b, s.Ended(c.Ended), known)
		}
	}
	return b.String()
}

func TestEventWaitsForWhatItRefersTo(t *testing.T) {
	h := newHistory()
	a := NewACL(h.id)
	for _, e := range []*Envelope{h.second, h.first, h.owner} {
		mustFail(t, a.Add(e), ErrWaiting)
		mustFail(t, a.Verdict(e.Hash()), ErrWaiting)
	}
	must(t, a.Add(h.created))
	for _, e := range h.all() {
		must(t, a.Verdict(e.Hash()))
	}
}

func TestReferencesNeverGoBack(t *testing.T) {
	h := newHistory()
	open := h.open(h.bob, h.first.Hash())
	a := replay(t, h.plant, append(h.all(), open)...)
	created, owner, first, second := h.created.Hash(), h.owner.Hash(), h.first.Hash(), h.second.Hash()
	for _, c := range []struct {
		newer, older []Hash
		want         bool
	}{
		{nil, nil, true},
		{[]Hash{first}, nil, true},
		{[]Hash{first}, []Hash{created, owner}, true},
		{[]Hash{first, second}, []Hash{second}, true},
		{[]Hash{first}, []Hash{second}, false},
		{[]Hash{owner}, []Hash{first}, false},
		{nil, []Hash{created}, false},
		{[]Hash{{9}}, []Hash{{9}}, true},
		{[]Hash{first}, []Hash{{9}}, false},
	} {
		if got := a.Covers(c.newer, c.older); got != c.want {
			t.Errorf("%s covers %s: %v", c.newer, c.older, got)
		}
	}
	if heads := a.Heads(); len(heads) != 2 || !a.Covers(heads, []Hash{first, second}) {
		t.Fatalf("heads %s: an opened epoch is none, the newest grants are", heads)
	}
}

// However many grants were made at once, a feed finds references that fit its header and cover what it named before.
func TestReferencesFitTheHeader(t *testing.T) {
	p := newPlant()
	a := replay(t, p, p.created)
	var older []Hash
	for i := range 40 {
		e := p.admit(p.founder, newActor(fmt.Sprint(i)), Engineer, p.created.Hash())
		must(t, a.Add(e))
		if i%3 == 0 {
			older = append(older, e.Hash())
		}
	}
	unknown := p.control(p.founder, 2, Hash{3}, &Control{Type: "x"}, p.created.Hash())
	mustFail(t, a.Add(unknown), ErrNewer)
	older = append(older[:MaxRefs-6], unknown.Hash())
	refs := a.Refs(older)
	if len(refs) != MaxRefs || !a.Covers(refs, older) || !slices.IsSortedFunc(refs, compareHashes) {
		t.Fatalf("%d references", len(refs))
	}
	if len(a.Heads()) != 40 {
		t.Fatalf("%d heads", len(a.Heads()))
	}
}

func TestFounderKeysAreKnownBeforeTheReplay(t *testing.T) {
	p := newPlant()
	keys, err := Founder(p.id, p.created)
	must(t, err)
	if !keys.Sign.Equal(p.founder.public()) {
		t.Fatal("another key")
	}
	_, err = Founder(WorkspaceID{1}, p.created)
	mustFail(t, err, ErrWorkspace)
	_, err = Founder(p.id, p.sealed(p.created, 10))
	mustFail(t, err, ErrMalformed)
	_, err = Founder(p.id, p.open(p.founder))
	mustFail(t, err, ErrWorkspace)
}
