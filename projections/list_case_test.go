package projections_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

// tagsOf lists the tags of a page.
func tagsOf(page projections.ListPage) (list []string) {
	for _, item := range page.Items {
		list = append(list, item.Tag)
	}
	return list
}

func TestListsAreInTheOrderOfPeople(t *testing.T) {
	l := newLaptop(t, 1)
	for _, tag := range []string{"PLC-10", "PLC-2", "PLC-1A", "HMI-02", "HMI-2", "PLC-1"} {
		l.add(tag, "site=RAV", "ip_address=10.0.0."+fmt.Sprint(len(tag)))
	}
	if got, want := tagsOf(l.list(projections.ListQuery{})), []string{"HMI-02", "HMI-2", "PLC-1", "PLC-1A", "PLC-2", "PLC-10"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got, want := tagsOf(l.list(projections.ListQuery{Sort: "-tag", Limit: 2})), []string{"PLC-10", "PLC-2"}; !slices.Equal(got, want) {
		t.Errorf("downwards %v, want %v", got, want)
	}
}

// TestASearchSeesWhatCameAfterIt: what the last search found is remembered only as long as nothing changes.
func TestASearchSeesWhatCameAfterIt(t *testing.T) {
	l := newLaptop(t, 1)
	l.add("PLC-1", "site=RAV")
	for n := 1; n < 4; n++ {
		if got := l.list(projections.ListQuery{Search: "plc"}).Total; got != n {
			t.Errorf("%d found, want %d", got, n)
		}
		l.add(fmt.Sprint("PLC-", n+1), "site=RAV")
	}
}

// TestListsKnowAnyNumberOfCustomFields: also those beyond the columns that are read with all others, as of now and of then.
func TestListsKnowAnyNumberOfCustomFields(t *testing.T) {
	l := newLaptop(t, 1)
	a, b := l.add("PLC-1", "site=RAV"), l.add("PLC-2", "site=RAV")
	own := func(i int, text string) record.Edit {
		return record.Edit{Key: fmt.Sprint("custom/Own ", i), Value: record.StringValue(text)}
	}
	const headers = 90
	for i := range headers {
		l.force(a, "asset.field_changed", []record.Edit{own(i, "old")}, nil)
	}
	then := l.now
	for i := range headers {
		l.force(a, "asset.field_changed", []record.Edit{own(i, "new")}, nil)
	}
	l.force(b, "asset.field_changed", []record.Edit{own(7, "old")}, nil)
	for i := range headers {
		where := []projections.Condition{{Field: fmt.Sprint("custom.Own ", i), Op: projections.Is, Text: "OLD"}}
		now, before := tagsOf(l.list(projections.ListQuery{Where: where})), tagsOf(l.list(projections.ListQuery{Where: where, AsOf: &then}))
		if len(now) != 0 && i != 7 || !slices.Equal(before, []string{"PLC-1"}) {
			t.Errorf("header %d: %v, then %v", i, now, before)
		}
	}
}

// TestHeadersAreThoseThatAssetsHave: in natural order, also beyond the columns that are read with all others, and not those of
// which the last value was cleared.
func TestHeadersAreThoseThatAssetsHave(t *testing.T) {
	l := newLaptop(t, 1)
	a := l.add("PLC-1", "site=RAV", "custom.Loop 10=1", "custom.Loop 9=1", "custom.Shelf=B 3")
	headers := func() []string {
		return view(l, func(ctx context.Context, tx *eventstore.Tx) ([]string, error) { return l.models.Headers(ctx, tx) })
	}
	if got := headers(); !slices.Equal(got, []string{"Loop 9", "Loop 10", "Shelf"}) {
		t.Errorf("headers %q", got)
	}
	l.set(a, "custom.Shelf=", "custom.Fuse=F3")
	if got := headers(); !slices.Equal(got, []string{"Fuse", "Loop 9", "Loop 10"}) {
		t.Errorf("headers %q", got)
	}
	for i := range 80 {
		l.set(a, fmt.Sprintf("custom.Own %02d=x", i))
	}
	if got := headers(); len(got) != 83 || got[82] != "Own 79" {
		t.Errorf("headers %q", got)
	}
}

func TestListsRefuseWhatMeansNothing(t *testing.T) {
	l := newLaptop(t, 1)
	var misuse *record.UsageError
	var refusal *record.Refusal
	for name, q := range map[string]projections.ListQuery{
		"sort":   {Sort: "colour"},
		"column": {Columns: []string{"colour"}},
		"filter": {Where: []projections.Condition{{Field: "colour", Op: projections.Is, Text: "red"}}},
		"op":     {Where: []projections.Condition{{Field: "tag", Op: "<", Text: "1"}}},
		"text":   {Where: []projections.Condition{{Field: "criticality", Op: projections.Is, Text: "red"}}},
	} {
		err := l.store.View(t.Context(), func(tx *eventstore.Tx) error {
			_, err := l.models.List(t.Context(), tx, q)
			return err
		})
		if !errors.As(err, &misuse) && !errors.As(err, &refusal) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestConditionsAreRead(t *testing.T) {
	for text, want := range map[string]projections.Condition{
		"zone=Z1": {"zone", projections.Is, "Z1"}, "zone!=Z1": {"zone", projections.IsNot, "Z1"}, "zone~z": {"zone", projections.Contains, "z"},
		"zone=": {"zone", projections.Is, ""}, "zone!=": {"zone", projections.IsNot, ""}, "custom.A b=c=d~e": {"custom.A b", projections.Is, "c=d~e"},
	} {
		if got, err := projections.ParseCondition(text); got != want || err != nil {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	var misuse *record.UsageError
	for _, text := range []string{"", "zone", "=Z1", "~Z1"} {
		if _, err := projections.ParseCondition(text); !errors.As(err, &misuse) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestAnOldSnapshotIsToldToAskAgain: another transaction has seen what this one does not.
func TestAnOldSnapshotIsToldToAskAgain(t *testing.T) {
	l := newLaptop(t, 1)
	id := l.add("PLC-1", "site=RAV")
	err := l.store.View(t.Context(), func(tx *eventstore.Tx) error {
		if _, err := tx.Last(); err != nil {
			return err
		}
		l.force(id, "asset.field_changed", []record.Edit{{Key: "tag", Value: record.StringValue("PLC-2")}}, nil)
		if got := tagsOf(l.list(projections.ListQuery{})); !slices.Equal(got, []string{"PLC-2"}) {
			t.Errorf("another transaction sees %v", got)
		}
		_, err := l.models.List(t.Context(), tx, projections.ListQuery{AsOf: &time.Time{}})
		return err
	})
	if !errors.Is(err, projections.ErrMoved) {
		t.Errorf("it got %v", err)
	}
}
