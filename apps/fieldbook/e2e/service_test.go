package e2e

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// served is a running `fieldbook serve`.
type served struct {
	t    *testing.T
	url  string
	said object // what it answered once it listened
	log  *journal
	stop func() int // ends it as a service manager does; gives the exit code
}

// journal collects what a process writes while it runs.
type journal struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.String()
}

// serveProgram runs the service over a store until the test ends.
func serveProgram(t *testing.T, home string, args ...string) *served {
	t.Helper()
	host := &laptop{t: t, dir: filepath.Join(home, "none")}
	cmd := host.command(append([]string{"serve", "--json", "--listen", "127.0.0.1:0"}, args...)...)
	s := &served{t: t, log: &journal{}}
	cmd.Stderr = s.log
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	s.stop = sync.OnceValue(func() int {
		_ = cmd.Process.Signal(syscall.SIGTERM) // it may have ended by itself
		_ = cmd.Wait()                          // the code says how
		return cmd.ProcessState.ExitCode()
	})
	t.Cleanup(func() { s.stop() })
	if err := json.NewDecoder(out).Decode(&s.said); err != nil {
		code := s.stop()
		t.Fatalf("serve %v: %v, exit %d\n%s", args, err, code, s.log)
	}
	s.url = s.said["url"].(string)
	return s
}

// get reads a page of the service.
func (s *served) get(url string) (status int, body string) {
	s.t.Helper()
	r, err := http.Get(url)
	if err != nil {
		s.t.Fatal(err)
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return r.StatusCode, string(data)
}

// The main job through a service: an owner connects the plant, a new laptop gets
// all of it, both end with one digest, the service has merged what they have,
// and the trail says when it was received.
func TestServiceBetweenLaptops(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	s := serveProgram(t, home, "--store", filepath.Join(home, "store"), "--open", "--admin", "127.0.0.1:0")
	ada := plant(t)
	added := ada.one("remote", "add", "office", s.url)
	has(t, "remote add", added, "name", "url", "mode", "words", "granted", "service")
	equal(t, "an owner grants", added["granted"], any(true))
	sent := ada.one("sync")
	has(t, "sync", sent, "sent", "received", "refused", "digest", "service", "round_trips")
	equal(t, "mode", sent["service"].(object)["mode"], any("merging"))
	equal(t, "diverged", len(sent["service"].(object)["diverged"].([]any)), 0)

	jo := newLaptop(t, "jo")
	admit(t, ada, jo, "Jo Hargreaves")
	ada.ok("sync")
	equal(t, "an engineer grants nothing", jo.one("remote", "add", "office", s.url)["granted"], any(false))
	jo.ok("sync", "office")
	jo.ok("asset", "set", "RAV-PLC-004", "firmware=V3.2.19", "--reason", "vendor visit")
	jo.ok("sync")
	ada.ok("sync")
	digests(t, ada, jo)

	idle := ada.one("sync")
	equal(t, "nothing to do takes one round trip", idle["round_trips"], any(1.0))
	documents := idle["service"].(object)["documents"].(float64)
	if documents < float64(len(ada.many("asset", "list"))) {
		t.Errorf("the service has merged %v documents", documents)
	}
	status := ada.one("status")
	remote := status["remotes"].([]any)[0].(object)
	has(t, "remotes of status", remote, "name", "url", "mode", "last_sync", "unsent")
	equal(t, "unsent", remote["unsent"], any(0.0))
	edit := row(t, jo.many("log", "--asset", "RAV-PLC-004"), "reason", "vendor visit")
	if edit["received_at"] == nil {
		t.Errorf("nobody knows when the service received %v", edit)
	}
	s.answersOperators(t)
	equal(t, "exit code", s.stop(), 0)
	for _, word := range []string{"RAV-PLC", "Ravensmere", "Okafor", "Hargreaves", "vendor visit"} {
		if strings.Contains(s.log.String(), word) {
			t.Errorf("the service's log holds %q:\n%s", word, clip(s.log.String()))
		}
	}
	ada.refuses(1, []string{"cannot be reached"}, "sync", "office")
	equal(t, "the record is there without the service", len(ada.many("asset", "list")) > 0, true)
}

// answersOperators checks what the listeners say besides.
func (s *served) answersOperators(t *testing.T) {
	t.Helper()
	for _, path := range []string{"/", "/metrics", "/healthz", "/v1/updates/timestamp.json"} {
		if status, _ := s.get(s.url + path); status != http.StatusNotFound {
			t.Errorf("%s answers %d", path, status)
		}
	}
	admin := s.said["admin"].(string)
	if status, body := s.get(admin + "/healthz"); status != http.StatusOK {
		t.Errorf("health: %d %s", status, body)
	}
	if _, body := s.get(admin + "/metrics"); !strings.Contains(body, "fieldbook") || strings.Contains(body, "RAV-PLC") {
		t.Errorf("metrics:\n%s", clip(body))
	}
}

// Only who has the invitation brings a workspace, over TLS with a certificate
// that laptops are handed.
func TestServiceWithInvitationAndCertificate(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	invitation := file(t, "invitation", "let-us-in-please\n")
	s := serveProgram(t, home, "--store", filepath.Join(home, "store"), "--tls-self-signed", "--secret-file", invitation)
	cert := s.said["certificate"].(string)
	ada := plant(t)
	ada.refuses(1, []string{"certificate"}, "remote", "add", "office", s.url, "--secret-file", invitation)
	ada.refuses(1, []string{"invitation"}, "remote", "add", "office", s.url, "--cert-file", cert)
	wrong := file(t, "wrong", "let-me-in\n")
	ada.refuses(1, []string{"invitation"}, "remote", "add", "office", s.url, "--cert-file", cert, "--secret-file", wrong)
	equal(t, "nothing was kept", len(ada.many("remote", "list")), 0)
	ada.ok("remote", "add", "office", s.url, "--cert-file", cert, "--secret-file", invitation)
	ada.ok("sync", "office")
	for _, path := range []string{"service.key", "cert-key.pem"} {
		info, err := os.Stat(filepath.Join(filepath.Dir(cert), path))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", path, info, err)
		}
	}
	if strings.Contains(s.log.String(), "let-us-in-please") {
		t.Error("the log holds the invitation")
	}
}

