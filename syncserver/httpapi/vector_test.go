package httpapi_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"fieldbook/internal/testkit/servicetest"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/httpapi"
)

// vector is docs/format/vectors/request.json, shared with every other
// implementation.
type vector struct {
	Seed             string            `json:"seed"`
	Recipient        string            `json:"recipient"`
	Device           string            `json:"device"`
	ServiceSign      string            `json:"service_sign"`
	ServiceRecipient string            `json:"service_recipient"`
	Service          string            `json:"service"`
	Time             int64             `json:"time"`
	Method           string            `json:"method"`
	Path             string            `json:"path"`
	Headers          map[string]string `json:"headers"`
	Body             string            `json:"body"`
	Base             string            `json:"base"`
}

func readVector(t testing.TB) vector {
	t.Helper()
	data, err := os.ReadFile("../../docs/format/vectors/request.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vector
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func unhex(t testing.TB, text string) []byte {
	t.Helper()
	data, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// keyed are replicas of a service with given keys.
type keyed struct {
	httpapi.Replicas
	keys syncproto.PublicKeys
}

// Keys implements httpapi.Replicas.
func (k keyed) Keys(context.Context, syncproto.Workspace) (syncproto.PublicKeys, error) {
	return k.keys, nil
}

// vectorHandler is the service that the vector was made for, at its time.
func vectorHandler(t testing.TB, v vector) *httpapi.Handler {
	return servicetest.Handler(t, httpapi.Config{
		Open: true, Clock: func() time.Time { return time.Unix(v.Time, 0) },
		Replicas: keyed{
			servicetest.NewReplicas(&syncserver.Memory{}),
			syncproto.PublicKeys{Sign: unhex(t, v.ServiceSign), Recipient: v.ServiceRecipient},
		},
	})
}

// The signed request of docs/format/sync.md is the vector's, has the ids and the
// signature that it says, and a service of that id answers it.
func TestTheRequestOfTheFormatIsAnswered(t *testing.T) {
	v := readVector(t)
	key := ed25519.NewKeyFromSeed(unhex(t, v.Seed))
	device := syncproto.PublicKeys{Sign: key.Public().(ed25519.PublicKey), Recipient: v.Recipient}
	if id, err := device.ID(); err != nil || hex.EncodeToString(id[:]) != v.Device || device.Header() != v.Headers["Fieldbook-Device"] {
		t.Errorf("device id %x, %v", id, err)
	}
	signature := strings.TrimSuffix(strings.TrimPrefix(v.Headers["Signature"], "fieldbook=:"), ":")
	if got := base64Of(ed25519.Sign(key, []byte(v.Base))); got != signature {
		t.Errorf("signature %s, want %s", signature, got)
	}
	format, err := os.ReadFile("../../docs/format/sync.md")
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range v.Headers {
		if !bytes.Contains(format, []byte("    "+name+": "+value+"\n")) {
			t.Errorf("docs/format/sync.md has another %s", name)
		}
	}
	if !bytes.Contains(format, []byte("    "+v.Method+" "+v.Path+" HTTP/1.1\n")) {
		t.Error("docs/format/sync.md has another path")
	}
	req, err := http.NewRequestWithContext(t.Context(), v.Method, "http://service"+v.Path, bytes.NewReader(unhex(t, v.Body)))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range v.Headers {
		req.Header.Set(name, value)
	}
	w := &plain{header: http.Header{}}
	if vectorHandler(t, v).ServeHTTP(w, req); w.status != http.StatusOK {
		t.Errorf("%d %s", w.status, w.body.Bytes())
	}
}

// The table of problems in docs/format/sync.md is the handler's.
func TestTheFormatListsEveryCode(t *testing.T) {
	format, err := os.ReadFile("../../docs/format/sync.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(format), "| code | status |")
	table, _, _ = strings.Cut(table, "\n\n")
	listed := 0
	for _, line := range strings.Split(table, "\n") {
		if strings.HasPrefix(line, "| `") {
			listed++
		}
	}
	for _, code := range httpapi.Codes() {
		row := "| `" + string(code) + "` | "
		if _, rest, found := strings.Cut(table, row); !found || !strings.HasPrefix(rest, httpapi.StatusText(code)) {
			t.Errorf("no row %s%s", row, httpapi.StatusText(code))
		}
	}
	if listed != len(httpapi.Codes()) {
		t.Errorf("%d codes are listed, %d there are", listed, len(httpapi.Codes()))
	}
}
