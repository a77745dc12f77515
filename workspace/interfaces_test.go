package workspace_test

import (
	"fmt"
	"strings"
	"testing"

	"fieldbook/projections"
	"fieldbook/workspace"
)

// interfaceScenarios are what concurrent work on the interfaces of one asset must come to.
var interfaceScenarios = []scenario{
	{"two interfaces are added", onePLC,
		func(l *laptop) { l.plug("X2", "10.20.1.21") },
		func(l *laptop) { l.plug("X2", "10.20.1.22") },
		func(t *testing.T, l *laptop) {
			expectAddresses(t, l, "10.20.1.21", "10.20.1.22")
			expectKinds(t, l)
		}},
	{"an interface is removed and edited", twoPorts,
		func(l *laptop) { l.set("RAV-PLC-004", "unplugged", "interfaces/X2/removed", "yes") },
		func(l *laptop) {
			l.set("RAV-PLC-004", "read on site", "interfaces/X2/ip_address", "10.20.1.29", "custodian", "s.banerjee")
		},
		func(t *testing.T, l *laptop) {
			expectAddresses(t, l, "10.20.1.13")
			expectShow(t, l, "custodian", "s.banerjee")
			expectKinds(t, l, "stale_precondition")
			found, err := l.w.Findings(l.p.ctx, false)
			l.p.must(err)
			if detail := found[0].Detail; !strings.Contains(detail, `interfaces/X2/ip_address to "10.20.1.29"`) {
				t.Errorf("the finding says %q", detail)
			}
			trail, err := l.w.Trail(l.p.ctx, workspace.TrailQuery{Field: "ip_address", Limit: 9})
			l.p.must(err)
			if len(trail.Items) != 3 || *trail.Items[0].Field != "interfaces/X2/ip_address" {
				t.Errorf("the trail of addresses: %+v", trail.Items)
			}
			s := l.snapshot().Snapshot
			if removed := s.RemovedInterfaces(); len(removed) != 1 || s.Current("interfaces/"+removed[0]+"/ip").Str != "10.20.1.29" {
				t.Errorf("the edit is not kept: %v", removed)
			}
		}},
	{"an interface is removed twice", twoPorts,
		func(l *laptop) { l.set("RAV-PLC-004", "a", "interfaces/X2/removed", "yes") },
		func(l *laptop) { l.set("RAV-PLC-004", "b", "interfaces/X2/removed", "yes") },
		func(t *testing.T, l *laptop) {
			expectAddresses(t, l, "10.20.1.13")
			expectKinds(t, l)
		}},
}

func twoPorts(l *laptop) {
	l.add("RAV-PLC-004", "ip_address", "10.20.1.13")
	l.plug("X2", "10.20.1.14")
}

func (l *laptop) plug(name, ip string) {
	_, err := l.w.AddInterface(l.p.ctx, because("second port"), "RAV-PLC-004", fields("interface_name", name, "ip_address", ip))
	l.p.must(err)
}

func (l *laptop) snapshot() projections.Asset {
	page, err := l.w.Assets(l.p.ctx, projections.Query{})
	l.p.must(err)
	return page.Items[0]
}

func expectAddresses(t *testing.T, l *laptop, want ...string) {
	t.Helper()
	got := fmt.Sprint(l.snapshot().View["ip_addresses"])
	for _, ip := range want {
		if !strings.Contains(got, ip) || strings.Count(got, ".") != 3*len(want) {
			t.Errorf("addresses on %s: %s, want %v", l.name, got, want)
		}
	}
}

// TestInterfaceScenarios: nobody's interface and nobody's edit of one is lost, in whatever order laptops meet.
func TestInterfaceScenarios(t *testing.T) {
	for _, s := range interfaceScenarios {
		for _, order := range [][]int{{0, 1, 2}, {1, 0, 2}} {
			t.Run(fmt.Sprintf("%s/%v", s.id, order), func(t *testing.T) {
				t.Parallel()
				s.play(t, newPlant(t, t.TempDir(), 3), order)
			})
		}
	}
}

// TestFindingOfAnEditEndsWhenTheInterfaceIsBack: bringing it back takes the edit up, and ends the finding.
func TestFindingOfAnEditEndsWhenTheInterfaceIsBack(t *testing.T) {
	p := newPlant(t, t.TempDir(), 2)
	a, b := p.laptops[0], p.laptops[1]
	twoPorts(a)
	p.level()
	a.set("RAV-PLC-004", "unplugged", "interfaces/X2/removed", "yes")
	b.set("RAV-PLC-004", "read on site", "interfaces/X2/ip_address", "10.20.1.29")
	p.level()
	b.set("RAV-PLC-004", "it is in use", "interfaces/X2/removed", "no")
	p.level()
	for _, l := range p.laptops {
		expectAddresses(t, l, "10.20.1.13", "10.20.1.29")
		expectKinds(t, l)
	}
}
