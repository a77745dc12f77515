package localapi

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"
)

const (
	get  = http.MethodGet
	post = http.MethodPost
)

// plc is an asset with all that is required.
var plc = map[string]string{"site": "RAV", "role": "plc", "criticality": "high", "lifecycle": "in_service", "vendor": "Siemens", "model": "S7-1500", "owner_department": "Controls"}

// founded is a page with a workspace of its own that is open.
func founded(t *testing.T, change ...func(*Config, *Page)) *page {
	t.Helper()
	p := newPage(t, change...)
	made := gives[Founded](p, post, "/workspaces", map[string]any{"name": "Ravensmere", "member": "Ada Okafor", "zone": "Europe/London", "passphrase": secret})
	if made.RecoveryKey == "" || made.State.Phase != phaseOpen || made.State.Me.Role != "owner" {
		t.Fatalf("founded: %+v", made.State)
	}
	return p
}

// finished waits for a job to end.
func (p *page) finished(job Job) (done Job, result map[string]any) {
	p.t.Helper()
	type ended struct {
		Job
		Result map[string]any `json:"result"`
	}
	for seen := (ended{}); ; {
		seen = gives[ended](p, get, "/jobs/"+job.ID+"?wait=25&after="+decimal(seen.Revision), nil)
		if seen.State != "running" {
			return seen.Job, seen.Result
		}
	}
}

func decimal(n uint64) string { return strconv.FormatUint(n, 10) }

// works runs a job that must do what it is asked.
func (p *page) works(path string, in any) map[string]any {
	p.t.Helper()
	done, result := p.finished(gives[Job](p, post, path, in))
	if done.State != "done" {
		p.t.Fatalf("%s: %s %+v", path, done.State, done.Problem)
	}
	return result
}

// enrolled lets a second laptop into the workspace of the first and syncs both by a folder.
func enrolled(t *testing.T, ada *page) (jo *page, stick string) {
	t.Helper()
	jo, stick = newPage(t), filepath.Join(ada.home, "stick")
	if err := os.Mkdir(stick, 0o700); err != nil {
		t.Fatal(err)
	}
	asked := gives[Asked](jo, post, "/workspaces/ask", map[string]any{"member": "Jo Hargreaves", "passphrase": secret})
	if asked.State.Phase != phaseRequested || !slices.Equal(asked.State.Words, asked.Words) || len(asked.Words) != 8 {
		t.Fatalf("asked: %+v", asked)
	}
	file := base64.StdEncoding.EncodeToString(asked.File)
	seen := gives[Inspected](ada, post, "/requests/inspect", map[string]any{"file": file})
	if !slices.Equal(seen.Words, asked.Words) || seen.Member != "Jo Hargreaves" {
		t.Fatalf("inspected: %+v", seen)
	}
	grant := gives[Approved](ada, post, "/requests/approve", map[string]any{"file": file})
	jo.refuses("passphrase", post, "/workspaces/join", map[string]any{"grant": grant.File, "passphrase": "wrong"})
	joined := gives[Joined](jo, post, "/workspaces/join", map[string]any{"grant": grant.File, "passphrase": secret})
	if !slices.Equal(joined.Words, grant.Joined) || joined.State.Phase != phaseOpen || filepath.Base(joined.State.Current.Dir) != "ravensmere" {
		t.Fatalf("joined: %+v", joined)
	}
	for _, p := range []*page{ada, jo, ada} {
		p.works("/sync", map[string]any{"remote": stick, "begin": p == ada})
	}
	return jo, stick
}

