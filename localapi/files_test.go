package localapi

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"fieldbook/sample"
)

// upload hands a file over and gives its id.
func (p *page) upload(name string, data []byte) string {
	p.t.Helper()
	w := p.send(p.request(post, "/api/uploads?name="+url.QueryEscape(name), bytes.NewReader(data)))
	described(p.t, post, "/uploads", w)
	var got Upload
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != http.StatusOK || got.Bytes != int64(len(data)) {
		p.t.Fatalf("upload: %d %s", w.Code, w.Body)
	}
	return got.Upload
}

// download takes what a job made.
func (p *page) download(id any) []byte {
	p.t.Helper()
	w := p.send(p.request(get, "/api/downloads/"+id.(string), nil))
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != octets {
		p.t.Fatalf("download: %d %s", w.Code, w.Body)
	}
	return w.Body.Bytes()
}

// Given the asset list as an upload, then a browser previews, tries and imports it, exports what came of it and takes it once.
func TestListsGoInAndOut(t *testing.T) {
	p := founded(t)
	list, err := io.ReadAll(sample.List())
	if err != nil {
		t.Fatal(err)
	}
	source := map[string]any{"upload": p.upload("assets.csv", list)}
	preview := gives[Previewed](p, post, "/import/preview", map[string]any{"source": source})
	if preview.Rows < 150 || preview.Missing != nil || preview.Columns[0].Name != "tag" || len(preview.Fields) < 40 {
		t.Errorf("preview: %+v", preview.Columns)
	}
	mapping := map[string]any{"columns": map[string]string{"attack_asset_id": "-"}}
	tried := p.works("/import", map[string]any{"source": source, "mapping": mapping, "reason": "rev 14", "dry_run": true})
	if tried["id"] != nil || tried["dry_run"] != true {
		t.Errorf("dry run: %v", tried["totals"])
	}
	if page := gives[AssetPage](p, get, "/assets", nil); page.Total != 0 {
		t.Errorf("a dry run wrote %d assets", page.Total)
	}
	done := p.works("/import", map[string]any{"source": source, "mapping": mapping, "reason": "rev 14", "dry_run": false})
	if done["id"] == nil || len(done["rows"].([]any)) != preview.Rows {
		t.Errorf("import: %v", done["totals"])
	}
	p.refuses("usage", post, "/import", map[string]any{"source": source, "set": map[string]string{"nonsense": "x"}, "reason": "x", "dry_run": true})
	for _, kind := range []string{"assets", "trail"} {
		made := p.works("/export", map[string]any{"kind": kind, "format": "csv", "assets": map[string]any{"where": []string{"vendor=Siemens"}}})
		data := p.download(made["download"])
		if int(made["bytes"].(float64)) != len(data) || made["rows"].(float64) < 50 {
			t.Errorf("%s: %v for %d bytes", kind, made, len(data))
		}
		p.refuses("missing", get, "/downloads/"+made["download"].(string), nil)
	}
}

// Given a backup that was downloaded, then it restores from an upload: with the passphrase the same laptop, with the recovery
// key a new one, and with neither nothing.
func TestBackupsGoThereAndBack(t *testing.T) {
	p := newPage(t)
	made := gives[Founded](p, post, "/workspaces", map[string]any{"name": "Ravensmere", "member": "Ada Okafor", "zone": "UTC", "passphrase": secret})
	gives[Written](p, post, "/assets", map[string]any{"tag": "RAV-PLC-001", "fields": plc, "reason": "new"})
	backup := p.download(p.works("/backup", map[string]any{})["download"])
	if bytes.Contains(backup, []byte("RAV-PLC")) {
		t.Error("the backup is not sealed")
	}
	for name, c := range map[string]struct {
		data       []byte
		pass, key  string
		want, code string
	}{
		"same":      {backup, secret, "", "done", ""},
		"recovered": {backup, "a new one", made.RecoveryKey, "done", ""},
		"wrong":     {backup, "wrong", "", "failed", "passphrase"},
		"no key":    {backup, "a new one", "nonsense", "failed", "backup"},
		"cut":       {backup[:len(backup)/2], secret, "", "failed", "backup"},
	} {
		other := newPage(t)
		source := map[string]any{"upload": other.upload("a.fieldbook", c.data)}
		job, _ := other.finished(gives[Job](other, post, "/workspaces/restore", map[string]any{"source": source, "passphrase": c.pass, "recovery_key": c.key}))
		if job.State != c.want || job.Problem != nil && job.Problem.Code != c.code {
			t.Errorf("%s: %s %+v", name, job.State, job.Problem)
		}
		if c.want == "done" {
			gives[Asset](other, get, "/assets/RAV-PLC-001", nil)
		} else if state := gives[State](other, get, "/state", nil); state.Phase != phaseNone || len(state.Known) != 0 {
			t.Errorf("%s leaves %+v", name, state)
		}
		if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "fieldbook-*.backup")); len(left) > 0 {
			t.Errorf("%s leaves %v", name, left)
		}
	}
}

// Given a folder that a sync has filled, then the log is verified by itself, against that folder by its path, and against a remote
// by its name; one that is not there is named.
func TestLogIsVerified(t *testing.T) {
	p := founded(t)
	stick := t.TempDir()
	p.works("/sync", map[string]any{"remote": stick, "begin": true})
	gives[RemoteAdded](p, post, "/remotes", map[string]any{"name": "stick", "url": stick})
	for name, against := range map[string]any{"nothing": nil, "folder": map[string]any{"path": stick}, "remote": map[string]any{"remote": "stick"}} {
		result := p.works("/verify", map[string]any{"deep": name == "nothing", "against": against})
		if result["ok"] != true || result["digest"] != gives[Digest](p, get, "/digest", nil).Digest {
			t.Errorf("%s: %v", name, result)
		}
	}
	job, _ := p.finished(gives[Job](p, post, "/verify", map[string]any{"deep": false, "against": map[string]any{"remote": "office"}}))
	if job.State != "failed" || job.Problem.Code != "missing" {
		t.Errorf("%+v", job.Problem)
	}
	p.refuses("usage", post, "/verify", map[string]any{"deep": false, "against": map[string]any{"remote": "stick", "path": stick}})
}

// Given the program's own window, then an export goes to the file that was chosen.
func TestWindowWritesFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.csv")
	p := founded(t, asWindow)
	made := p.works("/export", map[string]any{"kind": "assets", "format": "csv", "path": path})
	if data, err := os.ReadFile(path); err != nil || len(data) == 0 || made["path"] != path || made["download"] != nil || int(made["bytes"].(float64)) != len(data) {
		t.Errorf("%v %v", made, err)
	}
}
