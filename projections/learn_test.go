package projections_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/crdt"
	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

// packed is what a service that holds some envelopes packs of them.
func (l *laptop) packed(envs []*envelope.Envelope) (docs []projections.Packed) {
	l.t.Helper()
	at := map[record.ID]int{}
	for _, e := range envs {
		o, err := l.opener(eventstore.Row{Envelope: e, Hash: e.Hash()})
		must(l.t, err)
		if o.Body == nil || len(o.Body.Change) == 0 || o.Fate != projections.Accepted {
			continue
		}
		id := record.ID(o.Body.Stream)
		if _, known := at[id]; !known {
			at[id] = len(docs)
			docs = append(docs, projections.Packed{Stream: id})
		}
		docs[at[id]].Events = append(docs[at[id]].Events, o)
	}
	slices.SortFunc(docs, func(a, b projections.Packed) int { return bytes.Compare(a.Stream[:], b.Stream[:]) })
	return docs
}

// learn takes documents from a pack.
func (l *laptop) learn(docs []projections.Packed) {
	l.t.Helper()
	must(l.t, l.models.Learn(l.t.Context(), pack(docs), nil))
}

func pack(docs []projections.Packed) projections.Pack {
	return projections.Pack{Service: "0123456789abcdef", Next: func() (projections.Packed, error) {
		if len(docs) == 0 {
			return projections.Packed{}, io.EOF
		}
		next := docs[0]
		docs = docs[1:]
		return next, nil
	}}
}

func (l *laptop) unverified() (docs, events int64) {
	l.t.Helper()
	view(l, func(_ context.Context, tx *eventstore.Tx) (struct{}, error) {
		var err error
		docs, events, err = l.models.Unverified(tx)
		return struct{}{}, err
	})
	return docs, events
}

// refute ends the claims on feeds that are here as far as fits.
func (l *laptop) refute(whole func(envelope.FeedID) bool) (docs int) {
	l.t.Helper()
	l.update(func(tx *eventstore.Tx) (err error) {
		docs, err = l.models.Refute(tx, whole)
		return err
	})
	return docs
}

func all(envelope.FeedID) bool { return true }

// editedPlant is a laptop with a site, an asset that was edited, and a note on it.
func editedPlant(t *testing.T) (a *laptop, id record.ID) {
	a = newLaptop(t, 1)
	a.site("RAV")
	id = plc(a)
	a.set(id, "firmware=V2")
	a.set(id, "firmware=V3")
	a.note("It hums.", id)
	return a, id
}

func TestPackIsUsableAtOnceAndVerifiedLater(t *testing.T) {
	a, id := editedPlant(t)
	b := newLaptop(t, 2)
	b.learn(a.packed(a.log()))
	if b.digest() != a.digest() {
		t.Fatal("the record of a pack differs from that of the feeds")
	}
	if docs, events := b.unverified(); docs != 3 || events != 5 {
		t.Fatalf("%d documents with %d events unverified", docs, events)
	}
	if page := b.assets(projections.Query{Search: "v3"}); page.Total != 1 || !page.Items[0].Unverified || page.Items[0].View["unverified"] != true {
		t.Fatalf("found %+v", page)
	}
	b.set(id, "firmware=V4") // on what only the pack has shown
	if got := b.current(id, "firmware"); got != "V4" {
		t.Fatalf("firmware %s", got)
	}
	b.pull(a)
	if docs, events := b.unverified(); docs+events != 0 {
		t.Fatalf("%d documents with %d events are unverified though all arrived", docs, events)
	}
	if page := b.assets(projections.Query{}); page.Items[0].Unverified {
		t.Fatal("still marked")
	}
	a.pull(b)
	if a.digest() != b.digest() || a.current(id, "firmware") != "V4" {
		t.Fatal("laptops differ")
	}
	b.sound()
}

func TestRebuildForgetsThePack(t *testing.T) {
	a, id := editedPlant(t)
	b := newLaptop(t, 2)
	b.learn(a.packed(a.log()))
	b.set(id, "firmware=V4")
	must(t, b.models.Rebuild(t.Context(), nil))
	if docs, _ := b.unverified(); docs != 0 || b.counts().Waiting != 1 || b.snapshot(id).Exists {
		t.Fatalf("%d unverified, %+v", docs, b.counts())
	}
	b.pull(a)
	if b.counts().Waiting != 0 || b.current(id, "firmware") != "V4" {
		t.Fatal("the own edit did not come back with what it depends on")
	}
}

