package keyring

import (
	"bytes"
	"errors"
	"testing"
)

// FuzzIdentity gives hostile bytes as an identity file, as they are and behind a header that matches them.
func FuzzIdentity(f *testing.F) {
	_, file := locked(f)
	f.Add(file)
	f.Add(file[fileHeader:])
	f.Add([]byte(fileMagic))
	f.Add([]byte("age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, file := range [][]byte{data, reframe(data)} {
			if heavy(file) {
				return // costs time and proves nothing
			}
			id, err := unlock(file, []byte(phrase))
			if err != nil {
				if !errors.Is(err, ErrIdentity) && !errors.Is(err, ErrPassphrase) && !errors.Is(err, ErrNewer) {
					t.Fatalf("untyped error %v", err)
				}
				continue
			}
			if again := must(lock(id, []byte(phrase), cheap)); *must(unlock(again, []byte(phrase))).seeds != *id.seeds {
				t.Fatal("another identity after saving it again")
			}
		}
	})
}

// heavy reports whether a file asks for a scrypt run beyond what a fuzz run can afford.
func heavy(file []byte) bool {
	at := bytes.Index(file, []byte("-> scrypt "))
	if at < 0 {
		return false
	}
	line, _, _ := bytes.Cut(file[at:], []byte("\n"))
	fields := bytes.Fields(line)
	return len(fields) == 4 && len(fields[3]) == 2 && string(fields[3]) <= "18"
}

// FuzzRequest holds that a request that parses is the only encoding of what it says.
func FuzzRequest(f *testing.F) {
	id, r, file := asked(f, "Ada")
	f.Add(file)
	f.Add(must(signTyped(requestType, must(encode(map[int]any{1: 2})), id)))
	f.Add(must(r.payload()))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ParseRequest(data)
		if err != nil {
			if !errors.Is(err, ErrRequest) && !errors.Is(err, ErrNewer) {
				t.Fatalf("untyped error %v", err)
			}
			return
		}
		if len(r.Words()) != 8 || !bytes.Contains(data, must(r.payload())) {
			t.Fatal("the file says something else than its content")
		}
	})
}

// FuzzGrant does the same for grants; a second branch signs the bytes as a payload, to get behind the signature.
func FuzzGrant(f *testing.F) {
	id, g, file := granted(f)
	f.Add(file)
	f.Add(must(encode(grantPayload{1, g.Workspace[:], g.Request[:], g.Approver, g.Member[:], g.Control, g.Wraps, g.Name, nil})))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, file := range [][]byte{data, must(signTyped(grantType, data, id))} {
			g, err := ParseGrant(file)
			if err != nil {
				if !errors.Is(err, ErrGrant) && !errors.Is(err, ErrNewer) {
					t.Fatalf("untyped error %v", err)
				}
				continue
			}
			if g.Approver.Equal(id.SignPublic()) && !bytes.Equal(must(SignGrant(g, id)), file) {
				t.Fatal("signed again, it is another file")
			}
		}
	})
}

// FuzzRecovery holds that whatever is read as a recovery key has one display.
func FuzzRecovery(f *testing.F) {
	f.Add(show(counted(), labelRecoveryCheck))
	f.Add("0000-0000")
	f.Fuzz(func(t *testing.T, text string) {
		secret, err := read(text, labelRecoveryCheck, ErrRecovery)
		if err != nil {
			if !errors.Is(err, ErrRecovery) {
				t.Fatalf("untyped error %v", err)
			}
			return
		}
		if again := must(read(show(secret, labelRecoveryCheck), labelRecoveryCheck, ErrRecovery)); again != secret {
			t.Fatal("another key after showing it")
		}
	})
}
