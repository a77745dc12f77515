package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// commands are all commands of the manual with the flags it names.
var commands = map[string][]string{
	"init": {"--name", "--member", "--tz"}, "join": {"--member", "--request", "--grant"},
	"device approve": {"--grant", "--member"}, "device list": {}, "passphrase change": {}, "site list": {}, "site set": {"--observed-at"},
	"import assets": {"--dry-run", "--mapping", "--set", "--refused", "--reason", "--observed-at"},
	"asset add":     {"--reason", "--observed-at"}, "asset set": {"--where", "--reason", "--observed-at"}, "asset swap": {"--reason", "--observed-at"},
	"asset retire": {"--reason", "--observed-at"}, "asset reinstate": {"--reason", "--observed-at"}, "asset void": {"--reason", "--observed-at"},
	"asset merge": {"--into", "--reason", "--observed-at"}, "asset interface add": {"--reason", "--observed-at"}, "asset interface set": {"--reason", "--observed-at"},
	"asset interface remove": {"--reason", "--observed-at"}, "asset interface restore": {"--reason", "--observed-at"},
	"asset list": {"--where", "--search", "--as-of"}, "asset show": {"--as-of"}, "asset history": {},
	"note add": {"--asset", "--kind", "--observed-at"}, "note edit": {"--observed-at"}, "note sign": {"--observed-at"},
	"note amend": {"--observed-at"}, "note void": {"--reason", "--observed-at"}, "note list": {"--asset", "--kind"},
	"ui": {"--listen", "--no-browser"}, "sync": {"--begin", "--now"}, "remote add": {"--begin", "--second", "--secret-file", "--sealed", "--token-file"}, "remote list": {}, "remote remove": {}, "conflicts": {}, "resolve": {"--keep", "--reason", "--observed-at"},
	"undo":     {"--reason", "--observed-at"},
	"findings": {}, "findings settle": {"--reason", "--observed-at"},
	"log": {"--asset", "--member", "--since", "--until"}, "export log": {}, "export assets": {},
	"verify": {"--deep", "--against"}, "rebuild": {}, "status": {}, "doctor": {}, "backup": {}, "restore": {"--recovery-key-file"},
}

func TestHelpOfEveryCommand(t *testing.T) {
	t.Parallel()
	l := newLaptop(t, "none")
	for name, flags := range commands {
		help := l.ok(append(strings.Fields(name), "--help")...).out
		for _, word := range append([]string{"Usage:", "Examples:", "fieldbook " + name, "--dir", "--workspace", "--passphrase-file", "--json"}, flags...) {
			if !strings.Contains(help, word) {
				t.Errorf("help of %q lacks %q", name, word)
			}
		}
		if strings.Contains(help, "\x1b") {
			t.Errorf("help of %q has colours", name)
		}
	}
	for _, group := range []string{"", "asset", "asset interface", "note", "site", "device", "passphrase", "import", "export", "remote"} {
		if help := l.ok(append(strings.Fields(group), "--help")...).out; !strings.Contains(help, "Examples:") {
			t.Errorf("help of %q has no example", group)
		}
	}
}

