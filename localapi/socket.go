package localapi

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// SocketName is the socket's file in a device's folder.
const SocketName = "fieldbook.sock"

// maxSocketPath is the longest path in bytes that every system takes for a
// socket; macOS takes the fewest.
const maxSocketPath = 100

// ErrHeld says that another process has the folder: its socket answers for it.
var ErrHeld = errors.New("another window or program has this folder open")

// HeldError is ErrHeld with the folder that is held.
type HeldError struct{ Dir string }

// Error is the sentence of ErrHeld.
func (e *HeldError) Error() string { return ErrHeld.Error() + ": " + e.Dir }

// Unwrap gives ErrHeld.
func (e *HeldError) Unwrap() error { return ErrHeld }

// SocketPath is where the process that has a device's folder listens: in the
// folder or, where that makes too long a path, in a private folder of the user's
// cache under a name that follows from the folder's.
func SocketPath(dir string) (string, error) {
	full, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("finding the socket: %w", err)
	}
	if real, err := filepath.EvalSymlinks(full); err == nil {
		full = real // two names of one folder are one folder
	}
	if path := filepath.Join(full, SocketName); len(path) <= maxSocketPath {
		return path, nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("finding the socket: %w", err)
	}
	name := sha256.Sum256([]byte(full))
	return filepath.Join(cache, "fieldbook", hex.EncodeToString(name[:8])+".sock"), nil
}

// Socket is a listener that nobody but this user can reach, and the claim on the
// folder that goes with it.
type Socket struct {
	net.Listener
	path  string
	claim *flock.Flock
}

// Listen claims a folder for this process, also while its workspace is locked,
// and listens on its socket. *HeldError: another process has claimed it. What a
// killed process has left is no obstacle.
func Listen(dir string) (*Socket, error) {
	path, err := SocketPath(dir)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("making the socket: %w", err)
	}
	claim := flock.New(path+".lock", flock.SetPermissions(0o600))
	switch ok, err := claim.TryLock(); {
	case err != nil:
		return nil, fmt.Errorf("claiming the folder: %w", err)
	case !ok:
		return nil, &HeldError{dir}
	}
	listener, err := private(path)
	if err != nil {
		return nil, fmt.Errorf("making the socket: %w", errors.Join(err, claim.Unlock()))
	}
	return &Socket{Listener: listener, path: path, claim: claim}, nil
}

// private listens at a path at which only this user may connect from the first
// moment on: the socket gets its name after its mode.
func private(path string) (net.Listener, error) {
	early := path + ".new"
	if err := os.Remove(early); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: early, Net: "unix"})
	if err != nil {
		return nil, err
	}
	listener.SetUnlinkOnClose(false)
	if err = os.Chmod(early, 0o600); err == nil {
		err = os.Rename(early, path)
	}
	if err != nil {
		return nil, errors.Join(err, listener.Close(), os.Remove(early))
	}
	return listener, nil
}

// Close ends the claim. Connections that were taken live on.
func (s *Socket) Close() error {
	return errors.Join(os.Remove(s.path), s.Listener.Close(), s.claim.Unlock())
}
