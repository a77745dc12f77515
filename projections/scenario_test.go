package projections_test

import (
	"slices"
	"testing"

	"fieldbook/projections"
	"fieldbook/record"
)

// offline is a worked example: a base both laptops have, what each does offline, and what both must come to.
type offline struct {
	base   func(l *laptop) record.ID
	a, b   func(l *laptop, id record.ID)
	expect func(t *testing.T, l *laptop, id record.ID)
}

// play runs an example in both orders of exchange, with a third laptop that hears of everything, and checks that all agree.
func (s offline) play(t *testing.T) {
	t.Helper()
	for _, first := range []string{"a first", "b first"} {
		t.Run(first, func(t *testing.T) {
			a, b, c := newLaptop(t, 1), newLaptop(t, 2), newLaptop(t, 3)
			a.site("RAV")
			a.name()
			id := s.base(a)
			b.pull(a)
			b.name()
			a.pull(b)
			s.a(a, id)
			s.b(b, id)
			if first == "a first" {
				c.pull(a)
				c.pull(b)
			} else {
				c.pull(b)
				c.pull(a)
			}
			a.pull(c)
			b.pull(a)
			for _, l := range []*laptop{a, b, c} {
				s.expect(t, l, id)
				l.sound()
				if l.digest() != c.digest() {
					t.Fatal("laptops differ")
				}
			}
		})
	}
}

func (l *laptop) expectKinds(t *testing.T, want ...string) {
	t.Helper()
	if got := l.kinds(); !slices.Equal(got, want) {
		t.Fatalf("findings %v, want %v: %+v", got, want, l.findings())
	}
}

func plc(l *laptop) record.ID { return l.add("RAV-PLC-004", "firmware=V3.2.16", "serial=S1") }

func nothing(*laptop) record.ID { return record.ID{} }

func edit(fields ...string) func(*laptop, record.ID) {
	return func(l *laptop, id record.ID) { l.set(id, fields...) }
}

func TestS01DifferentValuesOfOneField(t *testing.T) {
	offline{
		base: plc, a: edit("firmware=V3.2.17"), b: edit("firmware=V3.2.19"),
		expect: func(t *testing.T, l *laptop, id record.ID) {
			l.expectKinds(t, "concurrent_values")
			list := l.conflicts()
			if len(list) != 1 || list[0].Field != "firmware" || *list[0].Tag != "RAV-PLC-004" || len(list[0].Values) != 2 {
				t.Fatalf("conflicts %+v", list)
			}
			if list[0].Current != list[0].Values[0].Value || list[0].Current != l.current(id, "firmware") {
				t.Fatalf("current %v of %+v", list[0].Current, list[0].Values)
			}
			for _, v := range list[0].Values {
				if v.Member == "" || v.Device == "" || v.RecordedAt == nil || *v.Reason != "because" {
					t.Fatalf("a value without who, when and why: %+v", v)
				}
			}
		},
	}.play(t)
}

func TestS01DecidedByResolving(t *testing.T) {
	offline{
		base: plc, a: edit("firmware=V3.2.17"),
		b: func(l *laptop, id record.ID) { l.set(id, "firmware=V3.2.19") },
		expect: func(t *testing.T, l *laptop, id record.ID) {
			if len(l.conflicts()) == 0 {
				return // another laptop has decided already
			}
			ev, err := record.ResolveConflict{Key: l.conflicts()[0].Key, Keep: "V3.2.19", Reason: "seen"}.Decide(l.env(), l.snapshot(id))
			must(t, err)
			l.write(ev)
			l.expectKinds(t)
			if l.current(id, "firmware") != "V3.2.19" {
				t.Fatal("not decided")
			}
		},
	}.playOne(t)
}

// playOne runs an example on one pair and checks one laptop only.
func (s offline) playOne(t *testing.T) {
	t.Helper()
	a, b := newLaptop(t, 1), newLaptop(t, 2)
	a.site("RAV")
	id := s.base(a)
	b.pull(a)
	s.a(a, id)
	s.b(b, id)
	a.pull(b)
	s.expect(t, a, id)
	b.pull(a)
	if a.digest() != b.digest() {
		t.Fatal("laptops differ")
	}
	b.sound()
}

func TestS02SameValueIsAgreement(t *testing.T) {
	offline{
		base: plc, a: edit("firmware=V3.2.17"), b: edit("firmware=V3.2.17"),
		expect: func(t *testing.T, l *laptop, id record.ID) {
			l.expectKinds(t)
			if len(l.history(projections.LogQuery{Asset: id})) < 2 {
				t.Fatal("both entries are kept")
			}
		},
	}.play(t)
}

