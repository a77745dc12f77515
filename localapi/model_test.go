package localapi

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"
)

// world is what a page should find: which folder is the current one, in which phase, and how many assets each has.
type world struct {
	dirs   []string
	dir    int // -1: none
	phase  string
	assets []int
}

// Given two workspaces and any order of choosing, opening with right and wrong passphrases, locking and writing, then phase and
// content are at every step what they should be, and the record is there in phase open only.
func TestPhasesFollowTheModel(t *testing.T) {
	p := founded(t)
	first := p.dir()
	second := gives[Founded](p, post, "/workspaces", map[string]any{"name": "Aldermoor", "member": "Ada Okafor", "zone": "", "passphrase": secret}).State.Current.Dir
	m := &world{dirs: []string{first, second}, dir: 1, phase: phaseOpen, assets: []int{0, 0}}
	count := 0
	rapid.Check(t, func(rt *rapid.T) {
		for range rapid.IntRange(1, 6).Draw(rt, "steps") {
			i := rapid.IntRange(0, 1).Draw(rt, "folder")
			switch rapid.SampledFrom([]string{"open", "wrong", "select", "lock", "write", "write"}).Draw(rt, "step") {
			case "open":
				gives[State](p, post, "/workspaces/open", map[string]any{"dir": m.dirs[i], "passphrase": secret})
				m.dir, m.phase = i, phaseOpen
			case "wrong":
				p.refuses("passphrase", post, "/workspaces/open", map[string]any{"dir": m.dirs[i], "passphrase": "wrong"})
			case "select":
				gives[State](p, post, "/workspaces/select", Select{m.dirs[i]})
				m.dir, m.phase = i, phaseLocked
			case "lock":
				gives[none](p, post, "/lock", nil)
				m.phase = phaseLocked
			case "write":
				count++
				in := map[string]any{"tag": "RAV-PLC-" + decimal(uint64(count)), "fields": plc, "reason": "new"}
				if m.phase != phaseOpen {
					p.refuses("locked", post, "/assets", in)
					break
				}
				gives[Written](p, post, "/assets", in)
				m.assets[m.dir]++
			}
			m.check(rt, p)
		}
	})
}

func (m *world) check(rt *rapid.T, p *page) {
	state := gives[State](p, get, "/state", nil)
	if state.Phase != m.phase || state.Current.Dir != m.dirs[m.dir] || len(state.Known) != 1 || state.Known[0].Dir != m.dirs[1-m.dir] {
		rt.Fatalf("%+v, want %+v", state, m)
	}
	if open := state.Me != nil && state.Workspace != nil; open != (m.phase == phaseOpen) {
		rt.Fatalf("who acts is told in phase %s: %v", m.phase, open)
	}
	if m.phase != phaseOpen {
		p.refuses("locked", get, "/assets", nil)
		return
	}
	if page := gives[AssetPage](p, get, "/assets", nil); page.Total != m.assets[m.dir] {
		rt.Fatalf("%d assets, want %d", page.Total, m.assets[m.dir])
	}
}

// Given a folder that only asked to join, then it waits: nothing of a record is there, the words of its request are, also at the
// next start, and a grant for somebody else is refused.
func TestWaitingForAGrant(t *testing.T) {
	p := newPage(t)
	asked := gives[Asked](p, post, "/workspaces/ask", map[string]any{"member": "Jo Hargreaves", "passphrase": secret})
	p.refuses("request", get, "/assets", nil)
	p.refuses("grant", post, "/workspaces/join", map[string]any{"grant": asked.File, "passphrase": secret})
	if err := p.s.Close(); err != nil {
		t.Fatal(err)
	}
	again := pageAt(t, p.home)
	state := gives[State](again, get, "/state", nil)
	if state.Phase != phaseRequested || len(state.Words) != 8 || state.Words[0] != asked.Words[0] {
		t.Errorf("the next start: %+v", state)
	}
	ada, other := founded(t), newPage(t)
	elsewhere := gives[Asked](other, post, "/workspaces/ask", map[string]any{"member": "Lee Adeyemi", "passphrase": secret})
	grant := gives[Approved](ada, post, "/requests/approve", map[string]any{"file": elsewhere.File})
	again.refuses("grant", post, "/workspaces/join", map[string]any{"grant": grant.File, "passphrase": secret})
	ada.refuses("request", post, "/requests/inspect", map[string]any{"file": []byte("nonsense")})
	ada.refuses("request", post, "/workspaces/join", map[string]any{"grant": grant.File, "passphrase": secret})
}

// Given a sample plant that cannot be made, then nothing of it is left, and what was open stays open.
func TestWhatCannotBeMadeLeavesNothing(t *testing.T) {
	p := founded(t)
	dir := filepath.Join(p.home, "full")
	for name, in := range map[string]map[string]any{
		"no passphrase": {"passphrase": "", "dir": dir},
		"a file":        {"passphrase": secret, "dir": filepath.Join(p.home, "recent.json")},
	} {
		job, _ := p.finished(gives[Job](p, post, "/workspaces/sample", in))
		if job.State != "failed" {
			t.Errorf("%s: %+v", name, job)
		}
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("the folder is left")
	}
	gives[AssetPage](p, get, "/assets", nil)
	p.refuses("usage", post, "/workspaces/sample", map[string]any{"passphrase": secret, "dir": "relative"})
	if w := p.ask(http.MethodPost, "/workspaces", map[string]any{"name": "", "member": "Ada", "zone": "", "passphrase": secret}); w.Code < 400 {
		t.Errorf("a workspace without a name: %d", w.Code)
	}
}
