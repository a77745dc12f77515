package eventstore

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/ncruces/go-sqlite3/vfs"
	"pgregory.net/rapid"
)

// memory is a file of which every write can be made to fail.
type memory struct {
	vfs.File
	data   []byte
	writes int
	synced []byte
	fails  error
}

func (m *memory) WriteAt(p []byte, off int64) (int, error) {
	if m.fails != nil {
		return 0, m.fails
	}
	m.writes++
	if end := int(off) + len(p); end > len(m.data) {
		m.data = append(m.data, make([]byte, end-len(m.data))...)
	}
	return copy(m.data[off:], p), nil
}

func (m *memory) ReadAt(p []byte, off int64) (int, error) {
	return bytes.NewReader(m.data).ReadAt(p, off)
}

func (m *memory) Size() (int64, error) { return int64(len(m.data)), nil }

func (m *memory) Truncate(size int64) error {
	m.data = m.data[:min(int(size), len(m.data))]
	return nil
}

func (m *memory) Sync(vfs.SyncFlag) error {
	m.synced = bytes.Clone(m.data)
	return nil
}

const frame = frameHeader + blockSize

func write(t interface{ Fatal(...any) }, f io.WriterAt, text []byte, off int64) {
	if n, err := f.WriteAt(text, off); err != nil || n != len(text) {
		t.Fatal(n, err)
	}
}

// TestGatheredFileIsTheFile lets SQLite's kinds of writes happen in any order, some of which fail: read through the
// gathering file is what was written, and after a sync all of it is in the file below.
func TestGatheredFileIsTheFile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		below, plain := &memory{}, &memory{}
		waits := rapid.SampledFrom([]func(*gatherFile, int64) bool{wholeFrames, newBlocks}).Draw(t, "side")
		f := &gatherFile{File: below, waits: waits, read: -1}
		next := int64(walHeader)
		put := func(n int, off int64) {
			text := bytes.Repeat([]byte{byte(rapid.IntRange(1, 255).Draw(t, "byte"))}, n)
			write(t, f, text, off)
			write(t, plain, text, off)
		}
		put(walHeader, 0)
		some := func() int64 { return walHeader + frame*rapid.Int64Range(0, (next-walHeader)/frame).Draw(t, "frame") }
		t.Repeat(map[string]func(*rapid.T){
			"header":      func(*rapid.T) { put(walHeader, 0) },
			"frame":       func(*rapid.T) { put(frameHeader, next); put(blockSize, next+frameHeader); next += frame },
			"many frames": func(*rapid.T) { put(20*frame, next); next += 20 * frame },
			"page again": func(*rapid.T) {
				if next > walHeader {
					put(blockSize, min(some(), next-frame)+frameHeader)
				}
			},
			"header again": func(*rapid.T) { put(frameHeader, some()) },
			"undo":         func(*rapid.T) { next = some() },
			"part":         func(*rapid.T) { put(rapid.IntRange(1, frame).Draw(t, "n"), rapid.Int64Range(0, next).Draw(t, "off")) },
			"no room": func(*rapid.T) {
				below.fails = errors.New("no room")
				f.Size() // fails if there is something to write
				below.fails = nil
			},
			"truncate": func(*rapid.T) {
				size := some()
				if err := errors.Join(f.Truncate(size), plain.Truncate(size)); err != nil {
					t.Fatal(err)
				}
				next = min(next, size)
			},
			"sync": func(*rapid.T) {
				if err := f.Sync(0); err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(below.synced, plain.data) {
					t.Fatal("a sync left something out")
				}
			},
			"": func(t *rapid.T) {
				off := rapid.Int64Range(0, next).Draw(t, "at")
				got, want := make([]byte, rapid.IntRange(1, 2*frame).Draw(t, "length")), make([]byte, 2*frame)
				n, err := f.ReadAt(got, off)
				m, wantErr := plain.ReadAt(want[:len(got)], off)
				if n != m || err != wantErr || !bytes.Equal(got[:n], want[:m]) {
					t.Fatalf("read %d, %v instead of %d, %v", n, err, m, wantErr)
				}
			},
		})
	})
}

func TestCommitIsWrittenInOnePieceBeforeItsSync(t *testing.T) {
	below := &memory{}
	f := &gatherFile{File: below, waits: wholeFrames}
	for i := range int64(10) {
		write(t, f, make([]byte, frameHeader), walHeader+i*frame)
		write(t, f, make([]byte, blockSize), walHeader+i*frame+frameHeader)
	}
	if below.writes != 0 {
		t.Fatalf("%d writes before the sync", below.writes)
	}
	if err := f.Sync(0); err != nil || below.writes != 1 || len(below.synced) != walHeader+10*frame {
		t.Fatalf("%d writes, %d bytes synced, %v", below.writes, len(below.synced), err)
	}
}

// TestWhatNoSyncFollowsIsWrittenAtOnce: SQLite syncs within the last frame of a commit and shows the whole frame.
func TestWhatNoSyncFollowsIsWrittenAtOnce(t *testing.T) {
	below := &memory{}
	f := &gatherFile{File: below, waits: wholeFrames}
	write(t, f, make([]byte, frameHeader), walHeader)
	write(t, f, make([]byte, 1000), walHeader+frameHeader)
	if err := f.Sync(0); err != nil {
		t.Fatal(err)
	}
	write(t, f, make([]byte, blockSize-1000), walHeader+frameHeader+1000)
	if len(below.data) != walHeader+frame {
		t.Fatalf("the file has %d bytes", len(below.data))
	}
}

func TestFailedSyncLetsTheTransactionGo(t *testing.T) {
	below := &memory{fails: errors.New("no room")}
	f := &gatherFile{File: below, waits: wholeFrames}
	write(t, f, make([]byte, frame), walHeader)
	if err := f.Sync(0); !errors.Is(err, below.fails) {
		t.Fatalf("%v", err)
	}
	below.fails = nil
	if err := f.Sync(0); err != nil || len(below.data) != 0 {
		t.Fatalf("%d bytes of a failed transaction were written, %v", len(below.data), err)
	}
}

// TestSharedBlockIsWrittenAtOnce: the encryption reads a block that it changes in part, and holds a lock while it writes it.
func TestSharedBlockIsWrittenAtOnce(t *testing.T) {
	below := &memory{data: make([]byte, blockSize)}
	f := &gatherFile{File: below, waits: newBlocks, read: -1}
	block := bytes.Repeat([]byte{7}, blockSize)
	if _, err := f.ReadAt(make([]byte, blockSize), 0); err != nil {
		t.Fatal(err)
	}
	write(t, f, block, 0)
	if !bytes.Equal(below.data, block) {
		t.Fatal("the shared block waits")
	}
	for i := range int64(20) {
		write(t, f, block, (1+i)*blockSize)
	}
	if below.writes != 1 {
		t.Fatalf("%d writes before the sync", below.writes)
	}
	if err := f.Sync(0); err != nil || below.writes != 2 || len(below.synced) != 21*blockSize {
		t.Fatalf("%d writes, %d bytes synced, %v", below.writes, len(below.synced), err)
	}
}

func TestLargeTransactionTakesBoundedMemory(t *testing.T) {
	f := &gatherFile{File: &memory{}, waits: wholeFrames}
	for i := range int64(1000) {
		write(t, f, make([]byte, frame), walHeader+i*frame)
		if len(f.run) > gatherMax {
			t.Fatalf("%d bytes held", len(f.run))
		}
	}
}
