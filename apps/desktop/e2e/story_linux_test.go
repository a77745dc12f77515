package e2e

import (
	"bytes"
	"encoding/json"
	"image"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// colours counts the different colours of a picture.
func colours(picture image.Image) int {
	seen := map[any]bool{}
	for y := picture.Bounds().Min.Y; y < picture.Bounds().Max.Y; y++ {
		for x := picture.Bounds().Min.X; x < picture.Bounds().Max.X; x++ {
			seen[picture.At(x, y)] = true
		}
	}
	return len(seen)
}

// TestWindowShowsThePlant: it asks for the passphrase, and then the keys of its menu lead to the plant's assets.
func TestWindowShowsThePlant(t *testing.T) {
	t.Parallel()
	d, l := newDisplay(t), newLaptop(t)
	w := l.launch(d)
	w.into(`input[type="password"]`)
	d.write(passphrase)
	d.press("Return")
	w.says("Today")
	w.says("Ada Okafor")
	d.press("alt+2")
	w.says("199 assets")
	if n := colours(d.picture()); n < 50 {
		t.Errorf("the screen has %d colours", n)
	}
	until(t, "the window is named after the plant", func() bool { return d.named(w.id, "Ravensmere") })
	d.press("ctrl+shift+l")
	w.finds(`document.querySelector('input[type="password"]')`)
	w.quit()
}

// TestEditReachesTheLog: what is typed and saved in the window is in the log, which the command line reads through it; and
// what the command line writes shows in the window at once.
func TestEditReachesTheLog(t *testing.T) {
	t.Parallel()
	d, l := newDisplay(t), newLaptop(t)
	w := l.start(d)
	w.firmware("RAV-PLC-004", "V9.8.7")
	w.into(`[aria-label="Changes not saved yet"] input`)
	d.write("read from the display")
	d.press("ctrl+s")
	until(t, "the entry is in the log", func() bool {
		trail := l.cli("log", "--asset", "RAV-PLC-004")
		return strings.Contains(trail, "V9.8.7") && strings.Contains(trail, "read from the display")
	})
	l.cli("asset", "set", "RAV-PLC-004", "firmware=V9.9.0", "--reason", "by the command line")
	w.finds(`document.querySelector('button[aria-label="Edit Firmware: V9.9.0"]')`)
	w.quit()
	l.cli("verify", "--deep")
}

// TestSecondStartRaisesTheFirst: it ends well and leaves the first window in front of the others.
func TestSecondStartRaisesTheFirst(t *testing.T) {
	t.Parallel()
	d, ada, jo := newDisplay(t), newLaptop(t), newLaptop(t)
	first := ada.launch(d)
	second := jo.launch(d)
	until(t, "the second plant's window is in front", func() bool { return d.top() == second.id })
	again := exec.Command(released, "--dir", ada.dir)
	again.Env = ada.environment("DISPLAY=" + d.name)
	if out, err := again.CombinedOutput(); err != nil {
		t.Fatalf("the second start: %v: %s", err, out)
	}
	until(t, "the first window is in front", func() bool { return d.top() == first.id })
}

// TestClosingLosesNoDraft: what was typed and not saved is there after the next start, whatever moment the window was closed.
func TestClosingLosesNoDraft(t *testing.T) {
	t.Parallel()
	d, l := newDisplay(t), newLaptop(t)
	w := l.start(d)
	w.firmware("RAV-PLC-004", "V5.5.5")
	w.quit()
	w = l.start(d)
	w.open("#/assets/RAV-PLC-004")
	w.says("1 change not saved yet")
	w.finds(`document.querySelector('button[aria-label="Edit Firmware: V5.5.5"]')`)
	if trail := l.cli("log", "--asset", "RAV-PLC-004"); strings.Contains(trail, "V5.5.5") {
		t.Errorf("a draft is in the log: %s", trail)
	}
	w.quit()
}

// TestClosingWaitsForSaving: edits that are on their way when the window closes are in the log, all of them.
func TestClosingWaitsForSaving(t *testing.T) {
	t.Parallel()
	d, l := newDisplay(t), newLaptop(t)
	w := l.start(d)
	var assets []struct{ ID string }
	if err := json.Unmarshal([]byte(l.cli("asset", "list", "--json")), &assets); err != nil || len(assets) < 100 {
		t.Fatalf("%d assets, %v", len(assets), err)
	}
	var ids []string
	for _, asset := range assets {
		ids = append(ids, asset.ID)
	}
	list, err := json.Marshal(ids)
	if err != nil {
		t.Fatal(err)
	}
	w.eval(`window.go.main.App.Token().then((session) => {
		for (const id of %s) void fetch("/api/assets/" + id, {
			method: "PATCH",
			headers: { "Fieldbook-Session": session, "Content-Type": "application/json" },
			body: JSON.stringify({ fields: { description: "on the way out" }, reason: "closing" }),
		});
		window.runtime.Quit();
	})`, list)
	w.ends()
	if kept := strings.Count(l.cli("log"), "on the way out"); kept != len(ids) {
		t.Errorf("%d of %d edits were kept", kept, len(ids))
	}
	l.cli("verify", "--deep")
}

// TestSystemEndsTheWindow: at the end of a session the program is told to end, and does as if it had been closed.
func TestSystemEndsTheWindow(t *testing.T) {
	t.Parallel()
	d, l := newDisplay(t), newLaptop(t)
	w := l.start(d)
	w.firmware("RAV-PLC-004", "V6.6.6")
	if err := w.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	w.ends()
	w = l.start(d)
	w.open("#/assets/RAV-PLC-004")
	w.says("1 change not saved yet")
}

// TestWindowKeepsTheLanguage: what a person chooses on the page, the window has from the next start.
func TestWindowKeepsTheLanguage(t *testing.T) {
	t.Parallel()
	d, l := newDisplay(t), newLaptop(t)
	w := l.start(d)
	w.eval("window.go.main.App.SetLanguage('de')")
	kept := filepath.Join(l.home, "config", "fieldbook", "window.json")
	until(t, "the language is kept", func() bool {
		data, err := os.ReadFile(kept)
		return err == nil && strings.Contains(string(data), `"language":"de"`)
	})
	w.quit()
}

// TestWindowComesBackWhereItWas: size and place are remembered.
func TestWindowComesBackWhereItWas(t *testing.T) {
	t.Parallel()
	d, l := newDisplay(t), newLaptop(t)
	w := l.launch(d)
	d.tool("xdotool", "windowsize", "--sync", w.id, "1200", "800")
	d.tool("xdotool", "windowmove", "--sync", w.id, "123", "77")
	was := d.tool("xdotool", "getwindowgeometry", "--shell", w.id)
	w.quit()
	w = l.launch(d)
	until(t, "the window is where it was", func() bool {
		is := d.tool("xdotool", "getwindowgeometry", "--shell", w.id)
		return rest(is) == rest(was)
	})
	w.quit()
}

// rest is a geometry without the window's id.
func rest(geometry string) string {
	_, after, _ := strings.Cut(geometry, "\n")
	return after
}

// TestInspectorIsShut: the program that people get opens no port for WebKit's inspector, whatever the environment says.
func TestInspectorIsShut(t *testing.T) {
	t.Parallel()
	d, l := newDisplay(t), newLaptop(t)
	addresses := []string{freeAddress(t), freeAddress(t)}
	cmd := exec.Command(released, "--dir", l.dir)
	cmd.Env = l.environment("DISPLAY="+d.name, "FIELDBOOK_PASSPHRASE="+passphrase,
		"WEBKIT_INSPECTOR_HTTP_SERVER="+addresses[0], "WEBKIT_INSPECTOR_SERVER="+addresses[1])
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}()
	id := d.window(cmd)
	until(t, "the page is there", func() bool { return d.named(id, "Ravensmere") })
	for _, address := range addresses {
		if conn, err := net.Dial("tcp", address); err == nil {
			conn.Close()
			t.Errorf("somebody listens at %s", address)
		}
	}
	if said := errs.String(); strings.Contains(said, passphrase) {
		t.Errorf("the passphrase is in what the window said: %s", said)
	}
}
