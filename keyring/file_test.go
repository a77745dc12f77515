package keyring

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
)

// locked is a small identity file and what it holds.
func locked(t testing.TB) (*Identity, []byte) {
	t.Helper()
	id := must(Generate())
	id.Extra = []byte("workspace and member")
	return id, must(lock(id, []byte(phrase), cheap))
}

// reframe gives an age file a header that matches it.
func reframe(body []byte) []byte {
	sum := sha256.Sum256(body)
	return append(append(append([]byte(fileMagic), fileVersion), sum[:]...), body...)
}

func TestSavedIdentityLoads(t *testing.T) {
	id := must(Generate())
	id.Extra = bytes.Repeat([]byte{7}, MaxExtra)
	path := filepath.Join(t.TempDir(), "identity")
	if err := Save(path, id, []byte(phrase), cheap); err != nil {
		t.Fatal(err)
	}
	got := must(Load(path, []byte(phrase)))
	if *got.seeds != *id.seeds || !bytes.Equal(got.Extra, id.Extra) || got.Recipient() != id.Recipient() {
		t.Error("another identity came back")
	}
	if mode := must(os.Stat(path)).Mode(); mode != 0o600 {
		t.Errorf("mode %v", mode)
	}
	leaks(t, string(must(os.ReadFile(path))), secretsOf(id))
}

