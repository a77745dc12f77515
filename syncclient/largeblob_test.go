package syncclient_test

import (
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	locks "sync"
	"testing"

	"fieldbook/syncclient"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/httpapi"
)

// stretch is a blob that exists nowhere: every 64 KiB of it are zeros but for a few bytes that follow from their place.
type stretch struct{ size int64 }

const grain = 64 << 10

// ReadAt implements io.ReaderAt.
func (s stretch) ReadAt(p []byte, off int64) (int, error) {
	n := int(min(int64(len(p)), max(s.size-off, 0)))
	clear(p[:n])
	for at := (off + grain - 1) / grain * grain; at < off+int64(n); at += grain {
		var mark [8]byte
		binary.BigEndian.PutUint64(mark[:], rand.New(rand.NewPCG(uint64(at), 1)).Uint64())
		copy(p[at-off:n], mark[:])
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// checked takes a blob that is fetched, and keeps of it which chunks came, since it knows what they must be.
type checked struct {
	stretch
	mu   locks.Mutex
	have map[int64]bool
}

var errOtherBytes = errors.New("other bytes than those that were sent")

// WriteAt implements io.WriterAt, for whole chunks.
func (c *checked) WriteAt(p []byte, off int64) (int, error) {
	want := make([]byte, len(p))
	if _, err := c.stretch.ReadAt(want, off); err != nil {
		return 0, err
	}
	if string(want) != string(p) {
		return 0, errOtherBytes
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.have[off] = true
	return len(p), nil
}

// ReadAt implements io.ReaderAt: chunks that did not come are not there.
func (c *checked) ReadAt(p []byte, off int64) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.have[off/syncproto.ChunkSize*syncproto.ChunkSize] {
		return 0, io.EOF
	}
	return c.stretch.ReadAt(p, off)
}

// TestLargeBlobTravels sends a blob to a service over a folder and fetches it again, in memory that does not grow with it: of 50 MB,
// and with FIELDBOOK_LONG of the greatest size there is.
func TestLargeBlobTravels(t *testing.T) {
	from := stretch{50_000_000}
	if os.Getenv("FIELDBOOK_LONG") != "" {
		from.size = syncproto.MaxBlob - 1
	}
	list, err := syncproto.ListChunks(from.size, from)
	if err != nil {
		t.Fatal(err)
	}
	name, err := list.Blob()
	if err != nil {
		t.Fatal(err)
	}
	store, err := syncserver.OpenFolder(syncserver.FolderConfig{Path: t.TempDir(), Sizes: true})
	if err != nil {
		t.Fatal(err)
	}
	service, line := blobService(t, store, httpapi.Limits{})
	most := uint64(0)
	progress := func(int64, int64) {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapInuse)
	}
	if err := service.PutBlob(t.Context(), name, from.size, from, progress); err != nil {
		t.Fatal(err)
	}
	to := &checked{stretch: from, have: map[int64]bool{}}
	if err := service.GetBlob(t.Context(), name, from.size, to, progress); err != nil {
		t.Fatal(err)
	}
	if passed, chunks := line.take(), len(list.Chunks); passed != [3]int{chunks, chunks} || len(to.have) != chunks {
		t.Errorf("sent, got and past the service: %v of %d chunks, %d arrived", passed, chunks, len(to.have))
	}
	if most > 400<<20 { // both sides, several chunks at a time each
		t.Errorf("%d MiB of memory", most>>20)
	}
	t.Logf("%d bytes, at most %d MiB of memory", from.size, most>>20)
	if err := service.PutBlob(t.Context(), name, from.size+1, stretch{from.size + 1}, nil); !errors.Is(err, syncclient.ErrBlob) && !errors.Is(err, syncproto.ErrLimit) {
		t.Errorf("a byte more: %v", err)
	}
}