func TestS03DifferentFieldsBothApply(t *testing.T) {
	offline{
		base: plc, a: edit("location.room=MCC2"), b: edit("custodian=m.lindqvist"),
		expect: func(t *testing.T, l *laptop, id record.ID) {
			l.expectKinds(t)
			if l.current(id, "location.room") != "MCC2" || l.current(id, "custodian") != "m.lindqvist" {
				t.Fatal("an edit was lost")
			}
		},
	}.play(t)
}

func TestS04SwapAgainstEditOfTheOldUnit(t *testing.T) {
	offline{
		base: plc,
		a:    func(l *laptop, id record.ID) { l.swap(id, "model=S7-1500", "serial=NEW", "firmware=V3.0.3") },
		b:    edit("firmware=V3.2.19"),
		expect: func(t *testing.T, l *laptop, id record.ID) {
			l.expectKinds(t, "stale_precondition")
			if l.current(id, "firmware") != "V3.0.3" || l.current(id, "serial") != "NEW" {
				t.Fatal("the new unit must stand")
			}
		},
	}.play(t)
}

func TestS06RetireAndRetireAgree(t *testing.T) {
	offline{
		base: plc, a: (*laptop).retire, b: (*laptop).retire,
		expect: func(t *testing.T, l *laptop, id record.ID) {
			l.expectKinds(t)
			if l.current(id, "lifecycle") != "retired" {
				t.Fatal("not retired")
			}
		},
	}.play(t)
}

func TestRetireAgainstEdit(t *testing.T) {
	offline{
		base: plc, a: (*laptop).retire, b: edit("firmware=V3.2.19"),
		expect: func(t *testing.T, l *laptop, id record.ID) {
			l.expectKinds(t, "edit_after_retire")
			if l.current(id, "lifecycle") != "retired" || l.current(id, "firmware") != "V3.2.19" {
				t.Fatal("retired, and the edit kept")
			}
		},
	}.play(t)
}

func TestS15SameSerialTwice(t *testing.T) {
	offline{
		base: nothing,
		a:    func(l *laptop, _ record.ID) { l.add("RAV-PLC-050", "serial=S C-J8M912342019") },
		b:    func(l *laptop, _ record.ID) { l.add("RAV-PLC-9XX", "serial=s c-j8m912342019") },
		expect: func(t *testing.T, l *laptop, _ record.ID) {
			l.expectKinds(t, "duplicate_serial")
			f := l.findings()[0]
			if len(f.Subjects) != 2 || len(f.Tags) != 2 {
				t.Fatalf("%+v", f)
			}
			if l.assets(projections.Query{}).Total != 2 {
				t.Fatal("two assets")
			}
		},
	}.play(t)
}

func TestS16SameTagForTwoDevices(t *testing.T) {
	offline{
		base: nothing,
		a:    func(l *laptop, _ record.ID) { l.add("RAV-IO-014", "serial=A1") },
		b:    func(l *laptop, _ record.ID) { l.add("RAV IO 014", "serial=B7") },
		expect: func(t *testing.T, l *laptop, _ record.ID) {
			l.expectKinds(t, "duplicate_tag")
		},
	}.play(t)
}

func TestS18ProseMerges(t *testing.T) {
	offline{
		base: func(l *laptop) record.ID { return l.note("The pump runs. It leaks a litle.") },
		a:    func(l *laptop, id record.ID) { l.editNote(id, "Seen today. The pump runs. It leaks a litle.") },
		b:    func(l *laptop, id record.ID) { l.editNote(id, "The pump runs. It leaks a little.") },
		expect: func(t *testing.T, l *laptop, id record.ID) {
			l.expectKinds(t)
			if got := l.snapshot(id).Texts["text"]; got != "Seen today. The pump runs. It leaks a little." {
				t.Fatal(got)
			}
		},
	}.play(t)
}

func TestSignedNoteEditedElsewhere(t *testing.T) {
	offline{
		base: func(l *laptop) record.ID { return l.note("Valve 3 is shut.") },
		a:    (*laptop).sign,
		b:    func(l *laptop, id record.ID) { l.editNote(id, "Valve 3 is open.") },
		expect: func(t *testing.T, l *laptop, id record.ID) {
			l.expectKinds(t, "policy_violation")
			n := l.notes()[0]
			if n.State != "signed" || len(n.Signatures) != 1 || n.Signatures[0].Text != "Valve 3 is shut." || !n.Signatures[0].Altered || n.Text != "Valve 3 is open." {
				t.Fatalf("%+v", n)
			}
		},
	}.play(t)
}

func TestS19WrongClock(t *testing.T) {
	offline{
		base: plc,
		a: func(l *laptop, id record.ID) {
			l.wall = begin.AddDate(-7, 0, 0)
			l.set(id, "firmware=V2")
		},
		b: edit("firmware=V3"),
		expect: func(t *testing.T, l *laptop, id record.ID) {
			l.expectKinds(t, "clock_skew", "concurrent_values")
		},
	}.play(t)
}
