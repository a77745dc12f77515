package httpapi_test

import (
	"bytes"
	"crypto/sha256"
	"net/http"
	"strings"
	"testing"

	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/httpapi"
)

// announce has the member announce a blob of one chunk and gives the chunk's
// path.
func (b *bench) announce(data []byte) string {
	b.Helper()
	list := &syncproto.ChunkList{Size: int64(len(data)), Chunks: []syncproto.Hash{sha256.Sum256(data)}}
	encoded, err := list.Encode()
	if err != nil {
		b.Fatal(err)
	}
	name := syncproto.Hash(sha256.Sum256(encoded))
	req := &syncproto.BlobRequest{Workspace: syncproto.Workspace(b.member.Workspace), Blob: name, List: encoded}
	body, err := req.Encode()
	if err != nil {
		b.Fatal(err)
	}
	if r := b.send(b.carrying(http.MethodPost, "blobs", syncproto.TypeCBOR, body)); r.status != http.StatusOK {
		b.Fatalf("announce: status %d: %s", r.status, r.body)
	}
	return "blobs/" + name.String() + "/" + list.Name(0).String()
}

// carrying is a sound request with a body.
func (b *bench) carrying(method, rest, media string, body []byte) *ask {
	a := b.get(rest)
	a.method, a.body, a.digest = method, body, digest(body)
	a.header.Set("Content-Type", media)
	return a
}

// Given chunks that do not belong to a blob, or devices that are not admitted,
// then nothing is stored or handed out; the right chunk comes back as it was.
func TestChunksThroughTheService(t *testing.T) {
	b := newBench(t, func(cfg *httpapi.Config) { cfg.Store = &syncserver.Memory{} })
	b.answer(b.sync(b.member.Segments(1)...))
	data := []byte("the sealed bytes")
	path := b.announce(data)
	put := func(path string, body []byte) *ask {
		return b.carrying(http.MethodPut, path, syncproto.TypeBytes, body)
	}
	folder, _, _ := strings.Cut(path, "/0000")
	stranger := synctest.NewAuthor(plant, "stranger", 2)
	for what, test := range map[string]struct {
		ask  *ask
		code syncproto.Code
	}{
		"other bytes":            {put(path, []byte("other bytes")), syncproto.CodeMalformed},
		"a chunk not announced":  {put(strings.Replace(path, "/0000000000000001-", "/0000000000000002-", 1), data), syncproto.CodeAbsent},
		"number zero":            {put(strings.Replace(path, "/0000000000000001-", "/0000000000000000-", 1), data), syncproto.CodeAbsent},
		"a blob not announced":   {put("blobs/"+strings.Repeat("0", 64)+path[len(folder):], data), syncproto.CodeAbsent},
		"too much":               {put(path, make([]byte, syncproto.ChunkSize+1)), syncproto.CodeTooLarge},
		"not a blob":             {put("blobs/x"+path[len(folder):], data), syncproto.CodeAbsent},
		"the list":               {b.get(folder + "/list-" + folder[len("blobs/"):]), syncproto.CodeAbsent},
		"a chunk not yet sent":   {b.get(path), syncproto.CodeAbsent},
		"a stranger's chunk":     {put(path, data).by(stranger), syncproto.CodeUnknownDevice},
		"a stranger's question":  {b.carrying(http.MethodPost, "blobs", syncproto.TypeCBOR, data).by(stranger), syncproto.CodeUnknownDevice},
		"a question of rubbish":  {b.carrying(http.MethodPost, "blobs", syncproto.TypeCBOR, data), syncproto.CodeMalformed},
		"a chunk of wrong media": {b.carrying(http.MethodPut, path, syncproto.TypeCBOR, data), syncproto.CodeMedia},
	} {
		b.refused(what, test.ask.signed(t), test.code)
	}
	for range 2 {
		if r := b.send(put(path, data)); r.status != http.StatusOK {
			t.Fatalf("put: status %d: %s", r.status, r.body)
		}
	}
	if r := b.send(b.get(path)); r.status != http.StatusOK || !bytes.Equal(r.body, data) {
		t.Errorf("get: status %d, %q", r.status, r.body)
	}
	b.refused("a stranger's reading", b.get(path).by(stranger).signed(t), syncproto.CodeUnknownDevice)
}

// Given a service without a store for blobs, then it says so.
func TestNoBlobs(t *testing.T) {
	b := newBench(t, nil)
	b.refused("blobs", b.carrying(http.MethodPost, "blobs", syncproto.TypeCBOR, []byte{0}).signed(t), syncproto.CodeAbsent)
}
