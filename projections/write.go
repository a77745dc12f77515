package projections

import (
	"slices"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/record"
)

// save writes the rows of a draft that differ from those stored.
func (w *work) save(dr *draft) error {
	d := dr.doc
	if dr.fresh {
		if err := w.number(d); err != nil {
			return err
		}
	}
	for _, i := range dr.moved {
		if d.refs[i].claim != nil {
			continue // has no row
		}
		if err := w.restate(d, &d.refs[i]); err != nil {
			return err
		}
	}
	for i, o := range dr.events {
		if err := w.insert(d, &dr.refs[i], o, dr.effects[i]); err != nil {
			return err
		}
	}
	if err := w.writeDoc(d); err != nil {
		return err
	}
	if err := w.writeClaims(dr); err != nil {
		return err
	}
	if err := w.writeFacts(d, dr.old, dr.now); err != nil {
		return err
	}
	if err := w.writeWords(dr); err != nil {
		return err
	}
	if !w.build {
		w.mark(dr)
	}
	if dr.fresh && len(dr.found) == 0 {
		return nil
	}
	return w.replaceFindings(dr.found, d.id, `SELECT id FROM $findings WHERE doc = ? AND kind <> 'dangling_reference'`, d.id)
}

// facts derives the rows a document has now from its stored state.
func (d *document) facts() (*facts, error) {
	if d.known != nil {
		return d.known, nil
	}
	if len(d.row.state) == 0 {
		return &facts{}, nil
	}
	st, err := decodeState(d.stream, d.row.state)
	if err != nil {
		return nil, err
	}
	return derive(st.snapshot(), d.row.status, d.row.survivor), nil
}

// refresh takes the document's state from its history into its row.
func (d *document) refresh() *state {
	d.row.entity, d.row.first, d.row.last, d.row.pending = "", 0, 0, 0
	seen := false
	for i := range d.refs {
		switch r := &d.refs[i]; {
		case r.state == stateWaiting:
			d.row.pending++
		case r.state == stateAccepted && !seen:
			seen, d.row.entity, d.row.first, d.row.last = true, r.entity, r.recorded, r.recorded
		case r.state == stateAccepted:
			d.row.entity = min(d.row.entity, r.entity)
			d.row.first, d.row.last = min(d.row.first, r.recorded), max(d.row.last, r.recorded)
		}
	}
	st := stateOf(d.stream, d.row.entity, d.history)
	d.row.state = st.encode()
	d.row.digest = digestOf(d.row.state)
	return st
}

const (
	insertDoc = `INSERT INTO $docs (entity, digest, site, tag, status, survivor, first, last, pending, state, id, stream) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`
	updateDoc = `UPDATE $docs SET entity=?, digest=?, site=?, tag=?, status=?, survivor=?, first=?, last=?, pending=?, state=? WHERE id=?`
	// editDoc leaves the digest, and with it the page of the index by stream, to when the document's words are taken up.
	editDoc = `UPDATE $docs SET entity=?1, site=?3, tag=?4, status=?5, survivor=?6, first=?7, last=?8, pending=?9, state=?10 WHERE id=?11`
)

// writeDoc writes the row of a document. What a small transaction changes waits with its words.
func (w *work) writeDoc(d *document) error {
	r := &d.row
	var survivor any
	if !r.survivor.IsZero() {
		survivor = r.survivor[:]
	}
	args := []any{string(r.entity), r.digest[:], r.site, r.tag, r.status, survivor, r.first, r.last, r.pending, r.state, d.id}
	if d.fresh {
		return w.t.exec(insertDoc, append(args, d.stream[:])...)
	}
	if w.later {
		w.unindexed[d.id] = true
		return w.t.exec(editDoc, args...)
	}
	return w.t.exec(updateDoc, args...)
}

func (w *work) writeFacts(d *document, old, now *facts) error {
	if err := w.writeAsset(d, old, now); err != nil {
		return err
	}
	if err := w.writeKeys(d.id, old.keys, now.keys); err != nil {
		return err
	}
	return w.writeLinks(d.id, old.links, now.links)
}

// writeWords brings the words of a document up to date in the full-text index, or notes that they wait.
func (w *work) writeWords(dr *draft) error {
	switch doc := dr.doc.id; {
	case !dr.reworded:
		return nil
	case w.later:
		w.unindexed[doc] = true
		return nil
	case dr.fresh:
		return w.t.addWords(doc, dr.words)
	default:
		return w.t.replaceWords(doc, dr.words)
	}
}

// updateAsset leaves the index on status alone, whose page REPLACE would write anew; updateColumns do so for one column each,
// which is what most edits change.
var (
	updateAsset   = updateOf(numbered(", %s = ?%d", 6))
	updateColumns = func() (texts []string) {
		for _, c := range columns {
			texts = append(texts, updateOf(", "+c.name+" = ?6"))
		}
		return texts
	}()
)

func updateOf(set string) string {
	return "UPDATE $assets SET first = ?4, last = ?5" + set + " WHERE site = ?1 AND tag = ?2 AND doc = ?3"
}

