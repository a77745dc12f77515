package syncclient

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"fieldbook/syncproto"
)

// Errors of moving blobs.
var (
	// ErrBlob says that bytes are not those of the blob that they are said to be.
	ErrBlob = errors.New("not the bytes of this blob")
	// ErrIncomplete says that the service does not have all of a blob yet; what
	// it has was fetched.
	ErrIncomplete = errors.New("the service does not have all of it yet; have the laptop that sent it sync again")
)

// BlobFile is where a blob is fetched to. What it holds already is kept if it
// is right.
type BlobFile interface {
	io.ReaderAt
	io.WriterAt
}

// Bounds of moving a blob: how many chunks travel at one time, how often the
// service is asked, and how long a chunk may take.
const (
	lanes     = 4
	maxRounds = 16
	chunkTime = 10 * time.Minute
)

// PutBlob sends a blob of size bytes, whose name is that of its chunk list
// (syncproto.ListChunks). Chunks that the service holds are not sent again, so
// a transfer that was cut goes on where it was. The service holds all of it
// when nil is returned. progress, if not nil, is told how many bytes are there.
func (s *Service) PutBlob(ctx context.Context, blob syncproto.Hash, size int64, from io.ReaderAt, progress func(done, total int64)) error {
	list, err := syncproto.ListChunks(size, from)
	if err != nil {
		return fmt.Errorf("send blob: %w", err)
	}
	if name, err := list.Blob(); err != nil || name != blob {
		return fmt.Errorf("send blob: %w", errors.Join(ErrBlob, err))
	}
	encoded, err := list.Encode()
	if err != nil {
		return fmt.Errorf("send blob: %w", err)
	}
	req := &syncproto.BlobRequest{Workspace: s.cfg.Workspace, Blob: blob, List: encoded}
	t := &transfer{service: s, req: req, progress: progress}
	t.move = func(ctx context.Context, i int, ticket syncproto.Ticket) error {
		return t.send(ctx, from, i, ticket)
	}
	t.open = func(_ int, ticket syncproto.Ticket) bool { return !ticket.Held }
	if err := t.run(ctx, size); err != nil {
		return fmt.Errorf("send blob: %w", err)
	}
	return nil
}

// GetBlob fetches a blob of size bytes. Each chunk is checked as it arrives;
// those that the file holds already are not fetched again. ErrIncomplete: some
// are not there yet. The file holds exactly the blob's bytes from its start
// when nil is returned; what lies behind them is left alone.
func (s *Service) GetBlob(ctx context.Context, blob syncproto.Hash, size int64, to BlobFile, progress func(done, total int64)) error {
	t := &transfer{service: s, progress: progress, req: &syncproto.BlobRequest{Workspace: s.cfg.Workspace, Blob: blob}}
	t.move = func(ctx context.Context, i int, ticket syncproto.Ticket) error {
		if !ticket.Held {
			return ErrIncomplete
		}
		return t.fetch(ctx, to, i, ticket)
	}
	t.open = func(i int, _ syncproto.Ticket) bool { return !t.holds(to, i) }
	if err := t.run(ctx, size); err != nil {
		return fmt.Errorf("fetch blob: %w", err)
	}
	return nil
}

// transfer is a blob on its way.
type transfer struct {
	service *Service
	req     *syncproto.BlobRequest
	list    *syncproto.ChunkList
	// move moves one chunk, open says whether it still has to be moved.
	move     func(ctx context.Context, i int, ticket syncproto.Ticket) error
	open     func(i int, ticket syncproto.Ticket) bool
	progress func(done, total int64)

	mu   sync.Mutex
	done int64
	// through says that the store cannot be reached past the service.
	through bool
}

// run asks the service and moves chunks until none is left, or until asking
// again brings nothing: the URLs that it gives out hold for a while only.
func (t *transfer) run(ctx context.Context, size int64) error {
	for range maxRounds {
		answer, err := t.ask(ctx, size)
		if err != nil {
			return err
		}
		t.done = 0
		var open []int
		for i, ticket := range answer.Chunks {
			if t.open(i, ticket) {
				open = append(open, i)
			} else {
				t.moved(i)
			}
		}
		if len(open) == 0 {
			return nil
		}
		if moved, err := t.round(ctx, open, answer); moved == 0 || ctx.Err() != nil {
			return err
		}
	}
	return fmt.Errorf("%w: it takes chunks and does not keep them", ErrProtocol)
}

// ask asks where the chunks go or are.
func (t *transfer) ask(ctx context.Context, size int64) (*syncproto.BlobAnswer, error) {
	var answer *syncproto.BlobAnswer
	err := t.service.message(ctx, http.MethodPost, "blobs", t.req, func(body []byte) (err error) {
		answer, err = syncproto.DecodeBlobAnswer(body)
		return err
	})
	if err != nil {
		return nil, err
	}
	t.list, err = syncproto.DecodeChunkList(t.req.Blob, answer.List)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrProtocol, err)
	case t.list.Size != size:
		return nil, fmt.Errorf("%w: it has %d bytes, not %d", ErrBlob, t.list.Size, size)
	case len(answer.Chunks) != len(t.list.Chunks):
		return nil, fmt.Errorf("%w: tickets for %d of %d chunks", ErrProtocol, len(answer.Chunks), len(t.list.Chunks))
	}
	return answer, nil
}

// round moves chunks, a few at one time. It gives how many it moved and the
// first error.
func (t *transfer) round(ctx context.Context, open []int, answer *syncproto.BlobAnswer) (moved int, err error) {
	var wait sync.WaitGroup
	next := make(chan int)
	for range min(lanes, len(open)) {
		wait.Go(func() {
			for i := range next {
				failed := t.move(ctx, i, answer.Chunks[i])
				t.mu.Lock()
				if failed == nil {
					moved++
				} else if err == nil {
					err = failed
				}
				t.mu.Unlock()
				if failed == nil {
					t.moved(i)
				}
			}
		})
	}
	for _, i := range open {
		select {
		case next <- i:
		case <-ctx.Done():
		}
	}
	close(next)
	wait.Wait()
	return moved, errors.Join(ctx.Err(), err)
}

// moved tells that one more chunk is where it should be.
func (t *transfer) moved(i int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done += int64(t.list.Length(i))
	if t.progress != nil {
		t.progress(t.done, t.list.Size)
	}
}
