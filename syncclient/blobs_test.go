package syncclient_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	locks "sync"
	"testing"
	"time"

	"fieldbook/internal/testkit/s3test"
	"fieldbook/internal/testkit/servicetest"
	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/httpapi"
)

// traffic counts the chunks that a device sends and fetches, and cuts them.
type traffic struct {
	mu locks.Mutex
	// sent and got count whole chunks; direct counts those past the service.
	sent, got, direct int
	// room is how many more chunks pass before the line is cut; negative: all.
	room int
}

// RoundTrip implements http.RoundTripper.
func (n *traffic) RoundTrip(r *http.Request) (*http.Response, error) {
	if !strings.Contains(r.URL.Path, "/blobs/") {
		return http.DefaultTransport.RoundTrip(r)
	}
	n.mu.Lock()
	if n.room == 0 {
		n.mu.Unlock()
		return nil, io.ErrClosedPipe
	}
	n.room--
	n.mu.Unlock()
	resp, err := http.DefaultTransport.RoundTrip(r)
	n.mu.Lock()
	defer n.mu.Unlock()
	if err == nil && resp.StatusCode == http.StatusOK {
		if r.Method == http.MethodPut {
			n.sent++
		} else {
			n.got++
		}
		if r.URL.RawQuery != "" {
			n.direct++
		}
	}
	return resp, err
}

// take gives what passed since the last take.
func (n *traffic) take() [3]int {
	n.mu.Lock()
	defer n.mu.Unlock()
	out := [3]int{n.sent, n.got, n.direct}
	n.sent, n.got, n.direct = 0, 0, 0
	return out
}

// blobService is a service over a store, a member's remote of it, and the line
// between.
func blobService(t *testing.T, store syncserver.Store, limits httpapi.Limits) (*syncclient.Service, *traffic) {
	t.Helper()
	member := synctest.NewAuthor("plant", "member", 1)
	handler := servicetest.Handler(t, httpapi.Config{
		Store: store, Replicas: servicetest.NewReplicas(&syncserver.Memory{}, member), Limits: limits})
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	line := &traffic{room: -1}
	cfg := servicetest.Config(member, server.URL)
	cfg.Client = &http.Client{Transport: line}
	return servicetest.Remote(t, cfg), line
}