// Given two laptops and a stick, when both set one field, then each sees both values with their authors, decides, and settles
// what is left: every step through the API, every answer as described.
func TestStoryOfTwoLaptops(t *testing.T) {
	ada := founded(t)
	added := gives[Written](ada, post, "/assets", map[string]any{"tag": "RAV-PLC-001", "fields": plc, "reason": "new panel"})
	jo, stick := enrolled(t, ada)
	gives[RemoteAdded](ada, post, "/remotes", map[string]any{"name": "stick", "url": stick})
	edit := func(p *page, value string) {
		gives[Written](p, http.MethodPatch, "/assets/RAV-PLC-001", map[string]any{"fields": map[string]string{"firmware": value}, "reason": "visit", "observed_at": "2026-03-01T14:30"})
	}
	edit(ada, "V1")
	edit(jo, "V2")
	for _, p := range []*page{ada, jo, ada} {
		p.works("/sync", map[string]any{"remote": stick})
	}
	asset := gives[Asset](ada, get, "/assets/"+added.ID, nil)
	if len(asset.Conflicts) != 1 || len(asset.Conflicts[0].Values) != 2 || asset.Conflicts[0].Field != "firmware" {
		t.Fatalf("conflicts: %+v", asset.Conflicts)
	}
	if row := gives[AssetPage](ada, get, "/assets?columns=firmware,tag", nil).Items[0]; !slices.Equal(row.Concurrent, []string{"firmware"}) || row.Values["tag"] != "RAV-PLC-001" {
		t.Errorf("row: %+v", row)
	}
	conflict := asset.Conflicts[0]
	ada.refuses("refused", post, "/conflicts/"+conflict.ID+"/resolve", map[string]any{"keep": "V2", "reason": ""})
	gives[Written](ada, post, "/conflicts/"+conflict.ID+"/resolve", map[string]any{"keep": "V2", "reason": "read at the device"})
	if after := gives[Asset](ada, get, "/assets/RAV-PLC-001", nil); after.Fields["firmware"] != "V2" || len(after.Conflicts) != 0 {
		t.Errorf("after: %+v", after.Fields)
	}
	if status := gives[Status](ada, get, "/status", nil); status.LastSync == nil && len(status.Remotes) != 1 {
		t.Errorf("status: %+v", status)
	}
	gives[[]Conflict](jo, get, "/conflicts", nil)
	gives[FindingPage](jo, get, "/findings?settled=true", nil)
	theirs := gives[[]Device](jo, get, "/devices", nil)
	for i, d := range gives[[]Device](ada, get, "/devices", nil) {
		if len(d.Words) != 8 || !slices.Equal(d.Words, theirs[i].Words) || slices.Equal(d.Words, theirs[(i+1)%len(theirs)].Words) {
			t.Errorf("words of %s: %v, on the other laptop %v", d.Device, d.Words, theirs[i].Words)
		}
	}
	if members := gives[[]Member](jo, get, "/members", nil); len(members) < 2 {
		t.Errorf("members: %+v", members)
	}
}

// Given an open workspace, then everything else that the API offers of a record answers as described.
func TestEverythingOfARecord(t *testing.T) {
	p := founded(t)
	gives[Definitions](p, get, "/definitions", nil)
	gives[Written](p, post, "/assets", map[string]any{"tag": "RAV-PLC-001", "fields": plc, "reason": "new panel"})
	gives[Written](p, post, "/assets", map[string]any{"tag": "RAV-PLC-002", "fields": plc, "reason": "new panel"})
	gives[Written](p, post, "/assets/RAV-PLC-001/swap", map[string]any{"fields": map[string]string{"serial": "S1", "vendor": "Siemens", "model": "S7-1500"}, "reason": "CPU failed"})
	if units := gives[Asset](p, get, "/assets/RAV%2FRAV-PLC-001", nil).Units; len(units) != 2 || units[1].Fields["serial"] != "S1" || units[0].Fields["serial"] != "" {
		t.Errorf("units: %+v", units)
	}
	for _, act := range []string{"retire", "reinstate"} {
		gives[Written](p, post, "/assets/RAV-PLC-002/"+act, Reason{"moved"})
	}
	gives[Written](p, post, "/assets/RAV-PLC-002/merge", Merging{"RAV-PLC-001", "twice"})
	gives[Written](p, post, "/assets", map[string]any{"tag": "RAV-PLC-003", "fields": plc, "reason": "slip"})
	gives[Written](p, post, "/assets/RAV-PLC-003/void", Reason{"slip"})
	if page := gives[AssetPage](p, get, "/assets?include_void=true&sort=-tag", nil); page.Total < 2 || page.Items[0].Void == nil {
		t.Errorf("with void: %+v", page)
	}
	facets := gives[[]Facet](p, get, "/assets/facets?field=vendor&where="+url.QueryEscape("tag~RAV"), nil)
	if len(facets) != 1 || facets[0] != (Facet{"Siemens", 1}) {
		t.Errorf("facets: %+v", facets)
	}
	p.refuses("usage", get, "/assets?where=nonsense", nil)
	gives[Asset](p, get, "/assets/RAV-PLC-001?as_of="+time.Now().UTC().Format("2006-01-02T15:04:05.999Z"), nil)
	p.refuses("missing", get, "/assets/RAV-PLC-001?as_of=2001-01-01", nil)
	gives[Written](p, http.MethodPut, "/sites/RAV", map[string]any{"fields": map[string]string{"name": "Ravensmere"}, "reason": "name"})
	gives[[]Site](p, get, "/sites", nil)
	notesOf(t, p)
	result := p.works("/assets/bulk", map[string]any{"query": map[string]any{"where": []string{"vendor=Siemens"}}, "fields": map[string]string{"zone": "Z1"}, "reason": "zones"})
	if len(result["items"].([]any)) != 1 {
		t.Errorf("bulk: %v", result)
	}
	struck := gives[AssetPage](p, get, "/assets?include_void=true&sort=-tag", nil).Items[0]
	result = p.works("/assets/bulk", map[string]any{"ids": []string{struck.ID}, "fields": map[string]string{"zone": "Z1"}, "reason": "zones"})
	if len(result["items"].([]any)) != 0 || len(result["refused"].([]any)) != 1 {
		t.Errorf("bulk of a struck asset: %v", result)
	}
	whole := map[string]any{"include_void": true, "sort": "-tag", "as_of": time.Now().UTC().Format("2006-01-02T15:04:05.999Z")}
	if made := p.works("/export", map[string]any{"kind": "assets", "format": "csv", "assets": whole}); made["rows"] != 2.0 {
		t.Errorf("the list with struck entries: %v", made)
	}
	trail := gives[TrailPage](p, get, "/trail?asset=RAV-PLC-001&limit=5&order=desc", nil)
	if len(trail.Items) == 0 || *trail.Items[0].Tag != "RAV-PLC-001" {
		t.Errorf("trail: %+v", trail)
	}
	gives[TrailSpan](p, get, "/trail/span?buckets=10", nil)
	gives[News](p, get, "/news?after=0", nil)
	gives[[]Receipt](p, get, "/receipts", nil)
	gives[[]Device](p, get, "/devices", nil)
	gives[[]Check](p, get, "/doctor", nil)
	gives[[]Remote](p, get, "/remotes", nil)
	p.refuses("missing", http.MethodDelete, "/remotes/none", nil)
	p.refuses("missing", post, "/findings/ab/settle", Reason{"x"})
}

