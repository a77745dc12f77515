package e2e

import (
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fieldbook/keyring"
	"fieldbook/syncserver"
	"fieldbook/syncserver/service"
)

// invitation is what the services of these tests ask of workspaces that they do
// not know.
const invitation = "field-invitation-7"

// serve starts a sync service in this process and gives its address.
func serve(t *testing.T) *httptest.Server {
	t.Helper()
	_, master, err := keyring.NewMaster()
	if err != nil {
		t.Fatal(err)
	}
	s, err := service.New(t.Context(), service.Config{Store: &syncserver.Memory{}, Master: master, Invitation: invitation})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(func() {
		server.Close()
		s.Close()
	})
	return server
}

// secret writes the invitation to a file.
func secret(t *testing.T) string {
	path := filepath.Join(t.TempDir(), "invitation.txt")
	put(t, path, []byte(invitation+"\n"))
	return path
}

// TestSyncByAService: two laptops with one service between them, from adding it to
// a clean end, as people do it.
func TestSyncByAService(t *testing.T) {
	t.Parallel()
	ada, jo, _ := pair(t)
	url, file := serve(t).URL, secret(t)
	added := ada.one("remote", "add", "office", url, "--secret-file", file)
	has(t, "remote", added, "name", "url", "second", "unchecked", "mode", "last_sync", "unsent", "service", "words", "granted")
	equal(t, "granted by the owner", added["granted"], any(true))
	if said := ada.ok("remote", "list"); !strings.Contains(said.out, "office") || !strings.Contains(said.out, "never") || strings.Contains(said.out, invitation) {
		t.Errorf("list: %s", said.out)
	}
	first := ada.one("sync")
	has(t, "sync", first, "sent", "received", "refused", "waiting", "digest", "round_trips", "service", "remotes")
	has(t, "service", first["service"].(map[string]any), "mode", "documents", "diverged")
	equal(t, "mode", first["service"].(map[string]any)["mode"], any("merging"))

	hers := jo.one("remote", "add", "cloud", url, "--secret-file", file)
	equal(t, "granted by an engineer", hers["granted"], any(false))
	equal(t, "words on both screens", hers["words"].([]any)[0], added["words"].([]any)[0])
	jo.ok("asset", "set", "RAV-PLC-004", "firmware=V9", "--reason", "visit")
	jo.ok("sync", "cloud")
	jo.ok("asset", "set", "RAV-PLC-004", "firmware=V10", "--reason", "visit")
	again := jo.one("sync")
	equal(t, "round trips of one edit", again["round_trips"], any(float64(1)))
	ada.ok("sync", url)
	equal(t, "digest", ada.one("status")["digest"], jo.one("status")["digest"])
	remote := ada.one("status")["remotes"].([]any)[0].(map[string]any)
	has(t, "remote in status", remote, "name", "url", "mode", "last_sync", "unsent")
	equal(t, "unsent", remote["unsent"], any(float64(0)))
	rows := ada.many("log", "--asset", "RAV-PLC-004")
	for _, r := range rows {
		if at, ok := r["received_at"].(string); !ok {
			t.Errorf("row without received_at: %v", r)
		} else if _, err := time.Parse(time.RFC3339Nano, at); err != nil {
			t.Error(err)
		}
	}
	if text := ada.ok("log", "--asset", "RAV-PLC-004").out; !strings.Contains(text, "(received ") {
		t.Errorf("log: %s", clip(text))
	}
	for _, l := range []*laptop{ada, jo} {
		v := l.one("verify", "--against", map[*laptop]string{ada: "office", jo: "cloud"}[l])
		if v["ok"] != true || v["receipts"] == float64(0) {
			t.Errorf("verify: %v", v)
		}
	}
	removed := ada.one("remote", "remove", "office")
	equal(t, "ended", removed["ended"], any(true))
	equal(t, "told", removed["told"], any(true))
	equal(t, "mode after the end", jo.one("sync")["service"].(map[string]any)["mode"], any("sealed"))
	if n := len(ada.one("status")["remotes"].([]any)); n != 0 {
		t.Errorf("%d remotes are left", n)
	}
}

// TestSyncWithAllRemotes: without an argument every remote is visited; one that
// does not answer keeps no other from it, and is told at the end.
func TestSyncWithAllRemotes(t *testing.T) {
	t.Parallel()
	ada, jo, _ := pair(t)
	server, stick := serve(t), filepath.Join(t.TempDir(), "stick")
	ada.ok("remote", "add", "office", server.URL, "--secret-file", secret(t), "--sealed")
	ada.ok("remote", "add", "stick", stick, "--begin")
	ada.ok("asset", "set", "RAV-PLC-004", "firmware=V9", "--reason", "visit")
	both := ada.one("sync")
	equal(t, "remotes visited", len(both["remotes"].([]any)), 2)
	equal(t, "service", both["service"].(map[string]any)["mode"], any("sealed"))
	server.Close()
	ada.ok("asset", "set", "RAV-PLC-004", "firmware=V10", "--reason", "visit")
	a := ada.refuses(1, []string{"office", "cannot be reached"}, "sync")
	if !strings.Contains(a.out, `"sent": 1`) || !strings.Contains(a.out, "cannot be reached") {
		t.Errorf("the stick was not visited: %s", a.out)
	}
	jo.ok("sync", stick)
	equal(t, "digest", jo.one("status")["digest"], ada.one("status")["digest"])
	ada.refuses(1, []string{"cannot be reached"}, "sync", "office")
}

// TestWrongRemotes: what is wrong with an address or a name is said in a sentence,
// with the code of wrong usage, and nothing is kept.
func TestWrongRemotes(t *testing.T) {
	t.Parallel()
	ada := plant(t)
	url := serve(t).URL
	for _, c := range []struct {
		code  int
		words []string
		args  []string
	}{
		{2, []string{"https://plant.example.com"}, []string{"remote", "add", "x", "http://plant.example.com"}},
		{2, []string{"host"}, []string{"remote", "add", "x", "https://example.com/path"}},
		{2, []string{"letters"}, []string{"remote", "add", "a b", url}},
		{2, []string{"ftp"}, []string{"remote", "add", "x", "ftp://example.com"}},
		{2, []string{"usage"}, []string{"remote", "add", "x"}},
		{2, []string{"nonsense"}, []string{"remote", "add", "x", url, "--nonsense"}},
		{2, []string{"name a command"}, []string{"remote"}},
		{2, []string{"no remote"}, []string{"remote", "remove", "x"}},
		{2, []string{"folder"}, []string{"remote", "add", "x", t.TempDir(), "--sealed"}},
		{1, []string{"--secret-file"}, []string{"remote", "add", "x", url}},
		{1, []string{"cannot be reached"}, []string{"remote", "add", "x", "http://127.0.0.1:1"}},
		{2, []string{"remote add"}, []string{"sync"}},
		{2, []string{"https://plant.example.com"}, []string{"sync", "http://plant.example.com"}},
		{1, []string{"service"}, []string{"sync", url}},
	} {
		ada.refuses(c.code, c.words, c.args...)
	}
	if n := len(ada.many("remote", "list")); n != 0 {
		t.Errorf("%d remotes were kept", n)
	}
	ada.ok("remote", "add", "stick", t.TempDir(), "--begin")
	ada.refuses(2, []string{"stick", "./sitck"}, "sync", "sitck")
}
