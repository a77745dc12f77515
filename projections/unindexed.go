package projections

import (
	"fmt"
	"slices"
	"strings"
)

// A change to a document replaces all its words in the full-text index, which costs more than everything else that an edit
// writes, and for many documents together little more than for one. So the documents of small transactions wait, and a
// search looks into each of them. Which ones wait is kept with the checkpoint; their words follow from their rows.

// maxUnindexed is how many documents wait at most, unless Config says otherwise.
const maxUnindexed = 256

// later tells whether a transaction that changes so many documents leaves their words for later.
func (c Config) later(docs int) bool { return 4*docs <= c.maxUnindexed() }

// indexLater adds documents to those that wait. When they are too many the index takes up all of them.
func (w *work) indexLater(st *standing) error {
	st.unindexed = slices.Clone(st.unindexed)
	for doc := range w.unindexed {
		if at, known := slices.BinarySearch(st.unindexed, doc); !known {
			st.unindexed = slices.Insert(st.unindexed, at, doc)
		}
	}
	if len(st.unindexed) <= w.m.cfg.maxUnindexed() {
		return nil
	}
	return w.t.index(st)
}

// index takes the words of all documents that wait into the full-text index.
func (t table) index(st *standing) error {
	texts, err := t.wordsOf(st.unindexed)
	if err != nil {
		return err
	}
	for i, doc := range st.unindexed {
		if err := t.replaceWords(doc, texts[i]); err != nil {
			return err
		}
	}
	st.unindexed = nil
	return nil
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
	if len(t.unindexed) == 0 {
		p.and(indexed, match(p.terms))
		return nil
	}
	texts, err := t.wordsOf(t.unindexed)
	if err != nil {
		return err
	}
	var fit []int64
	for i, doc := range t.unindexed {
		if found(texts[i], p.terms) {
			fit = append(fit, doc)
		}
	}
	p.and(fmt.Sprintf(`(%s AND a.doc NOT IN (%s) OR a.doc IN (%s))`, indexed, numbers(t.unindexed), numbers(fit)), match(p.terms))
	return nil
}

func numbers(list []int64) string {
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(list), " ", ","), "[]")
}
