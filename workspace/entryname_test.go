package workspace_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"fieldbook/projections"
	"fieldbook/record"
	"fieldbook/workspace"
)

// TestNamesOfEntries: a name is found whole and cut short, and one that fits several or none is not taken for any.
func TestNamesOfEntries(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a := p.laptops[0]
	a.add("PLC-1", "zone", "Z1")
	want := refOf(a.newest("PLC-1"))
	noEpoch := fmt.Sprintf("%s/%d", want.Device[:6], want.Seq)
	for _, name := range []string{want.String(), want.Short(), " " + strings.ToUpper(want.Short()) + "\n", noEpoch} {
		if got, err := a.w.FindEntry(p.ctx, name); err != nil || got != want {
			t.Errorf("%q: %v, %v", name, got, err)
		}
	}
	var misuse *record.UsageError
	for _, name := range []string{"", "/", want.Device, want.Device[:3] + "/1", want.Device + "/x", want.Device + "/-1"} {
		if _, err := a.w.FindEntry(p.ctx, name); !errors.As(err, &misuse) {
			t.Errorf("%q: %v", name, err)
		}
	}
	var missing *workspace.NotFound
	for _, r := range []workspace.EventRef{{Device: want.Device, Epoch: want.Epoch, Seq: 99}, {Device: "zzzzzz", Seq: 1}, {Device: want.Device, Epoch: "zz", Seq: 1}} {
		if _, err := a.w.FindEntry(p.ctx, r.String()); !errors.As(err, &missing) {
			t.Errorf("%s: %v", r, err)
		}
	}
}

// TestNameOfSeveralEntries: a copied laptop goes on in a new epoch, and then its device alone names two entries.
func TestNameOfSeveralEntries(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a := p.laptops[0]
	a.add("PLC-1", "zone", "Z1")
	a.close()
	twin := p.laptop("copied")
	copyFolder(t, a.dir, twin.dir)
	a.open()
	twin.open()
	twin.set("PLC-1", "at the copy", "zone", "Z2")
	a.set("PLC-1", "here", "zone", "Z3")
	p.level()
	var several *projections.Ambiguous
	if _, err := a.w.FindEntry(p.ctx, a.status().Device+"/1"); !errors.As(err, &several) || len(several.Candidates) < 2 {
		t.Errorf("both epochs begin with 1: %v", err)
	}
}
