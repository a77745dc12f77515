package projections

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/record"
)

// rebuild fills one generation from the log, in bounded transactions beside the live one.
type rebuild struct {
	m        *Models
	g        *generation
	progress func(done, total int64)

	total   int64
	done    int64
	last    eventstore.Position // the last event of the first pass
	numbers map[record.ID]int32 // of documents, in the order of their first event
	streams []record.ID
	slots   []slot
	kept    map[int64]*Opened             // by position, as far as there is room for them between the passes
	spool   int64                         // bytes of those
	feeds   *work                         // numbers of feeds and documents given so far
	claims  map[record.ID][]claim         // on documents of the log
	belied  map[record.ID][]envelope.Hash // claims that the log belies
}

// slot is an event of the first pass: where it lies and whose it is.
type slot struct {
	position int64
	doc      int32
}

// spoolBytes bounds the opened events that the second pass need not open again.
const spoolBytes = 16 << 20

// Rebuild builds the other generation from the log, in bounded transactions, while the live one goes on being used and
// written, and swaps them in one. A crash or an error before leaves the live one as it was. What only a service's pack has shown
// is not in the log: it is gone until it is learnt again, or arrives.
func (m *Models) Rebuild(ctx context.Context, progress func(done, total int64)) error {
	m.building.Lock()
	defer m.building.Unlock()
	g, err := m.other(ctx)
	if err != nil {
		return fmt.Errorf("rebuilding: %w", err)
	}
	if err := m.fill(ctx, g, progress); err != nil {
		return fmt.Errorf("rebuilding: %w", err)
	}
	if err := m.swap(ctx, g, 0, func(tx *eventstore.Tx) (int64, error) { return 0, tx.SetMeta(packKey, nil) }); err != nil {
		return fmt.Errorf("rebuilding: %w", err)
	}
	return nil
}

// other is the generation that is not live.
func (m *Models) other(ctx context.Context) (g *generation, err error) {
	err = m.store.View(ctx, func(tx *eventstore.Tx) error {
		st, err := readStanding(tx)
		if err != nil {
			return err
		}
		g = m.generations[1]
		if st.live == 1 {
			g = m.generations[2]
		}
		return nil
	})
	return g, err
}

// fill makes the tables of a generation from all events of the log.
func (m *Models) fill(ctx context.Context, g *generation, progress func(done, total int64)) error {
	r := &rebuild{m: m, g: g, progress: progress, numbers: map[record.ID]int32{}, kept: map[int64]*Opened{}}
	for _, step := range []func(context.Context) error{r.start, r.index, r.documents, r.finish} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (r *rebuild) update(ctx context.Context, fn func(table) error) error {
	return r.m.store.Update(ctx, func(tx *eventstore.Tx) error {
		t := r.g.in(tx)
		if r.feeds != nil {
			r.feeds.t = t
		}
		return fn(t)
	})
}

func (r *rebuild) start(ctx context.Context) error {
	return r.update(ctx, func(t table) error {
		last, err := t.tx.Last()
		if err != nil {
			return err
		}
		r.total, r.last = 2*int64(last), last
		r.slots = make([]slot, 0, last)
		r.feeds = r.m.newWork(t, newCache(0))
		r.feeds.bulk, r.feeds.build = true, true
		return t.makeTables()
	})
}

// index opens every event once and sorts it to its document. What belongs to no document is written.
func (r *rebuild) index(ctx context.Context) error {
	for after := eventstore.Position(0); after < r.last; {
		err := r.update(ctx, func(t table) error {
			events, err := r.m.read(t.tx, after)
			if err != nil || len(events) == 0 {
				after = r.last
				return err
			}
			for i := range events {
				if after = events[i].Position; after > r.last {
					break
				}
				if err := r.sort(&events[i]); err != nil {
					return err
				}
			}
			r.step(int64(len(events)))
			return nil
		})
		if err != nil {
			return err
		}
	}
	slices.SortStableFunc(r.slots, func(a, b slot) int { return cmp.Compare(a.doc, b.doc) })
	return nil
}

func (r *rebuild) step(n int64) {
	r.done += n
	if r.progress != nil {
		r.progress(r.done, r.total)
	}
}

func (r *rebuild) sort(o *Opened) error {
	if o.Body == nil {
		return r.feeds.loose(o)
	}
	stream := record.ID(o.Body.Stream)
	doc, ok := r.numbers[stream]
	if !ok {
		doc = int32(len(r.streams))
		r.numbers[stream], r.streams = doc, append(r.streams, stream)
	}
	s := slot{position: int64(o.Position), doc: doc}
	if size := int64(512 + len(o.Body.Change)); r.spool+size <= spoolBytes {
		kept := *o
		r.spool, r.kept[s.position] = r.spool+size, &kept
	}
	r.slots = append(r.slots, s)
	return nil
}

// cut counts the events of the next documents, whole documents only.
func (r *rebuild) cut() int {
	const most = 1024
	n := 0
	for docs := 0; n < len(r.slots) && docs < bulkDocs && n < most; docs++ {
		doc := r.slots[n].doc
		for n < len(r.slots) && r.slots[n].doc == doc {
			n++
		}
	}
	return n
}

// finish makes the indexes and looks across all documents.
func (r *rebuild) finish(ctx context.Context) error {
	if err := r.update(ctx, table.makeIndexes); err != nil {
		return err
	}
	return r.update(ctx, func(t table) error {
		w := r.m.newWork(t, newCache(0))
		w.bulk = true
		return w.everything()
	})
}
