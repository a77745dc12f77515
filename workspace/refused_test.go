package workspace_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fieldbook/record"
	"fieldbook/sheet"
	"fieldbook/workspace"
)

const halfGood = `Plant list 2026;;;;;;;
Tag;Site;Role;Criticality;Lifecycle;Owner department;Loop;
P-1;RAV;plc;high;in_service;Controls;L 1;x
P-2;RAV;teapot;high;in_service;Controls;"=L;2";y
P-3;RAV;plc;high;in_service;Controls;L 3;z
P-4;RAV;plc;;in_service;Controls;L 4;
`

func (l *laptop) importText(list string) workspace.ImportReport {
	l.p.t.Helper()
	path := filepath.Join(l.p.dir, "list.csv")
	l.p.must(os.WriteFile(path, []byte(list), 0o600))
	return l.importFile(path)
}

// TestRefusedRowsAreMendedAndImportedAgain: they are written with every cell that they had and the reason, which the next
// import passes over; a row that is still refused stands in the next file once, with its new reason.
func TestRefusedRowsAreMendedAndImportedAgain(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a := p.laptops[0]
	refused := func(r workspace.ImportReport) string {
		var out bytes.Buffer
		rows, err := r.Refused.Write(p.ctx, &out, sheet.CSV)
		p.must(err)
		if rows != r.Totals.Refused {
			t.Errorf("%d rows of %d", rows, r.Totals.Refused)
		}
		return out.String()
	}
	first := refused(a.importText(halfGood))
	lines := strings.Split(strings.TrimSpace(first), "\r\n")
	if len(lines) != 3 || lines[0] != "\uFEFFTag,Site,Role,Criticality,Lifecycle,Owner department,Loop,,Refused because" {
		t.Fatalf("written:\n%s", first)
	}
	if !strings.HasPrefix(lines[1], `P-2,RAV,teapot,high,in_service,Controls,"'=L;2",y,`) || !strings.Contains(lines[1], "teapot") || !strings.HasPrefix(lines[2], "P-4,RAV,plc,,in_service,Controls,L 4,,") {
		t.Errorf("written:\n%s", first)
	}
	second := a.importText(strings.Replace(first, "RAV,teapot", "RAV,hmi", 1))
	if second.Totals.Created != 1 || second.Totals.Refused != 1 || a.show("P-2", "custom.Loop") != "=L;2" || a.show("P-2", "custom.Column 8") != "y" || a.show("P-2", "custom.Refused because") != "" {
		t.Errorf("imported again: %+v, %q", second.Totals, a.show("P-2", "custom.Loop"))
	}
	if again := refused(second); strings.Count(again, "Refused because") != 1 || strings.Count(again, "P-4") != 1 {
		t.Errorf("written again:\n%s", again)
	}
}

// TestARefusedRowNamesTheCommandThatMendsIt: the command line and the file of refused rows say it; the sentence, which a page says,
// does without.
func TestARefusedRowNamesTheCommandThatMendsIt(t *testing.T) {
	p := newPlant(t, t.TempDir(), 2)
	a, b := p.laptops[0], p.laptops[1]
	a.add("P-1")
	b.add("P-1")
	p.level()
	report := a.importText("Tag,Site,Role,Criticality,Lifecycle,Owner department\nP-1,RAV,plc,low,in_service,Controls\n")
	const said = "2 assets of site RAV carry the tag P-1; merge them first, or change one by its id"
	row := report.Rows[0]
	if row.Result != record.Refused || row.Message != "tag: "+said+" (asset merge)" || row.Said.String() != "tag: "+said {
		t.Errorf("refused with %q, said %q", row.Message, row.Said.String())
	}
	var out bytes.Buffer
	if _, err := report.Refused.Write(p.ctx, &out, sheet.CSV); err != nil || !strings.Contains(out.String(), said+" (asset merge)") {
		t.Errorf("written, %v:\n%s", err, out.String())
	}
}
