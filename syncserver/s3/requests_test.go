package s3_test

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fieldbook/internal/testkit/s3test"
	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/storetest"
)

// tally counts requests by operation.
type tally struct {
	mu    sync.Mutex
	calls map[string]int
}

func (c *tally) count(operation string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.calls == nil {
		c.calls = map[string]int{}
	}
	c.calls[operation]++
}

// take gives what was counted since the last take.
func (c *tally) take() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	calls := c.calls
	c.calls = nil
	return calls
}

// Given 5 feeds of 200 segments, then a no-op takes 1 request to S3, a push of
// one edit 3, and a pull of 10 segments 11.
func TestRequestsOfAnExchange(t *testing.T) {
	var tally tally
	cfg := s3test.Start(t).Config()
	cfg.Count = tally.count
	store := open(t, cfg)
	authors, have := plant(t, store)
	workspace := syncproto.Workspace(synctest.WorkspaceID("plant"))
	exchange := func(what string, req *syncproto.Request, segments int, want map[string]int) {
		t.Helper()
		tally.take()
		req.Workspace = workspace
		answer, err := syncserver.New(syncserver.Config{Store: store}).Exchange(t.Context(), req)
		if err != nil || len(answer.Refused) > 0 || len(answer.Segments) != segments || int(answer.Stored) != len(req.Segments) {
			t.Fatalf("%s: %+v, %v", what, answer, err)
		}
		if got := tally.take(); !maps.Equal(got, want) {
			t.Errorf("%s took %v, want %v", what, got, want)
		}
	}
	exchange("a no-op", &syncproto.Request{Have: have}, 0, map[string]int{"ListObjectsV2": 1})
	behind := slices.Clone(have)
	behind[2] = syncproto.Holding(have[2].Feed, authors[2].names[:len(authors[2].names)-10])
	exchange("a pull of 10", &syncproto.Request{Have: behind}, 10, map[string]int{"ListObjectsV2": 1, "GetObject": 10})
	edit := authors[0].Segments(1)
	have[0] = syncproto.Holding(have[0].Feed, append(authors[0].names, edit[0].Name()))
	exchange("a push", &syncproto.Request{Have: have, Segments: edit}, 0,
		map[string]int{"ListObjectsV2": 1, "GetObject": 1, "PutObject": 1})
}

// writer is an author with what was stored of it.
type writer struct {
	*synctest.Author
	names []syncproto.Name
}

// plant stores 5 feeds of 200 segments and gives what a device has that holds
// them all.
func plant(t *testing.T, store syncserver.Store) ([]writer, []syncproto.Have) {
	t.Helper()
	var writers []writer
	var have []syncproto.Have
	var wait sync.WaitGroup
	for i := range 5 {
		w := writer{Author: synctest.NewAuthor("plant", fmt.Sprintf("author %d", i), uint64(i+1))}
		segments := w.Segments(200)
		for _, s := range segments {
			w.names = append(w.names, s.Name())
		}
		wait.Go(func() {
			for _, s := range segments {
				path := syncproto.Path(syncproto.Workspace(w.Workspace), s.Feed, s.Name())
				if err := store.Create(t.Context(), path, s.Data, nil); err != nil {
					t.Error(err)
				}
			}
		})
		writers = append(writers, w)
		have = append(have, syncproto.Holding(w.Feed(), w.names))
	}
	wait.Wait()
	return writers, have
}

// Given more objects than one answer lists, then all are listed, in order: long
// folders side by side, many short ones one answer after the other.
func TestListingManyObjects(t *testing.T) {
	for _, test := range []struct{ folders, objects, most int }{{3, 1400, 9}, {120, 20, 3}} {
		var tally tally
		cfg := fake(t)
		cfg.Count = tally.count
		store := open(t, cfg)
		var want []string
		for folder := range test.folders {
			for object := range test.objects {
				data := []byte(fmt.Sprint(folder, object))
				name := storetest.Name(fmt.Sprintf("w/feeds/f-%03d", folder), fmt.Sprintf("%08d", object), data)
				if err := store.Create(t.Context(), name, data, nil); err != nil {
					t.Fatal(err)
				}
				want = append(want, strings.TrimPrefix(name, "w/feeds/"))
			}
		}
		tally.take()
		for _, limit := range []int{1 << 14, 1700} {
			entries, err := store.List(t.Context(), "w/feeds", "", limit)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range entries {
				got = append(got, e.Name)
			}
			if !slices.Equal(got, want[:min(limit, len(want))]) {
				t.Errorf("%d folders, limit %d: %d of %d names, or out of order", test.folders, limit, len(got), len(want))
			}
			if calls := tally.take()["ListObjectsV2"]; calls > test.most {
				t.Errorf("%d folders: %d requests, want %d", test.folders, calls, test.most)
			}
		}
	}
}

// Given URLs that the store signed, then they create exactly the object they
// are for, once, and read it; and nothing else.
func TestPresignedURLs(t *testing.T) {
	store := s3test.Start(t).Store(t, "signed")
	data := bytes.Repeat([]byte{7}, 1<<20)
	name := storetest.Name("w/blobs/b", "01", data)
	hash, err := syncserver.HashOf(name)
	if err != nil {
		t.Fatal(err)
	}
	url, header, err := store.PresignPut(t.Context(), name, int64(len(data)), hash, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	other := slices.Clone(data)
	other[0]++
	without := header.Clone()
	without.Del("If-None-Match")
	for kind, status := range map[string]int{
		"other bytes":            send(t, http.MethodPut, url, header, other),
		"fewer bytes":            send(t, http.MethodPut, url, header, data[:10]),
		"headers left out":       send(t, http.MethodPut, url, without, data),
		"another name":           send(t, http.MethodPut, strings.Replace(url, "/b/01-", "/b/02-", 1), header, data),
		"another method":         send(t, http.MethodDelete, url, nil, nil),
		"reading what is not it": send(t, http.MethodGet, url, nil, nil),
	} {
		if status < 400 {
			t.Errorf("%s: status %d", kind, status)
		}
	}
	if _, err := store.Note(t.Context(), name); err == nil {
		t.Error("something was stored")
	}
	if status := send(t, http.MethodPut, url, header, data); status != http.StatusOK {
		t.Fatalf("put: status %d", status)
	}
	if status := send(t, http.MethodPut, url, header, data); status < 400 {
		t.Errorf("put again: status %d", status)
	}
	if got, _, err := store.Get(t.Context(), name, len(data)); err != nil || !bytes.Equal(got, data) {
		t.Errorf("stored %d bytes, %v", len(got), err)
	}
	if url, err = store.PresignGet(t.Context(), name, time.Minute); err != nil {
		t.Fatal(err)
	}
	if status := send(t, http.MethodGet, url, nil, nil); status != http.StatusOK {
		t.Errorf("get: status %d", status)
	}
}

// send sends a request and gives its status.
func send(t *testing.T, method, url string, header http.Header, data []byte) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for key, values := range header {
		if key != "Content-Length" {
			req.Header[key] = values
		}
	}
	req.Header.Set("Expect", "100-continue")
	resp, err := http.DefaultClient.Do(req)
	if err != nil { // refused before the body was sent
		return http.StatusTeapot
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode
}
