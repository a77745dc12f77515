package e2e

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// TestProgressOnATerminal: on a terminal long work draws a bar on stderr, and
// answers may have colours; NO_COLOR turns them off.
func TestProgressOnATerminal(t *testing.T) {
	t.Parallel()
	l := plant(t)
	out := onTerminal(t, l, nil, "verify", "--deep")
	if !strings.Contains(out, "\x1b[3") || !strings.Contains(out, "\r") {
		t.Errorf("no colours or no progress on a terminal: %q", out)
	}
	if out := onTerminal(t, l, []string{"NO_COLOR=1"}, "status"); strings.Contains(out, "\x1b[1m") || strings.Contains(out, "\x1b[3") {
		t.Errorf("colours in spite of NO_COLOR: %q", out)
	}
	l.pass = ""
	if out := onTerminal(t, l, nil, "status"); !strings.Contains(out, "Passphrase: ") {
		t.Errorf("no prompt on a terminal: %q", out)
	}
}

// TestProgressThroughAHolder: the process that has the workspace draws and paints for the terminal of its caller.
func TestProgressThroughAHolder(t *testing.T) {
	t.Parallel()
	l := plant(t)
	hold(t, l).unlock()
	if out := onTerminal(t, l, nil, "verify", "--deep"); !strings.Contains(out, "\x1b[3") || !strings.Contains(out, "\r") {
		t.Errorf("no colours or no progress on a terminal: %q", out)
	}
	if out := onTerminal(t, l, []string{"NO_COLOR=1"}, "status"); strings.Contains(out, "\x1b[1m") || strings.Contains(out, "\x1b[3") {
		t.Errorf("colours in spite of NO_COLOR: %q", out)
	}
	l.pass = ""
	if out := onTerminal(t, l, nil, "status"); strings.Contains(out, "Passphrase: ") {
		t.Errorf("a prompt, though the workspace is open: %q", out)
	}
}

// onTerminal runs a command on a pseudo terminal on which nobody types more than
// a wrong passphrase, and gives what it shows.
func onTerminal(t *testing.T, l *laptop, env []string, args ...string) string {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer master.Close()
	if err := unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	slave, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	cmd := l.command(args...)
	cmd.Env = append(cmd.Env, append(env, "TERM=xterm")...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = slave, slave, slave
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	slave.Close()
	if l.pass == "" {
		if _, err := master.WriteString("wrong\n"); err != nil {
			t.Fatal(err)
		}
	}
	shown, err := io.ReadAll(master)
	if err != nil && !errors.Is(err, syscall.EIO) { // what Linux says when the other end is closed
		t.Fatal(err)
	}
	_ = cmd.Wait() // the exit code is not asked here
	return string(shown)
}
