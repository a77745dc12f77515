package replica_test

import (
	"strings"
	"testing"

	"fieldbook/internal/testkit/planttest"
	"fieldbook/record"
	"fieldbook/syncserver"
)

// Given a grant that comes after more entries than are opened at once, so that a
// pack is written while some of them still wait, then who starts from any of the
// packs opens them too.
func TestPackWrittenWhileEntriesAreOpened(t *testing.T) {
	store := &syncserver.Memory{}
	s, p := serve(t, store, newMaster(t), nil), planttest.New(t)
	long := record.Edit{Key: "name", Value: record.StringValue(strings.Repeat("pump ", 300))}
	for n := range 3000 {
		p.Founder.Create(id(n), long)
	}
	p.Founder.Grant(s.keys(p))
	s.push(p, p.Founder.Cut()...)
	s.same(p, p.Founder)
	manifests := stored(t, store, p, "packs")
	if len(manifests) == 0 {
		t.Fatal("no packs")
	}
	for _, kept := range manifests {
		alone := &syncserver.Memory{}
		for _, name := range append(append(stored(t, store, p, "feeds"), stored(t, store, p, "parts")...), kept) {
			data, note, err := store.Get(t.Context(), name, 3<<20)
			must(t, err)
			must(t, alone.Create(t.Context(), name, data, note))
		}
		serve(t, alone, s.master, nil).same(p, p.Founder)
	}
}
