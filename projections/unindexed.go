package projections

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/eventstore"
)

// A change to a document replaces all its words in the full-text index, which costs more than everything else that an edit
// writes, and for many documents together little more than for one. So the documents of small transactions wait, and a
// search looks into each of them, until a sync takes up what waits or they are too many. Which ones wait is kept with the
// checkpoint; their words follow from their rows. The documents of a pack wait too, all of them, until the record is in use.
// The digest of an edited document waits as well, since the index that has it would cost each edit a page.

const (
	// maxUnindexed is how many edited documents wait at most, unless Config says otherwise: a search looks into so many in some
	// milliseconds, and their numbers fit beside the other settings of the log in one page.
	maxUnindexed = 512
	// worthIndexing is how many of them IndexWords takes up; fewer cost a search less than a commit takes.
	worthIndexing = 64
)

// later tells whether a transaction that changes so many documents leaves their words for later.
func (c Config) later(docs int) bool { return 4*docs <= c.maxUnindexed() }

// indexLater adds documents to those that wait. When they are too many the index takes up all of them.
func (w *work) indexLater(st *standing) error {
	before := len(st.unindexed)
	for doc := range w.unindexed {
		at, known := slices.BinarySearch(st.unindexed, doc)
		if !known && len(st.unindexed) == before {
			st.unindexed = slices.Clone(st.unindexed) // others read what was
		}
		if !known {
			st.wait(slices.Insert(st.unindexed, at, doc))
		}
	}
	if len(st.unindexed) <= w.m.cfg.maxUnindexed() {
		return nil
	}
	return w.t.index(st)
}

// index takes the words of all documents that wait for being edited into the full-text index, and their digests into their rows.
func (t table) index(st *standing) error {
	if err := t.indexThese(st.unindexed); err != nil {
		return err
	}
	for _, doc := range st.unindexed {
		digest, err := t.digestNow(doc)
		if err == nil {
			err = t.exec(`UPDATE $docs SET digest = ?1 WHERE id = ?2 AND digest <> ?1`, digest[:], doc)
		}
		if err != nil {
			return err
		}
	}
	st.wait(nil)
	return nil
}

func (t table) indexThese(docs []int64) error {
	texts, err := t.wordsOf(docs)
	for i := range texts {
		if err == nil {
			err = t.replaceWords(docs[i], texts[i])
		}
	}
	return err
}

func (t table) replaceWords(doc int64, words string) error {
	if err := t.exec(`DELETE FROM $fts WHERE rowid = ?`, doc); err != nil {
		return err
	}
	return t.addWords(doc, words)
}

func (t table) addWords(doc int64, words string) error {
	if words == "" {
		return nil
	}
	return t.exec(`INSERT INTO $fts (rowid, words) VALUES (?, ?)`, doc, words)
}

// wordsOf derives the words of documents from their rows, on all cores.
func (t table) wordsOf(docs []int64) ([]string, error) {
	states := make([]*state, len(docs))
	for i, doc := range docs {
		var err error
		if states[i], err = t.stateOf(doc); err != nil {
			return nil, err
		}
	}
	texts := make([]string, len(docs))
	err := parallel(len(docs), func(i int) error {
		texts[i] = words(states[i].snapshot())
		return nil
	})
	return texts, err
}

// search puts the terms of a plan into its conditions: what the index says, but not of documents that wait, and what those say.
func (t table) search(p *plan) error {
	if len(p.terms) == 0 {
		return nil
	}
	const indexed = `a.doc IN (SELECT rowid FROM $fts WHERE $fts MATCH ?)`
	if len(t.unindexed) == 0 && t.wordless == 0 {
		p.and(indexed, match(p.terms))
		return nil
	}
	var fit []int64
	if err := t.fitting(p.terms, func(doc int64) { fit = append(fit, doc) }); err != nil {
		return err
	}
	p.and(`(`+indexed+` AND a.doc > ? AND a.doc NOT IN (SELECT value FROM json_each(?)) OR a.doc IN (SELECT value FROM json_each(?)))`,
		match(p.terms), t.wordless, numbers(t.unindexed), numbers(fit))
	return nil
}

// waits tells whether a document's words are to be taken from its row, whatever the index says.
func (t table) waits(doc int64) bool {
	_, waits := slices.BinarySearch(t.unindexed, doc)
	return waits || doc <= t.wordless
}

// fitting calls fn with the documents that wait and whose words fit.
func (t table) fitting(terms []term, fn func(doc int64)) error {
	for from := int64(0); from < t.wordless; from += wordBatch {
		docs, err := t.docsBetween(from, min(from+wordBatch, t.wordless))
		if err == nil {
			err = t.fittingOf(docs, terms, fn)
		}
		if err != nil {
			return err
		}
	}
	rest, _ := slices.BinarySearch(t.unindexed, t.wordless+1)
	return t.fittingOf(t.unindexed[rest:], terms, fn)
}

func (t table) fittingOf(docs []int64, terms []term, fn func(doc int64)) error {
	texts, err := t.wordsOf(docs)
	for i := range texts {
		if found(texts[i], terms) {
			fn(docs[i])
		}
	}
	return err
}

// numbers writes a list as JSON.
func numbers(list []int64) string { return strings.ReplaceAll(fmt.Sprint(list), " ", ",") }

// wordBatch is how many documents of a pack the index takes up in one transaction, and a search looks into at a time.
const wordBatch = 512

// IndexWords brings what waits into the full-text index, in bounded transactions: the documents of a pack, those learnt last
// first, and edited ones if they are many. It is for when nobody waits for an edit. progress hears of documents of a pack.
func (m *Models) IndexWords(ctx context.Context, progress func(done, total int64)) error {
	total := int64(0)
	for {
		var st standing
		err := m.store.View(ctx, func(tx *eventstore.Tx) (err error) {
			_, st, err = m.standing(tx)
			return err
		})
		if err == nil && st.wordless == 0 && len(st.unindexed) < worthIndexing {
			return nil
		}
		if total = max(total, st.wordless); total > 0 && err == nil {
			progress(total-st.wordless, total)
		}
		if err == nil {
			err = m.store.Update(ctx, m.indexSome)
		}
		if err != nil {
			m.Forget()
			return fmt.Errorf("indexing the words of documents: %w", err)
		}
	}
}

// indexSome takes up one batch of what waits.
func (m *Models) indexSome(tx *eventstore.Tx) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	t, st, err := m.standing(tx)
	switch {
	case err != nil:
		return err
	case st.wordless > 0:
		err = t.indexLearnt(&st)
	default:
		err = t.index(&st)
	}
	if err != nil {
		return err
	}
	return m.writeStanding(tx, st)
}

// indexLearnt takes up one batch of documents of a pack.
func (t table) indexLearnt(st *standing) error {
	from := max(st.wordless-wordBatch, 0)
	docs, err := t.docsBetween(from, st.wordless)
	if err == nil {
		err = t.indexThese(docs)
	}
	st.wordless = from
	return err
}

// docsBetween lists the documents after one row number, up to another.
func (t table) docsBetween(after, last int64) (docs []int64, err error) {
	err = t.each(func(s *sqlite3.Stmt) error {
		docs = append(docs, s.ColumnInt64(0))
		return nil
	}, `SELECT id FROM $docs WHERE id > ? AND id <= ? ORDER BY id`, after, last)
	return docs, err
}
