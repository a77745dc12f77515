package syncproto

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// testList is that of a blob of three chunks.
func testList() *ChunkList {
	return &ChunkList{Size: 2*ChunkSize + 5, Chunks: []Hash{{1}, {2}, {3}}}
}

func listOf(t testing.TB, list *ChunkList) (Hash, []byte) {
	t.Helper()
	data, err := list.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return sha256.Sum256(data), data
}

func testBlobAnswer(t testing.TB) *BlobAnswer {
	_, data := listOf(t, testList())
	return &BlobAnswer{List: data, Chunks: []Ticket{
		{Held: true}, {URL: "https://bucket.example/a?b=c", Headers: []Header{{"x-amz-checksum-sha256", "AA=="}}}, {},
	}}
}

// Given a blob, then its list states each chunk's hash, and its name is the
// hash of the list.
func TestListOfABlob(t *testing.T) {
	data := bytes.Repeat([]byte("0123456789abcdef"), ChunkSize/16+10)
	list, err := ListChunks(int64(len(data)), bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	want := []Hash{sha256.Sum256(data[:ChunkSize]), sha256.Sum256(data[ChunkSize:])}
	if !slices.Equal(list.Chunks, want) || list.Length(0) != ChunkSize || list.Length(1) != 160 || list.Offset(1) != ChunkSize {
		t.Errorf("chunks %v, want %v", list.Chunks, want)
	}
	name, encoded := listOf(t, list)
	if blob, err := list.Blob(); err != nil || blob != name {
		t.Errorf("blob %v, %v; want %v", blob, err, name)
	}
	again, err := DecodeChunkList(name, encoded)
	if err != nil || !reflect.DeepEqual(again, list) {
		t.Errorf("read %v, %v", again, err)
	}
	if _, err := ListChunks(int64(len(data)+1), bytes.NewReader(data)); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a blob that is shorter than said: %v", err)
	}
}

// The example of docs/format/store.md.
func TestListOfTheSpecification(t *testing.T) {
	list, err := ListChunks(5, strings.NewReader("hello"))
	if err != nil {
		t.Fatal(err)
	}
	name, data := listOf(t, list)
	if got, want := fmt.Sprintf("%x", data), "a3000101050258202cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"; got != want {
		t.Errorf("list %s, want %s", got, want)
	}
	if want := "284670886085528b492a9fc542e25cfe5b2e7d13f95884ca9c08e68d7275d315"; name.String() != want {
		t.Errorf("blob %s, want %s", name, want)
	}
}

// Given lists of impossible sizes or of another blob, then they are refused.
func TestListsThatAreRefused(t *testing.T) {
	for _, list := range []*ChunkList{
		{}, {Size: -1}, {Size: MaxBlob + 1, Chunks: make([]Hash, MaxChunks+1)}, {Size: 1}, {Size: 1, Chunks: make([]Hash, 2)},
		{Size: ChunkSize + 1, Chunks: make([]Hash, 1)},
	} {
		if _, err := list.Encode(); err == nil {
			t.Errorf("%d bytes in %d chunks: written", list.Size, len(list.Chunks))
		}
	}
	_, data := listOf(t, testList())
	if _, err := DecodeChunkList(Hash{}, data); !errors.Is(err, ErrMalformed) {
		t.Errorf("the list of another blob: %v", err)
	}
}

// Given tickets that no honest service hands out, then they are refused.
func TestTicketsThatAreRefused(t *testing.T) {
	for kind, ticket := range map[string]Ticket{
		"long":             {URL: strings.Repeat("a", maxURL+1)},
		"with a line":      {URL: "https://x/\r\nHost: y"},
		"header name":      {URL: "https://x", Headers: []Header{{"a b", "c"}}},
		"header value":     {URL: "https://x", Headers: []Header{{"a", "c\nd: e"}}},
		"many headers":     {URL: "https://x", Headers: make([]Header, maxHeaders+1)},
		"headers alone":    {Headers: []Header{{"a", "c"}}},
		"nameless headers": {URL: "https://x", Headers: []Header{{"", "c"}}},
	} {
		if _, err := (&BlobAnswer{Chunks: []Ticket{ticket}}).Encode(); err == nil {
			t.Errorf("%s: written", kind)
		}
	}
	if err := (&BlobAnswer{Chunks: make([]Ticket, MaxChunks+1)}).Check(); !errors.Is(err, ErrLimit) {
		t.Errorf("too many: %v", err)
	}
}

// Whatever is read is within the limits and is written back byte for byte.
func FuzzBlob(f *testing.F) {
	blob, list := listOf(f, testList())
	seed(f, &BlobRequest{Blob: blob, List: list})
	seed(f, &BlobRequest{Blob: blob})
	seed(f, testBlobAnswer(f))
	seed(f, testList())
	f.Fuzz(func(t *testing.T, data []byte) {
		if r, err := DecodeBlobRequest(data); err == nil {
			same(t, r, data)
		}
		if a, err := DecodeBlobAnswer(data); err == nil {
			same(t, a, data)
		}
		if l, err := DecodeChunkList(sha256.Sum256(data), data); err == nil {
			same(t, l, data)
		}
	})
}
