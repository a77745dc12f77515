package workspace_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"fieldbook/projections"
)

func (l *laptop) list(q projections.ListQuery) projections.ListPage {
	l.p.t.Helper()
	page, err := l.w.List(l.p.ctx, q)
	l.p.must(err)
	return page
}

// TestBulkEditOfChosenAssets: by id, and by what a list shows, beyond its page.
func TestBulkEditOfChosenAssets(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a := p.laptops[0]
	one, two, three := a.add("PLC-1"), a.add("PLC-2"), a.add("PLC-10")
	_, err := a.w.Retire(p.ctx, because("scrapped"), two)
	p.must(err)

	done, err := a.w.SetAssetsByID(p.ctx, because("walk-down"), []string{one, two, one}, fields("zone", "Z1"))
	p.must(err)
	if len(done.Items) != 1 || done.Items[0].ID != one || len(done.Refused) != 1 || done.Refused[0].Tag != "PLC-2" || done.ID == nil {
		t.Errorf("by id: %+v", done)
	}
	var missing *projections.NotFound
	if _, err := a.w.SetAssetsByID(p.ctx, because("x"), []string{three, "00000000000000000000000000000000"}, fields("zone", "Z9")); !errors.As(err, &missing) {
		t.Errorf("an unknown id: %v", err)
	}
	if zone := a.show(three, "zone"); zone != "" {
		t.Errorf("an edit that was refused as a whole left zone %q", zone)
	}

	query := projections.ListQuery{Where: []projections.Condition{{Field: "lifecycle", Op: projections.IsNot, Text: "retired"}}, Limit: 1}
	done, err = a.w.SetAssetsListed(p.ctx, because("walk-down"), query, fields("zone", "Z2"))
	p.must(err)
	if len(done.Items) != 2 || *done.Items[0].Tag != "PLC-1" || *done.Items[1].Tag != "PLC-10" {
		t.Errorf("as listed: %+v", done)
	}
}

// TestListsBesideWrites: readers ask as fast as they can while assets come and go, and always see whole states.
func TestListsBesideWrites(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a := p.laptops[0]
	for i := range 20 {
		a.add(fmt.Sprint("PLC-", i), "zone", "Z0")
	}
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				facets, err := a.w.Facets(p.ctx, "zone", projections.ListQuery{Where: []projections.Condition{{Field: "role", Op: projections.Is, Text: "plc"}}})
				if err != nil || len(facets) != 1 || facets[0].Count != 20 {
					t.Errorf("in the middle of a bulk edit: %v, %v", facets, err)
					return
				}
			}
		})
	}
	for i := range 10 {
		if _, err := a.w.SetAssets(p.ctx, because("move"), nil, fields("zone", fmt.Sprint("Z", i+1))); err != nil {
			t.Error(err)
		}
	}
	close(done)
	readers.Wait()
	if page := a.list(projections.ListQuery{Columns: []string{"zone"}, Sort: "-tag", Limit: 1}); page.Total != 20 || page.Items[0].Values["zone"] != "Z10" || page.Items[0].Tag != "PLC-19" {
		t.Errorf("at the end: %+v", page)
	}
}