var replaceAsset = "INSERT OR REPLACE INTO $assets VALUES (?,?,?,?,?,?" + strings.Repeat(",?", len(columns)) + ")"

func (w *work) writeAsset(d *document, old, now *facts) error {
	if !w.build && (old.columns != nil || now.columns != nil) {
		w.changed[d.id] = true
	}
	if old.columns != nil && (now.columns == nil || old.site != now.site || old.tag != now.tag) {
		if err := w.t.exec(`DELETE FROM $assets WHERE site = ? AND tag = ? AND doc = ?`, old.site, old.tag, d.id); err != nil {
			return err
		}
	}
	if now.columns == nil {
		return nil
	}
	if old.columns != nil && old.site == now.site && old.tag == now.tag && old.status == now.status {
		text, set := updateAsset, now.columns
		if n, one := onlyChange(old.columns, now.columns); one {
			text, set = updateColumns[n], now.columns[n:n+1]
		}
		return w.writeColumns(set, 6, text, now.site, now.tag, d.id, d.row.first, d.row.last)
	}
	return w.writeColumns(now.columns, 7, replaceAsset, now.site, now.tag, d.id, now.status, d.row.first, d.row.last)
}

// onlyChange finds the column of which alone the values differ.
func onlyChange(old, now []int64) (n int, one bool) {
	for i := range now {
		if old[i] != now[i] {
			if one {
				return 0, false
			}
			n, one = i, true
		}
	}
	return n, one
}

// writeColumns binds the hashes of columns from a number on, after the other arguments.
func (w *work) writeColumns(columns []int64, from int, text string, args ...any) error {
	s, err := w.t.stmt(text, args...)
	if err != nil {
		return err
	}
	for i, hash := range columns {
		if hash == 0 {
			continue // bindings start as null
		}
		if err := s.BindInt64(from+i, hash); err != nil {
			return err
		}
	}
	return s.Exec()
}

func (w *work) writeKeys(doc int64, old, now []keyRow) error {
	for _, k := range old {
		if slices.Contains(now, k) {
			continue
		}
		w.touch(k)
		if err := w.t.exec(`DELETE FROM $keys WHERE kind = ? AND value = ? AND scope = ? AND doc = ? AND part = ?`, k.kind, k.value, k.scope, doc, k.part); err != nil {
			return err
		}
	}
	for _, k := range now {
		if slices.Contains(old, k) {
			continue
		}
		w.touch(k)
		counted := 0
		if k.counted {
			counted = 1
		}
		if err := w.t.exec(`INSERT OR REPLACE INTO $keys VALUES (?,?,?,?,?,?)`, k.kind, k.value, k.scope, doc, k.part, counted); err != nil {
			return err
		}
	}
	return nil
}

// touch notes a key that came or went.
func (w *work) touch(k keyRow) {
	if !w.build {
		w.groups[k.groupOf()] = k
	}
}

func (w *work) writeLinks(doc int64, old, now []linkRow) error {
	for _, l := range old {
		if !slices.Contains(now, l) {
			if err := w.t.exec(`DELETE FROM $links WHERE kind = ? AND target = ? AND doc = ?`, l.kind, l.target[:], doc); err != nil {
				return err
			}
		}
	}
	for _, l := range now {
		if !slices.Contains(old, l) {
			if err := w.t.exec(`INSERT OR REPLACE INTO $links VALUES (?,?,?)`, l.kind, l.target[:], doc); err != nil {
				return err
			}
		}
	}
	return nil
}

// mark notes what has to be looked at across documents.
func (w *work) mark(dr *draft) {
	stream, old, now := dr.doc.stream, dr.old, dr.now
	linked := len(old.links)+len(now.links) > 0
	switch dr.doc.row.entity {
	case record.Asset:
		if dr.came || old.status != now.status {
			w.targets[stream] = true
		}
		if len(mergeLinks(old))+len(mergeLinks(now)) > 0 {
			w.merges[stream] = true
		}
		if dr.fresh && !linked {
			w.arrivals[now.site] = append(w.arrivals[now.site], stream)
		} else if dr.came || old.site != now.site || old.status != now.status || linked {
			w.dangle[stream] = true
		}
	case record.Note:
		if linked {
			w.dangle[stream] = true
		}
	case record.Site:
		if old.site != now.site {
			w.places[old.site], w.places[now.site] = true, true
		}
	}
}

func mergeLinks(f *facts) []linkRow {
	return slices.DeleteFunc(slices.Clone(f.links), func(l linkRow) bool { return l.kind != linkMerge })
}

// stream is the document of a row number.
func (t table) stream(doc int64) (id record.ID, err error) {
	_, err = t.one(func(s *sqlite3.Stmt) error {
		copy(id[:], s.ColumnRawBlob(0))
		return nil
	}, `SELECT stream FROM $docs WHERE id = ?`, doc)
	return id, err
}

func compareIDs(a, b record.ID) int { return slices.Compare(a[:], b[:]) }
