package workspace_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fieldbook/workspace"
)

// scenario is one of the worked examples of concurrent offline work: a base,
// what two laptops do apart, and what everybody must agree on afterwards.
// testdata/scenarios/concurrent_edits.json names them.
type scenario struct {
	id     string
	base   func(*laptop)
	a, b   func(*laptop)
	expect func(*testing.T, *laptop)
}

// decisions are what a person then does about some of the scenarios.
var decisions = map[string]func(*testing.T, *plant){
	"S15 one device registered twice": func(t *testing.T, p *plant) {
		_, err := p.laptops[2].w.Merge(p.ctx, because("registered twice"), "RAV-PLC-9XX", "RAV-PLC-050")
		p.must(err)
		p.level()
		for _, l := range p.laptops {
			expectKinds(t, l)
			if got := l.show("RAV-PLC-9XX", "tag"); got != "RAV-PLC-050" {
				t.Errorf("the absorbed tag leads to %s", got)
			}
		}
	},
	"two swaps of one unit": func(t *testing.T, p *plant) {
		p.laptops[1].decide("N1")
		p.level()
		for _, l := range p.laptops {
			expectShow(t, l, "serial", "N1")
		}
	},
}

var scenarios = []scenario{
	{"S01 two values of one field", onePLC,
		func(l *laptop) { l.set("RAV-PLC-004", "CR-0042 step 3", "firmware", "V3.2.17") },
		func(l *laptop) { l.set("RAV-PLC-004", "vendor visit", "firmware", "V3.2.19") },
		func(t *testing.T, l *laptop) {
			bothValues(t, l, "firmware", "V3.2.17", "V3.2.19")
			expectKinds(t, l, "concurrent_values")
			rows := 0
			for _, r := range l.log("RAV-PLC-004") {
				if r.Field != nil && *r.Field == "firmware" && r.Before == "V3.2.16" && (*r.Reason == "vendor visit" || *r.Reason == "CR-0042 step 3") {
					rows++
				}
			}
			if rows != 2 {
				t.Errorf("the trail has %d of the 2 edits with their before-value and reason", rows)
			}
		}},
	{"S02 the same value twice", onePLC,
		func(l *laptop) { l.set("RAV-PLC-004", "a", "firmware", "V3.2.17") },
		func(l *laptop) { l.set("RAV-PLC-004", "b", "firmware", "V3.2.17") },
		func(t *testing.T, l *laptop) {
			expectShow(t, l, "firmware", "V3.2.17")
			expectKinds(t, l)
		}},
	{"S03 different fields", onePLC,
		func(l *laptop) { l.set("RAV-PLC-004", "a", "location.room", "MCC2") },
		func(l *laptop) { l.set("RAV-PLC-004", "b", "custodian", "m.lindqvist") },
		func(t *testing.T, l *laptop) {
			expectShow(t, l, "location.room", "MCC2")
			expectShow(t, l, "custodian", "m.lindqvist")
			expectKinds(t, l)
		}},
	{"S04 swap of the unit against an edit of the old one", onePLC,
		func(l *laptop) {
			_, err := l.w.SwapUnit(l.p.ctx, because("CPU failed"), "RAV-PLC-004", fields("order_no", "6ES7516-3AN02-0AB0", "serial", "NEW1", "firmware", "V3.0.3"))
			l.p.must(err)
		},
		func(l *laptop) { l.set("RAV-PLC-004", "read on site", "firmware", "V3.2.19") },
		func(t *testing.T, l *laptop) {
			expectShow(t, l, "serial", "NEW1")
			expectShow(t, l, "firmware", "V3.0.3")
			expectKinds(t, l, "stale_precondition")
			detail, err := l.w.ShowAsset(l.p.ctx, "RAV-PLC-004", nil)
			l.p.must(err)
			if len(detail.Units) != 2 || fmt.Sprint(detail.Units[0].Fields["firmware"]) != "V3.2.19" {
				t.Errorf("the old unit should keep the edit: %+v", detail.Units)
			}
		}},
	{"S05 retire against edit", onePLC,
		func(l *laptop) {
			_, err := l.w.Retire(l.p.ctx, because("dismantled"), "RAV-PLC-004")
			l.p.must(err)
		},
		func(l *laptop) { l.set("RAV-PLC-004", "seen", "custodian", "s.banerjee") },
		func(t *testing.T, l *laptop) {
			expectShow(t, l, "lifecycle", "retired")
			expectShow(t, l, "custodian", "s.banerjee")
			expectKinds(t, l, "edit_after_retire")
		}},
	{"retired wins over any concurrent lifecycle", onePLC,
		func(l *laptop) {
			_, err := l.w.Retire(l.p.ctx, because("dismantled"), "RAV-PLC-004")
			l.p.must(err)
		},
		func(l *laptop) { l.set("RAV-PLC-004", "on the shelf", "lifecycle", "spare") },
		func(t *testing.T, l *laptop) {
			expectShow(t, l, "lifecycle", "retired")
			bothValues(t, l, "lifecycle", "retired", "spare")
			if !slices.Contains(l.kinds(), "edit_after_retire") {
				t.Errorf("findings %v lack edit_after_retire", l.kinds())
			}
		}},
	{"S06 both retire", onePLC,
		func(l *laptop) { _, err := l.w.Retire(l.p.ctx, because("A"), "RAV-PLC-004"); l.p.must(err) },
		func(l *laptop) { _, err := l.w.Retire(l.p.ctx, because("B"), "RAV-PLC-004"); l.p.must(err) },
		func(t *testing.T, l *laptop) {
			expectShow(t, l, "lifecycle", "retired")
			expectKinds(t, l)
			var reasons []string
			for _, r := range l.log("RAV-PLC-004") {
				if r.Type == "asset.retired" {
					reasons = append(reasons, *r.Reason)
				}
			}
			slices.Sort(reasons)
			if !slices.Equal(reasons, []string{"A", "B"}) {
				t.Errorf("the trail keeps the reasons %v, not both", reasons)
			}
		}},
	{"S15 one device registered twice", nothing,
		func(l *laptop) { l.add("RAV-PLC-050", "serial", "S C-J8M912342019") },
		func(l *laptop) { l.add("RAV-PLC-9XX", "serial", "s c-j8m912342019") },
		func(t *testing.T, l *laptop) {
			expectKinds(t, l, "duplicate_serial")
		}},
	{"S16 one tag for two devices", nothing,
		func(l *laptop) { l.add("RAV-IO-014", "serial", "A1") },
		func(l *laptop) { l.add("rav io 014", "serial", "B7") },
		func(t *testing.T, l *laptop) {
			expectKinds(t, l, "duplicate_tag")
			if _, err := l.w.SetAsset(l.p.ctx, because("x"), "RAV-IO-014", fields("custodian", "x")); err == nil || !strings.Contains(err.Error(), "RAV/") {
				t.Errorf("an ambiguous tag must list its candidates: %v", err)
			}
		}},
	{"S18 both edit one long note", oneNote,
		func(l *laptop) { l.editNote("Checked twice. Pump 2 vibrates at 40 Hz, bearing is lose.") },
		func(l *laptop) { l.editNote("Pump 2 vibrates at 40 Hz, bearing is loose.") },
		func(t *testing.T, l *laptop) {
			notes, err := l.w.Notes(l.p.ctx, workspace.NoteQuery{})
			l.p.must(err)
			if want := "Checked twice. Pump 2 vibrates at 40 Hz, bearing is loose."; len(notes) != 1 || notes[0].Text != want {
				t.Errorf("notes %+v, want %q", notes, want)
			}
			expectKinds(t, l)
		}},
	{"S19 a clock years behind", onePLC,
		func(l *laptop) {
			l.off = -7 * 365 * 24 * 3600e9
			l.set("RAV-PLC-004", "a", "firmware", "V2")
		},
		func(l *laptop) { l.set("RAV-PLC-004", "b", "firmware", "V3") },
		func(t *testing.T, l *laptop) {
			bothValues(t, l, "firmware", "V2", "V3")
			expectKinds(t, l, "clock_skew", "concurrent_values")
		}},
	{"one address twice in one zone and VLAN", nothing,
		func(l *laptop) { l.add("RAV-PLC-061", "ip_address", "10.20.1.61", "vlan", "110", "zone", "RAV-Z1") },
		func(l *laptop) { l.add("RAV-PLC-062", "ip_address", "10.020.1.61", "vlan", "110", "zone", "RAV-Z1") },
		func(t *testing.T, l *laptop) { expectKinds(t, l, "duplicate_ip") }},
	{"one hardware address twice", nothing,
		func(l *laptop) { l.add("RAV-PLC-063", "mac_address", "001B1B02EDDC") },
		func(l *laptop) { l.add("RAV-PLC-064", "mac_address", "00-1b-1b-02-ed-dc") },
		func(t *testing.T, l *laptop) { expectKinds(t, l, "duplicate_mac") }},
	{"a note signed here and edited there", oneNote,
		func(l *laptop) {
			_, err := l.w.SignNote(l.p.ctx, because(""), l.note(), nil)
			l.p.must(err)
		},
		func(l *laptop) { l.editNote("Pump 2 is fine.") },
		func(t *testing.T, l *laptop) {
			expectKinds(t, l, "policy_violation")
			notes, err := l.w.Notes(l.p.ctx, workspace.NoteQuery{})
			l.p.must(err)
			if len(notes[0].Signatures) != 1 || notes[0].Signatures[0].Text != "Pump 2 vibrates at 40 Hz, bearing is lose." || !notes[0].Signatures[0].Altered {
				t.Errorf("what was signed must be read at its heads: %+v", notes[0].Signatures)
			}
		}},
	{"two swaps of one unit", onePLC,
		func(l *laptop) { l.swap("N1") },
		func(l *laptop) { l.swap("N2") },
		func(t *testing.T, l *laptop) {
			conflicts := l.conflicts()
			if len(conflicts) != 1 || conflicts[0].Field != "unit" || len(conflicts[0].Values) != 2 {
				t.Fatalf("conflicts %+v", conflicts)
			}
		}},
	{"a decision against a decision", func(l *laptop) {
		onePLC(l)
		l.p.level()
		l.p.laptops[0].set("RAV-PLC-004", "a", "firmware", "V1")
		l.p.laptops[1].set("RAV-PLC-004", "b", "firmware", "V2")
	},
		func(l *laptop) { l.decide("V1") }, func(l *laptop) { l.decide("V9") },
		func(t *testing.T, l *laptop) { bothValues(t, l, "firmware", "V1", "V9") }},
}

