package projections

import (
	"fmt"
	"slices"

	"fieldbook/eventstore"
	"fieldbook/record"
)

// bulkDocs is how many documents one transaction may touch and still leave them in the cache.
const bulkDocs = 256

// Apply projects newly appended events inside their transaction, in the order of positions. What was appended before them and not
// projected yet goes first, and those that were projected already are left out: who takes a long history may append it piece by
// piece and project many pieces at a time. When the transaction is rolled back, call Forget.
func (m *Models) Apply(tx *eventstore.Tx, events []Opened) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	t, st, err := m.standing(tx)
	if err != nil {
		return err
	}
	for len(events) > 0 && int64(events[0].Position) <= st.checkpoint {
		events = events[1:]
	}
	for len(events) > 0 && st.checkpoint < int64(events[0].Position)-1 {
		before, err := m.read(tx, eventstore.Position(st.checkpoint))
		if err != nil {
			return err
		}
		at := slices.IndexFunc(before, func(o Opened) bool { return o.Position >= events[0].Position })
		if at >= 0 {
			before = before[:at]
		}
		if len(before) == 0 {
			return fmt.Errorf("projecting position %d: nothing leads there from %d", events[0].Position, st.checkpoint)
		}
		if err := m.apply(t, &st, before); err != nil {
			return err
		}
	}
	return m.apply(t, &st, events)
}

// apply projects the events that follow the checkpoint.
func (m *Models) apply(t table, st *standing, events []Opened) error {
	if len(events) == 0 {
		return nil
	}
	t.unindexed, t.wordless, t.claimed = st.unindexed, st.wordless, st.claimed
	w := m.newWork(t, m.cache)
	w.later = true
	err := w.project(events)
	if err == nil {
		err = w.indexLater(st)
	}
	if err != nil {
		m.cache.clear()
		return fmt.Errorf("projecting %d events: %w", len(events), err)
	}
	st.checkpoint = int64(events[len(events)-1].Position)
	st.claimed += w.claimed
	w.turn(st)
	return m.writeStanding(t.tx, *st)
}

func (w *work) project(events []Opened) error {
	groups, err := w.group(events)
	if err != nil {
		return err
	}
	if w.t.claimed > 0 {
		if groups, err = w.arrive(groups); err != nil {
			return err
		}
	}
	w.bulk = w.bulk || len(groups) > bulkDocs
	w.later = w.later && w.m.cfg.later(len(groups))
	for len(groups) > 0 {
		n := min(len(groups), bulkDocs)
		if err := w.documents(groups[:n]); err != nil {
			return err
		}
		groups = groups[n:]
	}
	if err := w.across(); err != nil {
		return err
	}
	return w.tellBelied()
}

// group is the new events of one document.
type group struct {
	doc    *document
	stream record.ID
	events []*Opened

	id        int64 // of its document, 0 if not looked up
	confirmed bool  // all of the events were claimed, and have their rows
}

// group sorts events by document, in the order in which documents first appear. What belongs to none is written at once.
func (w *work) group(events []Opened) ([]*group, error) {
	byID := make(map[record.ID]*group)
	var order []*group
	for i := range events {
		o := &events[i]
		if o.Body == nil {
			if err := w.loose(o); err != nil {
				return nil, err
			}
			continue
		}
		stream := record.ID(o.Body.Stream)
		g := byID[stream]
		if g == nil {
			g = &group{stream: stream}
			byID[stream], order = g, append(order, g)
		}
		g.events = append(g.events, o)
	}
	return order, nil
}

// documents derives a number of documents and writes their rows.
func (w *work) documents(groups []*group) error {
	for _, g := range groups {
		var err error
		if g.doc == nil {
			g.doc, err = w.open(g.stream)
		}
		if err == nil {
			err = w.meet(g)
		}
		if err != nil {
			return fmt.Errorf("document %s: %w", g.stream, err)
		}
	}
	drafts, err := draftAll(groups, !w.later)
	if err != nil {
		return err
	}
	return w.saveAll(drafts)
}

// draftAll derives the documents of groups, on all cores.
func draftAll(groups []*group, wanted bool) ([]*draft, error) {
	drafts := make([]*draft, len(groups))
	err := parallel(len(groups), func(i int) (err error) {
		drafts[i], err = newDraft(groups[i].doc, groups[i].events, wanted)
		return err
	})
	return drafts, err
}

func (w *work) saveAll(drafts []*draft) error {
	for _, dr := range drafts {
		if err := w.save(dr); err != nil {
			return fmt.Errorf("document %s: %w", dr.doc.stream, err)
		}
		w.keep(dr.doc)
	}
	return nil
}

// open takes a document from the cache or the log.
func (w *work) open(stream record.ID) (*document, error) {
	if d := w.cache.get(stream); d != nil {
		return d, nil
	}
	return w.m.load(w.t, stream)
}

// keep leaves the document in the cache, unless there are too many.
func (w *work) keep(d *document) {
	d.fresh, d.held = false, false
	if w.bulk {
		w.cache.drop(d.stream)
		return
	}
	w.cache.put(d)
}
