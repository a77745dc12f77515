package projections

import (
	"bytes"
	"fmt"

	"fieldbook/eventstore"
)

// standing says how far the read models are. It is one setting of the log's table of settings, so that an edit, which moves the
// checkpoint and often other settings too, changes one page for all of them.
type standing struct {
	live       int64   // 1 or 2, 0 before the first build
	version    int64   // of the code that built the live generation
	checkpoint int64   // the last position it has applied
	unindexed  []int64 // its documents, ascending, whose words and digests the indexes do not have yet
	waiting    []byte  // these encoded, nil if not yet: most edits add none
	claimed    int64   // number of its documents with events that only a service's pack has shown
	edition    int64   // of its assets
	wordless   int64   // of its documents those up to this row number were learnt, and are in the full-text index only by chance
}

// standingKey names the setting.
const standingKey = "projections"

func readStanding(tx *eventstore.Tx) (st standing, err error) {
	b, err := tx.Meta(standingKey)
	if err != nil || len(b) == 0 {
		return st, err
	}
	return decodeStanding(b)
}

func decodeStanding(b []byte) (st standing, err error) {
	r := &reader{b: b}
	fields := r.array()
	st.live, st.version, st.checkpoint = int64(r.uint()), int64(r.uint()), int64(r.uint())
	st.unindexed = make([]int64, r.array())
	for i := range st.unindexed {
		if st.unindexed[i] = int64(r.uint()); i > 0 {
			st.unindexed[i] += st.unindexed[i-1]
		}
	}
	if fields > 4 { // versions before claims have none
		st.claimed = int64(r.uint())
	}
	if fields > 5 { // versions before editions have none
		st.edition = int64(r.uint())
	}
	if fields > 6 { // versions before it index at once
		st.wordless = int64(r.uint())
	}
	if r.bad || st.live < 0 || st.live > 2 {
		return standing{}, fmt.Errorf("checkpoint: %w", errRow)
	}
	return st, nil
}

// sighting is the standing as a transaction read or wrote it last: commands ask for it several times, and most find it as it was.
type sighting struct {
	tx  *eventstore.Tx
	raw []byte
	st  standing
}

func (m *Models) readStanding(tx *eventstore.Tx) (standing, error) {
	seen := m.seen.Load()
	if seen != nil && seen.tx == tx {
		return seen.st, nil
	}
	raw, err := tx.Meta(standingKey)
	if err != nil || len(raw) == 0 {
		return standing{}, err
	}
	if seen != nil && bytes.Equal(raw, seen.raw) {
		m.seen.Store(&sighting{tx, raw, seen.st})
		return seen.st, nil
	}
	st, err := decodeStanding(raw)
	if err == nil {
		m.seen.Store(&sighting{tx, raw, st})
	}
	return st, err
}

func (m *Models) writeStanding(tx *eventstore.Tx, st standing) error {
	if st.waiting == nil {
		st.waiting = encodeWaiting(st.unindexed)
	}
	raw := st.encode()
	m.seen.Store(&sighting{tx, raw, st})
	return tx.SetMeta(standingKey, raw)
}

func (st *standing) encode() []byte {
	waiting := st.waiting
	if waiting == nil {
		waiting = encodeWaiting(st.unindexed)
	}
	b := appendHead(make([]byte, 0, 64+len(waiting)), majorArray, 7)
	for _, n := range []int64{st.live, st.version, st.checkpoint} {
		b = appendInt(b, n)
	}
	b = append(b, waiting...)
	for _, n := range []int64{st.claimed, st.edition, st.wordless} {
		b = appendInt(b, n)
	}
	return b
}

// wait says which documents wait from now on.
func (st *standing) wait(docs []int64) { st.unindexed, st.waiting = docs, nil }

// encodeWaiting writes ascending row numbers as differences, which are short.
func encodeWaiting(docs []int64) []byte {
	b := appendHead(make([]byte, 0, 8+3*len(docs)), majorArray, uint64(len(docs)))
	before := int64(0)
	for _, doc := range docs {
		b = appendInt(b, doc-before)
		before = doc
	}
	return b
}