func nothing(*laptop) {}

func onePLC(l *laptop) { l.add("RAV-PLC-004", "firmware", "V3.2.16", "serial", "S C-CB8601522019") }

func oneNote(l *laptop) {
	onePLC(l)
	_, err := l.w.AddNote(l.p.ctx, because(""), newNote("Pump 2 vibrates at 40 Hz, bearing is lose.", "RAV-PLC-004"))
	l.p.must(err)
}

func (l *laptop) note() string {
	notes, err := l.w.Notes(l.p.ctx, workspace.NoteQuery{})
	l.p.must(err)
	return notes[0].ID
}

func (l *laptop) editNote(text string) {
	_, err := l.w.EditNote(l.p.ctx, because("edit"), l.note(), text, nil)
	l.p.must(err)
}

func (l *laptop) swap(serial string) {
	_, err := l.w.SwapUnit(l.p.ctx, because("swap"), "RAV-PLC-004", fields("serial", serial))
	l.p.must(err)
}

func (l *laptop) decide(keep string) {
	conflicts := l.conflicts()
	if len(conflicts) != 1 {
		l.p.t.Fatalf("%d conflicts, want 1", len(conflicts))
	}
	_, err := l.w.Resolve(l.p.ctx, because("decided"), conflicts[0].ID, workspace.Choice{Keep: keep})
	l.p.must(err)
}

