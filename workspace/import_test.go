package workspace_test

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"fieldbook/record"
	"fieldbook/workspace"
)

const inventory = "../testdata/inventory/assets.csv"

func (l *laptop) importFile(path string, set ...string) workspace.ImportReport {
	l.p.t.Helper()
	report, err := l.w.ImportAssets(l.p.ctx, workspace.Entry{}, workspace.ImportOptions{File: path, Set: fields(set...)})
	l.p.must(err)
	return report
}

// TestImportTwice: the same list imported on two laptops that have never synced,
// one of which has edited since, is one set of assets without any conflict, and
// the edit stands.
func TestImportTwice(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a := p.laptops[0]
	if r := a.importFile(inventory); r.Totals.Created != 199 {
		t.Fatalf("%+v", r.Totals)
	}
	a.set("RAV-PLC-004", "edited since", "firmware", "V9.9")
	b := p.join("Jo") // holds keys, but no entry of the record yet
	if r := b.importFile(inventory); r.Totals.Created != 199 {
		t.Fatalf("%+v", r.Totals)
	}
	p.level()
	for _, l := range p.laptops {
		expectKinds(t, l)
		if got := l.show("RAV-PLC-004", "firmware"); got != "V9.9" {
			t.Errorf("%s shows firmware %s", l.name, got)
		}
		if r := l.importFile(inventory); r.Totals.Unchanged != 199 {
			t.Errorf("imported again on %s: %+v", l.name, r.Totals)
		}
	}
	p.agree()
}

// TestImportDryRun: a dry run says what would happen and writes nothing.
func TestImportDryRun(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a := p.laptops[0]
	before := a.status()
	report, err := a.w.ImportAssets(p.ctx, workspace.Entry{}, workspace.ImportOptions{File: inventory, DryRun: true})
	p.must(err)
	if report.Totals.Created != 199 || report.ID != nil {
		t.Errorf("%+v", report.Totals)
	}
	if after := a.status(); !reflect.DeepEqual(after, before) {
		t.Errorf("a dry run wrote: %+v", after)
	}
	a.add("RAV-PLC-900")
	a.importFile(inventory)
	if got := a.status().Documents; got != 199+1+2+2 {
		t.Errorf("%d documents", got)
	}
}

// TestImportRepeatedRow: of two rows of one list that contradict each other about
// one asset the second is refused; taken in turn, each import would change it.
func TestImportRepeatedRow(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	path := filepath.Join(p.dir, "list.csv")
	p.must(os.WriteFile(path, []byte("tag,site,role,criticality,lifecycle,owner_department,firmware,vendor,model\n"+
		"RAV-PLC-001,RAV,plc,high,in_service,Controls,V1,Siemens,S7\nrav plc 001,RAV,plc,high,in_service,Controls,V2,Siemens,S7\n"+
		"RAV-PLC-002,RAV,toaster,high,in_service,Controls,V1,Siemens,S7\n"), 0o600))
	r := p.laptops[0].importFile(path)
	if r.Totals.Created != 1 || r.Totals.Refused != 2 || r.Rows[1].Result != record.Refused || r.Rows[2].Result != record.Refused {
		t.Errorf("%+v", r)
	}
	if got := p.laptops[0].show("RAV-PLC-001", "firmware"); got != "V1" {
		t.Errorf("firmware %s", got)
	}
}

// TestImportStandsOverRestart: what an import asserted is remembered by the log,
// so a list imported again after an edit brings no news, on any laptop.
func TestImportStandsOverRestart(t *testing.T) {
	p := newPlant(t, t.TempDir(), 2)
	a, b := p.laptops[0], p.laptops[1]
	a.importFile(inventory)
	p.level()
	b.set("RAV-PLC-004", "read on site", "firmware", "V9.9")
	p.level()
	b.close()
	b.open()
	for _, l := range p.laptops {
		if r := l.importFile(inventory); r.Totals.Unchanged != 199 {
			t.Errorf("%s: %+v", l.name, r.Totals)
		}
		if got := l.show("RAV-PLC-004", "firmware"); got != "V9.9" {
			t.Errorf("%s: the old list overwrote the edit: %s", l.name, got)
		}
	}
}
