package syncclient_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// world is a few laptops and remotes with everything that goes wrong between
// them. What was once written must end on every laptop.
type world struct {
	t       *rapid.T
	authors []*synctest.Author
	laptops []*synctest.Laptop
	stores  []*syncserver.Memory
	hidden  map[string]bool
	written map[string][]byte
}

func newWorld(t *rapid.T) *world {
	w := &world{t: t, hidden: map[string]bool{}, written: map[string][]byte{}}
	for i := range rapid.IntRange(2, 4).Draw(t, "laptops") {
		w.authors = append(w.authors, synctest.NewAuthor(plant, fmt.Sprint("author ", i), 1))
	}
	for range w.authors {
		w.laptops = append(w.laptops, synctest.NewLaptop(plant, w.authors...))
	}
	for range rapid.IntRange(1, 2).Draw(t, "remotes") {
		w.stores = append(w.stores, &syncserver.Memory{})
	}
	return w
}

func (w *world) pick(n int, what string) int { return rapid.IntRange(0, n-1).Draw(w.t, what) }

// write has an author write on its laptop. Authors beyond the laptops are
// copies: their feeds fork.
func (w *world) write() {
	i := w.pick(len(w.authors), "author")
	w.authors[i].Write(rapid.IntRange(1, 3).Draw(w.t, "events"), 32)
	segments := w.authors[i].Cut()
	w.laptops[i].Keep(segments...)
	for _, s := range segments {
		w.written[syncproto.Path(w.laptops[i].Workspace(), s.Feed, s.Name())] = s.Data
	}
}

// clone copies a laptop with its author's feed.
func (w *world) clone() {
	if len(w.laptops) >= 6 {
		return
	}
	i := w.pick(len(w.authors), "cloned")
	copied := synctest.NewLaptop(plant, w.authors...)
	copyAll(w.laptops[i], copied)
	w.laptops = append(w.laptops, copied)
	w.authors = append(w.authors, w.authors[i].Clone(fmt.Sprint(len(w.authors))))
}

// copyAll has one laptop take all that another holds, feed by feed.
func copyAll(from, to *synctest.Laptop) {
	have, _ := from.Have(ctxBackground)
	for _, h := range have {
		names, _ := from.Names(ctxBackground, h.Feed)
		for _, name := range names {
			segment, _, _ := from.Segment(ctxBackground, h.Feed, name)
			to.Keep(segment)
		}
	}
}

// sync syncs a laptop with a remote that may be cut at any step.
func (w *world) sync() {
	laptop, store := w.laptops[w.pick(len(w.laptops), "laptop")], w.stores[w.pick(len(w.stores), "remote")]
	before, after := rapid.IntRange(0, 40).Draw(w.t, "cut before"), rapid.IntRange(0, 40).Draw(w.t, "cut after")
	cut := func(at int) func(int, string) error {
		return func(call int, _ string) error {
			if call == at {
				return synctest.ErrCut
			}
			return nil
		}
	}
	faults := &synctest.Faults{
		Store: store, Before: cut(before), After: cut(after),
		Hide: func(path string) bool { return w.hidden[path] },
	}
	_, err := syncclient.Sync(ctxBackground, laptop, newServer(faults), syncclient.Options{Attempts: 1})
	if err != nil && !errors.Is(err, syncproto.ErrTemporary) {
		w.t.Fatalf("sync: %v", err)
	}
}

// hide keeps something written from being listed, as in a region it has not
// reached; later it appears, in any order.
func (w *world) hide() {
	for _, path := range w.paths() {
		if rapid.IntRange(0, 3).Draw(w.t, "hide") == 0 {
			w.hidden[path] = !w.hidden[path]
		}
	}
}

// damage overwrites, cuts or renames a file of a remote.
func (w *world) damage() {
	paths, store := w.paths(), w.stores[w.pick(len(w.stores), "damaged remote")]
	if len(paths) == 0 {
		return
	}
	path := paths[w.pick(len(paths), "damaged")]
	data := w.written[path]
	switch w.pick(3, "damage") {
	case 0:
		store.Put(path, data[:w.pick(len(data), "length")])
	case 1:
		flipped := slices.Clone(data)
		flipped[w.pick(len(data), "byte")] ^= 1
		store.Put(path, flipped)
	case 2:
		store.Put(strings.Replace(path, "/00000000", "/00000001", 1), data)
	}
}

func (w *world) paths() []string {
	var out []string
	for path := range w.written {
		out = append(out, path)
	}
	slices.Sort(out)
	return out
}

// settle lets everything become visible and syncs until nothing moves. Each
// round every laptop meets every remote once.
func (w *world) settle() {
	clear(w.hidden)
	for range 6 {
		for _, laptop := range w.laptops {
			for _, store := range w.stores {
				_, err := syncclient.Sync(ctxBackground, laptop, newServer(store), syncclient.Options{})
				if err != nil {
					w.t.Fatalf("last syncs: %v", err)
				}
			}
		}
	}
}

// Given any history of edits, copies of laptops, syncs cut anywhere, late
// listings and damaged files, when all have met the remotes again, then every
// laptop holds everything ever written.
func TestAnyHistoryConverges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		steps := []func(){w.write, w.write, w.sync, w.sync, w.sync, w.clone, w.hide, w.damage}
		for range rapid.IntRange(5, 40).Draw(t, "steps") {
			steps[w.pick(len(steps), "step")]()
		}
		w.settle()
		for i, laptop := range w.laptops {
			if got, want := laptop.Inventory(), w.paths(); !slices.Equal(got, want) {
				t.Fatalf("laptop %d holds %d segments of %d", i, len(got), len(want))
			}
		}
	})
}
