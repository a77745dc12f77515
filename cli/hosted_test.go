package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldbook/localapi"
	"fieldbook/workspace"
)

const secret = "correct horse battery staple"

// hosting is a host with a small plant open, and a caller's folder.
type hosting struct {
	t      *testing.T
	dir    string
	open   *workspace.Workspace
	folder string
}

func newHosting(t *testing.T) *hosting {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "plant")
	pass := func(context.Context) ([]byte, error) { return []byte(secret), nil }
	w, _, err := workspace.Create(t.Context(), workspace.Config{Dir: dir, Passphrase: pass, Work: 1}, workspace.Founding{Name: "Ravensmere", Member: "Ada Okafor"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return &hosting{t, dir, w, t.TempDir()}
}

// run gives the code and both outputs of a command line.
func (h *hosting) run(args ...string) (code int, out, errs string) {
	h.t.Helper()
	var o, e bytes.Buffer
	code = Host{Version: "v1"}.Run(h.t.Context(), h.dir, h.open, localapi.Command{Args: args, Folder: h.folder}, &o, &e)
	return code, o.String(), e.String()
}

func (h *hosting) ok(args ...string) string {
	h.t.Helper()
	code, out, errs := h.run(args...)
	if code != exitDone {
		h.t.Fatalf("%v: exit %d: %s", args, code, errs)
	}
	return out
}

func (h *hosting) file(name, text string) {
	h.t.Helper()
	if err := os.WriteFile(filepath.Join(h.folder, name), []byte(text), 0o600); err != nil {
		h.t.Fatal(err)
	}
}

// TestHostedCommandsWork: each class of command does on an open workspace what it does on its own.
func TestHostedCommandsWork(t *testing.T) {
	h := newHosting(t)
	h.file("list.csv", "tag,site,role,criticality,lifecycle,owner_department,vendor,model,serial\nP-1,RAV,plc,high,in_service,Controls,Siemens,S7-1500,S1\n")
	h.file("next", "another passphrase\n")
	for _, args := range [][]string{
		{"import", "assets", "list.csv", "--reason", "first list"},
		{"asset", "list", "--json"},
		{"asset", "set", "P-1", "firmware=V1", "--reason", "visit"},
		{"note", "add", "--asset", "P-1", "--kind", "visit", "all well"},
		{"site", "list"},
		{"status"},
		{"log", "--json"},
		{"conflicts"},
		{"findings"},
		{"verify", "--deep"},
		{"doctor"},
		{"rebuild"},
		{"export", "assets", "out/../assets.csv"},
		{"export", "log", "trail.csv"},
		{"backup", "plant.fieldbook"},
		{"sync", "stick", "--begin"},
		{"sync", "file://" + filepath.Join(h.folder, "stick")},
		{"verify", "--against", "stick"},
		{"verify", "--against", "plant.fieldbook"},
		{"remote", "add", "stick", "./stick"},
		{"sync"},
		{"verify", "--against", "stick"},
		{"remote", "list"},
		{"remote", "remove", "stick"},
		{"device", "list"},
		{"passphrase", "change", "--new-passphrase-file", "next"},
	} {
		h.ok(args...)
	}
	for _, name := range []string{"assets.csv", "trail.csv", "plant.fieldbook", "stick"} {
		if _, err := os.Stat(filepath.Join(h.folder, name)); err != nil {
			t.Errorf("not in the caller's folder: %v", err)
		}
	}
	if out := h.ok("export", "assets", "assets.csv", "--json"); !strings.Contains(out, `"file": "assets.csv"`) {
		t.Errorf("the file is not named as the caller named it: %s", out)
	}
	if _, err := workspace.Identify(t.Context(), workspace.Config{Dir: h.dir, Passphrase: func(context.Context) ([]byte, error) {
		return []byte("another passphrase"), nil
	}}); err != nil {
		t.Errorf("the passphrase was not changed: %v", err)
	}
}

// TestHostedCommandsKeepTheirCodes: what is refused is refused with the code and the sentence that it has on its own.
func TestHostedCommandsKeepTheirCodes(t *testing.T) {
	h := newHosting(t)
	for _, c := range []struct {
		code int
		says string
		args []string
	}{
		{exitUsage, "there is no asset", []string{"asset", "show", "P-9"}},
		{exitRefused, "reason", []string{"asset", "add", "P-1", "site=RAV"}},
		{exitUsage, "usage:", []string{"asset", "set"}},
		{exitUsage, "name a command", nil},
		{exitUsage, "use a file", []string{"backup", "/dev/stdout"}},
		{exitUsage, "use a file", []string{"import", "assets", "/proc/self/fd/0", "--reason", "r"}},
		{exitUsage, "--new-passphrase-file", []string{"passphrase", "change"}},
	} {
		code, _, errs := h.run(c.args...)
		if code != c.code || !strings.Contains(errs, c.says) {
			t.Errorf("%v: exit %d, want %d with %q: %s", c.args, code, c.code, c.says, errs)
		}
	}
	h.folder = ""
	if code, _, errs := h.run("backup", "plant.fieldbook"); code != exitUsage || !strings.Contains(errs, "whole path") {
		t.Errorf("a relative path from nowhere: exit %d: %s", code, errs)
	}
}

// TestHostRunsNothingThatIsAlone: commands that make, open or serve something themselves are refused.
func TestHostRunsNothingThatIsAlone(t *testing.T) {
	h := newHosting(t)
	for _, args := range [][]string{
		{"init", "--name", "Other", "--member", "Eve"},
		{"init", "--name", "Other", "--member", "Eve", "--dir", filepath.Join(h.folder, "other")},
		{"join", "--member", "Eve", "--request", "eve.request"},
		{"restore", "plant.fieldbook"},
		{"serve", "--store", "store", "--open", "--listen", "127.0.0.1:0"},
		{"serve", "key"},
		{"passphrase", "remember"},
		{"passphrase", "forget"},
	} {
		if code, out, errs := h.run(args...); code != exitFailed || !strings.Contains(errs, errAlone.Error()) || out != "" {
			t.Errorf("%v: exit %d, %q, %q", args, code, out, errs)
		}
	}
	if left, err := os.ReadDir(h.folder); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestEveryCommandIsDecided: a command either works in a host or is marked as alone. One that opens a folder without
// being marked would lock itself out.
func TestEveryCommandIsDecided(t *testing.T) {
	a := &app{term: &terminal{}}
	var marked []string
	for _, c := range a.root().Commands() {
		for _, c := range append(c.Commands(), c) {
			if isAlone(c) {
				marked = append(marked, strings.TrimPrefix(c.CommandPath(), "fieldbook "))
			}
		}
	}
	slices.Sort(marked)
	want := []string{"init", "join", "passphrase forget", "passphrase remember", "restore", "serve", "serve key", "ui"}
	if !slices.Equal(marked, want) {
		t.Errorf("alone are %q, want %q", marked, want)
	}
}

// TestHostedCommandEndsWithItsContext: a cancelled command changes nothing.
func TestHostedCommandEndsWithItsContext(t *testing.T) {
	h := newHosting(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out, errs bytes.Buffer
	code := Host{}.Run(ctx, h.dir, h.open, localapi.Command{Args: []string{"site", "set", "RAV", "name=R", "--reason", "r"}}, &out, &errs)
	if code != exitFailed || out.Len() > 0 {
		t.Errorf("exit %d, %q", code, out.String())
	}
	var sites []any
	if err := json.Unmarshal([]byte(h.ok("site", "list", "--json")), &sites); err != nil || len(sites) > 0 {
		t.Errorf("sites: %v, %v", sites, err)
	}
}

// TestCallRefusesWhatIsNoText: JSON would change such an argument on its way.
func TestCallRefusesWhatIsNoText(t *testing.T) {
	a := &app{term: &terminal{}, args: []string{"import", "assets", "l\xffst.csv"}}
	var code *coded
	if _, err := a.call(); !errors.As(err, &code) || code.code != exitUsage {
		t.Errorf("got %v", err)
	}
}
