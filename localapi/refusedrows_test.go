package localapi

import (
	"strings"
	"testing"
)

// Given a list of which a row is refused, then that row is had as the list has it, with the reason, as long as the import is
// remembered, and of nothing else.
func TestRefusedRowsAreWritten(t *testing.T) {
	p := founded(t)
	list := "tag,site,role,criticality,lifecycle,owner_department,Loop\nP-1,RAV,plc,high,in_service,C,L1\nP-2,RAV,teapot,high,in_service,C,L2\n"
	in := map[string]any{"source": map[string]any{"upload": p.upload("hall 2.csv", []byte(list))}, "reason": "", "dry_run": true}
	job := gives[Job](p, post, "/import", in)
	p.finished(job)
	made := p.works("/jobs/"+job.ID+"/refused", map[string]any{})
	data := string(p.download(made["download"]))
	if made["rows"] != 1.0 || made["name"] != "hall 2-refused.csv" || !strings.Contains(data, "P-2,RAV,teapot,high,in_service,C,L2,") || strings.Contains(data, "P-1") {
		t.Errorf("%v:\n%s", made, data)
	}
	p.refuses("missing", post, "/jobs/nowhere/refused", map[string]any{})
	other := gives[Job](p, post, "/export", map[string]any{"kind": "assets", "format": "csv"})
	p.finished(other)
	p.refuses("missing", post, "/jobs/"+other.ID+"/refused", map[string]any{})
}