// notesOf writes, edits, signs and amends a note.
func notesOf(t *testing.T, p *page) {
	t.Helper()
	note := gives[Written](p, post, "/notes", map[string]any{"kind": "measurement", "text": "4.2 bar at the pump", "assets": []string{"RAV-PLC-001"}, "fields": map[string]string{"measurement.value": "4.2"}})
	gives[Written](p, http.MethodPatch, "/notes/"+note.ID, NoteEdit{Text: "4.3 bar at the pump", Reason: "slip"})
	gives[Written](p, post, "/notes/"+note.ID+"/sign", map[string]any{})
	gives[Written](p, post, "/notes/"+note.ID+"/amend", Amendment{"4.4 bar at the pump", "read again"})
	found := gives[NotePage](p, get, "/notes?search=PUMP+4.4&limit=1", nil)
	if found.Total != 1 || len(found.Items) != 1 || *found.Items[0].Amends != note.ID {
		t.Errorf("notes: %+v", found)
	}
	if amended := gives[NotePage](p, get, "/notes?state=amended&asset=RAV-PLC-001", nil); amended.Total != 1 || amended.Items[0].Measurement["value"] != "4.2" {
		t.Errorf("amended: %+v", amended)
	}
	p.refuses("refused", http.MethodPatch, "/notes/"+note.ID, NoteEdit{Text: "other", Reason: "x"})
	slip := gives[Written](p, post, "/notes", map[string]any{"kind": "visit", "text": "wrong plant", "assets": []string{"RAV-PLC-001"}, "fields": map[string]string{}})
	gives[Written](p, post, "/notes/"+slip.ID+"/void", Reason{"written about another plant"})
	for kind, total := range map[string]int{"measurement": 2, "Measurement": 2, "visit": 0, "": 2} {
		if of := gives[NotePage](p, get, "/notes?kind="+kind, nil); of.Total != total {
			t.Errorf("of kind %q: %d", kind, of.Total)
		}
	}
	p.refuses("usage", get, "/notes?kind=gossip", nil)
	struck := gives[NotePage](p, get, "/notes?state=void", nil)
	if struck.Total != 1 || *struck.Items[0].Void != "written about another plant" || gives[NotePage](p, get, "/notes", nil).Total != 2 {
		t.Errorf("struck: %+v", struck)
	}
	if about := gives[Asset](p, get, "/assets/RAV-PLC-001", nil).Notes; len(about) != 2 {
		t.Errorf("notes about the asset: %+v", about)
	}
}
