package workspace_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"fieldbook/record"
	"fieldbook/workspace"
)

// TestDraftsOutliveTheProgramAndStayHere: they are there after opening again, and in no digest, sync or backup.
func TestDraftsOutliveTheProgramAndStayHere(t *testing.T) {
	p := newPlant(t, t.TempDir(), 2)
	a, b := p.laptops[0], p.laptops[1]
	before, err := a.w.Status(p.ctx)
	p.must(err)
	p.must(a.w.Keep(p.ctx, "draft/note/1", []byte(`{"text":"pump hums"}`)))
	p.must(a.w.Keep(p.ctx, "draft/note/1", []byte(`{"text":"pump hums at 50 Hz"}`)))
	p.must(a.w.Keep(p.ctx, "view/assets/mine", []byte(`[]`)))
	after, err := a.w.Status(p.ctx)
	p.must(err)
	if before.Digest != after.Digest || before.Events != after.Events {
		t.Error("a draft is in the record")
	}
	a.close()
	a.open()
	kept, err := a.w.Kept(p.ctx, "draft/")
	p.must(err)
	if len(kept) != 1 || string(kept[0].Value) != `{"text":"pump hums at 50 Hz"}` || kept[0].Key != "draft/note/1" {
		t.Errorf("kept %v", kept)
	}
	p.must(a.w.Discard(p.ctx, "draft/note/1"))
	p.must(a.w.Discard(p.ctx, "draft/note/1"))
	if kept, _ := a.w.Kept(p.ctx, ""); len(kept) != 1 {
		t.Errorf("left %v", kept)
	}

	a.sync()
	b.sync()
	file := filepath.Join(t.TempDir(), "backup")
	p.must(second(a.w.Backup(p.ctx, file)))
	restored := p.laptop("restored")
	restored.w, err = workspace.Restore(p.ctx, restored.config(), file, "")
	p.must(err)
	for _, l := range []*laptop{b, restored} {
		if kept, err := l.w.Kept(p.ctx, ""); err != nil || len(kept) > 0 {
			t.Errorf("another laptop has %v, %v", kept, err)
		}
	}
}

func TestKeepingHasItsLimits(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a := p.laptops[0]
	var misuse *record.UsageError
	for name, try := range map[string]struct{ key, value string }{
		"no key":       {"", "1"},
		"long key":     {strings.Repeat("k", 257), "1"},
		"control":      {"a\nb", "1"},
		"no text":      {"a\xff", "1"},
		"long value":   {"a", `"` + strings.Repeat("v", 64<<10) + `"`},
		"no JSON":      {"a", "{"},
		"nothing":      {"a", ""},
		"two in a row": {"a", "1 2"},
	} {
		if err := a.w.Keep(p.ctx, try.key, []byte(try.value)); !errors.As(err, &misuse) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for i := range 2000 {
		p.must(a.w.Keep(p.ctx, fmt.Sprintf("k%d", i), []byte("1")))
	}
	if err := a.w.Keep(p.ctx, "one more", []byte("1")); !errors.Is(err, workspace.ErrKeptFull) {
		t.Errorf("one too many: %v", err)
	}
	p.must(a.w.Keep(p.ctx, "k7", []byte("2")))
}
