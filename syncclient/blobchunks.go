package syncclient

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"fieldbook/syncproto"
)

// holds says whether the file has a chunk already.
func (t *transfer) holds(file io.ReaderAt, i int) bool {
	sum := sha256.New()
	n, err := io.Copy(sum, io.NewSectionReader(file, t.list.Offset(i), int64(t.list.Length(i))))
	return err == nil && n == int64(t.list.Length(i)) && syncproto.Hash(sum.Sum(nil)) == t.list.Chunks[i]
}

// send sends one chunk.
func (t *transfer) send(ctx context.Context, from io.ReaderAt, i int, ticket syncproto.Ticket) error {
	data := make([]byte, t.list.Length(i))
	if n, err := from.ReadAt(data, t.list.Offset(i)); n < len(data) {
		return fmt.Errorf("read blob: %w", err)
	}
	if sha256.Sum256(data) != t.list.Chunks[i] {
		return fmt.Errorf("%w any more: it was changed meanwhile", ErrBlob)
	}
	if t.past(ticket) {
		_, err := t.direct(ctx, http.MethodPut, ticket, data)
		if !errors.Is(err, errDirect) {
			return err
		}
		t.give()
	}
	return t.service.send(ctx, t.chunk(http.MethodPut, i, data, func([]byte) error { return nil }))
}

// fetch fetches one chunk, checks it and writes it to its place.
func (t *transfer) fetch(ctx context.Context, to io.WriterAt, i int, ticket syncproto.Ticket) error {
	data, err := t.load(ctx, i, ticket)
	if err != nil {
		return err
	}
	if len(data) != t.list.Length(i) || sha256.Sum256(data) != t.list.Chunks[i] {
		return fmt.Errorf("chunk %d: %w: damaged at the service; a laptop that has it repairs it by sending it again", i+1, ErrBlob)
	}
	if _, err := to.WriteAt(data, t.list.Offset(i)); err != nil {
		return fmt.Errorf("write blob: %w", err)
	}
	return nil
}

// load gets the bytes of one chunk.
func (t *transfer) load(ctx context.Context, i int, ticket syncproto.Ticket) ([]byte, error) {
	if t.past(ticket) {
		data, err := t.direct(ctx, http.MethodGet, ticket, nil)
		if !errors.Is(err, errDirect) {
			return data, err
		}
		t.give()
	}
	var data []byte
	err := t.service.send(ctx, t.chunk(http.MethodGet, i, nil, func(body []byte) error {
		data = body
		return nil
	}))
	return data, err
}

// chunk is a request for a chunk to the service itself.
func (t *transfer) chunk(method string, i int, body []byte, read func([]byte) error) *exchange {
	x := &exchange{method: method, path: t.service.path("blobs/" + t.req.Blob.String() + "/" + t.list.Name(i).String()),
		body: body, accept: syncproto.TypeBytes, read: read, limit: syncproto.ChunkSize, timeout: chunkTime}
	if body != nil {
		x.media = syncproto.TypeBytes
	}
	return x
}

// errDirect says that the store could not be reached past the service.
var errDirect = errors.New("store not reached")

// past says whether a chunk goes past the service.
func (t *transfer) past(ticket syncproto.Ticket) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return ticket.URL != "" && !t.through && t.service.trusts(ticket.URL)
}

// give gives up going past the service in this transfer.
func (t *transfer) give() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.through = true
}

// trusts says whether a URL of the service's choice may be asked: a service
// elsewhere gets no requests into this machine.
func (s *Service) trusts(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" {
		return false
	}
	if !loopback(u.Hostname()) {
		return u.Scheme == "https"
	}
	for _, r := range s.regions {
		if !loopback(r.base.Hostname()) {
			return false
		}
	}
	return u.Scheme == "https" || u.Scheme == "http"
}

// direct sends a request to the store with what the ticket says and nothing
// else: the URL carries its own signature. 412 says that the chunk is there.
func (t *transfer) direct(ctx context.Context, method string, ticket syncproto.Ticket, body []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, chunkTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, ticket.URL, bytes.NewReader(body))
	if err != nil {
		return nil, errDirect
	}
	for _, h := range ticket.Headers {
		req.Header.Set(h.Name, h.Value)
	}
	if method == http.MethodPut {
		req.Header.Set("Expect", "100-continue") // a refusal comes before 8 MiB were sent
	}
	resp, err := t.service.client.Do(req)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, errDirect
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusPreconditionFailed && method == http.MethodPut:
		return nil, nil
	case resp.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("the store refuses a chunk with status %d: %w", resp.StatusCode, syncproto.ErrTemporary)
	}
	data, err := readCapped(resp.Body, syncproto.ChunkSize)
	if err != nil {
		return nil, fmt.Errorf("read chunk: %w: %w", syncproto.ErrTemporary, err)
	}
	return data, nil
}