// The same service after a restart; another one where its secret was lost.
func TestServiceKeepsItsIdentity(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	store := filepath.Join(home, "store")
	first := serveProgram(t, home, "--store", store, "--open")
	ada := plant(t)
	ada.ok("remote", "add", "office", first.url)
	ada.ok("sync")
	first.stop()
	key := filepath.Join(home, ".local", "share", "fieldbook-service", "service.key")
	if bytes.Contains(get(t, key), []byte("fieldbook")) {
		t.Error("not a secret")
	}
	listen := strings.TrimPrefix(first.url, "http://")
	again := serveProgram(t, home, "--store", store, "--open", "--listen", listen)
	ada.ok("sync")
	again.stop()
	serveProgram(t, t.TempDir(), "--store", store, "--open", "--listen", listen)
	ada.refuses(1, []string{"keys are not those"}, "sync")
}

func TestServeRefusesWhatIsUnsafe(t *testing.T) {
	t.Parallel()
	host, store := newLaptop(t, "host"), filepath.Join(t.TempDir(), "store")
	secret := file(t, "secret", "hush-hush-hush\n")
	for name, c := range map[string]struct {
		words []string
		args  []string
	}{
		"plain HTTP to others":   {[]string{"plain http", "--tls-self-signed"}, []string{"--listen", "0.0.0.0:0", "--store", store, "--open"}},
		"metrics to others":      {[]string{"127.0.0.1"}, []string{"--listen", "127.0.0.1:0", "--store", store, "--open", "--admin", ":9090"}},
		"nobody may come":        {[]string{"--secret-file", "--open"}, []string{"--listen", "127.0.0.1:0", "--store", store}},
		"open and an invitation": {[]string{"--secret-file", "--open"}, []string{"--listen", "127.0.0.1:0", "--store", store, "--open", "--secret-file", secret}},
		"no store":               {[]string{"--store"}, []string{"--listen", "127.0.0.1:0", "--open"}},
		"no bucket":              {[]string{"s3://bucket"}, []string{"--listen", "127.0.0.1:0", "--store", "s3://", "--open"}},
		"half a certificate":     {[]string{"--tls-key"}, []string{"--listen", "127.0.0.1:0", "--store", store, "--open", "--tls-cert", secret}},
		"half an issuer":         {[]string{"--oidc-audience"}, []string{"--listen", "127.0.0.1:0", "--store", store, "--open", "--oidc-issuer", "https://x"}},
		"a misspelled limit":     {[]string{"Devises"}, []string{"--listen", "127.0.0.1:0", "--store", store, "--open", "--limits-file", file(t, "limits", `{"Devises":3}`)}},
	} {
		t.Run(name, func(t *testing.T) {
			host := *host
			host.t = t
			host.refuses(2, c.words, append([]string{"serve"}, c.args...)...)
		})
	}
	host.refuses(1, []string{"secret"}, "serve", "--listen", "127.0.0.1:0", "--store", store, "--open", "--key-file", secret)
}
