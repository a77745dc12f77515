package localapi

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fieldbook/syncclient"
	"fieldbook/syncproto"
	"fieldbook/workspace"
)

// Given a page that waits for news, then whatever moves the record or the phase wakes it: an edit, the lock, unlocking; a kept draft
// wakes nobody.
func TestChangesWakeWhoWaits(t *testing.T) {
	p := founded(t)
	now := gives[Change](p, get, "/changes?wait=0", nil)
	now = woken(t, p, now, "an edit", func() {
		gives[Written](p, post, "/assets", map[string]any{"tag": "RAV-PLC-001", "fields": plc, "reason": "new"})
	})
	gives[none](p, http.MethodPut, "/kept?key=draft/x/1", map[string]any{"value": "text"})
	if kept := gives[Change](p, get, "/changes?wait=0", nil); kept != now {
		t.Errorf("a draft wakes whoever waits: %+v after %+v", kept, now)
	}
	now = woken(t, p, now, "the lock", func() { gives[none](p, post, "/lock", nil) })
	if now.Phase != phaseLocked {
		t.Errorf("phase %s", now.Phase)
	}
	dir := p.dir()
	woken(t, p, now, "unlocking", func() {
		gives[State](p, post, "/workspaces/open", map[string]any{"dir": dir, "passphrase": secret})
	})
}

// dir is the current folder.
func (p *page) dir() string { return gives[State](p, get, "/state", nil).Current.Dir }

func woken(t *testing.T, p *page, before Change, what string, do func()) (after Change) {
	t.Helper()
	waiting := make(chan Change)
	go func() { waiting <- gives[Change](p, get, "/changes?after="+decimal(before.Revision), nil) }()
	do()
	if after = <-waiting; after.Revision <= before.Revision {
		t.Errorf("%s: revision %d after %d", what, after.Revision, before.Revision)
	}
	// What one operation does may move the number more than once.
	return gives[Change](p, get, "/changes?wait=0", nil)
}

// stuckRemote answers nothing until it is cancelled, so that a job runs for as long as a test needs it to.
type stuckRemote struct {
	once    sync.Once
	started chan struct{}
}

func (s *stuckRemote) Exchange(ctx context.Context, _ *syncproto.Request) (*syncproto.Answer, error) {
	s.once.Do(func() { close(s.started) })
	<-ctx.Done()
	return nil, ctx.Err()
}

// Given a job that runs, when it is cancelled, then it ends as cancelled and the next may begin, which could not before.
func TestJobsAreCancelled(t *testing.T) {
	p, job := stuck(t)
	p.refuses("busy", post, "/rebuild", nil)
	gives[Job](p, http.MethodDelete, "/jobs/"+job.ID, nil)
	done, result := p.finished(job)
	if done.State != "cancelled" || done.Problem.Code != "cancelled" || result != nil {
		t.Errorf("%+v", done)
	}
	p.works("/rebuild", nil)
	if list := gives[[]Job](p, get, "/jobs", nil); len(list) != 2 || list[0].Kind != "rebuild" {
		t.Errorf("jobs: %+v", list)
	}
	p.refuses("missing", get, "/jobs/none", nil)
}