// blob makes the bytes of a blob of three chunks, and its name.
func blob(t *testing.T) ([]byte, syncproto.Hash) {
	t.Helper()
	data := make([]byte, 2*syncproto.ChunkSize+777)
	random := rand.NewChaCha8([32]byte{1})
	if _, err := random.Read(data); err != nil {
		t.Fatal(err)
	}
	list, err := syncproto.ListChunks(int64(len(data)), bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	name, err := list.Blob()
	if err != nil {
		t.Fatal(err)
	}
	return data, name
}

// target is a file to fetch a blob to.
func target(t *testing.T) *os.File {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "blob"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}

func contents(t *testing.T, file *os.File) []byte {
	t.Helper()
	data, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// blobStores are the ways that a chunk can go: through the service or past it.
func blobStores(t *testing.T) map[string]syncserver.Store {
	return map[string]syncserver.Store{"through the service": &syncserver.Memory{}, "past it": s3test.Start(t).Store(t, "")}
}

// Given a blob that is sent with a cut in between, then it goes on where it was,
// arrives whole, and nothing travels twice, in either direction.
func TestBlobsTravelOnce(t *testing.T) {
	data, name := blob(t)
	size := int64(len(data))
	for way, store := range blobStores(t) {
		service, line := blobService(t, store, httpapi.Limits{})
		direct := 0
		if _, past := store.(syncserver.Presigner); past {
			direct = 1
		}
		check := func(what string, err, want error, passed [3]int) {
			t.Helper()
			passed[2] = direct * (passed[0] + passed[1])
			if got := line.take(); !errors.Is(err, want) || got != passed {
				t.Fatalf("%s, %s: %v (want %v), sent, got, direct %v (want %v)", way, what, err, want, got, passed)
			}
		}
		line.room = 1
		err := service.PutBlob(t.Context(), name, size, bytes.NewReader(data), nil)
		check("cut", err, syncproto.ErrTemporary, [3]int{1})
		line.room = -1
		part := target(t)
		check("half of it", service.GetBlob(t.Context(), name, size, part, nil), syncclient.ErrIncomplete, [3]int{0, 1})
		var told []int64
		progress := func(done, total int64) { told = append(told, done, total) }
		check("the rest", service.PutBlob(t.Context(), name, size, bytes.NewReader(data), progress), nil, [3]int{2})
		if len(told) == 0 || told[len(told)-1] != size || slices.Max(told) > size {
			t.Errorf("%s: progress %v, want up to %d", way, told, size)
		}
		check("again", service.PutBlob(t.Context(), name, size, bytes.NewReader(data), nil), nil, [3]int{})
		check("the other half", service.GetBlob(t.Context(), name, size, part, nil), nil, [3]int{0, 2})
		check("get again", service.GetBlob(t.Context(), name, size, part, nil), nil, [3]int{})
		if _, err := part.WriteAt([]byte("flip"), 5); err != nil {
			t.Fatal(err)
		}
		check("what was damaged", service.GetBlob(t.Context(), name, size, part, nil), nil, [3]int{0, 1})
		if !bytes.Equal(contents(t, part), data) {
			t.Errorf("%s: other bytes arrived", way)
		}
	}
}

// Given a chunk that was damaged at the service, then it is not taken for the
// blob's, and a device that has the blob repairs it.
func TestDamagedBlobsAreRepaired(t *testing.T) {
	data, name := blob(t)
	store := &syncserver.Memory{}
	service, line := blobService(t, store, httpapi.Limits{})
	if err := service.PutBlob(t.Context(), name, int64(len(data)), bytes.NewReader(data), nil); err != nil {
		t.Fatal(err)
	}
	workspace := syncproto.Workspace(synctest.WorkspaceID("plant"))
	chunk := syncproto.Name{Number: 2, Hash: sha256.Sum256(data[syncproto.ChunkSize : 2*syncproto.ChunkSize])}
	store.Put(syncproto.ChunkPath(workspace, name, chunk), data[:syncproto.ChunkSize])
	file := target(t)
	if err := service.GetBlob(t.Context(), name, int64(len(data)), file, nil); err == nil {
		t.Fatal("the damage was not found")
	}
	line.take()
	if err := service.PutBlob(t.Context(), name, int64(len(data)), bytes.NewReader(data), nil); err != nil || line.take()[0] != 1 {
		t.Fatalf("repair: %v", err)
	}
	if err := service.GetBlob(t.Context(), name, int64(len(data)), file, nil); err != nil || !bytes.Equal(contents(t, file), data) {
		t.Errorf("after repair: %v", err)
	}
}

// Given bytes that are not the blob's, a blob that does not fit or that nobody
// sent, then each is refused for its reason.
func TestBlobsThatAreRefused(t *testing.T) {
	data, name := blob(t)
	size := int64(len(data))
	small, _ := blobService(t, &syncserver.Memory{}, httpapi.Limits{StorageBytes: size - 1})
	service, _ := blobService(t, &syncserver.Memory{}, httpapi.Limits{})
	put := func(s *syncclient.Service, data []byte, size int64) error {
		return s.PutBlob(t.Context(), name, size, bytes.NewReader(data), nil)
	}
	absent := service.GetBlob(t.Context(), name, size, target(t), nil)
	var refused *syncclient.ServiceError
	if !errors.As(absent, &refused) || refused.Code != syncproto.CodeAbsent {
		t.Errorf("a blob that nobody sent: %v", absent)
	}
	if err := put(small, data, size); !errors.Is(err, syncclient.ErrFull) {
		t.Errorf("a blob that does not fit: %v, want ErrFull", err)
	}
	if err := put(service, data[1:], size-1); !errors.Is(err, syncclient.ErrBlob) {
		t.Errorf("other bytes: %v, want ErrBlob", err)
	}
	if err := put(service, data, syncproto.MaxBlob+1); !errors.Is(err, syncproto.ErrLimit) {
		t.Errorf("too long: %v, want ErrLimit", err)
	}
	if err := put(service, data, size); err != nil {
		t.Fatal(err)
	}
	if err := service.GetBlob(t.Context(), name, size+1, target(t), nil); !errors.Is(err, syncclient.ErrBlob) {
		t.Errorf("another size: %v, want ErrBlob", err)
	}
}

// astray is a store that says of itself that it can be reached elsewhere.
type astray struct {
	syncserver.Store
	url string
}

// PresignPut implements syncserver.Presigner.
func (a astray) PresignPut(context.Context, string, int64, [32]byte, time.Duration) (string, http.Header, error) {
	return a.url, http.Header{"If-None-Match": {"*"}}, nil
}

// PresignGet implements syncserver.Presigner.
func (a astray) PresignGet(context.Context, string, time.Duration) (string, error) { return a.url, nil }

// Given a store that devices cannot reach, or addresses that no service has
// business to send them to, then chunks go through the service.
func TestBlobsGoThroughTheServiceOtherwise(t *testing.T) {
	data, name := blob(t)
	for _, url := range []string{
		"https://127.0.0.1:1/blobs/", "http://192.0.2.1/blobs/", "https://user@127.0.0.1:1/blobs/", "ftp://127.0.0.1/blobs/", "%",
	} {
		service, line := blobService(t, astray{&syncserver.Memory{}, url}, httpapi.Limits{})
		if err := service.PutBlob(t.Context(), name, int64(len(data)), bytes.NewReader(data), nil); err != nil {
			t.Fatalf("%s: put: %v", url, err)
		}
		file := target(t)
		if err := service.GetBlob(t.Context(), name, int64(len(data)), file, nil); err != nil || !bytes.Equal(contents(t, file), data) {
			t.Errorf("%s: get: %v", url, err)
		}
		if got := line.take(); got != [3]int{3, 3, 0} {
			t.Errorf("%s: %v", url, got)
		}
	}
}

// liar is a service that takes chunks and never has them.
type liar struct{ syncserver.Store }

func (l liar) List(context.Context, string, string, int) ([]syncserver.Entry, error) { return nil, nil }

// Given a service that takes every chunk and keeps none, then sending ends.
func TestSendingToALiarEnds(t *testing.T) {
	data := []byte("a blob of one chunk")
	list := &syncproto.ChunkList{Size: int64(len(data)), Chunks: []syncproto.Hash{sha256.Sum256(data)}}
	name, err := list.Blob()
	if err != nil {
		t.Fatal(err)
	}
	service, _ := blobService(t, liar{&syncserver.Memory{}}, httpapi.Limits{})
	if err := service.PutBlob(t.Context(), name, list.Size, bytes.NewReader(data), nil); !errors.Is(err, syncclient.ErrProtocol) {
		t.Errorf("%v, want ErrProtocol", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := service.PutBlob(ctx, name, list.Size, bytes.NewReader(data), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want the context's end", err)
	}
}
