package workspace_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"fieldbook/eventstore"
	"fieldbook/wording"
	"fieldbook/workspace"
)

// TestRevisionMovesWithWhatQueriesAnswer: whoever waits hears of a write, a page of a sync, a remote, a draft, and of nothing
// that was refused.
func TestRevisionMovesWithWhatQueriesAnswer(t *testing.T) {
	p := newPlant(t, t.TempDir(), 2)
	a, b := p.laptops[0], p.laptops[1]
	steps := []struct {
		name  string
		of    *laptop
		moves bool
		do    func() error
	}{
		{"write", a, true, func() error { return second(a.w.AddAsset(p.ctx, because("new"), "PLC-1", plc())) }},
		{"refusal", a, false, func() error {
			return expected(second(a.w.Retire(p.ctx, workspace.Entry{}, "PLC-1")))
		}},
		{"dry run", a, false, func() error {
			return second(a.w.ImportAssets(p.ctx, because(""), workspace.ImportOptions{File: "../testdata/inventory/assets.csv", DryRun: true}))
		}},
		{"sending", a, true, func() error { a.sync(); return nil }},
		{"receiving", b, true, func() error { b.sync(); return nil }},
		{"remote", a, true, func() error {
			return second(a.w.AddRemote(p.ctx, workspace.RemoteSpec{Name: "stick", URL: t.TempDir(), Begin: true}))
		}},
		{"draft", a, false, func() error { return a.w.Keep(p.ctx, "draft/x", []byte(`"y"`)) }},
		{"rebuild", a, true, func() error { return a.w.Rebuild(p.ctx) }},
		{"question", a, false, func() error { return second(a.w.Status(p.ctx)) }},
	}
	for _, s := range steps {
		before := s.of.w.Revision()
		p.must(s.do())
		if moved := s.of.w.Revision() != before; moved != s.moves {
			t.Errorf("%s moved the revision: %v", s.name, moved)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func expected(err error) error {
	if err == nil {
		return errors.New("it was not refused")
	}
	return nil
}

func TestWaitEndsWithAMoveACloseOrItsContext(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a := p.laptops[0]
	start := a.w.Revision()

	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			if now, err := a.w.Wait(p.ctx, start); err != nil || now == start {
				t.Errorf("waiting for a write: %d, %v", now, err)
			}
		})
	}
	a.add("PLC-1")
	all.Wait()

	ctx, cancel := context.WithCancel(p.ctx)
	cancel()
	if _, err := a.w.Wait(ctx, a.w.Revision()); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting no longer: %v", err)
	}
	now := a.w.Revision()
	all.Go(func() {
		if _, err := a.w.Wait(p.ctx, now); !errors.Is(err, eventstore.ErrClosed) {
			t.Errorf("waiting for a close: %v", err)
		}
	})
	a.close()
	all.Wait()
}

// TestProgressGoesToItsCaller: of two calls each hears of its own work alone.
func TestProgressGoesToItsCaller(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a := p.laptops[0]
	a.add("PLC-1")
	heard := map[string]map[string]bool{}
	ctx := func(caller string) context.Context {
		heard[caller] = map[string]bool{}
		return workspace.WithProgress(p.ctx, func(stage wording.Sentence, _, _ int64) { heard[caller][stage.String()] = true })
	}
	p.must(a.w.Rebuild(ctx("rebuild")))
	p.must(second(a.w.SetAssets(ctx("bulk"), because("all of them"), nil, fields("zone", "Z1"))))
	if !heard["rebuild"]["rebuilding"] || !heard["bulk"]["changing assets"] {
		t.Errorf("heard %v", heard)
	}
	if heard["rebuild"]["changing assets"] || heard["bulk"]["rebuilding"] {
		t.Errorf("one caller heard of the other's work: %v", heard)
	}
}

// TestACancelledCallLeavesNothing: work that is cut as soon as it says that it goes on has changed nothing, and can be done again.
func TestACancelledCallLeavesNothing(t *testing.T) {
	p := newPlant(t, t.TempDir(), 2)
	a, b := p.laptops[0], p.laptops[1]
	a.importFile(inventory)
	a.sync()
	file := filepath.Join(t.TempDir(), "file.csv")
	for name, work := range map[string]func(context.Context, *laptop) error{
		"bulk edit": func(ctx context.Context, l *laptop) error {
			return second(l.w.SetAssets(ctx, because("all"), nil, fields("zone", "Z1")))
		},
		"import": func(ctx context.Context, l *laptop) error {
			return second(l.w.ImportAssets(ctx, because("all"), workspace.ImportOptions{File: inventory, Set: fields("custodian", "j.doe")}))
		},
		"rebuild": func(ctx context.Context, l *laptop) error { return l.w.Rebuild(ctx) },
		"export":  func(ctx context.Context, l *laptop) error { return second(l.w.ExportAssets(ctx, file)) },
		"backup":  func(ctx context.Context, l *laptop) error { return second(l.w.Backup(ctx, file)) },
		"verify": func(ctx context.Context, l *laptop) error {
			return second(l.w.Verify(ctx, workspace.VerifyOptions{Deep: true}))
		},
	} {
		before := a.status()
		ctx, cancel := context.WithCancel(p.ctx)
		if err := work(workspace.WithProgress(ctx, func(wording.Sentence, int64, int64) { cancel() }), a); !errors.Is(err, context.Canceled) {
			t.Errorf("%s was not cancelled: %v", name, err)
		}
		if after := a.status(); after.Digest != before.Digest || after.Events != before.Events {
			t.Errorf("%s left something: %+v, before %+v", name, after, before)
		}
		if _, err := os.Stat(file); !os.IsNotExist(err) {
			t.Errorf("%s left a file: %v", name, err)
		}
		p.must(work(p.ctx, a))
		_ = os.Remove(file) // most make none
	}
	ctx, cancel := context.WithCancel(p.ctx)
	if _, err := b.w.Sync(workspace.WithProgress(ctx, func(wording.Sentence, int64, int64) { cancel() }), p.remote); !errors.Is(err, context.Canceled) {
		t.Errorf("the sync was not cancelled: %v", err)
	}
	p.level()
}
