package e2e

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestEnrolment(t *testing.T) {
	t.Parallel()
	ada := plant(t)
	jo := newLaptop(t, "jo")
	dir := t.TempDir()
	request, grant := filepath.Join(dir, "request"), filepath.Join(dir, "grant")
	jo.refuses(1, nil, "join", "--member", "Jo Hargreaves", "--request", filepath.Join(dir, "no folder", "request"))
	asked := jo.one("join", "--member", "Jo Hargreaves", "--request", request)
	jo.refuses(1, []string{"grant"}, "status")
	jo.refuses(1, []string{"already"}, "join", "--member", "Jo Hargreaves", "--request", filepath.Join(dir, "again"))
	ada.refuses(1, []string{"exists"}, "device", "approve", request, "--grant", request)
	approved := ada.one("device", "approve", request, "--grant", grant)
	equal(t, "words of the request", words(approved["request_words"]), words(asked["words"]))
	ada.refuses(5, []string{"already"}, "device", "approve", request, "--grant", filepath.Join(dir, "grant2"))

	lee := newLaptop(t, "lee")
	lee.ok("join", "--member", "Lee Park", "--request", filepath.Join(dir, "lee"))
	lee.refuses(1, []string{"grant"}, "join", "--grant", grant)
	data := get(t, grant)
	for _, at := range []int{len(data) / 3, len(data) - 5} {
		flipped := bytes.Clone(data)
		flipped[at] ^= 1
		jo.refuses(1, []string{"grant"}, "join", "--grant", file(t, "flipped", string(flipped)))
	}
	jo.refuses(1, []string{"grant"}, "join", "--grant", request)
	joined := jo.one("join", "--grant", grant)
	equal(t, "words of the grant", words(joined["words"]), words(approved["grant_words"]))
	jo.refuses(1, nil, "join", "--grant", grant)
	jo.refuses(5, []string{"owner"}, "device", "approve", filepath.Join(dir, "lee"), "--grant", filepath.Join(dir, "grant3"))

	stick := filepath.Join(dir, "stick")
	ada.ok("sync", stick, "--begin")
	jo.ok("sync", stick)
	ada.ok("sync", stick)
	equal(t, "assets", len(jo.many("asset", "list")), 199)
	equal(t, "role", jo.one("status")["role"], any("engineer"))
	digests(t, ada, jo)

	second := newLaptop(t, "second")
	ada.refuses(2, []string{"Jo Hargreaves"}, "device", "approve", filepath.Join(dir, "lee"), "--grant", filepath.Join(dir, "grant4"), "--member", "Nobody")
	if _, err := os.Stat(filepath.Join(dir, "grant4")); err == nil {
		t.Error("a refused approval left a grant")
	}
	admit(t, ada, second, "J. Hargreaves", "--member", "jo hargreaves")
	ada.ok("sync", stick)
	second.ok("sync", stick)
	devices := map[string]int{}
	for _, d := range second.many("device", "list") {
		has(t, "device", d, "device", "member", "member_id", "role")
		devices[d["member"].(string)+"/"+d["member_id"].(string)]++
	}
	equal(t, "two laptops of one person", devices["Jo Hargreaves/"+approved["member_id"].(string)], 2)
	second.ok("asset", "set", "RAV-PLC-001", "custodian=jo", "--reason", "r")
	second.ok("sync", stick)
	ada.ok("sync", stick)
	trail := ada.many("log", "--member", "Jo Hargreaves")
	equal(t, "entries of the person", len(trail) > 0 && trail[len(trail)-1]["after"] == "jo", true)
}

func words(v any) (joined string) {
	list, _ := v.([]any)
	for _, w := range list {
		joined += w.(string) + " "
	}
	return joined
}

// TestEnrolmentOfRubbish: bytes that are no request or grant.
func TestEnrolmentOfRubbish(t *testing.T) {
	t.Parallel()
	ada := plant(t)
	jo := newLaptop(t, "jo")
	jo.ok("join", "--member", "Jo", "--request", filepath.Join(t.TempDir(), "request"))
	for name, data := range map[string]string{"empty": "", "text": "please let me in", "binary": string(bytes.Repeat([]byte{0xff}, 5000))} {
		path := file(t, "rubbish", data)
		if a := ada.run("device", "approve", path, "--grant", filepath.Join(t.TempDir(), "g"), "--json"); a.code != 1 || a.out != "" || a.err == "" {
			t.Errorf("request %s: %d %s", name, a.code, a.err)
		}
		if a := jo.run("join", "--grant", path, "--json"); a.code != 1 || a.out != "" || a.err == "" {
			t.Errorf("grant %s: %d %s", name, a.code, a.err)
		}
	}
	huge := file(t, "huge", "")
	if err := os.Truncate(huge, 1<<30); err != nil {
		t.Fatal(err)
	}
	if a := ada.run("device", "approve", huge, "--grant", filepath.Join(t.TempDir(), "g")); a.code != 1 || a.maxRSS > 300<<10 {
		t.Errorf("a huge request: %d, %d KiB, %s", a.code, a.maxRSS, a.err)
	}
}

// TestSyncBeforeWhoLetIn: a new laptop syncs with a service where nobody has told of it: its grant brought what lets it in.
func TestSyncBeforeWhoLetIn(t *testing.T) {
	t.Parallel()
	ada, lee := plant(t), newLaptop(t, "lee")
	admit(t, ada, lee, "Lee Park")
	url, file := serve(t).URL, secret(t)
	for _, l := range []*laptop{ada, lee} {
		l.ok("remote", "add", "office", url, "--secret-file", file)
	}
	lee.ok("sync")
	ada.ok("sync")
	lee.ok("sync")
	ada.ok("sync")
	digests(t, ada, lee)
}
