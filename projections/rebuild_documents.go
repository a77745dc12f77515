package projections

import (
	"cmp"
	"context"
	"fmt"

	"fieldbook/crdt"
	"fieldbook/eventstore"
)

// documents derives each document once from all of its events. Deriving goes ahead of writing, on what the one writer leaves of
// the processor.
func (r *rebuild) documents(ctx context.Context) error {
	r.numbers = nil
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	chunks := make(chan []*draft, 1)
	derived := make(chan error, 1)
	go func() {
		defer close(chunks)
		derived <- r.derive(ctx, chunks)
	}()
	err := r.write(ctx, chunks)
	stop() // ends the other half when this one failed
	ahead := <-derived
	return cmp.Or(err, ahead)
}

// derive hands out the documents in chunks.
func (r *rebuild) derive(ctx context.Context, chunks chan<- []*draft) error {
	for len(r.slots) > 0 {
		chunk, err := r.chunk(ctx)
		if err != nil {
			return err
		}
		select {
		case chunks <- chunk:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// write saves chunks until there are no more, several in a transaction.
func (r *rebuild) write(ctx context.Context, chunks <-chan []*draft) error {
	for more := true; more; {
		err := r.update(ctx, func(table) error {
			for events := 0; events < batchEvents; {
				chunk, ok := <-chunks
				if more = ok; !more {
					return nil
				}
				if err := r.feeds.saveAll(chunk); err != nil {
					return err
				}
				n := 0
				for _, dr := range chunk {
					n += len(dr.events)
				}
				events += n
				r.step(int64(n))
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// chunk derives the next few documents.
func (r *rebuild) chunk(ctx context.Context) ([]*draft, error) {
	n := r.cut()
	slots := r.slots[:n]
	events, err := r.reopen(ctx, slots)
	if err != nil {
		return nil, err
	}
	var groups []*group
	for i := range slots {
		s := &slots[i]
		if i == 0 || slots[i-1].doc != s.doc {
			stream := r.streams[s.doc]
			groups = append(groups, &group{stream: stream, doc: &document{stream: stream, fresh: true, history: crdt.NewHistory(stream)}})
		}
		g := groups[len(groups)-1]
		g.events = append(g.events, events[i])
	}
	if len(r.claims) > 0 {
		if err := r.recall(groups); err != nil {
			return nil, err
		}
	}
	r.slots = r.slots[n:]
	return draftAll(groups, true)
}

// reopen gives the events of some slots; those that found no room between the passes are read and opened again. A view ends with
// the reading: while one lasts the write-ahead log can't begin anew.
func (r *rebuild) reopen(ctx context.Context, slots []slot) ([]*Opened, error) {
	events := make([]*Opened, len(slots))
	var rows []eventstore.Row
	var missing []int
	err := r.m.store.View(ctx, func(tx *eventstore.Tx) error {
		for i, s := range slots {
			if events[i] = r.kept[s.position]; events[i] != nil {
				delete(r.kept, s.position)
				continue
			}
			row, err := tx.Read(eventstore.Position(s.position))
			if err != nil {
				return err
			}
			rows, missing = append(rows, row), append(missing, i)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	opened, err := r.m.openAll(rows)
	if err != nil {
		return nil, err
	}
	for i := range opened {
		if opened[i].Body == nil {
			return nil, fmt.Errorf("position %d: %w", opened[i].Position, errRow)
		}
		events[missing[i]] = &opened[i]
	}
	return events, nil
}
