package s3_test

import (
	"bytes"
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/credentials"

	"fieldbook/internal/testkit/s3test"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/s3"
	"fieldbook/syncserver/storetest"
)

// all calls every method and gives the errors.
func all(ctx context.Context, store *s3.Store) map[string]error {
	data := []byte("x")
	name := storetest.Name("w/feeds/f", "01", data)
	_, _, get := store.Get(ctx, name, 10)
	_, list := store.List(ctx, "w", "", 10)
	return map[string]error{"get": get, "list": list, "check": store.Check(ctx), "create": store.Create(ctx, name, data, nil)}
}

// Given a bucket that is missing, wrong credentials or a gateway that is down,
// then each call says which.
func TestErrorsOfTheGateway(t *testing.T) {
	gateway := s3test.Start(t)
	missing, stranger, forger, lost := gateway.Config(), gateway.Config(), gateway.Config(), gateway.Config()
	missing.Bucket = "elsewhere"
	stranger.Credentials = credentials.NewStaticCredentialsProvider("nobody", s3test.SecretKey, "")
	forger.Credentials = credentials.NewStaticCredentialsProvider(s3test.AccessKey, "guess", "")
	lost.Attempts = 1
	check := func(cfg s3.Config, want error) {
		t.Helper()
		for call, err := range all(t.Context(), open(t, cfg)) {
			if !errors.Is(err, want) {
				t.Errorf("%s: %v; want %v", call, err, want)
			}
		}
	}
	check(missing, s3.ErrBucket)
	check(stranger, s3.ErrCredentials)
	check(forger, s3.ErrCredentials)
	gateway.Stop()
	check(lost, syncproto.ErrTemporary)
	if err := gateway.Resume(); err != nil {
		t.Fatal(err)
	}
	if err := open(t, gateway.Config()).Check(t.Context()); err != nil {
		t.Errorf("after it came back: %v", err)
	}
}

// answers is a bucket that gives each request the next of some answers, and
// the last for ever.
func answers(t *testing.T, answers ...http.HandlerFunc) (s3.Config, *atomic.Int64) {
	t.Helper()
	var requests atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answers[min(int(requests.Add(1)), len(answers))-1](w, r)
	}))
	t.Cleanup(server.Close)
	return s3.Config{Bucket: "b", Region: "us-east-1", Endpoint: server.URL, PathStyle: true, Attempts: 2,
		Credentials: credentials.NewStaticCredentialsProvider("a", "b", "")}, &requests
}

// refuse answers with an error of S3.
func refuse(status int, code string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		fmt.Fprintf(w, "<Error><Code>%s</Code><Message>no</Message></Error>", code)
	}
}

// Given what S3 answers when it refuses, then the error says what to do; and
// only what may pass is tried again.
func TestErrorsOfTheBucket(t *testing.T) {
	for code, test := range map[string]struct {
		status, tries int
		want          error
	}{
		"AccessDenied":         {403, 1, s3.ErrDenied},
		"RequestTimeTooSkewed": {403, 1, s3.ErrClock},
		"ExpiredToken":         {400, 1, s3.ErrCredentials},
		"PermanentRedirect":    {301, 1, s3.ErrRegion},
		"NoSuchBucket":         {404, 1, s3.ErrBucket},
		"SlowDown":             {503, 2, syncproto.ErrTemporary},
		"InternalError":        {500, 2, syncproto.ErrTemporary},
		"QuotaExceeded":        {403, 1, syncserver.ErrFull},
	} {
		cfg, requests := answers(t, refuse(test.status, code))
		_, err := open(t, cfg).List(t.Context(), "w", "", 10)
		if !errors.Is(err, test.want) || requests.Load() != int64(test.tries) {
			t.Errorf("%s: %v after %d requests; want %v after %d", code, err, requests.Load(), test.want, test.tries)
		}
	}
}

// Given answers that fail, hang or are cut off before a good one, then the
// object is read all the same.
func TestReadingGoesOn(t *testing.T) {
	data := bytes.Repeat([]byte("segment "), 1000)
	name := storetest.Name("w/feeds/f", "01", data)
	good := func(w http.ResponseWriter, _ *http.Request) { w.Write(data) }
	done := make(chan struct{})
	defer close(done)
	for kind, bad := range map[string]http.HandlerFunc{
		"busy": refuse(503, "SlowDown"),
		"cut": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(len(data)))
			w.Write(data[:100])
			panic(http.ErrAbortHandler)
		},
		"gone":  func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"hangs": func(_ http.ResponseWriter, r *http.Request) { <-done },
	} {
		cfg, _ := answers(t, bad, good)
		cfg.Timeout = 200 * time.Millisecond
		got, _, err := open(t, cfg).Get(t.Context(), name, len(data))
		if err != nil || !bytes.Equal(got, data) {
			t.Errorf("%s: %d bytes, %v", kind, len(got), err)
		}
	}
	cfg, requests := answers(t, func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, 1<<20)) })
	if _, _, err := open(t, cfg).Get(t.Context(), name, 100); !errors.Is(err, syncserver.ErrSize) || requests.Load() != 1 {
		t.Errorf("a large one: %v after %d requests", err, requests.Load())
	}
}

// Given a bucket whose policy lets nobody replace anything, then damage that
// cannot be repaired is told as such.
func TestDamageThatMayNotBeReplaced(t *testing.T) {
	wrong := func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("ETag", `"1"`); w.Write([]byte("?")) }
	cfg, _ := answers(t, refuse(412, "PreconditionFailed"), wrong, refuse(403, "AccessDenied"))
	err := open(t, cfg).Create(t.Context(), storetest.Name("w/feeds/f", "01", nil), nil, nil)
	if !errors.Is(err, syncserver.ErrDamaged) {
		t.Errorf("%v, want ErrDamaged", err)
	}
}

// Given a machine without credentials, then the error says so and how to give some.
func TestNoCredentials(t *testing.T) {
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_CONTAINER_CREDENTIALS_FULL_URI"} {
		t.Setenv(name, "")
	}
	for _, name := range []string{"AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"} {
		t.Setenv(name, filepath.Join(t.TempDir(), "none"))
	}
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	store := open(t, s3.Config{Bucket: "b", Region: "us-east-1"})
	for call, err := range all(t.Context(), store) {
		if !errors.Is(err, s3.ErrCredentials) {
			t.Errorf("%s: %v; want ErrCredentials", call, err)
		}
	}
}

// Given a service whose certificate AWS_CA_BUNDLE vouches for, then it is used.
func TestCertificatesOfTheEnvironment(t *testing.T) {
	server := httptest.NewTLSServer(refuse(403, "AccessDenied"))
	defer server.Close()
	bundle := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(bundle, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg := s3.Config{Bucket: "b", Region: "us-east-1", Endpoint: server.URL, PathStyle: true, Attempts: 1,
		Credentials: credentials.NewStaticCredentialsProvider("a", "b", "")}
	if err := open(t, cfg).Check(t.Context()); !errors.Is(err, syncproto.ErrTemporary) {
		t.Errorf("without the bundle: %v, want ErrTemporary", err)
	}
	t.Setenv("AWS_CA_BUNDLE", bundle)
	if err := open(t, cfg).Check(t.Context()); !errors.Is(err, s3.ErrDenied) {
		t.Errorf("with the bundle: %v, want an answer", err)
	}
}
