package workspace

import (
	"context"
	"errors"
	"os"
	"runtime"
	"time"

	"fieldbook/keyring"
)

// Check is one thing that Doctor looked at. It says what was found; what to do
// about that, every surface says in its own terms.
type Check struct {
	Kind  CheckKind `json:"kind"`
	OK    bool      `json:"ok"`
	Count int64     `json:"count"` // how many, where the kind says of what
	About string    `json:"about"` // the folder, file or error, where the kind says so
}

// CheckKind is what was found.
type CheckKind string

// What Doctor finds: of each thing that it looks at, one.
const (
	FilesFound      CheckKind = "files"            // in the folder About, with a database of Count KiB
	FilesMissing    CheckKind = "files_missing"    // the folder About holds no device
	FilesReadable   CheckKind = "files_readable"   // by others: the identity file About
	DatabaseMissing CheckKind = "database_missing" // from the folder About, which has an identity

	KeychainFound CheckKind = "keychain"
	KeychainNone  CheckKind = "keychain_none"

	Opened    CheckKind = "open"
	NotOpened CheckKind = "open_failed" // for the reason About

	ClockRight  CheckKind = "clock"
	ClockBehind CheckKind = "clock_behind" // an entry that is held, by Count minutes

	NoneWaiting    CheckKind = "waiting_none"
	EntriesWaiting CheckKind = "waiting" // Count entries, for what is not here
	NoneNewer      CheckKind = "newer_none"
	EntriesNewer   CheckKind = "newer" // Count entries, of a newer version of the program

	AllVerified    CheckKind = "verified"
	SomeUnverified CheckKind = "unverified" // Count documents, of which history has not arrived
	AllSent        CheckKind = "sent"
	SomeUnsent     CheckKind = "unsent" // Count entries, on this laptop alone
	NoFindings     CheckKind = "findings_none"
	SomeFindings   CheckKind = "findings" // Count of them are open
)

// Doctor checks a device's set-up from outside to inside and stops where
// nothing further can be seen. It changes nothing that opening does not.
func Doctor(ctx context.Context, cfg Config) []Check {
	w, err := Open(ctx, cfg)
	if err == nil {
		defer w.Close()
		var checks []Check
		if checks, err = w.Doctor(ctx); err == nil {
			return checks
		}
	}
	return []Check{checkFiles(cfg), checkKeychain(ctx), {Kind: NotOpened, About: err.Error()}}
}

// Doctor is Doctor of the package for a workspace that is open already.
func (w *Workspace) Doctor(ctx context.Context) ([]Check, error) {
	s, err := w.Glance(ctx)
	if err != nil {
		return nil, err
	}
	return []Check{
		checkFiles(w.cfg), checkKeychain(ctx), {Kind: Opened, OK: true}, w.checkClock(),
		counted(s.Waiting, NoneWaiting, EntriesWaiting, false),
		counted(s.Newer, NoneNewer, EntriesNewer, false),
		counted(s.Unverified, AllVerified, SomeUnverified, false),
		counted(s.Unsent, AllSent, SomeUnsent, true),
		counted(int64(s.Findings), NoFindings, SomeFindings, true),
	}, nil
}

// counted is a check of which some were found, or none; ok says whether some are
// nothing to worry about.
func counted(n int64, none, some CheckKind, ok bool) Check {
	if n == 0 {
		return Check{Kind: none, OK: true}
	}
	return Check{Kind: some, OK: ok, Count: n}
}

func checkFiles(cfg Config) Check {
	info, err := os.Stat(cfg.identityPath())
	switch {
	case err != nil:
		return Check{Kind: FilesMissing, About: cfg.Dir}
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return Check{Kind: FilesReadable, About: cfg.identityPath()}
	}
	info, err = os.Stat(cfg.databasePath())
	if err != nil {
		return Check{Kind: DatabaseMissing, About: cfg.Dir}
	}
	return Check{Kind: FilesFound, OK: true, Count: info.Size() / 1024, About: cfg.Dir}
}

func checkKeychain(ctx context.Context) Check {
	_, err := keyring.System{}.Get(ctx, [32]byte{})
	if errors.Is(err, keyring.ErrNoKeychain) {
		return Check{Kind: KeychainNone, OK: true}
	}
	return Check{Kind: KeychainFound, OK: true}
}

// checkClock compares the wall clock with the newest time any entry carries.
func (w *Workspace) checkClock() Check {
	w.mu.Lock()
	newest := time.UnixMilli(int64(w.clock.last >> 16))
	w.mu.Unlock()
	if behind := newest.Sub(w.cfg.now()); behind > 10*time.Minute {
		return Check{Kind: ClockBehind, Count: int64(behind.Round(time.Minute) / time.Minute)}
	}
	return Check{Kind: ClockRight, OK: true}
}
