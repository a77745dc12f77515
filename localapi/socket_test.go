package localapi

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// folder is a device's folder with a path short enough for a socket in it.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "fb")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func listen(t *testing.T, dir string) *Socket {
	t.Helper()
	socket, err := Listen(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { socket.Close() })
	return socket
}

// TestSocketIsPrivate: nobody but the user may connect, wherever the socket is.
func TestSocketIsPrivate(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", filepath.Join(folder(t), "cache"))
	short := folder(t)
	long := filepath.Join(folder(t), strings.Repeat("plant", 20))
	for _, dir := range []string{short, long} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		listen(t, dir)
		path, err := SocketPath(dir)
		if err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 || info.Mode()&os.ModeSocket == 0 {
			t.Errorf("%s has the mode %v", path, info.Mode())
		}
		if inside := filepath.Dir(path) == dir; inside != (dir == short) {
			t.Errorf("the socket of %s is %s", dir, path)
		}
		if holder, err := Reach(t.Context(), dir); err != nil {
			t.Error(err)
		} else {
			holder.Close()
		}
	}
	if info, err := os.Stat(filepath.Join(os.Getenv("XDG_CACHE_HOME"), "fieldbook")); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder of sockets in the cache: %v, %v", info, err)
	}
}

// TestTwoNamesOfOneFolder: a link to a folder leads to the same socket.
func TestTwoNamesOfOneFolder(t *testing.T) {
	dir, link := folder(t), filepath.Join(folder(t), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	listen(t, link)
	if _, err := Listen(dir); !errors.Is(err, ErrHeld) {
		t.Errorf("a second listener: %v", err)
	}
}

// TestOneProcessHasAFolder: the claim goes with the listener.
func TestOneProcessHasAFolder(t *testing.T) {
	dir := folder(t)
	if _, err := Reach(t.Context(), dir); !errors.Is(err, ErrNobody) {
		t.Errorf("reaching nobody: %v", err)
	}
	first := listen(t, dir)
	if _, err := Listen(dir); !errors.Is(err, ErrHeld) {
		t.Errorf("a second listener: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Reach(t.Context(), dir); !errors.Is(err, ErrNobody) {
		t.Errorf("reaching a closed socket: %v", err)
	}
	listen(t, dir)
}

// TestKilledHolderIsNoObstacle: what it leaves is a socket that nobody serves.
func TestKilledHolderIsNoObstacle(t *testing.T) {
	dir := folder(t)
	path, err := SocketPath(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, left := range []string{path, path + ".new"} {
		listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: left, Net: "unix"})
		if err != nil {
			t.Fatal(err)
		}
		listener.SetUnlinkOnClose(false)
		listener.Close()
	}
	if _, err := Reach(t.Context(), dir); !errors.Is(err, ErrNobody) {
		t.Errorf("reaching a killed holder: %v", err)
	}
	listen(t, dir)
	if holder, err := Reach(t.Context(), dir); err != nil {
		t.Error(err)
	} else {
		holder.Close()
	}
}