// TestWrongUsage: what can be seen to be wrong on the command line is exit code
// 2, says why on stderr and leaves stdout to JSON.
func TestWrongUsage(t *testing.T) {
	t.Parallel()
	l := plant(t)
	for _, args := range [][]string{
		{}, {"asset"}, {"nonsense"}, {"asset", "nonsense"}, {"status", "--nonsense"}, {"status", "more"}, {"asset", "show"},
		{"asset", "set"}, {"asset", "set", "RAV-PLC-001"}, {"asset", "set", "RAV-PLC-001", "firmware", "--reason", "r"},
		{"asset", "set", "RAV-PLC-001", "nonsense=1", "--reason", "r"}, {"asset", "set", "NOWHERE-1", "firmware=1", "--reason", "r"},
		{"asset", "set", "--where", "site=RAV", "--reason", "r"}, {"asset", "set", "--where", "nonsense=1", "firmware=2", "--reason", "r"},
		{"asset", "set", "--where", "nonsense", "firmware=2", "--reason", "r"},
		{"asset", "list", "--where", "nonsense=1"}, {"asset", "list", "--where", "role=plcc"}, {"asset", "list", "--where", "site"}, {"asset", "list", "--as-of", "yesterday"},
		{"asset", "show", "NOWHERE-1"}, {"asset", "history", "NOWHERE-1"}, {"asset", "swap", "RAV-PLC-001", "--reason", "r"},
		{"asset", "merge", "RAV-PLC-001", "--reason", "r"}, {"asset", "merge", "RAV-PLC-001", "--into", "NOWHERE-1", "--reason", "r"},
		{"asset", "retire", "--reason", "r"}, {"note", "add"}, {"note", "sign", "ffff"}, {"note", "add", "--asset", "NOWHERE-1", "x"},
		{"sync"}, {"sync", "--begin"}, {"sync", "ftp://example.org/x"}, {"resolve", "ffff", "--keep", "x", "--reason", "r"}, {"resolve", "ffff", "--reason", "r"}, {"undo"}, {"undo", "ffff", "--reason", "r"},
		{"findings", "settle", "ffff", "--reason", "r"}, {"findings", "nonsense"}, {"log", "--asset", "NOWHERE-1"}, {"log", "--member", "Nobody"},
		{"log", "--since", "soon"}, {"export", "log"}, {"export", "assets", filepath.Join(t.TempDir(), "x.pdf")}, {"export", "log", filepath.Join(t.TempDir(), "x.pdf")},
		{"import", "assets"}, {"import", "assets", inventory(t, "assets.csv"), "--set", "nonsense=1"}, {"import", "assets", inventory(t, "assets.csv"), "--set", "site"},
		{"init", "--name", "X"}, {"join"}, {"join", "--member", "X"}, {"device", "approve"}, {"device", "approve", "x"}, {"restore"}, {"backup"}, {"site", "set"},
		{"site", "set", "RAV", "nonsense=1"}, {"asset", "set", "RAV-PLC-001", "firmware=1", "--reason", "r", "--observed-at", "lunch"},
	} {
		l.refuses(2, nil, args...)
	}
}

// TestRefusedByARule: exit code 5 and a sentence that says what to do.
func TestRefusedByARule(t *testing.T) {
	t.Parallel()
	l := plant(t)
	before := l.one("status")["digest"]
	reason := []string{"--reason", "r"}
	for _, c := range []struct {
		words []string
		args  []string
	}{
		{[]string{"reason"}, []string{"asset", "set", "RAV-PLC-001", "firmware=V9"}},
		{[]string{"reason"}, []string{"asset", "set", "--where", "site=RAV", "firmware=V9"}},
		{[]string{"reason"}, []string{"asset", "set", "RAV-PLC-001", "firmware=V9", "--reason", "  "}},
		{[]string{"reason"}, []string{"asset", "add", "RAV-X-1", "site=RAV", "role=plc", "criticality=low", "lifecycle=in_service", "owner_department=C", "vendor=V", "model=M"}},
		{[]string{"reason"}, []string{"asset", "swap", "RAV-PLC-001", "vendor=V", "model=M"}},
		{[]string{"reason"}, []string{"asset", "retire", "RAV-PLC-001"}},
		{[]string{"reason"}, []string{"asset", "void", "RAV-PLC-001"}},
		{[]string{"reason"}, []string{"asset", "merge", "RAV-PLC-001", "--into", "RAV-PLC-002"}},
		{[]string{"ip"}, append([]string{"asset", "set", "RAV-PLC-001", "ip_address=10.20.1.999"}, reason...)},
		{[]string{"mac"}, append([]string{"asset", "set", "RAV-PLC-001", "mac_address=00:11"}, reason...)},
		{[]string{"vlan", "4094"}, append([]string{"asset", "set", "RAV-PLC-001", "vlan=4095"}, reason...)},
		{[]string{"date"}, append([]string{"asset", "set", "RAV-PLC-001", "commissioned=32.13.2020"}, reason...)},
		{[]string{"role", "plc"}, append([]string{"asset", "set", "RAV-PLC-001", "role=plcc"}, reason...)},
		{[]string{"criticality", "medium"}, append([]string{"asset", "set", "RAV-PLC-001", "criticality=huge"}, reason...)},
		{[]string{"lifecycle"}, append([]string{"asset", "set", "RAV-PLC-001", "lifecycle=gone"}, reason...)},
		{[]string{"role"}, append([]string{"asset", "set", "RAV-PLC-001", "role="}, reason...)},
		{[]string{"role"}, append([]string{"asset", "add", "RAV-X-2", "site=RAV"}, reason...)},
		{[]string{"not retired"}, append([]string{"asset", "reinstate", "RAV-PLC-001"}, reason...)},
		{[]string{"itself"}, append([]string{"asset", "merge", "RAV-PLC-001", "--into", "RAV-PLC-001"}, reason...)},
		{[]string{"kind", "fault"}, []string{"note", "add", "--kind", "gossip", "x"}},
		{[]string{"text"}, []string{"note", "add", ""}},
		{[]string{"code"}, []string{"site", "set", "R", "name=x"}},
		{[]string{"zone"}, []string{"site", "set", "RAV", "tz=Mars/Base"}},
	} {
		l.refuses(5, c.words, c.args...)
	}
	equal(t, "digest after refusals", l.one("status")["digest"], before)
}

