package syncserver

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"fieldbook/syncproto"
)

// validity is how long a presigned URL may be used: time enough for a chunk on
// a slow line, and for those before it.
const validity = time.Hour

// maxBlobObjects bounds the objects of all blobs of a workspace: more than
// limits of storage admit, and what is listed to enforce these.
const maxBlobObjects = 200_000

// Blobs moves blobs between devices and a Store. It keeps no state. Safe for
// concurrent use.
//
// A blob lies in the store as its list, <workspace>/blobs/<blob>/list-<blob>,
// and its chunks beside it, <number, 16 hex>-<hash>. The list is stored when a
// blob is announced; the blob is complete when all chunks are there.
type Blobs struct {
	store Store
	// signer is the store if devices can reach it past the service.
	signer Presigner
}

// NewBlobs makes a Blobs. Devices send and fetch chunks past the service if the
// store is a Presigner.
func NewBlobs(store Store) *Blobs {
	signer, _ := store.(Presigner)
	return &Blobs{store: store, signer: signer}
}

// Ask answers where the chunks of a blob go, which room more bytes are allowed
// for, or where they are. ErrAbsent: nobody has announced the blob. ErrFull: it
// does not fit.
func (b *Blobs) Ask(ctx context.Context, req *syncproto.BlobRequest, room int64) (*syncproto.BlobAnswer, error) {
	if req.List == nil {
		return b.find(ctx, req)
	}
	list, err := syncproto.DecodeChunkList(req.Blob, req.List)
	if err != nil {
		return nil, err
	}
	if err := b.fits(ctx, req, list, room); err != nil {
		return nil, err
	}
	err = b.store.Create(ctx, syncproto.ListPath(req.Workspace, req.Blob), req.List, nil)
	if err != nil && !errors.Is(err, ErrExists) {
		return nil, fmt.Errorf("store chunk list: %w", err)
	}
	return b.tickets(ctx, req, list, req.List)
}

// find answers where the chunks of an announced blob are.
func (b *Blobs) find(ctx context.Context, req *syncproto.BlobRequest) (*syncproto.BlobAnswer, error) {
	list, data, err := b.list(ctx, req.Workspace, req.Blob)
	if err != nil {
		return nil, err
	}
	return b.tickets(ctx, req, list, data)
}

// list reads the list of an announced blob.
func (b *Blobs) list(ctx context.Context, workspace syncproto.Workspace, blob syncproto.Hash) (*syncproto.ChunkList, []byte, error) {
	data, _, err := b.store.Get(ctx, syncproto.ListPath(workspace, blob), syncproto.MaxSegment)
	if err != nil {
		return nil, nil, fmt.Errorf("read chunk list: %w", err)
	}
	list, err := syncproto.DecodeChunkList(blob, data)
	if err != nil { // a file that was put there past this code
		return nil, nil, fmt.Errorf("read chunk list: %w: %w", ErrDamaged, err)
	}
	return list, data, nil
}

// fits says whether a blob may be stored: what is held of it counts once.
func (b *Blobs) fits(ctx context.Context, req *syncproto.BlobRequest, list *syncproto.ChunkList, room int64) error {
	room -= list.Size
	objects, own := 0, req.Blob.String()+"/"
	for after := ""; ; {
		found, err := b.store.List(ctx, syncproto.BlobFolder(req.Workspace), after, listing)
		if err != nil {
			return fmt.Errorf("list blobs: %w", err)
		}
		objects += len(found)
		for _, entry := range found {
			if !strings.HasPrefix(entry.Name, own) {
				room -= entry.Size
			}
		}
		if room < 0 || objects > maxBlobObjects {
			return fmt.Errorf("store blob of %d bytes: %w", list.Size, ErrFull)
		}
		if len(found) < listing {
			return nil
		}
		after = found[len(found)-1].Name
	}
}

// tickets says for each chunk how it travels.
func (b *Blobs) tickets(ctx context.Context, req *syncproto.BlobRequest, list *syncproto.ChunkList, data []byte) (*syncproto.BlobAnswer, error) {
	held, err := b.held(ctx, req)
	if err != nil {
		return nil, err
	}
	answer := &syncproto.BlobAnswer{List: data, Chunks: make([]syncproto.Ticket, len(list.Chunks))}
	for i := range list.Chunks {
		ticket := &answer.Chunks[i]
		ticket.Held = held[list.Name(i)]
		if b.signer == nil || ticket.Held == (req.List != nil) {
			continue // nothing to send or fetch, or by the service
		}
		if err := b.sign(ctx, req, list, i, ticket); err != nil {
			return nil, err
		}
	}
	return answer, nil
}

// held lists the chunks of a blob that are there. What was found damaged is
// sent again.
func (b *Blobs) held(ctx context.Context, req *syncproto.BlobRequest) (map[syncproto.Name]bool, error) {
	folder := syncproto.BlobFolder(req.Workspace) + "/" + req.Blob.String()
	found, err := b.store.List(ctx, folder, "", listing)
	if err != nil {
		return nil, fmt.Errorf("list chunks: %w", err)
	}
	held := make(map[syncproto.Name]bool, len(found))
	for _, entry := range found {
		if name, err := syncproto.ParseName(entry.Name); err == nil && !entry.Damaged {
			held[name] = true
		}
	}
	return held, nil
}

// sign fills in where a chunk goes or is, past the service.
func (b *Blobs) sign(ctx context.Context, req *syncproto.BlobRequest, list *syncproto.ChunkList, i int, ticket *syncproto.Ticket) (err error) {
	path := syncproto.ChunkPath(req.Workspace, req.Blob, list.Name(i))
	if ticket.Held {
		ticket.URL, err = b.signer.PresignGet(ctx, path, validity)
		return err
	}
	url, header, err := b.signer.PresignPut(ctx, path, int64(list.Length(i)), list.Chunks[i], validity)
	if err != nil {
		return err
	}
	ticket.URL = url
	for name, values := range header {
		if name = strings.ToLower(name); name != "content-length" { // every client sends it
			ticket.Headers = append(ticket.Headers, syncproto.Header{Name: name, Value: strings.Join(values, ",")})
		}
	}
	return nil
}

// Put stores a chunk of an announced blob. ErrAbsent: the blob was not
// announced, or has no such chunk. ErrName: the bytes are not the chunk's.
func (b *Blobs) Put(ctx context.Context, workspace syncproto.Workspace, blob syncproto.Hash, chunk syncproto.Name, data []byte) error {
	list, _, err := b.list(ctx, workspace, blob)
	if err != nil {
		return err
	}
	if chunk.Number < 1 || chunk.Number > uint64(len(list.Chunks)) || list.Name(int(chunk.Number)-1) != chunk {
		return fmt.Errorf("store chunk: %w in this blob", ErrAbsent)
	}
	err = b.store.Create(ctx, syncproto.ChunkPath(workspace, blob, chunk), data, nil)
	if err != nil && !errors.Is(err, ErrExists) {
		return fmt.Errorf("store chunk: %w", err)
	}
	return nil
}

// Get reads a chunk.
func (b *Blobs) Get(ctx context.Context, workspace syncproto.Workspace, blob syncproto.Hash, chunk syncproto.Name) ([]byte, error) {
	data, _, err := b.store.Get(ctx, syncproto.ChunkPath(workspace, blob, chunk), syncproto.ChunkSize)
	if err != nil {
		return nil, fmt.Errorf("read chunk: %w", err)
	}
	return data, nil
}