// forged is a change that somebody made up and says to be of a laptop's feed.
func forged(l *laptop, of projections.Packed, edit record.Edit, seq uint64) projections.Opened {
	l.t.Helper()
	h := crdt.NewHistory(of.Stream)
	for _, o := range of.Events {
		_, _, err := h.Add(o.Body.Change, projections.OriginOf(&o))
		must(l.t, err)
	}
	body := l.body(record.Event{Type: "asset.field_changed", Stream: of.Stream})
	body.Salt = []byte{1, 2, 3, 4, byte(l.feed.Epoch)}
	var err error
	body.Change, body.Texts, err = h.Author(crdt.Actor(l.feed.Device, of.Stream, body.Salt), l.now, []record.Edit{edit}, nil)
	must(l.t, err)
	return projections.Opened{Feed: l.feed, Seq: seq, Hash: envelope.Hash{0xfa, byte(seq)}, Member: l.member, Role: roleOf(l.feed.Device), Body: body}
}

func docOf(docs []projections.Packed, id record.ID) *projections.Packed {
	at := slices.IndexFunc(docs, func(p projections.Packed) bool { return p.Stream == id })
	return &docs[at]
}

// TestInventedEntriesAreFoundOut: what a service that holds the keys made up is shown as unverified at most, and taken out as
// soon as the feeds it names are here.
func TestInventedEntriesAreFoundOut(t *testing.T) {
	a, id := editedPlant(t)
	docs := a.packed(a.log())
	honest := docOf(docs, id)
	vlan := record.Edit{Key: "void", Value: record.StringValue("never was")}
	honest.Events = append(honest.Events, forged(a, *honest, vlan, 3))
	stranger := projections.Packed{Stream: record.ID{0xee}}
	made := forged(a, stranger, record.Edit{Key: "tag", Value: record.StringValue("GHOST-1")}, 4)
	made.Body.Type = "asset.created"
	docs = append(docs, projections.Packed{Stream: stranger.Stream, Events: []projections.Opened{made}})
	b := newLaptop(t, 2)
	b.learn(docs)
	if b.assets(projections.Query{}).Total != 1 || b.digest() == a.digest() {
		t.Fatal("the forgery has no effect that could be found out")
	}
	b.pull(a)
	if docs, events := b.unverified(); docs != 2 || events != 2 {
		t.Fatalf("%d documents with %d events unverified", docs, events)
	}
	if n := b.refute(func(envelope.FeedID) bool { return false }); n != 0 {
		t.Fatalf("%d documents refuted before the feeds are here", n)
	}
	if n := b.refute(all); n != 2 {
		t.Fatalf("%d documents refuted", n)
	}
	if docs, _ := b.unverified(); docs != 0 || b.digest() != a.digest() {
		t.Fatal("the forgery left something behind")
	}
	b.expectKinds(t, append(a.kinds(), "diverged")...)
	b.sound()
	b.expectKinds(t, append(a.kinds(), "diverged")...) // a rebuild does not forget who lied
}

// TestPackThatSaysOtherwiseThanTheFeed: the name of an entry is right and what it says is not.
func TestPackThatSaysOtherwiseThanTheFeed(t *testing.T) {
	a, id := editedPlant(t)
	docs := a.packed(a.log())
	p := docOf(docs, id)
	last := p.Events[len(p.Events)-1]
	lie := forged(a, projections.Packed{Stream: id, Events: p.Events[:len(p.Events)-1]}, record.Edit{Key: "lifecycle", Value: record.StringValue("retired")}, last.Seq)
	lie.Hash = last.Hash
	p.Events[len(p.Events)-1] = lie
	b := newLaptop(t, 2)
	b.learn(docs)
	if b.current(id, "lifecycle") != "retired" {
		t.Fatal("the lie has no effect that could be found out")
	}
	b.pull(a)
	if docs, _ := b.unverified(); docs != 0 || b.digest() != a.digest() {
		t.Fatal("the lie left something behind")
	}
	b.expectKinds(t, append(a.kinds(), "diverged")...)
	b.sound()
}

func TestPackThatEndsEarlyChangesNothing(t *testing.T) {
	a, _ := editedPlant(t)
	b := newLaptop(t, 2)
	b.site("OWN")
	before := b.digest()
	docs, cut := a.packed(a.log()), errors.New("cut")
	whole := pack(docs)
	n := 0
	next := func() (projections.Packed, error) {
		if n++; n > 2 {
			return projections.Packed{}, cut
		}
		return whole.Next()
	}
	if err := b.models.Learn(t.Context(), projections.Pack{Next: next}, nil); !errors.Is(err, cut) {
		t.Fatalf("got %v", err)
	}
	if docs, _ := b.unverified(); docs != 0 || b.digest() != before {
		t.Fatal("half a pack was taken")
	}
	b.learn(docs)
	b.pull(a)
	a.pull(b)
	if a.digest() != b.digest() {
		t.Fatal("laptops differ")
	}
}

