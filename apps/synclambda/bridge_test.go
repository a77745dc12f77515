package main

import (
	"encoding/base64"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"
)

// echo answers with what arrived, so that a test sees what the handler saw.
var echo = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.Header().Set("Saw", strings.Join([]string{r.Method, r.URL.Path, r.URL.RawQuery, r.Host, r.RemoteAddr, r.Header.Get("Signature-Input")}, " "))
	w.Header().Add("Twice", "a")
	w.Header().Add("Twice", "b")
	w.WriteHeader(http.StatusTeapot)
	_, _ = w.Write(body)
})

func get(path, body string) events.APIGatewayV2HTTPRequest {
	e := events.APIGatewayV2HTTPRequest{RawPath: path, Body: body, Headers: map[string]string{"host": "sync.example"}}
	e.RequestContext.HTTP.Method, e.RequestContext.HTTP.SourceIP = "POST", "192.0.2.1"
	return e
}

func TestBridgePassesRequestAndAnswer(t *testing.T) {
	e := get("/v1/x", base64.StdEncoding.EncodeToString([]byte{0, 255, 1}))
	e.IsBase64Encoded, e.RawQueryString = true, "a=1&b=%2F"
	e.Headers["signature-input"] = `fieldbook=("@method" "@path");created=1, other=()`
	answer, err := bridge{echo}.Invoke(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	want := `POST /v1/x a=1&b=%2F sync.example 192.0.2.1:0 fieldbook=("@method" "@path");created=1, other=()`
	if answer.StatusCode != http.StatusTeapot || answer.Headers["Saw"] != want || answer.Headers["Twice"] != "a, b" {
		t.Errorf("answer %+v", answer)
	}
	if body, err := base64.StdEncoding.DecodeString(answer.Body); err != nil || !answer.IsBase64Encoded || string(body) != "\x00\xff\x01" {
		t.Errorf("body %q, %v", body, err)
	}
}

func TestBridgeTakesPlainBodies(t *testing.T) {
	answer, err := bridge{echo}.Invoke(t.Context(), get("/v1/x", "text"))
	if body, _ := base64.StdEncoding.DecodeString(answer.Body); err != nil || string(body) != "text" {
		t.Errorf("body %q, %v", body, err)
	}
}

// An event that is no request is answered, since an error would be retried.
func TestBridgeRefusesWhatIsNoRequest(t *testing.T) {
	broken := get("/v1/x", "%%%")
	broken.IsBase64Encoded = true
	method := get("/v1/x", "")
	method.RequestContext.HTTP.Method = "NO SUCH"
	for name, e := range map[string]events.APIGatewayV2HTTPRequest{"base64": broken, "path": get("", ""), "method": method} {
		answer, err := bridge{echo}.Invoke(t.Context(), e)
		if err != nil || answer.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d, %v", name, answer.StatusCode, err)
		}
	}
}

// A file beyond what a function may return is not read into memory.
func TestBridgeGivesUpOnLargeAnswers(t *testing.T) {
	read := int64(0)
	endless := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		n, err := io.Copy(w, io.LimitReader(zeros{}, 1<<30))
		read = n
		if err == nil {
			t.Error("a gibibyte was taken")
		}
	})
	answer, err := bridge{endless}.Invoke(t.Context(), get("/v1/x", ""))
	if err != nil || answer.StatusCode != http.StatusInsufficientStorage || answer.Body != "" || read > maxAnswer {
		t.Errorf("status %d, %d bytes of body, %d read, %v", answer.StatusCode, len(answer.Body), read, err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }
