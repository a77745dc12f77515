package projections_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

// finds checks which assets have a word.
func (l *laptop) finds(word string, want ...string) {
	l.t.Helper()
	if got := tags(l.assets(projections.Query{Search: word})); !slices.Equal(got, append([]string{}, want...)) {
		l.t.Errorf("%q finds %v, want %v", word, got, want)
	}
}

// TestSearchSeesWhatWaitsForTheIndex: an edit is found at once by its new word and no longer by its old one, whether the
// document's words wait, were taken up by the index, wait again, or the program was started anew in between.
func TestSearchSeesWhatWaitsForTheIndex(t *testing.T) {
	l := newLaptopWith(t, 1, 4)
	l.site("RAV")
	var ids []record.ID
	for i := range 7 {
		ids = append(ids, l.add(fmt.Sprintf("PLC-%d", i)))
	}
	for round := range 3 {
		for i, id := range ids {
			before, after := fmt.Sprintf("depot%dx%d", round-1, i), fmt.Sprintf("depot%dx%d", round, i)
			l.set(id, "custodian="+after)
			l.finds(after, fmt.Sprintf("PLC-%d", i))
			l.finds(before)
		}
		l.finds(fmt.Sprintf("depot%d siemens", round), "PLC-0", "PLC-1", "PLC-2", "PLC-3", "PLC-4", "PLC-5", "PLC-6")
		must(t, l.store.Close())
		l.open()
	}
	l.sound()
	l.finds("depot2x3", "PLC-3")
}

// TestWhatWaitsIsTakenUpLater: what edits left for the full-text index is found before and after it is taken up when nobody
// waits, and when it is edited once more.
func TestWhatWaitsIsTakenUpLater(t *testing.T) {
	l := newLaptopWith(t, 1, 500)
	l.site("RAV")
	var last record.ID
	for i := range 80 {
		last = l.add(fmt.Sprintf("PLC-%02d", i), fmt.Sprintf("custodian=depot%d", i))
	}
	for range 2 {
		l.finds("depot79", "PLC-79")
		l.finds("depot7", "PLC-07", "PLC-70", "PLC-71", "PLC-72", "PLC-73", "PLC-74", "PLC-75", "PLC-76", "PLC-77", "PLC-78", "PLC-79")
		must(t, l.models.IndexWords(t.Context(), func(int64, int64) { t.Error("told of documents of a pack") }))
	}
	l.set(last, "custodian=grace")
	l.finds("depot79")
	l.finds("grace", "PLC-79")
	l.sound()
}

// TestWhatWaitsGoesWithItsTransaction: an edit that is undone leaves nothing behind that a search could find.
func TestWhatWaitsGoesWithItsTransaction(t *testing.T) {
	l := newLaptopWith(t, 1, 4)
	l.site("RAV")
	id := l.add("PLC-1", "custodian=ada")
	undone := errors.New("undone")
	seq, prev := l.seq, l.prev
	err := l.store.Update(t.Context(), func(tx *eventstore.Tx) error {
		body, err := l.author(tx, record.Event{Type: "asset.field_changed", Schema: 1, Stream: id, Edits: []record.Edit{{Key: "custodian", Value: record.StringValue("grace")}}})
		must(t, err)
		must(t, l.append(tx, plainKey, body))
		return undone
	})
	if !errors.Is(err, undone) {
		t.Fatal(err)
	}
	l.seq, l.prev = seq, prev
	l.models.Forget()
	l.finds("grace")
	l.finds("ada", "PLC-1")
	l.sound()
}

// TestSearchLeavesOutAccents: people search without them, in what waits, in the index and in the past.
func TestSearchLeavesOutAccents(t *testing.T) {
	l := newLaptop(t, 1)
	l.site("RAV")
	id := l.add("PLC-1", "custodian=Zoë Ångström")
	l.finds("zoe angstrom", "PLC-1")
	l.finds("ZOË", "PLC-1")
	l.sound()
	l.finds("zoe angstrom", "PLC-1")
	then := l.now
	l.set(id, "custodian=Ada")
	l.finds("zoe")
	if got := tags(l.assets(projections.Query{Search: "Zoe", AsOf: &then})); !slices.Equal(got, []string{"PLC-1"}) {
		t.Errorf("in the past: %v", got)
	}
}
