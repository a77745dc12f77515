package e2e

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// holder is `fieldbook ui` on a laptop's folder: it has the workspace, and commands go through its socket.
type holder struct {
	l      *laptop
	url    string
	socket string
	kill   func()
	client *http.Client
}

// hold starts a holder; its workspace is locked.
func hold(t *testing.T, l *laptop) *holder {
	t.Helper()
	cmd := l.command("ui", "--no-browser", "--json")
	cmd.Env = append(cmd.Env, "FIELDBOOK_PASSPHRASE=")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	h := &holder{l: l, socket: filepath.Join(l.dir, "fieldbook.sock")}
	gone := false
	h.kill = func() {
		if !gone {
			gone = true
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	}
	t.Cleanup(h.kill)
	var said struct{ URL string }
	if err := json.NewDecoder(out).Decode(&said); err != nil || said.URL == "" {
		t.Fatalf("ui says %q, %v", said.URL, err)
	}
	h.url = said.URL
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", h.socket)
	}
	h.client = &http.Client{Transport: &http.Transport{DialContext: dial, DisableKeepAlives: true}}
	return h
}

// post sends a request through the socket and gives the status and what came back.
func (h *holder) post(path string, body any) (int, string) {
	h.l.t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		h.l.t.Fatal(err)
	}
	answer, err := h.client.Post("http://fieldbook/api"+path, "application/json", bytes.NewReader(data))
	if err != nil {
		h.l.t.Fatal(err)
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err != nil {
		h.l.t.Fatal(err)
	}
	return answer.StatusCode, string(said)
}

// unlock opens the workspace in the holder.
func (h *holder) unlock() *holder {
	h.l.t.Helper()
	if code, said := h.post("/workspaces/open", object{"dir": h.l.dir, "passphrase": passphrase}); code != http.StatusOK {
		h.l.t.Fatalf("unlocking: %d %s", code, said)
	}
	return h
}

// reading are commands that change nothing, of every class, with the codes they end with.
var reading = [][]string{
	{"asset", "list", "--where", "site=RAV"},
	{"asset", "list", "--json"},
	{"asset", "show", "RAV-PLC-004", "--json"},
	{"asset", "show", "RAV-PLC-9999"},
	{"asset", "history", "RAV-PLC-004"},
	{"note", "list"},
	{"site", "list", "--json"},
	{"status"},
	{"log", "--asset", "RAV-PLC-004", "--json"},
	{"conflicts"},
	{"findings", "--json"},
	{"verify"},
	{"verify", "--deep", "--json"},
	{"doctor"},
	{"remote", "list"},
	{"device", "list", "--json"},
	{"sync"},
	{"asset", "list", "--no-such-flag"},
	{"asset", "set", "RAV-PLC-004", "firmware=1", "nonsense=2", "--reason", "r"},
	{"asset", "retire", "RAV-PLC-004"},
}

// TestCommandsThroughAHolder: while another process has the workspace, every command answers as it does alone, with the
// same code, and needs no passphrase.
func TestCommandsThroughAHolder(t *testing.T) {
	t.Parallel()
	l := plant(t)
	var alone []answer
	for _, args := range reading {
		alone = append(alone, l.run(args...))
	}
	hold(t, l).unlock()
	l.pass = ""
	for i, args := range reading {
		through := l.run(args...)
		if through.code != alone[i].code || through.out != alone[i].out || through.err != alone[i].err {
			t.Errorf("fieldbook %v: exit %d, alone %d\n%s%s\nalone:\n%s%s", args,
				through.code, alone[i].code, clip(through.out), clip(through.err), clip(alone[i].out), clip(alone[i].err))
		}
	}
}

// TestWritingThroughAHolder: entries and files are made as if the command had the workspace itself, with the caller's folder
// as the start of its paths.
func TestWritingThroughAHolder(t *testing.T) {
	t.Parallel()
	l := plant(t)
	h := hold(t, l).unlock()
	l.pass = ""
	here := t.TempDir()
	put(t, filepath.Join(here, "list.csv"), get(t, inventory(t, "assets.csv")))
	for _, args := range [][]string{
		{"asset", "set", "RAV-PLC-004", "firmware=V9.9.9", "--reason", "through the window"},
		{"import", "assets", "list.csv", "--reason", "the same list"},
		{"note", "add", "--asset", "RAV-PLC-004", "written through the window"},
		{"export", "assets", "out.csv"},
		{"backup", "plant.fieldbook"},
		{"sync", "stick", "--begin"},
		{"verify", "--against", "./stick"},
	} {
		cmd := l.command(args...)
		cmd.Dir = here
		finish(t, cmd, args).exits(0)
	}
	for _, name := range []string{"out.csv", "plant.fieldbook", "stick"} {
		if _, err := os.Stat(filepath.Join(here, name)); err != nil {
			t.Error(err)
		}
	}
	if shown := l.ok("asset", "show", "RAV-PLC-004").out; !strings.Contains(shown, "V9.9.9") || !strings.Contains(shown, "written through") {
		t.Errorf("the asset: %s", shown)
	}
	h.kill()
	l.pass = passphrase
	l.ok("verify", "--deep")
	if shown := l.ok("log", "--asset", "RAV-PLC-004").out; !strings.Contains(shown, "through the window") {
		t.Errorf("the trail after a kill: %s", shown)
	}
}

