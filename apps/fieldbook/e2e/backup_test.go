package e2e

import (
	"path/filepath"
	"testing"
)

// TestBackupAndRestore: with the passphrase it is the same laptop again, and the
// original may have gone on: nothing of either is lost.
func TestBackupAndRestore(t *testing.T) { bothKinds(t, backupAndRestore) }

func backupAndRestore(t *testing.T, ada, jo *laptop, stick string) {
	backup := filepath.Join(t.TempDir(), "ada.backup")
	ada.ok("asset", "set", "RAV-PLC-001", "custodian=saved", "--reason", "not synced yet")
	has(t, "backup", ada.one("backup", backup), "file", "events", "feeds")
	ada.refuses(1, []string{"exists"}, "backup", backup)
	ada.refuses(1, []string{"already"}, "restore", backup)
	equal(t, "verify against the backup", ada.one("verify", "--against", backup)["ok"], any(true))

	again := newLaptop(t, "again")
	again.pass = "wrong"
	again.refuses(4, nil, "restore", backup)
	again.pass = passphrase
	restored := again.one("restore", backup)
	equal(t, "device", restored["device"], ada.one("status")["device"])
	equal(t, "custodian", custodian(again, "RAV-PLC-001"), any("saved"))
	ada.ok("asset", "set", "RAV-PLC-002", "custodian=original", "--reason", "r")
	again.ok("asset", "set", "RAV-PLC-003", "custodian=restored", "--reason", "r")
	for range 2 {
		for _, l := range []*laptop{again, ada, jo} {
			l.ok("sync", stick)
		}
	}
	for _, l := range []*laptop{again, ada, jo} {
		for tag, want := range map[string]any{"RAV-PLC-001": "saved", "RAV-PLC-002": "original", "RAV-PLC-003": "restored"} {
			equal(t, tag, custodian(l, tag), want)
		}
		if found := kinds(l.many("findings")); found["restored_device"]+found["fork"] == 0 {
			t.Errorf("no finding tells that a laptop was restored: %v", found)
		}
	}
	digests(t, again, ada, jo)
}

// TestRestoreWithTheRecoveryKey: a new owner device under a new passphrase.
func TestRestoreWithTheRecoveryKey(t *testing.T) { bothKinds(t, restoreWithTheRecoveryKey) }

func restoreWithTheRecoveryKey(t *testing.T, ada, jo *laptop, stick string) {
	backup := filepath.Join(t.TempDir(), "ada.backup")
	ada.ok("backup", backup)
	key := filepath.Join(plants.dir, "ada.recovery")
	fresh := newLaptop(t, "fresh")
	fresh.pass = "a new passphrase"
	fresh.refuses(1, []string{"recovery"}, "restore", backup, "--recovery-key-file", file(t, "key", "AAAA-BBBB"))
	fresh.refuses(2, nil, "restore", backup, "--recovery-key-file", filepath.Join(t.TempDir(), "none"))
	foreign := newLaptop(t, "foreign").one("init", "--name", "Other", "--member", "Eve")["recovery_key"].(string)
	fresh.refuses(1, []string{"recovery"}, "restore", backup, "--recovery-key-file", file(t, "key", foreign))
	status := fresh.one("restore", backup, "--recovery-key-file", key)
	equal(t, "role", status["role"], any("owner"))
	equal(t, "member", status["member"], any("Ada Okafor"))
	if status["device"] == ada.one("status")["device"] {
		t.Error("it is the old device, not a new one")
	}
	equal(t, "assets", len(fresh.many("asset", "list")), 199)
	fresh.ok("asset", "set", "RAV-PLC-001", "custodian=recovered", "--reason", "r")
	fresh.ok("sync", stick)
	jo.ok("sync", stick)
	ada.ok("sync", stick)
	equal(t, "arrived", custodian(jo, "RAV-PLC-001"), any("recovered"))
	lee := newLaptop(t, "lee")
	admit(t, fresh, lee, "Lee Park")
	fresh.ok("sync", stick)
	lee.ok("sync", stick)
	for _, l := range []*laptop{fresh, ada, jo, lee} {
		l.ok("sync", stick)
	}
	for _, l := range []*laptop{fresh, ada, jo, lee} {
		l.ok("sync", stick)
	}
	digests(t, fresh, ada, jo, lee)
	fresh.pass = passphrase
	fresh.refuses(4, nil, "status")
}

// TestBrokenBackups: a backup that was cut anywhere or altered is refused with a
// sentence, and the folder stays free for another try.
func TestBrokenBackups(t *testing.T) {
	t.Parallel()
	ada, _, _ := pair(t)
	path := filepath.Join(t.TempDir(), "ada.backup")
	ada.ok("backup", path)
	whole := get(t, path)
	back := newLaptop(t, "back")
	flipped := append([]byte{}, whole...)
	flipped[len(flipped)/2] ^= 4
	for name, data := range map[string][]byte{
		"empty": nil, "half": whole[:len(whole)/2], "cut at a block": whole[:len(whole)/2/512*512], "without its end": whole[:len(whole)-2048],
		"without more of it": whole[:len(whole)-4096], "flipped": flipped, "text": []byte("hello"), "a segment dropped": without(t, whole),
	} {
		a := back.run("restore", file(t, "broken", string(data)), "--json")
		if a.code != 1 && a.code != 3 || a.err == "" {
			t.Errorf("%s: exit %d, %s", name, a.code, a.err)
		}
		a.validJSON()
	}
	back.refuses(1, nil, "restore", filepath.Join(t.TempDir(), "none"))
	back.ok("restore", path)
	equal(t, "assets", len(back.many("asset", "list")), 199)
}

func TestPassphraseChange(t *testing.T) {
	t.Parallel()
	l := plant(t)
	id := get(t, filepath.Join(l.dir, "identity.age"))
	l.refuses(2, nil, "passphrase", "change", "--new-passphrase-file", filepath.Join(t.TempDir(), "none"))
	l.refuses(4, nil, "passphrase", "change")
	equal(t, "identity file after failures", string(get(t, filepath.Join(l.dir, "identity.age"))), string(id))
	l.ok("passphrase", "change", "--new-passphrase-file", file(t, "new", "second passphrase\n"), "--json")
	l.refuses(4, []string{"passphrase"}, "status")
	l.pass = "second passphrase"
	l.ok("verify")
}