// Given a job that runs, when the workspace is locked, then the job ends first, and nothing of it is left to see.
func TestLockEndsWhatRuns(t *testing.T) {
	p, job := stuck(t)
	now, watching := gives[Job](p, get, "/jobs/"+job.ID, nil), make(chan string)
	go func() { // hears how it ended or, if it asks too late, that there is none
		watching <- p.ask(get, "/jobs/"+job.ID+"?wait=25&after="+decimal(now.Revision), nil).Body.String()
	}()
	gives[none](p, post, "/lock", nil)
	if heard := <-watching; strings.Contains(heard, `"state":"done"`) {
		t.Errorf("the job: %s", heard)
	}
	p.refuses("missing", get, "/jobs/"+job.ID, nil)
	p.refuses("locked", get, "/assets", nil)
	w, err := workspace.Open(t.Context(), p.s.settings(p.dir(), Secret(secret)))
	if err != nil {
		t.Fatalf("the file is not free: %v", err)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
}

// Given a request that is being served, when the workspace is locked, then it may end by itself, so that what was saved in that
// moment is saved; one that does not end in time is told to.
func TestLockLetsRequestsEnd(t *testing.T) {
	p := founded(t)
	for name, quick := range map[string]bool{"quick": true, "slow": false} {
		gives[State](p, post, "/workspaces/open", map[string]any{"dir": p.dir(), "passphrase": secret})
		started, release, ended := make(chan struct{}), make(chan struct{}), make(chan error)
		serving := on(p.s, func(ctx context.Context, w *workspace.Workspace, _ *none) (none, error) {
			close(started)
			select {
			case <-release:
			case <-ctx.Done():
				return none{}, ctx.Err()
			}
			return none{}, w.Keep(ctx, "draft/x/1", []byte(`"text"`))
		})
		go func() {
			_, err := serving(t.Context(), nil)
			ended <- err
		}()
		<-started
		locked := make(chan error)
		go func() { locked <- p.s.lock(t.Context(), nil) }()
		for gives[State](p, get, "/state", nil).Phase == phaseOpen {
		}
		if quick {
			close(release)
		}
		if err := <-ended; quick != (err == nil) || !quick && err != error(errLocked) {
			t.Errorf("%s: %v", name, err)
		}
		if err := <-locked; err != nil {
			t.Error(err)
		}
	}
	gives[State](p, post, "/workspaces/open", map[string]any{"dir": p.dir(), "passphrase": secret})
	if kept := gives[[]Kept](p, get, "/kept?prefix=draft/", nil); len(kept) != 1 {
		t.Errorf("kept: %v", kept)
	}
}

// stuck is a page whose sync does not end by itself.
func stuck(t *testing.T) (*page, Job) {
	t.Helper()
	remote := &stuckRemote{started: make(chan struct{})}
	p := founded(t, func(cfg *Config, _ *Page) {
		cfg.Folder = func(string) (syncclient.Remote, error) { return remote, nil }
	})
	job := gives[Job](p, post, "/sync", map[string]any{"remote": p.home, "begin": true})
	<-remote.started
	return p, job
}

// Given a setting, when nobody does anything for so long, then the workspace locks by itself, also after it was opened again.
func TestIdleLocks(t *testing.T) {
	p := founded(t)
	gives[none](p, http.MethodPut, "/kept?key=setting/lock", map[string]any{"value": map[string]any{"minutes": 0.005}})
	for range 2 {
		now := gives[Change](p, get, "/changes?wait=0", nil)
		for now.Phase != phaseLocked {
			now = gives[Change](p, get, "/changes?after="+decimal(now.Revision), nil)
		}
		gives[State](p, post, "/workspaces/open", map[string]any{"dir": p.dir(), "passphrase": secret})
	}
}

// Given a record for which nobody set a time, or none that can be read, then it locks after the usual one; it never locks only
// where that was chosen.
func TestARecordLocksUnlessThatWasChosen(t *testing.T) {
	p := founded(t)
	expect := func(what string, want time.Duration) {
		t.Helper()
		p.s.idle.mu.Lock()
		defer p.s.idle.mu.Unlock()
		if p.s.idle.after != want || (p.s.idle.timer != nil) != (want > 0) {
			t.Errorf("%s: locks after %s", what, p.s.idle.after)
		}
	}
	expect("nothing set", usualIdle)
	for _, c := range []struct {
		minutes any
		want    time.Duration
	}{{0, 0}, {5, 5 * time.Minute}, {"soon", usualIdle}, {1e9, maxIdle}} {
		gives[none](p, http.MethodPut, "/kept?key=setting/lock", map[string]any{"value": map[string]any{"minutes": c.minutes}})
		expect(fmt.Sprint(c.minutes), c.want)
	}
	gives[none](p, http.MethodDelete, "/kept?key=setting/lock", nil)
	expect("taken back", usualIdle)
}

// Given something that is being done, then idle time does not lock.
func TestIdleWaitsForWhatRuns(t *testing.T) {
	p, job := stuck(t)
	p.s.rest()
	gives[AssetPage](p, get, "/assets", nil)
	gives[Job](p, http.MethodDelete, "/jobs/"+job.ID, nil)
	p.finished(job)
	for p.s.rest(); gives[State](p, get, "/state", nil).Phase == phaseOpen; p.s.rest() {
	}
}

// Given a page that asks for something every nine minutes, then ten minutes of idle time never pass; they do for one that only
// waits for news.
func TestOnlyDoingSomethingIsNotIdle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, fired := newPage(t), 0
		p.s.idle.fire = func() { fired++ }
		p.s.idle.set(10 * time.Minute)
		for range 10 {
			time.Sleep(9 * time.Minute)
			gives[State](p, get, "/state", nil)
		}
		if synctest.Wait(); fired != 0 {
			t.Errorf("fired %d times", fired)
		}
		for range 11 {
			time.Sleep(time.Minute)
			gives[Change](p, get, "/changes?wait=0", nil)
		}
		if synctest.Wait(); fired != 1 {
			t.Errorf("fired %d times", fired)
		}
	})
}

