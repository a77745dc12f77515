package eventstore_test

import (
	"os"
	"testing"

	"fieldbook/eventstore"
)

// TestWriteAheadLogStaysBounded writes several times what the write-ahead log may hold, in small transactions and with views
// beside them: it begins anew each time, whoever moved it, and nothing of it is lost.
func TestWriteAheadLogStaysBounded(t *testing.T) {
	cfg := config(t)
	s, a := open(t, cfg), newAuthor(1)
	longest := int64(0)
	for i := range 2400 { // of at least five pages each
		a.append(t, s, 1+i%20)
		longest = max(longest, size(t, cfg.Path+"-wal"))
		if i%200 == 0 {
			view(t, s, whole)
		}
	}
	if longest > 18<<20 {
		t.Errorf("%d bytes of write-ahead log", longest)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if left := size(t, cfg.Path+"-wal"); left != 0 {
		t.Errorf("%d bytes of write-ahead log after closing", left)
	}
	s = open(t, cfg)
	wantClean(t, s)
	view(t, s, func(tx *eventstore.Tx) error {
		last, err := tx.Last()
		if want := eventstore.Position(a.seq); last != want {
			t.Errorf("%d entries, want %d", last, want)
		}
		return err
	})
}

// size is that of a file, 0 if there is none.
func size(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if os.IsNotExist(err) {
		return 0
	}
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}
