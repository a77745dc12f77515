package projections

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"

	"fieldbook/crdt"
	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/record"
)

// Packed is a document as a service's pack has it: events that carry changes, each with its body, member, role and fate as the
// log's Opener would give them, and without a position.
type Packed struct {
	Stream record.ID
	Events []Opened
}

// Pack gives the documents of a pack.
type Pack struct {
	// Service names who made the pack, in findings.
	Service string
	// Next gives the documents one after the other, each once, and io.EOF after the last. It is called in a goroutine of its own.
	Next func() (Packed, error)
	// Swapped, if set, is called in the transaction in which the documents come into use.
	Swapped func(*eventstore.Tx) error
}

// packKey is where the log's settings keep who made the pack that the live read models hold claims of.
const packKey = "projections.pack"

// learnDocs is how many documents of a pack are worked out together, learnAhead how many such batches before they are written,
// and learnBatches how many one transaction writes.
const (
	learnDocs    = 64
	learnAhead   = 8
	learnBatches = 16
)

// Learn builds the read models from a service's pack and the log together, beside the live ones, as Rebuild does, and swaps
// them in one transaction: a crash or an error before leaves the live ones as they were. What only the pack has shown is a
// claim from then on. It is for a log that holds little, on a device that is new. The full-text index is left for IndexWords, so
// that the record can be read sooner. progress hears of documents.
func (m *Models) Learn(ctx context.Context, pack Pack, progress func(docs int64)) error {
	m.building.Lock()
	defer m.building.Unlock()
	g, err := m.other(ctx)
	if err != nil {
		return fmt.Errorf("learning a pack: %w", err)
	}
	r := &rebuild{m: m, g: g, numbers: map[record.ID]int32{}, kept: map[int64]*Opened{}, belied: map[record.ID][]envelope.Hash{}}
	l := &learner{rebuild: r, told: progress}
	for _, step := range []func(context.Context) error{
		r.start, r.index, func(ctx context.Context) error { return l.learn(ctx, pack.Next) }, r.documents, r.finish,
	} {
		if err := step(ctx); err != nil {
			return fmt.Errorf("learning a pack: %w", err)
		}
	}
	err = m.swap(ctx, g, l.wordless, func(tx *eventstore.Tx) (int64, error) {
		if pack.Swapped != nil {
			if err := pack.Swapped(tx); err != nil {
				return 0, err
			}
		}
		if err := tx.SetMeta(packKey, []byte(pack.Service)); err != nil {
			return 0, err
		}
		r.feeds.t, r.feeds.belied = g.in(tx), r.belied
		return r.feeds.claimed, r.feeds.tellBelied()
	})
	if err != nil {
		return fmt.Errorf("learning a pack: %w", err)
	}
	return nil
}

// recall adds what a pack claims of documents that the log has something of.
func (r *rebuild) recall(groups []*group) error {
	for _, g := range groups {
		g.doc.learn(r.claims[g.stream])
		lies := g.meet()
		if len(lies) == 0 {
			continue
		}
		r.belied[g.stream] = lies
		if err := g.doc.relearn(nil); err != nil { // it refers to nothing but claims yet
			return err
		}
	}
	return nil
}

// learner writes the documents of a pack into the tables of a rebuild.
type learner struct {
	*rebuild
	told     func(docs int64)
	docs     int64
	wordless int64 // the last document of the pack
}

// lesson is some documents of a pack on their way.
type lesson struct {
	docs   []*document
	drafts []*draft
	err    error
	done   chan struct{}
}

// learn writes the documents that the log has nothing of, while the next ones are worked out on the other cores. Those that the
// log has something of are left to the rebuild's own pass.
func (l *learner) learn(ctx context.Context, next func() (Packed, error)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	known := l.numbers // the rebuild's pass drops its field
	coming := make(chan *lesson, learnAhead)
	aside := map[record.ID][]claim{}
	go teach(ctx, next, coming, func(p *Packed) bool {
		_, logged := known[p.Stream]
		if logged {
			aside[p.Stream] = append(aside[p.Stream], claimsOf(p)...)
		}
		return logged
	})
	for more := true; more; {
		err := l.update(ctx, func(table) error {
			for range learnBatches {
				some, ok := <-coming
				if more = ok; !ok {
					return ctx.Err()
				}
				if err := l.write(some); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			cancel()
			for range coming { // until teach has ended
			}
			return err
		}
	}
	l.claims, l.wordless = aside, l.feeds.next
	return nil
}

// teach reads documents and has them worked out, and hands them over in their order. What the log has something of is skipped.
func teach(ctx context.Context, next func() (Packed, error), to chan<- *lesson, skip func(*Packed) bool) {
	defer close(to)
	room := make(chan struct{}, runtime.GOMAXPROCS(0))
	for end := false; !end; {
		some := &lesson{done: make(chan struct{})}
		for len(some.docs) < learnDocs && !end {
			p, err := next()
			if end = err != nil; end {
				if !errors.Is(err, io.EOF) {
					some.err = err
				}
				break
			}
			if !skip(&p) {
				some.docs = append(some.docs, &document{stream: p.Stream, fresh: true, history: crdt.NewHistory(p.Stream), packed: claimsOf(&p)})
			}
		}
		select {
		case to <- some:
		case <-ctx.Done():
			return
		}
		room <- struct{}{}
		go func() {
			defer func() { close(some.done); <-room }()
			some.work()
		}()
	}
}

func claimsOf(p *Packed) []claim {
	claims := make([]claim, len(p.Events))
	for i := range p.Events {
		claims[i].Opened = p.Events[i]
	}
	return claims
}

// work derives the documents.
func (s *lesson) work() {
	if s.err != nil {
		return
	}
	s.drafts = make([]*draft, len(s.docs))
	for i, d := range s.docs {
		d.learn(d.packed)
		d.packed = nil
		if s.drafts[i], s.err = newDraft(d, nil, false); s.err != nil {
			return
		}
	}
}

// write writes the documents of a lesson.
func (l *learner) write(s *lesson) error {
	<-s.done
	if s.err != nil {
		return s.err
	}
	for _, dr := range s.drafts {
		if err := l.feeds.save(dr); err != nil {
			return fmt.Errorf("document %s: %w", dr.doc.stream, err)
		}
	}
	if l.docs += int64(len(s.drafts)); l.told != nil {
		l.told(l.docs)
	}
	return nil
}
