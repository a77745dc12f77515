package e2e

import (
	"bufio"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// notices is what a desktop that shows notifications was asked to show.
type notices chan string

// Notify implements org.freedesktop.Notifications, version 1.2 of the Desktop Notifications Specification.
func (n notices) Notify(_ string, _ uint32, _, title, text string, _ []string, _ map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	n <- title + ": " + text
	return 1, nil
}

// newDesktop is a session bus of its own, by its address, with a desktop on it.
func newDesktop(t *testing.T) (address string, shown notices) {
	t.Helper()
	bus := exec.Command("dbus-daemon", "--session", "--nofork", "--print-address")
	out, err := bus.StdoutPipe()
	if err == nil {
		err = bus.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = bus.Process.Kill()
		_ = bus.Wait()
	})
	address, err = bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	address = strings.TrimSpace(address)
	conn, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	shown = make(notices, 8)
	const name = "org.freedesktop.Notifications"
	if err := conn.Export(shown, "/org/freedesktop/Notifications", name); err != nil {
		t.Fatal(err)
	}
	if reply, err := conn.RequestName(name, dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatal(reply, err)
	}
	return address, shown
}

// TestDesktopShowsNotifications: what the page has to say while nobody looks at it, the desktop shows.
func TestDesktopShowsNotifications(t *testing.T) {
	t.Parallel()
	address, shown := newDesktop(t)
	d, l := newDisplay(t), newLaptop(t)
	w := l.launch(d, "FIELDBOOK_PASSPHRASE="+passphrase, "DBUS_SESSION_BUS_ADDRESS="+address)
	w.says("Today")
	w.eval(`window.go.main.App.Notify("Synced", "12 entries came from others")`)
	select {
	case notice := <-shown:
		if notice != "Synced: 12 entries came from others" {
			t.Errorf("the desktop shows %q", notice)
		}
	case <-time.After(time.Minute):
		t.Error("the desktop shows nothing")
	}
	w.quit()
}