// TestLockedHolder: without a passphrase a command says what to do and ends with 4; with one it works beside the holder.
func TestLockedHolder(t *testing.T) {
	t.Parallel()
	l := plant(t)
	h := hold(t, l)
	l.ok("status")
	l.pass = ""
	l.refuses(4, []string{"locked", "window", "--passphrase-file"}, "status")
	l.refuses(4, []string{"locked"}, "verify")
	h.unlock()
	l.ok("status")
	if code, said := h.post("/lock", object{}); code != http.StatusNoContent {
		t.Fatalf("locking: %d %s", code, said)
	}
	l.refuses(4, []string{"locked"}, "asset", "set", "RAV-PLC-004", "firmware=1", "--reason", "r")
}

// TestKilledHolder: the socket that it leaves is in nobody's way.
func TestKilledHolder(t *testing.T) {
	t.Parallel()
	l := plant(t)
	h := hold(t, l).unlock()
	h.kill()
	if _, err := os.Lstat(h.socket); err != nil {
		t.Fatalf("a killed holder took its socket along: %v", err)
	}
	l.ok("status")
	hold(t, l).unlock()
	l.pass = ""
	l.ok("status")
}

// TestSocketOfAHolder: nobody but the user may connect, and what it does for its user it does without a session.
func TestSocketOfAHolder(t *testing.T) {
	t.Parallel()
	l := plant(t)
	h := hold(t, l).unlock()
	info, err := os.Lstat(h.socket)
	if err != nil || info.Mode() != os.ModeSocket|0o600 {
		t.Errorf("the socket: %v, %v", info, err)
	}
	address, _, _ := strings.Cut(strings.TrimPrefix(h.url, "http://"), "/")
	for _, path := range []string{"/command", "/window"} {
		request, err := http.NewRequest(http.MethodPost, "http://"+address+"/api"+path, strings.NewReader(`{"args":["status"]}`))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s on the loopback address: %s", path, answer.Status)
		}
	}
	for _, args := range [][]string{{"serve", "--open", "--store", "s"}, {"init", "--name", "N", "--member", "M"}, {"ui"}, {"passphrase", "remember"}} {
		if code, said := h.post("/command", object{"args": args, "folder": t.TempDir()}); code != http.StatusOK || !strings.HasSuffix(said, "{\"code\":1}\n") {
			t.Errorf("%v in the holder: %d %s", args, code, said)
		}
	}
}

// TestInterruptThroughAHolder: ctrl-C ends the command in the holder too, and the holder lives on.
func TestInterruptThroughAHolder(t *testing.T) {
	t.Parallel()
	l := plant(t)
	h := hold(t, l).unlock()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	cmd := l.command("log", "--json") // to a pipe that nobody reads from
	cmd.Stdout = writer
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	writer.Close()
	if _, err := bufio.NewReaderSize(reader, 16).ReadByte(); err != nil { // it has begun to answer
		t.Fatal(err)
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if code, said := h.post("/lock", object{}); code != http.StatusNoContent { // waits for whoever uses the workspace
		t.Errorf("locking: %d %s", code, said)
	}
	reader.Close()
	_ = cmd.Wait() // how an interrupted command ends is not asked here
	h.unlock()
	l.ok("status")
}

// TestHolderHasOneFolder: a second holder is refused, in words.
func TestHolderHasOneFolder(t *testing.T) {
	t.Parallel()
	l := plant(t)
	hold(t, l)
	l.refuses(1, []string{"another"}, "ui", "--no-browser")
}

// TestWindowThatIsNone: who asks a browser's holder to raise its window is told so.
func TestWindowThatIsNone(t *testing.T) {
	t.Parallel()
	h := hold(t, plant(t))
	if code, said := h.post("/window", object{}); code/100 != 4 || !json.Valid([]byte(said)) {
		t.Errorf("raising: %d %s", code, fmt.Sprint(said))
	}
}
