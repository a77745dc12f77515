package syncproto

import (
	"fmt"
	"strings"
)

// TypeBytes is the content type of chunks.
const TypeBytes = "application/octet-stream"

// Limits of tickets.
const (
	maxURL     = 4096
	maxHeaders = 16
	maxHeader  = 1024
)

// The wire form of the messages about blobs.
type (
	wireBlobRequest struct {
		Version   uint64    `cbor:"0,keyasint"`
		Workspace Workspace `cbor:"1,keyasint"`
		Blob      Hash      `cbor:"2,keyasint"`
		List      []byte    `cbor:"3,keyasint"`
	}
	wireBlobAnswer struct {
		Version uint64       `cbor:"0,keyasint"`
		List    []byte       `cbor:"1,keyasint"`
		Chunks  []wireTicket `cbor:"2,keyasint"`
	}
	wireTicket struct {
		_       struct{} `cbor:",toarray"`
		Held    bool
		URL     string
		Headers []wireHeader
	}
	wireHeader struct {
		_           struct{} `cbor:",toarray"`
		Name, Value string
	}
)

// BlobRequest asks where the chunks of a blob go, or where they are.
type BlobRequest struct {
	// Workspace is the workspace spoken of.
	Workspace Workspace
	// Blob names the blob.
	Blob Hash
	// List is the blob's encoded ChunkList when chunks are to be sent, nil when
	// they are to be fetched.
	List []byte
}

// BlobAnswer says for each chunk of a blob where it goes or is.
type BlobAnswer struct {
	// List is the blob's encoded ChunkList.
	List []byte
	// Chunks are in the order of the list, one for each.
	Chunks []Ticket
}

// Ticket says how one chunk travels.
type Ticket struct {
	// Held says that the service has the chunk. Then it can be fetched, else it
	// can be sent.
	Held bool
	// URL is where, with a PUT or GET and no other credentials; empty: by a
	// signed request to the service.
	URL string
	// Headers must be sent with it.
	Headers []Header
}

// Header is one header of a request.
type Header struct{ Name, Value string }

// Check says whether the request keeps the limits of the protocol.
func (r *BlobRequest) Check() error {
	if r.List == nil {
		return nil
	}
	_, err := DecodeChunkList(r.Blob, r.List)
	return err
}

// Check says whether the answer keeps the limits of the protocol.
func (a *BlobAnswer) Check() error {
	if len(a.Chunks) > MaxChunks {
		return fmt.Errorf("%w: %d chunks", ErrLimit, len(a.Chunks))
	}
	for i := range a.Chunks {
		if err := a.Chunks[i].check(); err != nil {
			return fmt.Errorf("ticket %d: %w", i, err)
		}
	}
	return nil
}

func (t *Ticket) check() error {
	if len(t.URL) > maxURL || len(t.Headers) > maxHeaders {
		return ErrLimit
	}
	if !visible(t.URL) || t.URL == "" && len(t.Headers) > 0 {
		return fmt.Errorf("%w: not a URL", ErrMalformed)
	}
	for _, h := range t.Headers {
		if h.Name == "" || len(h.Name)+len(h.Value) > maxHeader {
			return fmt.Errorf("%w: header", ErrLimit)
		}
		if strings.Trim(h.Name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || !visible(strings.ReplaceAll(h.Value, " ", "")) {
			return fmt.Errorf("%w: header", ErrMalformed)
		}
	}
	return nil
}

// visible says whether a text is of visible ASCII only.
func visible(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < '!' || r > '~' })
}

// Encode writes the request after checking its limits.
func (r *BlobRequest) Encode() ([]byte, error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	return encode(&wireBlobRequest{Version: Version, Workspace: r.Workspace, Blob: r.Blob, List: r.List})
}

// DecodeBlobRequest reads a request and checks its limits. It accepts exactly
// the bytes that Encode writes.
func DecodeBlobRequest(data []byte) (*BlobRequest, error) {
	var w wireBlobRequest
	if err := unmarshal(data, &w); err != nil {
		return nil, fmt.Errorf("read blob request: %w", err)
	}
	r := &BlobRequest{Workspace: w.Workspace, Blob: w.Blob, List: absent(w.List)}
	if err := r.Check(); err != nil {
		return nil, fmt.Errorf("read blob request: %w", err)
	}
	return r, nil
}

// Encode writes the answer after checking its limits.
func (a *BlobAnswer) Encode() ([]byte, error) {
	if err := a.Check(); err != nil {
		return nil, err
	}
	w := wireBlobAnswer{Version: Version, List: a.List, Chunks: make([]wireTicket, len(a.Chunks))}
	for i, t := range a.Chunks {
		w.Chunks[i] = wireTicket{Held: t.Held, URL: t.URL, Headers: make([]wireHeader, len(t.Headers))}
		for j, h := range t.Headers {
			w.Chunks[i].Headers[j] = wireHeader{Name: h.Name, Value: h.Value}
		}
	}
	return encode(&w)
}

// DecodeBlobAnswer reads an answer and checks its limits. It accepts exactly
// the bytes that Encode writes. Whether the list is that of the blob asked for
// is for DecodeChunkList to say.
func DecodeBlobAnswer(data []byte) (*BlobAnswer, error) {
	var w wireBlobAnswer
	if err := unmarshal(data, &w); err != nil {
		return nil, fmt.Errorf("read blob answer: %w", err)
	}
	a := &BlobAnswer{List: absent(w.List)}
	for _, t := range w.Chunks {
		ticket := Ticket{Held: t.Held, URL: t.URL}
		for _, h := range t.Headers {
			ticket.Headers = append(ticket.Headers, Header{Name: h.Name, Value: h.Value})
		}
		a.Chunks = append(a.Chunks, ticket)
	}
	if err := a.Check(); err != nil {
		return nil, fmt.Errorf("read blob answer: %w", err)
	}
	return a, nil
}
