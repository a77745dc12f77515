package workspace

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"

	"fieldbook/envelope"
	"fieldbook/keyring"
)

// Check is one thing that Doctor looked at.
type Check struct {
	Name   string `json:"name"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"` // what was found, and what to do about it
}

// Doctor checks a device's set-up from outside to inside and stops where
// nothing further can be seen. It changes nothing that opening does not.
func Doctor(ctx context.Context, cfg Config) []Check {
	checks := []Check{checkFiles(cfg), checkKeychain(ctx)}
	w, err := Open(ctx, cfg)
	if err != nil {
		return append(checks, Check{"open", false, err.Error()})
	}
	defer w.Close()
	return append(checks, w.checkRecord(ctx)...)
}

// Doctor is Doctor of the package for a workspace that is open already.
func (w *Workspace) Doctor(ctx context.Context) []Check {
	return append([]Check{checkFiles(w.cfg), checkKeychain(ctx)}, w.checkRecord(ctx)...)
}

// checkRecord looks at what an open workspace shows.
func (w *Workspace) checkRecord(ctx context.Context) []Check {
	opened := Check{"open", true, "the passphrase and the database open"}
	status, err := w.Status(ctx)
	if err != nil {
		return []Check{opened, {"record", false, err.Error()}}
	}
	return []Check{opened, w.checkClock(), checkWaiting(status), checkUnverified(status), checkUnsent(status), checkFindings(status)}
}

// Device is this device's id.
func (w *Workspace) Device() envelope.DeviceID { return w.device }

func checkFiles(cfg Config) Check {
	info, err := os.Stat(cfg.identityPath())
	switch {
	case err != nil:
		return Check{"files", false, ErrNone.Error()}
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return Check{"files", false, fmt.Sprintf("others may read %s; run chmod 600 on it", cfg.identityPath())}
	}
	info, err = os.Stat(cfg.databasePath())
	if err != nil {
		return Check{"files", false, "the database is missing: restore a backup, or join again"}
	}
	return Check{"files", true, fmt.Sprintf("identity and database (%d KiB) are in %s", info.Size()/1024, cfg.Dir)}
}

func checkKeychain(ctx context.Context) Check {
	_, err := keyring.System{}.Get(ctx, [32]byte{})
	if errors.Is(err, keyring.ErrNoKeychain) {
		return Check{"keychain", true, "this system has no keychain; the passphrase is asked for"}
	}
	return Check{"keychain", true, "this system has a keychain; `fieldbook passphrase remember` uses it"}
}

// checkClock compares the wall clock with the newest time any entry carries.
func (w *Workspace) checkClock() Check {
	w.mu.Lock()
	newest := time.UnixMilli(int64(w.clock.last >> 16))
	w.mu.Unlock()
	if behind := newest.Sub(w.cfg.now()); behind > 10*time.Minute {
		return Check{"clock", false, fmt.Sprintf("this laptop's clock is %s behind an entry it holds; set it", behind.Round(time.Minute))}
	}
	return Check{"clock", true, "this laptop's clock agrees with the entries it holds"}
}

func checkWaiting(s Status) Check {
	if s.Waiting+s.Newer > 0 {
		return Check{"waiting", false, fmt.Sprintf("%d entries miss something and %d were made by a newer version; sync, or update the program", s.Waiting, s.Newer)}
	}
	return Check{"waiting", true, "no entry waits for another"}
}

func checkUnverified(s Status) Check {
	if s.Unverified > 0 {
		return Check{"verified", false, fmt.Sprintf("the history of %s has not arrived yet; finish `fieldbook sync`", amount(s.Unverified, "document"))}
	}
	return Check{"verified", true, "everything shown is in the log"}
}

func checkUnsent(s Status) Check {
	if s.Unsent > 0 {
		return Check{"unsent", true, fmt.Sprintf("%d entries are on this laptop only; sync or back up soon", s.Unsent)}
	}
	return Check{"unsent", true, "every entry of this laptop is somewhere else too"}
}

func checkFindings(s Status) Check {
	if s.Findings > 0 {
		return Check{"findings", true, fmt.Sprintf("%d findings are open; `fieldbook findings` shows them", s.Findings)}
	}
	return Check{"findings", true, "no finding is open"}
}
