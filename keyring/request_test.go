package keyring

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"
)

// asked is a signed request and the device that made it.
func asked(t testing.TB, name string) (*Identity, *Request, []byte) {
	t.Helper()
	id := must(Generate())
	r := must(NewRequest(id, name, time.UnixMilli(1_700_000_000_000)))
	return id, r, must(SignRequest(r, id))
}

func TestRequestComesBackWhole(t *testing.T) {
	_, r, file := asked(t, "Ane Sørensen-Łuk 李")
	got := must(ParseRequest(file))
	if got.Hash() != r.Hash() || got.Name != r.Name || got.At != r.At || got.Recipient != r.Recipient ||
		!bytes.Equal(got.Nonce, r.Nonce) || !got.Sign.Equal(r.Sign) {
		t.Error("another request came back")
	}
	if len(file) > MaxRequest/4 {
		t.Errorf("a request takes %d bytes", len(file))
	}
}

// Whatever is changed about a request, its words change, and the signature under the old content no longer counts.
func TestWordsCoverTheWholeRequest(t *testing.T) {
	_, r, _ := asked(t, "Ada")
	other := must(Generate())
	for name, change := range map[string]func(*Request){
		"sign":      func(r *Request) { r.Sign = other.SignPublic() },
		"recipient": func(r *Request) { r.Recipient = other.Recipient() },
		"name":      func(r *Request) { r.Name = "Adb" },
		"nonce":     func(r *Request) { r.Nonce = append([]byte{r.Nonce[0] ^ 1}, r.Nonce[1:]...) },
		"time":      func(r *Request) { r.At++ },
	} {
		changed := *r
		change(&changed)
		if changed.Hash() == r.Hash() || strings.Join(changed.Words(), " ") == strings.Join(r.Words(), " ") {
			t.Errorf("%s: the words stayed", name)
		}
	}
}

func TestRequestsOfOneDeviceDiffer(t *testing.T) {
	id, r, _ := asked(t, "Ada")
	again := must(NewRequest(id, r.Name, time.UnixMilli(r.At)))
	if again.Hash() == r.Hash() {
		t.Error("two requests have one hash")
	}
}

func TestParseRequestRefuses(t *testing.T) {
	id, r, file := asked(t, "Ada")
	payload := must(r.payload())
	sign := func(typ string, payload []byte) []byte { return must(signTyped(typ, payload, id)) }
	with := func(change func(*Request)) []byte {
		c := *r
		change(&c)
		return sign(requestType, must(c.payload()))
	}
	stranger := must(Generate())
	for name, bad := range map[string][]byte{
		"empty":               nil,
		"untagged":            file[1:],
		"trailing byte":       append(bytes.Clone(file), 0),
		"another type":        sign(grantType, payload),
		"another signer":      must(signTyped(requestType, payload, stranger)),
		"no payload":          sign(requestType, []byte{}),
		"payload with a tail": sign(requestType, append(bytes.Clone(payload), 0)),
		"empty name":          with(func(r *Request) { r.Name = "" }),
		"long name":           with(func(r *Request) { r.Name = strings.Repeat("x", MaxName+1) }),
		"name of two lines":   with(func(r *Request) { r.Name = "Ada\nowner" }),
		"name that reorders":  with(func(r *Request) { r.Name = "Ada\u202eowner" }),
		"escape in name":      with(func(r *Request) { r.Name = "Ada\x1b[2J" }),
		"short nonce":         with(func(r *Request) { r.Nonce = r.Nonce[1:] }),
		"short key":           with(func(r *Request) { r.Sign = r.Sign[1:] }),
		"bad recipient":       with(func(r *Request) { r.Recipient = r.Recipient[1:] }),
		"negative time":       with(func(r *Request) { r.At = -1 }),
		"too large":           make([]byte, MaxRequest+1),
	} {
		if _, err := ParseRequest(bad); !errors.Is(err, ErrRequest) {
			t.Errorf("%s: %v", name, err)
		}
	}
	newer := sign(requestType, must(encode(map[int]any{1: 2, 20: "new"})))
	if _, err := ParseRequest(newer); !errors.Is(err, ErrNewer) || errors.Is(err, ErrRequest) {
		t.Errorf("newer: %v", err)
	}
}

func TestDamagedRequestIsRefusedEverywhere(t *testing.T) {
	_, _, file := asked(t, "Ada")
	for i := range file {
		flipped := bytes.Clone(file)
		flipped[i] ^= 1
		for _, damaged := range [][]byte{flipped, file[:i]} {
			if _, err := ParseRequest(damaged); !errors.Is(err, ErrRequest) && !errors.Is(err, ErrNewer) {
				t.Fatalf("damaged at %d: %v", i, err)
			}
		}
	}
}

func TestSignRequestSignsOwnRequestsOnly(t *testing.T) {
	id, r, _ := asked(t, "Ada")
	if _, err := SignRequest(r, must(Generate())); err == nil {
		t.Error("signed another device's request")
	}
	r.Name = ""
	if _, err := SignRequest(r, id); err == nil {
		t.Error("signed a request without a name")
	}
	if _, err := NewRequest(id, "a\tb", time.Now()); err == nil {
		t.Error("made a request with a tab in the name")
	}
	if _, err := NewRequest(id, "Ada", time.UnixMilli(-1)); err == nil {
		t.Error("made a request before 1970")
	}
}
