package projections

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/record"
	"fieldbook/wording"
)

// Refute ends the claims of a service's pack on feeds of which everything is here that the pack says to be made from: what has not
// arrived by then is in no feed. Their documents are derived anew from what the log holds, and each is a finding from then on.
// It says how many documents that concerned.
func (m *Models) Refute(tx *eventstore.Tx, whole func(envelope.FeedID) bool) (docs int, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	t, st, err := m.standing(tx)
	if err != nil || t.claimed == 0 {
		return 0, err
	}
	w := m.newWork(t, m.cache)
	w.later = false
	streams, err := t.unverified()
	if err != nil {
		return 0, err
	}
	for _, stream := range streams {
		if err := w.refute(&st, stream, whole); err != nil {
			m.cache.clear()
			return 0, fmt.Errorf("claims on document %s: %w", stream, err)
		}
	}
	docs = len(w.belied)
	if err := w.across(); err != nil {
		m.cache.clear()
		return 0, err
	}
	if err := w.tellBelied(); err != nil {
		return 0, err
	}
	st.claimed += w.claimed
	w.turn(&st)
	return docs, m.writeStanding(tx, st)
}

func (t table) unverified() (streams []record.ID, err error) {
	err = t.each(func(s *sqlite3.Stmt) error {
		var id record.ID
		copy(id[:], s.ColumnRawBlob(0))
		streams = append(streams, id)
		return nil
	}, `SELECT d.stream FROM $unverified u JOIN $docs d ON d.id = u.doc ORDER BY u.doc`)
	return streams, err
}

func (w *work) refute(st *standing, stream record.ID, whole func(envelope.FeedID) bool) error {
	w.cache.drop(stream)
	d, err := w.m.load(w.t, stream)
	if err != nil {
		return err
	}
	var lies []envelope.Hash
	d.refs = slices.DeleteFunc(d.refs, func(r ref) bool {
		ends := r.claim != nil && whole(r.claim.Feed)
		if ends {
			lies = append(lies, r.hash)
		}
		return ends
	})
	if len(lies) == 0 {
		return nil
	}
	w.belied[stream] = append(w.belied[stream], lies...)
	if err := d.relearn(func(position int64) (Opened, error) { return w.m.reopen(w.t.tx, position) }); err != nil {
		return err
	}
	entity := d.row.entity
	dr, err := newDraft(d, nil, true)
	if err != nil {
		return err
	}
	if err := w.save(dr); err != nil || len(d.refs) > 0 {
		return err
	}
	return w.erase(st, dr, entity)
}

// erase takes a document out of which nothing is left: no event of it was in any feed.
func (w *work) erase(st *standing, dr *draft, entity record.Entity) error {
	d := dr.doc
	d.row.entity = entity
	w.mark(dr) // for those that refer to it
	st.wait(slices.DeleteFunc(slices.Clone(st.unindexed), func(doc int64) bool { return doc == d.id }))
	for _, text := range []string{`DELETE FROM $findings WHERE doc = ?`, `DELETE FROM $docs WHERE id = ?`} {
		if err := w.t.exec(text, d.id); err != nil {
			return err
		}
	}
	return nil
}

// beliedKey is where the log's settings keep what services claimed and no feed has: no part of the read models, since a rebuild
// does not know what a service said.
const beliedKey = "projections.belied"

// maxBelied bounds the documents that are told: more of them are one trouble, not many.
const maxBelied = 1000

// lie is what a service claimed of a document.
type lie struct {
	Service string   `json:"service"`
	Events  []string `json:"events"` // hashes of envelopes, hex, sorted
}

// tellBelied keeps what was belied for ever: it is evidence against whoever made the pack.
func (w *work) tellBelied() error {
	if len(w.belied) == 0 {
		return nil
	}
	kept, err := readBelied(w.t.tx)
	if err != nil {
		return err
	}
	service, err := w.t.tx.Meta(packKey)
	if err != nil {
		return err
	}
	for _, stream := range sortedKeysOf(w.belied) {
		l := kept[stream.String()]
		for _, h := range w.belied[stream] {
			l.Events = append(l.Events, h.String())
		}
		slices.Sort(l.Events)
		l.Service, l.Events = string(service), slices.Compact(l.Events)
		if _, known := kept[stream.String()]; known || len(kept) < maxBelied {
			kept[stream.String()] = l
		}
	}
	raw, err := json.Marshal(kept)
	if err == nil {
		err = w.t.tx.SetMeta(beliedKey, raw)
	}
	if err != nil {
		return fmt.Errorf("keeping what was claimed falsely: %w", err)
	}
	return nil
}

func sortedKeysOf(m map[record.ID][]envelope.Hash) []record.ID {
	ids := make([]record.ID, 0, len(m))
	for id := range m {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, compareIDs)
	return ids
}

func readBelied(tx *eventstore.Tx) (map[string]lie, error) {
	kept := map[string]lie{}
	raw, err := tx.Meta(beliedKey)
	if err == nil && len(raw) > 0 {
		err = json.Unmarshal(raw, &kept)
	}
	if err != nil {
		return nil, fmt.Errorf("reading what was claimed falsely: %w", err)
	}
	return kept, nil
}

// belied are the findings of documents of which a service's pack held what no feed has.
func belied(tx *eventstore.Tx) (found []finding, err error) {
	kept, err := readBelied(tx)
	for id, l := range kept {
		found = append(found, finding{
			Kind: kindDiverged, Subjects: []string{id}, Key: l.Service, Causes: l.Events,
			say: wording.Say("the pack of service {0} held {1} entries of document {2} that no feed has: they were taken out of the record. "+
				"Whoever runs that service invented them, lost them, or has them in a region that this laptop does not ask", fmt.Sprintf("%.8s", l.Service), len(l.Events), id),
		})
	}
	return found, err
}
