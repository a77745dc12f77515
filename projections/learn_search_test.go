package projections_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

// TestSearchSeesAPackThatIsNotIndexed: the documents of a pack are found before the full-text index has them, while they are
// edited and erased, and when it has some of them, each once and by both kinds of lists.
func TestSearchSeesAPackThatIsNotIndexed(t *testing.T) {
	const many = 700 // more than the index takes up at a time
	a := newLaptop(t, 1)
	a.site("RAV")
	ids := make([]record.ID, many)
	for i := range ids {
		ids[i] = a.add(fmt.Sprintf("PLC-%03d", i), "custodian=ada", fmt.Sprintf("custom.Loop=L%d", i))
	}
	docs := a.packed(a.log())
	gone := docOf(docs, ids[0])
	gone.Events = append(gone.Events, forged(a, *gone, record.Edit{Key: "name", Value: record.StringValue("ghost")}, 5000))
	b := newLaptopWith(t, 2, 8)
	b.learn(docs)
	total := func(what string, search string, want int) {
		t.Helper()
		listed := view(b, func(ctx context.Context, tx *eventstore.Tx) (projections.ListPage, error) {
			return b.models.List(ctx, tx, projections.ListQuery{Search: search})
		})
		if page := b.assets(projections.Query{Search: search}); page.Total != want || listed.Total != want {
			t.Errorf("%s: %q finds %d and %d, want %d", what, search, page.Total, listed.Total, want)
		}
	}
	check := func(what string, edited int) {
		t.Helper()
		total(what, "ada", many-edited)
		total(what, "grace", edited)
		if page := b.assets(projections.Query{Where: map[string]string{"custom.Loop": "L77"}}); page.Total != 1 {
			t.Errorf("%s: %d of an own column", what, page.Total)
		}
	}
	check("learnt", 0)
	total("learnt", "ghost", 1)
	for i := range 20 { // more than may wait for being edited
		b.set(ids[i*30+5], "custodian=grace")
	}
	check("edited", 20)
	ctx, stop := context.WithCancel(t.Context())
	if err := b.models.IndexWords(ctx, func(done, total int64) {
		if done > 0 {
			stop()
		}
	}); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	check("some indexed", 20)
	must(t, b.store.Close())
	b.open()
	b.pull(a)
	b.refute(all)
	check("arrived", 20)
	total("arrived", "ghost", 0)
	must(t, b.models.IndexWords(t.Context(), func(int64, int64) {}))
	check("indexed", 20)
	b.sound()
}
