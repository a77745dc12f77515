package projections_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

func tags(p projections.Page) []string {
	list := []string{}
	for _, a := range p.Items {
		list = append(list, a.Tag)
	}
	return list
}

func plant(t *testing.T) (*laptop, map[string]record.ID) {
	t.Helper()
	l := newLaptop(t, 1)
	l.site("RAV")
	l.name()
	return l, map[string]record.ID{
		"b": l.add("RAV-PLC-002", "ip_address=10.20.1.11", "serial=S C-J25059", "custom.Loop=L7", "description=drives the dosing pump"),
		"a": l.add("RAV-PLC-001", "ip_address=10.20.1.10", "role=hmi", "accounts=local admin", "custom.Loop=L7 and L8", "custom.Old loop=L7"),
		"c": l.add("RAV-SW-001", "vendor=Hirschmann", "model=RS20", "role=switch"),
	}
}

func TestAssetsFilterAndSearch(t *testing.T) {
	l, _ := plant(t)
	for name, c := range map[string]struct {
		q    projections.Query
		want []string
	}{
		"all, by site and tag":         {projections.Query{}, []string{"RAV-PLC-001", "RAV-PLC-002", "RAV-SW-001"}},
		"a page":                       {projections.Query{Limit: 1, Offset: 1}, []string{"RAV-PLC-002"}},
		"by role, case-insensitive":    {projections.Query{Where: map[string]string{"role": "PLC"}}, []string{"RAV-PLC-002"}},
		"by unit field":                {projections.Query{Where: map[string]string{"vendor": "siemens"}}, []string{"RAV-PLC-001", "RAV-PLC-002"}},
		"by serial, without dashes":    {projections.Query{Where: map[string]string{"serial": "sc j25059"}}, []string{"RAV-PLC-002"}},
		"by tag as people write it":    {projections.Query{Where: map[string]string{"tag": "ravplc 001"}}, []string{"RAV-PLC-001"}},
		"by address":                   {projections.Query{Where: map[string]string{"ip": "10.20.1.11"}}, []string{"RAV-PLC-002"}},
		"by custom field":              {projections.Query{Where: map[string]string{"custom.Loop": "l7"}}, []string{"RAV-PLC-002"}},
		"by whole custom value":        {projections.Query{Where: map[string]string{"custom.Loop": "L7 AND l8"}}, []string{"RAV-PLC-001"}},
		"by custom words alone":        {projections.Query{Where: map[string]string{"custom.Loop": "L8"}}, []string{}},
		"by empty custom field":        {projections.Query{Where: map[string]string{"custom.Loop": ""}}, []string{"RAV-SW-001"}},
		"by set":                       {projections.Query{Where: map[string]string{"accounts": "local admin"}}, []string{"RAV-PLC-001"}},
		"by empty field":               {projections.Query{Where: map[string]string{"serial": ""}}, []string{"RAV-PLC-001", "RAV-SW-001"}},
		"search a beginning":           {projections.Query{Search: "rav-plc"}, []string{"RAV-PLC-001", "RAV-PLC-002"}},
		"search from an inner word":    {projections.Query{Search: "plc-002"}, []string{"RAV-PLC-002"}},
		"search a subnet":              {projections.Query{Search: "10.20.1."}, []string{"RAV-PLC-001", "RAV-PLC-002"}},
		"search prose and vendor":      {projections.Query{Search: "dosing siem"}, []string{"RAV-PLC-002"}},
		"search for what is not there": {projections.Query{Search: "turbine"}, []string{}},
		"search for signs only":        {projections.Query{Search: `"* OR`}, []string{}},
		"search and filter":            {projections.Query{Search: "siemens", Where: map[string]string{"role": "hmi"}}, []string{"RAV-PLC-001"}},
		"another site":                 {projections.Query{Site: "XYZ"}, []string{}},
	} {
		if got := tags(l.assets(c.q)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// TestPagesCountWhatFitsBeyondThem: a page says how many assets fit its query, wherever it lies.
func TestPagesCountWhatFitsBeyondThem(t *testing.T) {
	l, _ := plant(t)
	for name, c := range map[string]struct {
		q     projections.Query
		total int
		want  []string
	}{
		"all":              {projections.Query{}, 3, []string{"RAV-PLC-001", "RAV-PLC-002", "RAV-SW-001"}},
		"first of all":     {projections.Query{Limit: 1}, 3, []string{"RAV-PLC-001"}},
		"last of all":      {projections.Query{Limit: 2, Offset: 2}, 3, []string{"RAV-SW-001"}},
		"behind all":       {projections.Query{Limit: 2, Offset: 5}, 3, []string{}},
		"rest without end": {projections.Query{Offset: 1}, 3, []string{"RAV-PLC-002", "RAV-SW-001"}},
		"first of some":    {projections.Query{Limit: 1, Where: map[string]string{"vendor": "siemens"}}, 2, []string{"RAV-PLC-001"}},
		"last of found":    {projections.Query{Limit: 1, Offset: 1, Search: "rav-plc"}, 2, []string{"RAV-PLC-002"}},
		"behind the found": {projections.Query{Limit: 1, Offset: 2, Search: "rav-plc"}, 2, []string{}},
		"struck ones too":  {projections.Query{Limit: 2, IncludeVoid: true}, 3, []string{"RAV-PLC-001", "RAV-PLC-002"}},
	} {
		if page := l.assets(c.q); page.Total != c.total || !slices.Equal(tags(page), c.want) {
			t.Errorf("%s: %v of %d, want %v of %d", name, tags(page), page.Total, c.want, c.total)
		}
	}
}

func TestAssetsRefuseUnknownField(t *testing.T) {
	l, _ := plant(t)
	err := l.store.View(t.Context(), func(tx *eventstore.Tx) error {
		_, err := l.models.Assets(t.Context(), tx, projections.Query{Where: map[string]string{"firmwear": "V1"}})
		return err
	})
	var usage *record.UsageError
	if !errors.As(err, &usage) {
		t.Fatalf("got %v", err)
	}
}

func TestAssetJSONNamesEveryField(t *testing.T) {
	l, _ := plant(t)
	raw, err := json.Marshal(l.assets(projections.Query{}).Items[1])
	must(t, err)
	var got map[string]any
	must(t, json.Unmarshal(raw, &got))
	for _, name := range []string{"id", "tag", "site", "role", "criticality", "lifecycle", "zone", "custodian", "unit", "ip_addresses", "custom", "concurrent", "heads"} {
		if _, ok := got[name]; !ok {
			t.Errorf("%s is missing", name)
		}
	}
}

func find(l *laptop, ref string) (id record.ID, err error) {
	l.store.View(l.t.Context(), func(tx *eventstore.Tx) error {
		id, err = l.models.FindAsset(tx, ref)
		return nil
	})
	return id, err
}

func TestFindAsset(t *testing.T) {
	l, ids := plant(t)
	twin := l.add("rav plc 002", "site=NEW", "serial=X")
	for _, ref := range []string{"RAV-PLC-001", "ravplc001", "RAV/rav-plc-001", ids["a"].String(), ids["a"].String()[:8]} {
		if id, err := find(l, ref); err != nil || id != ids["a"] {
			t.Errorf("%s: %v %v", ref, id, err)
		}
	}
	var several *projections.Ambiguous
	if _, err := find(l, "RAV-PLC-002"); !errors.As(err, &several) || len(several.Candidates) != 2 {
		t.Errorf("got %v", err)
	}
	if id, err := find(l, "NEW/RAV-PLC-002"); err != nil || id != twin {
		t.Errorf("%v %v", id, err)
	}
	var missing *projections.NotFound
	if _, err := find(l, "RAV-PLC-003"); !errors.As(err, &missing) || !slices.Contains(missing.Near, "RAV-PLC-001") {
		t.Errorf("got %v", err)
	}
}

func TestAFindingNamesItsAssetsInThePeoplesOrder(t *testing.T) {
	l, _ := plant(t)
	for _, n := range []string{"11", "7", "2", "100", "5", "1", "10"} {
		l.add("RAV-PUMP-"+n, "serial=twice")
	}
	f := l.findings()[0]
	want := []string{"RAV/RAV-PUMP-1", "RAV/RAV-PUMP-2", "RAV/RAV-PUMP-5", "RAV/RAV-PUMP-7", "RAV/RAV-PUMP-10", "RAV/RAV-PUMP-11", "RAV/RAV-PUMP-100"}
	if !slices.Equal(f.Tags, want) {
		t.Errorf("got %v", f.Tags)
	}
	for i, subject := range f.Subjects {
		if id, err := find(l, f.Tags[i]); err != nil || id.String() != subject {
			t.Errorf("%s is not %s: %v %v", subject, f.Tags[i], id, err)
		}
	}
}

func TestFindingsAreListedInThePeoplesOrder(t *testing.T) {
	l, _ := plant(t)
	for _, n := range []string{"11", "7", "2", "100", "5", "1", "10"} {
		l.add("RAV-PUMP-"+n, "serial=no "+n)
		l.add("RAV-PUMP-"+n+"B", "serial=no "+n)
	}
	var first []string
	for _, f := range l.findings() {
		first = append(first, f.Tags[0])
	}
	want := []string{"RAV/RAV-PUMP-1", "RAV/RAV-PUMP-2", "RAV/RAV-PUMP-5", "RAV/RAV-PUMP-7", "RAV/RAV-PUMP-10", "RAV/RAV-PUMP-11", "RAV/RAV-PUMP-100"}
	if !slices.Equal(first, want) {
		t.Errorf("got %v", first)
	}
}

func TestMergedAssetIsAnAlias(t *testing.T) {
	l, ids := plant(t)
	twin := l.add("RAV-PLC-9XX", "serial=s c j25059")
	l.expectKinds(t, "duplicate_serial")
	l.merge(twin, ids["b"])
	l.expectKinds(t)
	for _, ref := range []string{"RAV-PLC-9XX", twin.String()} {
		if id, err := find(l, ref); err != nil || id != ids["b"] {
			t.Errorf("%s: %v %v", ref, id, err)
		}
	}
	if got := tags(l.assets(projections.Query{})); slices.Contains(got, "RAV-PLC-9XX") {
		t.Errorf("absorbed asset is listed: %v", got)
	}
	rows := l.history(projections.LogQuery{Asset: ids["b"]})
	if !slices.ContainsFunc(rows, func(r projections.LogRow) bool { return *r.Stream == twin.String() && *r.Field == "merged_into" }) {
		t.Error("history lacks that of the absorbed asset")
	}
	l.sound()
}

func TestCycleOfMergesSmallestSurvives(t *testing.T) {
	a, b := newLaptop(t, 1), newLaptop(t, 2)
	a.site("RAV")
	x, y := a.add("PLC-1"), a.add("PLC-2")
	b.pull(a)
	a.merge(x, y)
	b.merge(y, x)
	a.pull(b)
	b.pull(a)
	small := x
	if slices.Compare(y[:], x[:]) < 0 {
		small = y
	}
	for _, l := range []*laptop{a, b} {
		page := l.assets(projections.Query{})
		if page.Total != 1 || page.Items[0].ID != small {
			t.Fatalf("listed: %+v", tags(page))
		}
		l.sound()
	}
}

func TestVoidedAssetAndItsNote(t *testing.T) {
	l, ids := plant(t)
	l.note("hums", ids["a"])
	l.void(ids["a"])
	l.expectKinds(t, "dangling_reference")
	if got := l.assets(projections.Query{}).Total; got != 2 {
		t.Errorf("%d listed", got)
	}
	if got := l.assets(projections.Query{IncludeVoid: true}).Total; got != 3 {
		t.Errorf("%d with voided", got)
	}
	if id, err := find(l, "RAV-PLC-001"); err != nil || id != ids["a"] {
		t.Errorf("a struck entry stays in the trail: %v %v", id, err)
	}
	l.sound()
}

func TestUnknownSiteUntilItComes(t *testing.T) {
	l := newLaptop(t, 1)
	l.add("PLC-1", "site=NEW")
	l.expectKinds(t, "dangling_reference")
	l.site("NEW")
	l.expectKinds(t)
	l.sound()
}

func TestSettledFindingLeavesTheList(t *testing.T) {
	l := newLaptop(t, 1)
	l.add("PLC-1", "site=NEW")
	f := l.findings()[0]
	l.write(record.Event{Type: "finding.settled", Schema: 1, Stream: f.Decision(), Edits: []record.Edit{{Key: "settled", Value: record.BoolValue(true)}}})
	l.expectKinds(t)
	all := view(l, func(ctx context.Context, tx *eventstore.Tx) ([]projections.FindingView, error) {
		return l.models.Findings(ctx, tx, true)
	})
	if len(all) != 1 || !all[0].Settled || all[0].Reason == nil || *all[0].Reason != "because" {
		t.Fatalf("%+v", all)
	}
}

// TestAFindingOfAStruckAssetIsFoundByItsId: lists leave it out, but who has seen it before can still name it.
func TestAFindingOfAStruckAssetIsFoundByItsId(t *testing.T) {
	l, other := newLaptop(t, 1), newLaptop(t, 2)
	l.site("RAV")
	id := l.add("PLC-1")
	other.pull(l)
	l.set(id, "firmware=V1")
	other.set(id, "firmware=V2")
	l.pull(other)
	seen := l.conflicts()[0].ID
	l.void(id)
	l.expectKinds(t)
	found := view(l, func(ctx context.Context, tx *eventstore.Tx) (projections.FindingView, error) {
		return l.models.FindFinding(ctx, tx, seen[:12])
	})
	if found.ID != seen || found.Kind != "concurrent_values" || found.Detail == "" {
		t.Fatalf("%+v", found)
	}
}

// TestAFindingNamesADozenAndCountsTheRest: one address of hundreds of assets is one line.
func TestAFindingNamesADozenAndCountsTheRest(t *testing.T) {
	l := newLaptop(t, 1)
	l.site("RAV")
	for i := range 15 {
		l.add(fmt.Sprint("PLC-", i), "serial=S1")
	}
	found := l.findings()
	if len(found) != 1 || len(found[0].Subjects) != 12 || len(found[0].Tags) != 12 || found[0].More != 3 || !strings.HasSuffix(found[0].Detail, " and 3 more") {
		t.Fatalf("%+v", found)
	}
}

// TestAPageOfFindingsCountsThemAll: by kind, open ones apart from settled ones, whatever of them it gives.
func TestAPageOfFindingsCountsThemAll(t *testing.T) {
	l := newLaptop(t, 1)
	for _, tag := range []string{"PLC-1", "PLC-2", "PLC-3"} {
		l.add(tag, "site=NEW", "serial=S1")
	}
	open := l.findings()
	l.write(record.Event{Type: "finding.settled", Schema: 1, Stream: open[0].Decision(), Edits: []record.Edit{{Key: "settled", Value: record.BoolValue(true)}}})
	for _, q := range []projections.FindingQuery{{}, {Limit: 2}, {Limit: 9, Kind: open[1].Kind}, {Limit: 9, Settled: true}, {Limit: 9, Kind: "none"}} {
		var want projections.FindingPage
		counts := map[string]int{}
		for _, f := range view(l, func(ctx context.Context, tx *eventstore.Tx) ([]projections.FindingView, error) {
			return l.models.Findings(ctx, tx, true)
		}) {
			if f.Settled != q.Settled {
				continue
			}
			counts[f.Kind]++
			if (q.Kind == "" || f.Kind == q.Kind) && len(want.Items) < q.Limit {
				want.Items = append(want.Items, f)
			}
		}
		got := view(l, func(ctx context.Context, tx *eventstore.Tx) (projections.FindingPage, error) {
			return l.models.FindingPage(ctx, tx, q)
		})
		for _, k := range got.Kinds {
			if counts[k.Kind] != k.Count {
				t.Errorf("%+v: %+v, want %v", q, got.Kinds, counts)
			}
		}
		if len(got.Kinds) != len(counts) || len(got.Items) != len(want.Items) || len(want.Items) > 0 && !reflect.DeepEqual(got.Items, want.Items) {
			t.Errorf("%+v: %+v, want %+v", q, got, want)
		}
	}
}

func TestHistoryTellsBeforeAndAfter(t *testing.T) {
	l, ids := plant(t)
	l.set(ids["a"], "firmware=V1")
	l.set(ids["a"], "firmware=V2", "description=new words")
	l.source = envelope.Source{}
	rows := l.history(projections.LogQuery{Asset: ids["a"]})
	last := rows[len(rows)-2:]
	slices.SortFunc(last, func(a, b projections.LogRow) int { return len(*a.Field) - len(*b.Field) })
	if fw := last[0]; *fw.Field != "firmware" || fw.Before != "V1" || fw.After != "V2" || fw.Member != "Member 1" || *fw.Tag != "RAV-PLC-001" || *fw.Reason != "because" || fw.Source != "manual" {
		t.Errorf("%+v", fw)
	}
	if d := last[1]; *d.Field != "description" || d.Before != nil || d.After != "new words" {
		t.Errorf("%+v", d)
	}
	created := slices.IndexFunc(rows, func(r projections.LogRow) bool { return *r.Field == "ip_address" })
	if created < 0 || rows[created].Before != nil || rows[created].After != "10.20.1.10" {
		t.Errorf("creation is not expanded: %+v", rows)
	}
	whole := l.history(projections.LogQuery{})
	if len(whole) <= len(rows) || !slices.IsSortedFunc(whole, func(a, b projections.LogRow) int { return int(a.Seq) - int(b.Seq) }) {
		t.Error("the whole history is not in order")
	}
	if got := l.history(projections.LogQuery{Member: record.ID{9}}); len(got) != 0 {
		t.Errorf("another member's: %d", len(got))
	}
	since := l.now
	if got := l.history(projections.LogQuery{Since: &since}); len(got) != 2 {
		t.Errorf("since the last entry: %d rows", len(got))
	}
}

func TestAsOfAnEarlierTime(t *testing.T) {
	l, ids := plant(t)
	l.set(ids["a"], "firmware=V1")
	then := l.now
	l.now = l.now.Add(time.Hour)
	l.set(ids["a"], "firmware=V2", "role=switch")
	l.void(ids["c"])
	l.add("RAV-PLC-777")
	page := l.assets(projections.Query{AsOf: &then})
	if got := tags(page); !slices.Equal(got, []string{"RAV-PLC-001", "RAV-PLC-002", "RAV-SW-001"}) {
		t.Fatalf("as of then: %v", got)
	}
	if unit, _ := page.Items[0].View["unit"].(map[string]any); unit["firmware"] != "V1" {
		t.Errorf("firmware %v", unit["firmware"])
	}
	if got := tags(l.assets(projections.Query{AsOf: &then, Where: map[string]string{"role": "hmi"}})); !slices.Equal(got, []string{"RAV-PLC-001"}) {
		t.Errorf("filtered as of then: %v", got)
	}
	rows := l.history(projections.LogQuery{Asset: ids["a"], AsOf: &then})
	if !rows[len(rows)-1].Late || rows[0].Late {
		t.Error("what came later is not marked")
	}
	early := begin.Add(-time.Hour)
	if got := l.assets(projections.Query{AsOf: &early}).Total; got != 0 {
		t.Errorf("%d assets before the beginning", got)
	}
}

func TestShowUnitsOverTime(t *testing.T) {
	l, ids := plant(t)
	l.swap(ids["b"], "serial=NEW", "model=S7-1500")
	l.note("swapped", ids["b"])
	d := view(l, func(ctx context.Context, tx *eventstore.Tx) (projections.Detail, error) {
		return l.models.Show(ctx, tx, ids["b"], nil)
	})
	if len(d.Units) != 2 || d.Units[0].Installed || d.Units[0].Until == nil || !d.Units[1].Installed || d.Units[1].Until != nil || d.Units[1].Fields["serial"] != "NEW" {
		t.Errorf("%+v", d.Units)
	}
	if len(d.Notes) != 1 || *d.Notes[0].Assets[0].Tag != "RAV-PLC-002" {
		t.Errorf("%+v", d.Notes)
	}
}

func TestLastImportIgnoresEditsSince(t *testing.T) {
	l := newLaptop(t, 1)
	l.source = envelope.Source{Kind: "import", Name: "list.csv"}
	ev := l.row(1)
	l.write(ev)
	l.source = envelope.Source{}
	l.set(ev.Stream, "custodian=n.n.")
	last := view(l, func(_ context.Context, tx *eventstore.Tx) (func(string) (record.Value, bool), error) {
		return l.models.LastImport(tx, ev.Stream)
	})
	if v, ok := last("custodian"); !ok || v.Str != "j.hargreaves" {
		t.Errorf("%v %v", v, ok)
	}
	if _, ok := last("zone/nothing"); ok {
		t.Error("a key that no import set")
	}
}