// Given several folders, then one can be chosen after the other, each locked, and known again by a later start.
func TestFoldersAreSwitched(t *testing.T) {
	p := founded(t)
	first, outside := p.dir(), filepath.Join(p.home, "elsewhere")
	second := gives[Founded](p, post, "/workspaces", map[string]any{"name": "Aldermoor", "member": "Ada Okafor", "zone": "", "dir": outside, "passphrase": secret})
	if second.State.Current.Dir != outside || len(second.State.Known) != 1 || second.State.Known[0].Dir != first || second.State.Known[0].Phase != phaseLocked {
		t.Fatalf("state: %+v", second.State)
	}
	p.refuses("exists", post, "/workspaces", map[string]any{"name": "Again", "member": "Ada Okafor", "zone": "", "dir": outside, "passphrase": secret})
	chosen := gives[State](p, post, "/workspaces/select", Select{first})
	if chosen.Phase != phaseLocked || chosen.Me != nil || chosen.Workspace != nil || len(chosen.Known) != 1 {
		t.Errorf("chosen: %+v", chosen)
	}
	p.refuses("none", post, "/workspaces/select", Select{p.home})
	p.refuses("usage", post, "/workspaces/select", Select{"relative"})
	p.refuses("passphrase", post, "/workspaces/open", map[string]any{"dir": outside, "passphrase": "wrong"})
	if still := gives[State](p, get, "/state", nil); still.Current.Dir != first {
		t.Errorf("a wrong passphrase switched the folder: %+v", still.Current)
	}
	if err := p.s.Close(); err != nil {
		t.Fatal(err)
	}
	again := pageAt(t, p.home)
	if state := gives[State](again, get, "/state", nil); state.Phase != phaseLocked || state.Current.Dir != outside {
		t.Errorf("the next start: %+v", state)
	}
}

// Given a remembered list that is damaged or hostile, then it is as if there were none.
func TestHostileRecentListIsForgotten(t *testing.T) {
	for _, text := range []string{"", "{", `[{"dir":"relative"}]`, `[{"dir":7}]`, `{"dir":"/"}`, strings.Repeat(" ", maxRecentFile+1)} {
		home := t.TempDir()
		if err := os.WriteFile(filepath.Join(home, "recent.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		p := pageAt(t, home)
		if state := gives[State](p, get, "/state", nil); state.Phase != phaseNone || len(state.Known) != 0 {
			t.Errorf("%q: %+v", text, state)
		}
		p.s.remember(filepath.Join(home, "x"), []string{"a"})
		if got := p.s.recent(); len(got) != 1 {
			t.Errorf("%q: remembered %v", text, got)
		}
	}
}

// Given the sample plant, then it is made by one request, its recovery key is shown, and it holds the list.
func TestSamplePlantIsMade(t *testing.T) {
	p := newPage(t)
	result := p.works("/workspaces/sample", map[string]any{"passphrase": secret})
	if result["recovery_key"] == "" {
		t.Error("no recovery key")
	}
	if page := gives[AssetPage](p, get, "/assets?limit=1", nil); page.Total < 150 {
		t.Errorf("%d assets", page.Total)
	}
}

// Given an open workspace, then its passphrase is changed by who knows the present one only, and the new one opens it.
func TestNewPassphraseNeedsTheOldOne(t *testing.T) {
	p := founded(t)
	p.refuses("passphrase", post, "/passphrase", map[string]any{"current": "wrong", "next": "new"})
	p.refuses("usage", post, "/passphrase", map[string]any{"current": secret, "next": ""})
	gives[none](p, post, "/passphrase", map[string]any{"current": secret, "next": "new"})
	dir := p.dir()
	p.refuses("passphrase", post, "/workspaces/open", map[string]any{"dir": dir, "passphrase": secret})
	gives[none](p, post, "/lock", nil)
	p.refuses("passphrase", post, "/workspaces/open", map[string]any{"dir": dir, "passphrase": secret})
	gives[State](p, post, "/workspaces/open", map[string]any{"dir": dir, "passphrase": "new"})
}
