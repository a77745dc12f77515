package projections_test

import (
	"context"
	"fmt"
	"testing"

	"fieldbook/crdt"
	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

func (l *laptop) site(code string) {
	l.t.Helper()
	id, err := record.SiteID(l.env(), code)
	must(l.t, err)
	events, err := record.EnsureSite(l.env(), code, l.snapshot(id))
	must(l.t, err)
	l.write(events...)
}

func (l *laptop) name() {
	l.t.Helper()
	id := record.ID(l.member)
	events, err := record.SetMember{Name: fmt.Sprintf("Member %d", l.member[0])}.Decide(l.env(), withEntity(l.snapshot(id), record.Member))
	must(l.t, err)
	l.write(events...)
}

func withEntity(s record.Snapshot, e record.Entity) record.Snapshot {
	s.Entity = e
	return s
}

func (l *laptop) add(tag string, fields ...string) record.ID {
	l.t.Helper()
	given := map[string]bool{}
	list := assignments(fields)
	for _, a := range list {
		given[a.Field] = true
	}
	for _, a := range assignments([]string{"site=RAV", "role=plc", "criticality=high", "lifecycle=in_service", "owner_department=Controls", "vendor=Siemens", "model=S7-300"}) {
		if !given[a.Field] {
			list = append(list, a)
		}
	}
	ev, err := record.AddAsset{Tag: tag, Fields: list, Reason: "new"}.Decide(l.env())
	must(l.t, err)
	l.write(ev)
	return ev.Stream
}

func (l *laptop) set(id record.ID, fields ...string) {
	l.t.Helper()
	events, err := record.SetAsset{Fields: assignments(fields), Reason: l.reason}.Decide(l.env(), l.snapshot(id))
	must(l.t, err)
	l.write(events...)
}

func (l *laptop) retire(id record.ID) {
	l.t.Helper()
	ev, err := record.Retire{Reason: "end"}.Decide(l.snapshot(id))
	must(l.t, err)
	l.write(ev)
}

func (l *laptop) void(id record.ID) {
	l.t.Helper()
	ev, err := record.Void{Reason: "wrong"}.Decide(l.snapshot(id))
	must(l.t, err)
	l.write(ev)
}

func (l *laptop) merge(absorbed, survivor record.ID) {
	l.t.Helper()
	ev, err := record.MergeAsset{Survivor: l.snapshot(survivor), Reason: "same"}.Decide(l.snapshot(absorbed))
	must(l.t, err)
	l.write(ev)
}

func (l *laptop) swap(id record.ID, fields ...string) {
	l.t.Helper()
	ev, err := record.SwapUnit{Fields: assignments(fields), Reason: "broken"}.Decide(l.env(), l.snapshot(id))
	must(l.t, err)
	l.write(ev)
}

func (l *laptop) note(text string, assets ...record.ID) record.ID {
	l.t.Helper()
	ev, err := record.AddNote{Text: text, Assets: assets}.Decide(l.env())
	must(l.t, err)
	l.write(ev)
	return ev.Stream
}

func (l *laptop) editNote(id record.ID, text string) {
	l.t.Helper()
	events, err := record.EditNote{Text: &text}.Decide(l.env(), l.snapshot(id))
	must(l.t, err)
	l.write(events...)
}

func (l *laptop) sign(id record.ID) {
	l.t.Helper()
	h := view(l, func(_ context.Context, tx *eventstore.Tx) (*crdt.History, error) { return l.models.History(tx, id) })
	var heads [][32]byte
	for _, hash := range h.Heads() {
		heads = append(heads, hash)
	}
	ev, err := record.SignNote{Heads: heads}.Decide(l.env(), l.snapshot(id))
	must(l.t, err)
	l.write(ev)
}

func (l *laptop) current(id record.ID, name string) string {
	l.t.Helper()
	snap := l.snapshot(id)
	f, ok := record.Lookup(snap.Entity, name)
	if !ok {
		l.t.Fatalf("no field %s", name)
	}
	return record.Show(snap, f)
}

func assignments(fields []string) (list []record.Assignment) {
	for _, text := range fields {
		a, err := record.ParseAssignment(text)
		if err != nil {
			panic(err)
		}
		list = append(list, a)
	}
	return list
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%+v", err)
	}
}

func (l *laptop) notes() []projections.NoteView {
	l.t.Helper()
	return view(l, func(ctx context.Context, tx *eventstore.Tx) ([]projections.NoteView, error) {
		return l.models.Notes(ctx, tx, projections.NoteQuery{})
	})
}
