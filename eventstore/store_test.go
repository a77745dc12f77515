package eventstore_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"testing"

	"fieldbook/envelope"
	"fieldbook/eventstore"
)

func TestAppendedEnvelopesComeBackExactly(t *testing.T) {
	s := open(t, config(t))
	a := newAuthor(1)
	made := append(a.append(t, s, 3), a.append(t, s, 400)...)
	rows := scan(t, s)
	if len(rows) != len(made) {
		t.Fatalf("%d rows, want %d", len(rows), len(made))
	}
	for i, row := range rows {
		if row.Position != eventstore.Position(i+1) || row.Hash != made[i].Hash() || !bytes.Equal(row.Envelope.Encode(), made[i].Encode()) {
			t.Fatalf("row %d differs", i)
		}
	}
	view(t, s, func(tx *eventstore.Tx) error {
		row, ok, err := tx.Find(a.feed, 17, made[16].Hash())
		if !ok || row.Position != 17 {
			t.Errorf("find: %v %v", row.Position, ok)
		}
		_, other, err2 := tx.Find(a.feed, 17, made[15].Hash())
		if other {
			t.Error("found an envelope under the wrong seq")
		}
		read, err3 := tx.Read(403)
		if read.Hash != a.prev {
			t.Error("read gives another envelope")
		}
		_, err4 := tx.Read(404)
		wantError(t, err4, eventstore.ErrNotFound)
		if n, _ := tx.Count(); n != 403 {
			t.Errorf("count %d", n)
		}
		return errors.Join(err, err2, err3)
	})
	wantClean(t, s)
}

func TestAppendRefuses(t *testing.T) {
	s := open(t, config(t))
	a := newAuthor(1)
	behind := a.fork()
	a.append(t, s, 5)
	cases := map[string]struct {
		envs []*envelope.Envelope
		want error
	}{
		"an envelope made again":     {behind.make(5), eventstore.ErrStale},
		"an envelope after the next": {a.fork().make(2)[1:], eventstore.ErrStale},
		"a feed from the middle":     {newAuthor(2).make(2)[1:], eventstore.ErrStale},
		"a chain with a gap":         {gap(a.fork().make(3)), eventstore.ErrChain},
		"another workspace":          {foreign(newAuthor(3)), eventstore.ErrChain},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			err := s.Update(context.Background(), func(tx *eventstore.Tx) error {
				_, err := tx.Append(c.envs, []byte("signature"))
				return err
			})
			wantError(t, err, c.want)
		})
	}
	if n := len(scan(t, s)); n != 5 {
		t.Fatalf("%d rows after refused appends", n)
	}
	wantClean(t, s)
}

func gap(envs []*envelope.Envelope) []*envelope.Envelope {
	return append(envs[:1:1], envs[2:]...)
}

func foreign(a *author) []*envelope.Envelope {
	a.workspace = envelope.WorkspaceID{2}
	return a.make(1)
}

func TestTransactionWithoutSignedHeadIsRefused(t *testing.T) {
	s := open(t, config(t))
	a := newAuthor(1)
	first := a.make(2)
	err := s.Update(context.Background(), func(tx *eventstore.Tx) error {
		_, err := tx.Append(first, nil)
		return err
	})
	wantError(t, err, eventstore.ErrUnsigned)

	second := a.make(2)
	sig := a.sign(t)
	update(t, s, func(tx *eventstore.Tx) error {
		_, err := tx.Append(first, nil)
		_, err2 := tx.Append(second, sig)
		return errors.Join(err, err2)
	})
	wantClean(t, s)
}

func TestFailedUpdateLeavesNothing(t *testing.T) {
	s := open(t, config(t))
	a := newAuthor(1)
	a.append(t, s, 2)
	envs := a.make(1)
	sig := a.sign(t)
	broken := errors.New("rule")
	err := s.Update(context.Background(), func(tx *eventstore.Tx) error {
		tx.Append(envs, sig)
		tx.SetMeta("key", []byte("value"))
		return broken
	})
	wantError(t, err, broken)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic of a transaction was swallowed")
			}
		}()
		s.Update(context.Background(), func(tx *eventstore.Tx) error {
			tx.Append(envs, sig)
			panic("bug")
		})
	}()
	if n := len(scan(t, s)); n != 2 {
		t.Fatalf("%d rows", n)
	}
	update(t, s, func(tx *eventstore.Tx) error {
		_, err := tx.Append(envs, sig)
		return err
	})
	wantClean(t, s)
}

func TestCancelledContextEndsAnUpdateWhole(t *testing.T) {
	s := open(t, config(t))
	a := newAuthor(1)
	envs := a.make(3)
	sig := a.sign(t)
	ctx, cancel := context.WithCancel(context.Background())
	err := s.Update(ctx, func(tx *eventstore.Tx) error {
		if _, err := tx.Append(envs[:1], nil); err != nil {
			return err
		}
		cancel()
		_, err := tx.Append(envs[1:], sig)
		return err
	})
	wantError(t, err, context.Canceled)
	wantError(t, s.View(ctx, func(*eventstore.Tx) error { return nil }), context.Canceled)
	if n := len(scan(t, s)); n != 0 {
		t.Fatalf("%d rows", n)
	}
}

func TestViewIsASnapshot(t *testing.T) {
	s := open(t, config(t))
	a := newAuthor(1)
	a.append(t, s, 2)
	view(t, s, func(tx *eventstore.Tx) error {
		before, _ := tx.Count()
		a.append(t, s, 3)
		after, err := tx.Count()
		if before != 2 || after != 2 {
			t.Errorf("a view saw %d, then %d", before, after)
		}
		return err
	})
	wantError(t, s.View(context.Background(), func(tx *eventstore.Tx) error {
		_, err := tx.Append(a.make(1), nil)
		return err
	}), eventstore.ErrReadOnly)
}

func TestCloseLeavesOneFile(t *testing.T) {
	cfg := config(t)
	s := open(t, cfg)
	newAuthor(1).append(t, s, 50)
	scan(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"-wal", "-shm", "-journal"} {
		if _, err := os.Stat(cfg.Path + suffix); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s is left: %v", suffix, err)
		}
	}
	wantError(t, s.View(context.Background(), nil), eventstore.ErrClosed)
	wantError(t, s.Update(context.Background(), nil), eventstore.ErrClosed)
	if n := len(scan(t, open(t, cfg))); n != 50 {
		t.Fatalf("%d rows after reopening", n)
	}
}

func TestSettingsAreKept(t *testing.T) {
	cfg := config(t)
	s := open(t, cfg)
	update(t, s, func(tx *eventstore.Tx) error {
		return errors.Join(tx.SetMeta("a", []byte("1")), tx.SetMeta("a", []byte("2")), tx.SetMeta("empty", nil))
	})
	s.Close()
	view(t, open(t, cfg), func(tx *eventstore.Tx) error {
		a, err := tx.Meta("a")
		empty, err2 := tx.Meta("empty")
		none, err3 := tx.Meta("none")
		if string(a) != "2" || empty == nil || len(empty) > 0 || none != nil {
			t.Errorf("%q %v %v", a, empty, none)
		}
		return errors.Join(err, err2, err3)
	})
}
