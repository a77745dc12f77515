package e2e

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// manage has a window manager on the display: maximising is its work.
func (d *display) manage() {
	d.t.Helper()
	cmd := exec.Command("openbox", "--sm-disable", "--startup", "echo ready")
	cmd.Env = append(os.Environ(), "DISPLAY="+d.name, "HOME="+d.t.TempDir())
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		d.t.Fatalf("openbox does not start: %v", err)
	}
}

// maximise has the window manager do this to a window: add or remove. It waits until that is done.
func (w *window) maximise(what string) {
	w.l.t.Helper()
	w.d.tool("wmctrl", "-i", "-r", w.id, "-b", what+",maximized_vert,maximized_horz")
	until(w.l.t, "the window manager has done: "+what, func() bool { return w.maximised() == (what == "add") })
}

// maximised tells what the window manager says of a window.
func (w *window) maximised() bool {
	w.l.t.Helper()
	state := w.d.tool("xprop", "-id", w.id, "_NET_WM_STATE")
	return strings.Contains(state, "_NET_WM_STATE_MAXIMIZED_VERT") && strings.Contains(state, "_NET_WM_STATE_MAXIMIZED_HORZ")
}

// size is the window's, without what the window manager puts around it.
func (w *window) size() string {
	w.l.t.Helper()
	geometry := strings.Fields(w.d.tool("xdotool", "getwindowgeometry", "--shell", w.id))
	return strings.Join(geometry[3:5], " ")
}

// TestMaximisedWindowComesBack: it starts maximised again, and goes back to the size that it had before.
func TestMaximisedWindowComesBack(t *testing.T) {
	t.Parallel()
	d, l := newDisplay(t), newLaptop(t)
	d.manage()
	w := l.start(d)
	w.eval(`{
		const app = window.go.main.App, resized = app.Resized;
		app.Resized = () => resized().then(() => { document.body.dataset.told = innerWidth; });
	}`)
	d.tool("xdotool", "windowsize", "--sync", w.id, "1200", "760")
	w.finds(`document.body.dataset.told === "1200"`)
	w.maximise("add")
	full := w.size()
	w.quit()

	w = l.launch(d)
	until(t, "the window is maximised again", w.maximised)
	until(t, "the window is as large as before: "+full, func() bool { return w.size() == full })
	w.maximise("remove")
	until(t, "the window has the size from before it was maximised", func() bool { return w.size() == "WIDTH=1200 HEIGHT=760" })
	w.quit()
}