// TestLocked: no passphrase and nobody to ask, or a wrong one, is exit code 4.
func TestLocked(t *testing.T) {
	t.Parallel()
	l := plant(t)
	l.pass = ""
	for _, args := range [][]string{{"status"}, {"verify"}, {"asset", "list"}, {"sync", t.TempDir()}, {"passphrase", "change"}} {
		l.refuses(4, []string{"passphrase"}, args...)
	}
	l.refuses(4, nil, "status", "--passphrase-file", file(t, "empty", ""))
	l.pass = "wrong"
	for _, args := range [][]string{{"status"}, {"verify", "--deep"}} {
		l.refuses(4, []string{"passphrase"}, args...)
	}
	l.ok("status", "--passphrase-file", file(t, "pass", passphrase+"\r\nmore\n"))
	l.refuses(2, nil, "status", "--passphrase-file", filepath.Join(t.TempDir(), "none"))
	fresh := newLaptop(t, "fresh")
	fresh.pass = ""
	fresh.refuses(4, nil, "init", "--name", "N", "--member", "M")
}

// TestWorkspaceChoice: without --dir a workspace has a subfolder of the system's
// data folder, and --workspace chooses between several.
func TestWorkspaceChoice(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	run := func(args ...string) answer {
		cmd := exec.Command(binary, args...)
		cmd.Env = []string{"HOME=" + home, "FIELDBOOK_PASSPHRASE=" + passphrase}
		return finish(t, cmd, args)
	}
	if a := run("status").exits(1); !strings.Contains(a.err, "init") {
		t.Errorf("no workspace: no hint at init in %q", a.err)
	}
	run("init", "--name", "North Plant", "--member", "Ada").exits(0)
	run("status").exits(0)
	run("init", "--name", "South Plant", "--member", "Ada").exits(0)
	a := run("status").exits(2)
	for _, word := range []string{"--workspace", "north", "south"} {
		if !strings.Contains(a.err, word) {
			t.Errorf("the choice does not name %q: %s", word, a.err)
		}
	}
	if a := run("--workspace", "South Plant", "status").exits(0); !strings.Contains(a.out, "South Plant") {
		t.Errorf("another workspace answered: %s", a.out)
	}
	if a := run("--workspace", "West", "status").exits(2); !strings.Contains(a.err, "north") {
		t.Errorf("a workspace that is not there: %s", a.err)
	}
	files := t.TempDir()
	request, grant := filepath.Join(files, "request"), filepath.Join(files, "grant")
	other := newLaptop(t, "other")
	other.ok("init", "--name", "West Plant", "--member", "Cy")
	run("--workspace", "joining", "join", "--member", "Ada", "--request", request).exits(0)
	other.ok("device", "approve", request, "--grant", grant)
	run("--workspace", "joining", "join", "--grant", grant).exits(0)
	run("--workspace", "West Plant", "status").exits(0)
	if entries, err := os.ReadDir(home); err != nil || len(entries) != 1 {
		t.Errorf("the home folder holds %v (%v)", entries, err)
	}
}

// TestNothingButTextWithoutATerminal: no colours, no progress bars.
func TestNothingButTextWithoutATerminal(t *testing.T) {
	t.Parallel()
	l := plant(t)
	for _, args := range [][]string{{"asset", "list"}, {"verify", "--deep"}, {"rebuild"}, {"doctor"}, {"import", "assets", inventory(t, "assets.csv")}} {
		a := l.ok(args...)
		if strings.Contains(a.out+a.err, "\x1b") || strings.Contains(a.out+a.err, "\r") || a.err != "" {
			t.Errorf("fieldbook %v writes for a terminal:\n%q\n%q", args, a.out, a.err)
		}
	}
}