func expectShow(t *testing.T, l *laptop, field, want string) {
	t.Helper()
	if got := l.show("RAV-PLC-004", field); got != want {
		t.Errorf("%s is %q on %s, want %q", field, got, l.name, want)
	}
}

func expectKinds(t *testing.T, l *laptop, want ...string) {
	t.Helper()
	if got := slices.Compact(l.kinds()); !slices.Equal(got, want) && len(got)+len(want) > 0 {
		t.Errorf("findings on %s: %v, want %v", l.name, got, want)
	}
}

func bothValues(t *testing.T, l *laptop, field string, want ...string) {
	t.Helper()
	for _, c := range l.conflicts() {
		if c.Field != field {
			continue
		}
		var got []string
		for _, v := range c.Values {
			got = append(got, fmt.Sprint(v.Value))
			if v.Member == "" || v.Device == "" || v.RecordedAt == nil {
				t.Errorf("value %v does not say whose it is: %+v", v.Value, v)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("values of %s on %s: %v, want %v", field, l.name, got, want)
		}
		return
	}
	t.Errorf("no conflict of %s on %s", field, l.name)
}

// TestScenarios runs each worked example in both sync orders, with a third
// laptop that only watches, and expects the same of every laptop.
func TestScenarios(t *testing.T) {
	for _, s := range scenarios {
		for _, order := range [][]int{{0, 1, 2}, {1, 0, 2}, {2, 1, 0}} {
			t.Run(fmt.Sprintf("%s/%v", s.id, order), func(t *testing.T) {
				t.Parallel()
				s.play(t, newPlant(t, t.TempDir(), 3), order)
			})
		}
	}
}

// TestScenariosOverHTTP runs each worked example with a service between the
// laptops, which merges what they write and ends with their documents.
func TestScenariosOverHTTP(t *testing.T) {
	for _, s := range scenarios {
		t.Run(s.id, func(t *testing.T) {
			t.Parallel()
			p := newPlant(t, t.TempDir(), 3)
			p.host = newHost(t)
			s.play(t, p, []int{1, 0, 2})
			if by := p.laptops[0].sync().Service; by == nil || by.Mode != "merging" || by.Documents == 0 || by.Unopened > 0 {
				t.Errorf("the service has %+v", by)
			}
		})
	}
}

// play runs a scenario, with syncs in an order.
func (s scenario) play(t *testing.T, p *plant, order []int) {
	t.Helper()
	s.base(p.laptops[0])
	p.level()
	s.a(p.laptops[0])
	s.b(p.laptops[1])
	for range 3 {
		for _, i := range order {
			p.laptops[i].sync()
		}
	}
	p.agree()
	for _, l := range p.laptops {
		s.expect(t, l)
	}
	if decide := decisions[s.id]; decide != nil {
		decide(t, p)
	}
	for _, l := range p.laptops {
		if v := l.verify(); !v.OK {
			t.Errorf("verify on %s: %+v", l.name, v.Violations)
		}
	}
}