func TestPassphrases(t *testing.T) {
	id := must(Generate())
	file := must(lock(id, []byte("Pa\u0308sse"), cheap)) // a and a combining diaeresis, as macOS types it
	if _, err := unlock(file, []byte("P\u00e4sse")); err != nil {
		t.Errorf("the same passphrase from another keyboard: %v", err)
	}
	for _, wrong := range []string{"", "P\u00e4ss", "p\u00e4sse", "P\u00e4sse ", "\xff", strings.Repeat("x", MaxPassphrase+1)} {
		_, err := unlock(file, []byte(wrong))
		if !errors.Is(err, ErrPassphrase) || errors.Is(err, ErrIdentity) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	for _, bad := range []string{"", strings.Repeat("x", MaxPassphrase+1)} {
		if _, err := lock(id, []byte(bad), cheap); !errors.Is(err, ErrPassphrase) {
			t.Errorf("locked under a passphrase of %d bytes: %v", len(bad), err)
		}
	}
}

// Each byte of the file is flipped and the file is cut at each length: never a panic, never an identity, and never a
// "wrong passphrase" that would send a person guessing.
func TestDamagedFileIsNoWrongPassphrase(t *testing.T) {
	id, file := locked(t)
	try := func(what string, i int, damaged []byte) {
		_, err := unlock(damaged, []byte(phrase))
		if !errors.Is(err, ErrIdentity) && !errors.Is(err, ErrNewer) || errors.Is(err, ErrPassphrase) {
			t.Fatalf("%s at %d: %v", what, i, err)
		}
		leaks(t, err.Error(), secretsOf(id))
	}
	for i := range file {
		flipped := bytes.Clone(file)
		flipped[i] ^= 0x20
		try("flipped", i, flipped)
		try("cut", i, file[:i])
	}
	try("longer", len(file), append(bytes.Clone(file), 0))
	try("huge", maxFile+1, append(bytes.Clone(file), make([]byte, maxFile)...))
}

// Behind a header that matches, age itself has to notice.
func TestForgedBodies(t *testing.T) {
	id, file := locked(t)
	body := file[fileHeader:]
	for i := range body {
		flipped := bytes.Clone(body)
		flipped[i] ^= 1
		if _, err := unlock(reframe(flipped), []byte(phrase)); err == nil {
			t.Fatalf("flipped at %d: accepted", i)
		} else {
			leaks(t, err.Error(), secretsOf(id))
		}
	}
	heavy := bytes.Replace(body, []byte(" 1\n"), []byte(" 19\n"), 1)
	toDevice := must(encrypt([]byte("x"), must(age.ParseHybridRecipient(id.Recipient()))))
	toPhrase := must(age.NewScryptRecipient(phrase))
	toPhrase.SetWorkFactor(1)
	for name, forged := range map[string][]byte{
		"work factor 19":      heavy,
		"no passphrase":       toDevice,
		"empty":               must(encrypt(nil, toPhrase)),
		"no CBOR":             must(encrypt([]byte("hello"), toPhrase)),
		"version 0":           must(encrypt(must(encode(plain{Version: 0})), toPhrase)),
		"short keys":          must(encrypt(must(encode(plain{Version: 1, Sign: []byte{1}})), toPhrase)),
		"more than the limit": must(encrypt(make([]byte, maxPlain+1), toPhrase)),
		"unknown field": must(encrypt(must(encode(map[int]any{1: 1, 2: make([]byte, 32), 3: make([]byte, 32),
			4: make([]byte, 32), 5: []byte{}, 6: 0})), toPhrase)),
		"indefinite length": must(encrypt([]byte{0xbf, 1, 1, 0xff}, toPhrase)),
	} {
		if _, err := unlock(reframe(forged), []byte(phrase)); !errors.Is(err, ErrIdentity) || errors.Is(err, ErrPassphrase) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNewerFilesAreRefusedByName(t *testing.T) {
	_, file := locked(t)
	file[len(fileMagic)] = fileVersion + 1
	if _, err := unlock(file, []byte(phrase)); !errors.Is(err, ErrNewer) || errors.Is(err, ErrIdentity) {
		t.Errorf("newer frame: %v", err)
	}
	to := must(age.NewScryptRecipient(phrase))
	to.SetWorkFactor(1)
	body := must(encrypt(must(encode(map[int]any{1: 2, 9: "new"})), to))
	if _, err := unlock(reframe(body), []byte(phrase)); !errors.Is(err, ErrNewer) {
		t.Errorf("newer content: %v", err)
	}
}

func TestLockRefusesWhatItCouldNotRead(t *testing.T) {
	id := must(Generate())
	for _, work := range []Work{-1, MaxWork + 1, 40} {
		if _, err := lock(id, []byte(phrase), work); err == nil {
			t.Errorf("work factor %d accepted", work)
		}
	}
	id.Extra = make([]byte, MaxExtra+1)
	if _, err := lock(id, []byte(phrase), cheap); err == nil {
		t.Error("too much extra data accepted")
	}
}

func TestLoadTakesOnlyFiles(t *testing.T) {
	dir := t.TempDir()
	if _, err := Load(filepath.Join(dir, "none"), []byte(phrase)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing: %v", err)
	}
	if _, err := Load(dir, []byte(phrase)); !errors.Is(err, ErrIdentity) {
		t.Errorf("folder: %v", err)
	}
	big := filepath.Join(dir, "big")
	f := must(os.Create(big))
	if err := errors.Join(f.Truncate(1<<40), f.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(big, []byte(phrase)); !errors.Is(err, ErrIdentity) {
		t.Errorf("a terabyte: %v", err)
	}
}

// A save that fails leaves the old file as it was and no temporary file behind.
func TestFailedSaveLeavesTheOldFile(t *testing.T) {
	id, dir := must(Generate()), t.TempDir()
	target := filepath.Join(dir, "identity")
	if err := os.MkdirAll(filepath.Join(target, "occupied"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := Save(target, id, []byte(phrase), cheap); err == nil {
		t.Fatal("replaced a folder")
	}
	if entries := must(os.ReadDir(dir)); len(entries) != 1 || !entries[0].IsDir() {
		t.Errorf("left behind: %v", entries)
	}
	if err := Save(filepath.Join(dir, "none", "identity"), id, []byte(phrase), cheap); err == nil {
		t.Error("saved into a missing folder")
	}
}

func TestPassphraseChangeKeepsTheDevice(t *testing.T) {
	id, path := must(Generate()), filepath.Join(t.TempDir(), "identity")
	for _, p := range []string{"first", "second"} {
		if err := Save(path, id, []byte(p), cheap); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Load(path, []byte("first")); !errors.Is(err, ErrPassphrase) {
		t.Errorf("the old passphrase: %v", err)
	}
	if got := must(Load(path, []byte("second"))); *got.seeds != *id.seeds {
		t.Error("another device came back")
	}
}

// The promise of half a second is a matter of the machine; what a test can hold is that the factor is not lowered unseen.
func TestDefaultWorkStands(t *testing.T) {
	file := must(lock(must(Generate()), []byte(phrase), 0))
	if DefaultWork != 16 || !bytes.Contains(file, []byte(" 16\n")) {
		t.Error("the work factor of identity files changed")
	}
}
