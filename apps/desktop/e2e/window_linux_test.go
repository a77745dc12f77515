package e2e

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// The programs under test; TestMain sets them. driven is the window with its inspector open.
var command, released, driven string

// tags are those of `make build`.
const tags = "desktop,production,webkit2_41"

func TestMain(m *testing.M) { os.Exit(testMain(m)) }

func testMain(m *testing.M) int {
	temp, err := os.MkdirTemp("", "fieldbook-window-*")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(temp)
	plant.dir = filepath.Join(temp, "plant")
	command, released = os.Getenv("FIELDBOOK_BIN"), os.Getenv("FIELDBOOK_DESKTOP_BIN")
	for _, p := range []struct {
		path             *string
		tags, name, code string
	}{
		{&command, "", "fieldbook", "fieldbook/apps/fieldbook"},
		{&released, tags, "fieldbook-desktop", "fieldbook/apps/desktop"},
		{&driven, tags + ",inspector", "driven", "fieldbook/apps/desktop"},
	} {
		if *p.path != "" {
			continue
		}
		*p.path = filepath.Join(temp, p.name)
		build := exec.Command("go", "build", "-tags", p.tags, "-o", *p.path, p.code)
		build.Stdout, build.Stderr = os.Stderr, os.Stderr
		if err := build.Run(); err != nil {
			fmt.Fprintln(os.Stderr, "building", p.code, err)
			return 1
		}
	}
	return m.Run()
}

const passphrase = "correct horse battery staple"

// plant is founded once and copied by the tests.
var plant struct {
	dir  string
	once sync.Once
}

// laptop is one person's: a folder with the sample plant, and a home.
type laptop struct {
	t         *testing.T
	home, dir string
}

func newLaptop(t *testing.T) *laptop {
	t.Helper()
	l := &laptop{t: t, home: t.TempDir()}
	plant.once.Do(func() {
		l.dir = plant.dir
		l.cli("init", "--name", "Ravensmere", "--member", "Ada Okafor", "--tz", "Europe/London")
		list, err := filepath.Abs(filepath.Join("..", "..", "..", "testdata", "inventory", "assets.csv"))
		if err != nil {
			t.Fatal(err)
		}
		l.cli("import", "assets", list, "--reason", "rev 14")
	})
	l.dir = filepath.Join(l.home, "ada")
	if err := os.CopyFS(l.dir, os.DirFS(plant.dir)); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Chmod(l.dir, 0o700), os.Chmod(filepath.Join(l.dir, "identity.age"), 0o600)); err != nil {
		t.Fatal(err)
	}
	return l
}

// environment is that of every program of this laptop.
func (l *laptop) environment(more ...string) []string {
	return append([]string{
		"HOME=" + l.home, "PATH=" + os.Getenv("PATH"), "TMPDIR=" + os.TempDir(), "LANG=C.UTF-8",
		"XDG_CONFIG_HOME=" + filepath.Join(l.home, "config"), "XDG_DATA_HOME=" + filepath.Join(l.home, "data"),
		"XDG_CACHE_HOME=" + filepath.Join(l.home, "cache"),
	}, more...)
}

// cli runs a command line that must succeed, with the passphrase at hand unless a window has the workspace.
func (l *laptop) cli(args ...string) string {
	l.t.Helper()
	cmd := exec.Command(command, append([]string{"--dir", l.dir}, args...)...)
	cmd.Env = l.environment("FIELDBOOK_PASSPHRASE=" + passphrase)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		l.t.Fatalf("fieldbook %v: %v: %s", args, err, errs.String())
	}
	return string(out)
}

// window is a running desktop program.
type window struct {
	*page
	l    *laptop
	d    *display
	id   string // of X
	cmd  *exec.Cmd
	errs bytes.Buffer
}

// start runs the driven program with the workspace unlocked, and waits for its page.
func (l *laptop) start(d *display) *window {
	l.t.Helper()
	w := l.launch(d, "FIELDBOOK_PASSPHRASE="+passphrase)
	w.says("Today")
	return w
}

// launch runs the driven program and connects to its page.
func (l *laptop) launch(d *display, more ...string) *window {
	l.t.Helper()
	address := freeAddress(l.t)
	w := &window{l: l, d: d}
	w.cmd = exec.Command(driven, "--dir", l.dir)
	w.cmd.Env = l.environment(append(more, "DISPLAY="+d.name, "WEBKIT_INSPECTOR_HTTP_SERVER="+address)...)
	w.cmd.Stderr = &w.errs
	if err := w.cmd.Start(); err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(func() {
		if w.cmd.ProcessState == nil {
			_ = w.cmd.Process.Kill()
			_ = w.cmd.Wait()
		}
		if l.t.Failed() {
			l.t.Logf("the window said:\n%s", w.errs.String())
		}
	})
	w.page = inspect(l.t, address)
	w.id = d.window(w.cmd)
	d.focus(w.id)
	return w
}

// ends waits for the program's end, which must be a good one.
func (w *window) ends() {
	w.l.t.Helper()
	if err := w.cmd.Wait(); err != nil {
		w.l.t.Errorf("the window ended with %v", err)
	}
}

// quit presses the key of File, Quit and waits for the end.
func (w *window) quit() {
	w.l.t.Helper()
	w.d.press("ctrl+q")
	w.ends()
}

// open shows a place of the page.
func (w *window) open(address string) { w.eval("location.hash = %q", address) }

// into puts the focus on an element, as Tab does.
func (w *window) into(selector string) {
	w.l.t.Helper()
	element := fmt.Sprintf("document.querySelector(%q)", selector)
	w.finds(element)
	w.eval("%s.focus()", element)
}

// firmware types another firmware of an asset, and leaves it unsaved.
func (w *window) firmware(tag, value string) {
	w.l.t.Helper()
	w.open("#/assets/" + tag)
	w.into(`button[aria-label^="Edit Firmware:"]`)
	w.d.press("Return")
	w.finds(`document.activeElement.matches("input, textarea")`)
	w.d.press("ctrl+a")
	w.d.write(value)
	w.d.press("Return")
	w.finds(`document.querySelector('button[aria-label="Edit Firmware: ` + value + `"]')`)
}

// top is the window that no other covers.
func (d *display) top() string {
	d.t.Helper()
	for line := range strings.Lines(d.tool("xwininfo", "-root", "-tree")) {
		if fields := strings.Fields(line); len(fields) > 1 && strings.HasPrefix(fields[0], "0x") && strings.Contains(line, "Fieldbook") {
			var id int
			if _, err := fmt.Sscanf(fields[0], "0x%x", &id); err != nil {
				d.t.Fatal(err)
			}
			return fmt.Sprint(id)
		}
	}
	d.t.Fatal("there is no window")
	return ""
}