// TestPacksInRandomHistories: whatever a pack holds of the feeds, and in whatever order they arrive behind it while people go
// on writing, in the end the record is that of the feeds alone.
func TestPacksInRandomHistories(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := &world{laptops: []*laptop{newLaptop(t, 1), newLaptopWith(t, 2, 4)}}
		defer w.close()
		w.laptops[0].site("RAV")
		for range rapid.IntRange(5, 25).Draw(r, "acts") {
			w.act(r)
		}
		first := w.laptops[0]
		first.pull(w.laptops[1])
		late := newLaptop(t, 9)
		log := first.log()
		pack := first.packed(log[:rapid.IntRange(0, len(log)).Draw(r, "packed")])
		invented := rapid.Bool().Draw(r, "invented") && len(pack) > 0
		if invented {
			p := &pack[rapid.IntRange(0, len(pack)-1).Draw(r, "document")]
			p.Events = append(p.Events, forged(first, *p, record.Edit{Key: "void", Value: record.StringValue("x")}, 1000))
		}
		late.learn(pack)
		w.laptops = append(w.laptops, late)
		for range rapid.IntRange(0, 4).Draw(r, "own") {
			for _, id := range w.known(r, late, w.assets) {
				w.edit(r, late, id)
			}
		}
		if rapid.Bool().Draw(r, "indexed before") {
			must(t, late.models.IndexWords(t.Context(), func(int64, int64) {}))
		}
		late.shuffled(r, log)
		late.refute(all)
		if docs, events := late.unverified(); docs+events != 0 {
			r.Fatalf("%d documents with %d events unverified", docs, events)
		}
		first.pull(late)
		if late.digest() != first.digest() {
			r.Fatal("laptops differ")
		}
		late.sound()
	})
}

// TestPackHoldsWhatTheLogHasToo: a laptop that learns a pack after it wrote something itself, which the pack may hold, rightly
// or wrongly.
func TestPackHoldsWhatTheLogHasToo(t *testing.T) {
	a, id := editedPlant(t)
	b := newLaptop(t, 2)
	b.pull(a)
	b.set(id, "firmware=V4")
	a.pull(b)
	docs := a.packed(a.log())
	c := newLaptop(t, 2)
	for _, e := range b.log() {
		if e.Feed() == b.feed {
			c.update(func(tx *eventstore.Tx) error { return c.take(tx, []*envelope.Envelope{e}) })
		}
	}
	c.learn(docs)
	if got, events := c.unverified(); got != 3 || events != 5 || c.current(id, "firmware") != "V4" {
		t.Fatalf("%d documents with %d events unverified, firmware %s", got, events, c.current(id, "firmware"))
	}
	p := docOf(docs, id)
	p.Events[len(p.Events)-1].Body.HLC++
	c.learn(docs)
	if c.current(id, "firmware") != "V4" {
		t.Fatal("the own entry counts for less than what a pack says of it")
	}
	c.expectKinds(t, append(a.kinds(), "diverged")...)
	c.pull(a)
	if docs, _ := c.unverified(); docs != 0 || c.digest() != a.digest() {
		t.Fatal("laptops differ")
	}
	c.sound()
}

// TestHistoryMayBeProjectedLater: what was appended without being projected goes first, and what was projected already counts
// once.
func TestHistoryMayBeProjectedLater(t *testing.T) {
	a, id := editedPlant(t)
	b := newLaptop(t, 2)
	log := a.log()
	var opened []projections.Opened
	for at, e := range log {
		b.update(func(tx *eventstore.Tx) error {
			positions, err := tx.Append([]*envelope.Envelope{e}, []byte("a signature is not checked here"))
			if err != nil {
				return err
			}
			o, err := b.opener(eventstore.Row{Position: positions[0], Envelope: e, Hash: e.Hash()})
			if opened = append(opened, o); err != nil || at != len(log)-2 {
				return err
			}
			return b.models.Apply(tx, opened[at:])
		})
	}
	b.update(func(tx *eventstore.Tx) error { return b.models.Apply(tx, opened) })
	b.update(func(tx *eventstore.Tx) error { return b.models.Apply(tx, opened) })
	if a.digest() != b.digest() || b.current(id, "firmware") != "V3" {
		t.Fatal("laptops differ")
	}
	b.sound()
}
