package e2e

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// shown is a running `fieldbook ui` and a page of it.
type shown struct {
	t       *testing.T
	base    string // http://host:port
	token   string
	session string
	stop    func() int // ends it as Ctrl+C does; gives the exit code
}

// show runs `fieldbook ui` on a laptop's folder until the test ends.
func show(t *testing.T, l *laptop) *shown {
	t.Helper()
	locked := &laptop{t: t, dir: l.dir}
	cmd := locked.command("ui", "--no-browser", "--json")
	errs := &journal{}
	cmd.Stderr = errs
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	s := &shown{t: t}
	s.stop = sync.OnceValue(func() int {
		_ = cmd.Process.Signal(syscall.SIGINT) // it may have ended by itself
		_ = cmd.Wait()                         // the code says how
		return cmd.ProcessState.ExitCode()
	})
	t.Cleanup(func() { s.stop() })
	var said struct{ URL string }
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil || json.Unmarshal(line, &said) != nil {
		t.Fatalf("it says %q, %v: %s", line, err, errs)
	}
	address, err := url.Parse(said.URL)
	if err != nil || address.Hostname() != "127.0.0.1" {
		t.Fatalf("it is at %q, %v", said.URL, err)
	}
	s.base, s.token = "http://"+address.Host, strings.TrimPrefix(address.Fragment, "token=")
	return s
}

// ask sends a request of the page's and gives the answer's status and body.
func (s *shown) ask(method, path string, in any) (int, []byte) {
	s.t.Helper()
	data, err := json.Marshal(in)
	if err != nil {
		s.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.base+path, bytes.NewReader(data))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Origin", s.base)
	if s.session != "" {
		r.Header.Set("Fieldbook-Session", s.session)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer.StatusCode, body
}

// gives asks for what must be done and reads the answer.
func (s *shown) gives(method, path string, in any) (out object) {
	s.t.Helper()
	status, body := s.ask(method, path, in)
	if status/100 != 2 {
		s.t.Fatalf("%s %s: %d %s", method, path, status, body)
	}
	if len(body) > 0 {
		if err := json.Unmarshal(body, &out); err != nil {
			s.t.Fatalf("%s %s: %v", method, path, err)
		}
	}
	return out
}

// Given a laptop's folder, then `fieldbook ui` shows a page at an address that works once; the record opens with the passphrase
// only; commands work through it without one, and the page hears of what they change; at its end nothing is left open.
func TestPageInABrowser(t *testing.T) {
	ada := plant(t)
	s := show(t, ada)
	if status, body := s.ask("GET", "/", nil); status != http.StatusOK || !bytes.Contains(body, []byte("<!doctype html>")) {
		t.Fatalf("the page: %d %s", status, clip(string(body)))
	}
	if status, _ := s.ask("GET", "/api/state", nil); status != http.StatusUnauthorized {
		t.Errorf("without a session: %d", status)
	}
	s.session = s.gives("POST", "/api/session", object{"token": s.token})["session"].(string)
	if status, _ := s.ask("POST", "/api/session", object{"token": s.token}); status != http.StatusUnauthorized {
		t.Errorf("the token once more: %d", status)
	}
	stranger := &laptop{t: t, dir: ada.dir}
	stranger.refuses(4, []string{"locked"}, "status")
	if status, _ := s.ask("POST", "/api/workspaces/open", object{"dir": ada.dir, "passphrase": "wrong"}); status != http.StatusForbidden {
		t.Errorf("a wrong passphrase: %d", status)
	}
	state := s.gives("POST", "/api/workspaces/open", object{"dir": ada.dir, "passphrase": ada.pass})
	equal(t, "phase", state["phase"], any("open"))
	revision := s.gives("GET", "/api/changes?wait=0", nil)["revision"]
	stranger.ok("asset", "set", "RAV-PLC-004", "firmware=V9.9", "--reason", "visit")
	if now := s.gives("GET", "/api/changes?after="+string(must(json.Marshal(revision))), nil); now["revision"].(float64) <= revision.(float64) {
		t.Errorf("the page does not hear of an edit by a command: %v", now)
	}
	fields := s.gives("GET", "/api/assets/RAV-PLC-004", nil)["fields"].(object)
	equal(t, "firmware", fields["firmware"], any("V9.9"))
	stranger.refuses(1, []string{"open"}, "ui", "--no-browser")
	equal(t, "exit code", s.stop(), 0)
	for _, left := range []string{"fieldbook.sock", "fieldbook.db-wal"} {
		if _, err := os.Stat(filepath.Join(ada.dir, left)); err == nil {
			t.Errorf("%s is left", left)
		}
	}
	ada.ok("verify")
}

// Given an address that others can reach, then it is refused before anything is opened.
func TestPageIsForThisComputerOnly(t *testing.T) {
	ada := newLaptop(t, "ada")
	for _, address := range []string{"0.0.0.0:0", ":0", "192.0.2.1:80", "example.com:80", "nonsense"} {
		ada.refuses(2, []string{"--listen"}, "ui", "--no-browser", "--listen", address)
	}
}

func must(data []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return data
}
