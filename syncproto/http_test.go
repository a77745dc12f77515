package syncproto

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
)

func testKeys() PublicKeys {
	return PublicKeys{Sign: bytes.Repeat([]byte{7}, ed25519.PublicKeySize), Recipient: "age1pq1device"}
}

// Keys survive their header; what is none, or could be spelled in two ways, is
// refused.
func TestPublicKeysHaveOneSpelling(t *testing.T) {
	keys := testKeys()
	got, err := ParsePublicKeys(keys.Header())
	if err != nil || !got.Sign.Equal(keys.Sign) || got.Recipient != keys.Recipient {
		t.Fatalf("%+v, %v", got, err)
	}
	mine, _ := keys.ID()
	if id, err := got.ID(); err != nil || id != mine {
		t.Errorf("id %x, %v", id, err)
	}
	long := PublicKeys{Sign: keys.Sign, Recipient: strings.Repeat("a", MaxRecipient+1)}
	for name, header := range map[string]string{
		"nothing":            "",
		"no base64":          "%",
		"a line break":       keys.Header()[:8] + "\n" + keys.Header()[8:],
		"more padding":       keys.Header() + "=",
		"half a key":         base64.StdEncoding.EncodeToString(keys.Sign[:31]),
		"no recipient":       base64.StdEncoding.EncodeToString(keys.Sign),
		"a recipient's bell": PublicKeys{Sign: keys.Sign, Recipient: "a\a"}.Header(),
		"too long":           long.Header(),
		"endless":            strings.Repeat("A", 1<<20),
	} {
		if got, err := ParsePublicKeys(header); err == nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if _, err := (PublicKeys{Sign: keys.Sign[:31], Recipient: "a"}).ID(); !errors.Is(err, ErrMalformed) {
		t.Errorf("id of half a key: %v", err)
	}
}

// What a service says of itself survives the wire and is believed only if its
// id is that of its keys.
func TestServiceInfoCertifiesItself(t *testing.T) {
	keys := testKeys()
	id, err := keys.ID()
	if err != nil {
		t.Fatal(err)
	}
	want := &ServiceInfo{Keys: keys, ID: id, Time: time.UnixMilli(1_700_000_000_123).UTC(), Limits: ServiceLimits{Devices: 3, Rate: .5}}
	data, err := want.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := DecodeServiceInfo(data); err != nil || got.ID != id || !got.Time.Equal(want.Time) || got.Limits != want.Limits {
		t.Errorf("%+v, %v", got, err)
	}
	newer := bytes.Replace(data, []byte(`"time"`), []byte(`"news":1,"time"`), 1)
	if _, err := DecodeServiceInfo(newer); err != nil {
		t.Errorf("a later version's: %v", err)
	}
	for name, data := range map[string][]byte{
		"another id": bytes.Replace(data, []byte(`"id":"`), []byte(`"id":"0`), 1), "no JSON": []byte("{"),
		"another key": bytes.Replace(data, []byte("pq1device"), []byte("pq1devicf"), 1), "endless": make([]byte, 1<<20),
	} {
		if _, err := DecodeServiceInfo(data); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

// Problems survive the wire; what a service puts into them cannot harm a
// terminal or have a client wait for ever.
func TestProblemsAreReadWithCare(t *testing.T) {
	want := &Problem{
		Status: 401, Code: CodeClock, Title: "t", Detail: "d", Time: time.UnixMilli(1_700_000_000_123).UTC(), RetryAfter: 2 * time.Second,
	}
	data, err := want.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := DecodeProblem(data); err != nil || *got != *want {
		t.Errorf("%+v, %v", got, err)
	}
	var form map[string]any
	if err := json.Unmarshal(data, &form); err != nil || form["type"] != "about:blank" || form["retry_after"] != 2.0 {
		t.Errorf("%s", data)
	}
	got, err := DecodeProblem([]byte(`{"code":"x","detail":"\u001b[5m` + strings.Repeat("é", 600) + `","retry_after":9223372036854775807,"more":[]}`))
	if err != nil || strings.Contains(got.Detail, "\x1b") || len(got.Detail) > maxProblemDetail || got.RetryAfter != 24*time.Hour {
		t.Errorf("%+v, %v", got, err)
	}
	for _, bad := range []string{"", "{}", `{"code":5}`, `{"code":"\n"}`, `{"code":"` + strings.Repeat("a", 33) + `"}`, strings.Repeat(" ", MaxProblem+1)} {
		if got, err := DecodeProblem([]byte(bad)); err == nil {
			t.Errorf("%.20q: %+v", bad, got)
		}
	}
}

// Whatever is read of what arrives in JSON or headers can be shown and is in
// bounds.
func FuzzHTTP(f *testing.F) {
	keys := testKeys()
	id, _ := keys.ID()
	info, _ := (&ServiceInfo{Keys: keys, ID: id}).Encode()
	problem, _ := (&Problem{Code: CodeClock}).Encode()
	for _, seed := range [][]byte{info, problem, []byte(keys.Header()), nil} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if p, err := DecodeProblem(data); err == nil && (!printable(p.Detail+p.Title+string(p.Code)) || p.RetryAfter < 0) {
			t.Errorf("%+v", p)
		}
		if s, err := DecodeServiceInfo(data); err == nil && !printable(s.Keys.Recipient) {
			t.Errorf("%+v", s)
		}
		if k, err := ParsePublicKeys(string(data)); err == nil && k.Header() != string(data) {
			t.Errorf("%q is also spelled %q", data, k.Header())
		}
	})
}
