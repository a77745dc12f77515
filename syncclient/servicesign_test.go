package syncclient

import (
	"encoding/json"
	"net/http"
	"os"
	"testing"
	"time"

	"fieldbook/syncproto"
)

// What this client signs is the signature base of docs/format/vectors.
func TestSignatureBaseIsThatOfTheFormat(t *testing.T) {
	data, err := os.ReadFile("../docs/format/vectors/request.json")
	if err != nil {
		t.Fatal(err)
	}
	var v struct {
		Device, Nonce, Method, Path, Base string
		Time                              int64
		Headers                           map[string]string
	}
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	device, err := syncproto.ParseID(v.Device)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), v.Method, "https://service"+v.Path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range v.Headers {
		req.Header.Set(name, value)
	}
	params := parameters(device, time.Unix(v.Time, 0), v.Nonce)
	if got := signatureBase(req, params); got != v.Base {
		t.Errorf("signed is\n%s\nbut the format has\n%s", got, v.Base)
	}
	if got := syncproto.SignatureLabel + "=" + params; got != v.Headers["Signature-Input"] {
		t.Errorf("Signature-Input: %s", got)
	}
}
