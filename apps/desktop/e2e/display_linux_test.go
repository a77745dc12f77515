package e2e

import (
	"bufio"
	"bytes"
	"image"
	"image/png"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

// display is an X server without a screen, for one test.
type display struct {
	t    *testing.T
	name string // as in DISPLAY
}

// newDisplay starts a server under a number that it finds free itself.
func newDisplay(t *testing.T) *display {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1600x1000x24", "-nolisten", "tcp")
	cmd.ExtraFiles = []*os.File{write}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	write.Close()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb says no display: %v", err)
	}
	return &display{t, ":" + strings.TrimSpace(number)}
}

// tool runs a program on the display and gives what it prints.
func (d *display) tool(name string, args ...string) string {
	d.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+d.name)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		d.t.Fatalf("%s %v: %v: %s", name, args, err, errs.String())
	}
	return string(out)
}

// press sends keys to the window with the focus, as a keyboard does.
func (d *display) press(keys ...string) {
	d.t.Helper()
	d.tool("xdotool", append([]string{"key", "--clearmodifiers"}, keys...)...)
}

// write types a text.
func (d *display) write(text string) {
	d.t.Helper()
	d.tool("xdotool", "type", "--delay", "20", text)
}

// window finds the id of a program's window once it is there.
func (d *display) window(program *exec.Cmd) string {
	d.t.Helper()
	ids := strings.Fields(d.tool("xdotool", "search", "--sync", "--onlyvisible", "--all", "--pid", strconv.Itoa(program.Process.Pid), "--name", "Fieldbook"))
	return ids[0]
}

// named tells whether a window's title begins with a name.
func (d *display) named(window, name string) bool {
	d.t.Helper()
	return strings.HasPrefix(d.tool("xdotool", "getwindowname", window), name)
}

// focus gives the window the keyboard, as a window manager does; there is none here.
func (d *display) focus(window string) {
	d.t.Helper()
	d.tool("xdotool", "windowfocus", "--sync", window)
}

// picture is the screen as it is now.
func (d *display) picture() image.Image {
	d.t.Helper()
	picture, err := png.Decode(strings.NewReader(d.tool("import", "-window", "root", "png:-")))
	if err != nil {
		d.t.Fatal(err)
	}
	return picture
}
