package crdttest

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/crdt"
	"fieldbook/record"
)

// sent is a change as an event carries it.
type sent struct {
	raw    []byte
	origin crdt.Origin
}

// laptop is one of the devices of a random history.
type laptop struct {
	origin  crdt.Origin
	history *crdt.History
	doc     crdt.Document
	got     int // of log
}

// world is a random history in the making.
type world struct {
	t       *rapid.T
	engine  crdt.Engine
	log     []sent
	laptops []*laptop
}

// random: after edits by several devices, on documents and on histories, with partial syncs, whatever arrives in whatever
// order: documents and histories agree with each other, now and at every earlier head.
func random(t *testing.T, e crdt.Engine) {
	rapid.Check(t, func(t *rapid.T) {
		w := &world{t: t, engine: e}
		defer w.close()
		for i := range rapid.IntRange(2, 4).Draw(t, "laptops") {
			d, err := e.New(stream)
			must(t, err)
			w.laptops = append(w.laptops, &laptop{origin: person(byte(i)), history: crdt.NewHistory(stream), doc: d})
		}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			l := w.laptops[rapid.IntRange(0, len(w.laptops)-1).Draw(t, "laptop")]
			if rapid.IntRange(0, 3).Draw(t, "what") == 0 {
				w.sync(l)
			} else {
				w.edit(l)
			}
		}
		w.finish()
	})
}

func (w *world) close() {
	for _, l := range w.laptops {
		l.doc.Close()
	}
}

// sync brings a laptop all that the others have made, last first: the guard keeps what must wait.
func (w *world) sync(l *laptop) {
	for i := len(w.log) - 1; i >= l.got; i-- {
		_, v, err := l.history.Add(w.log[i].raw, w.log[i].origin)
		if v != crdt.Accepted && v != crdt.Waiting {
			w.t.Fatalf("change %d is %v: %v", i, v, err)
		}
	}
	l.got = len(w.log)
	w.update(l)
}

// update applies to the document what its history accepted.
func (w *world) update(l *laptop) {
	for a := range l.history.All() {
		must(w.t, l.doc.Apply(a))
	}
	same(w.t, l.doc, l.history)
}

// edit makes one change, by the document or by the history.
func (w *world) edit(l *laptop) {
	o := l.origin
	var raw []byte
	var err error
	switch rapid.IntRange(0, 5).Draw(w.t, "author") {
	case 0:
		raw, err = crdt.AuthorText(stream, "text/0", w.words())
		o.Salt, o.Texts = nil, []string{"text/0"}
	case 1:
		raw, err = crdt.AuthorNew(stream, w.edits())
		o.Salt = nil
	case 2, 3:
		var texts []record.TextEdit
		if rapid.Bool().Draw(w.t, "prose") {
			texts = []record.TextEdit{{Key: fmt.Sprint("text/", rapid.IntRange(0, 1).Draw(w.t, "key")), Text: w.words()}}
		}
		raw, o.Texts, err = l.history.Author(actor(o), noon, w.edits(), texts)
	default:
		for _, e := range w.edits() {
			must(w.t, l.doc.Set(e.Key, e.Value))
		}
		w.splice(l)
		raw, err = l.doc.Commit(actor(o), noon)
	}
	if err != nil {
		wants(w.t, err, crdt.ErrEmpty)
		return
	}
	add(w.t, l.history, raw, o)
	w.log = append(w.log, sent{raw, o})
	w.update(l)
}

// splice edits a text of the document, if it has one.
func (w *world) splice(l *laptop) {
	text, ok, err := l.doc.Text("text/0")
	must(w.t, err)
	if !ok || rapid.Bool().Draw(w.t, "leave") {
		return
	}
	n := len([]rune(text))
	at := rapid.IntRange(0, n).Draw(w.t, "at")
	must(w.t, l.doc.Splice("text/0", at, rapid.IntRange(0, n-at).Draw(w.t, "cut"), w.words()))
}

func (w *world) words() string {
	return rapid.StringOfN(rapid.RuneFrom([]rune("ab c⚙𝄞")), 1, 12, -1).Draw(w.t, "text")
}

func (w *world) edits() []record.Edit {
	var out []record.Edit
	for i := range 4 {
		if rapid.IntRange(0, 1).Draw(w.t, "touch") == 1 {
			out = append(out, record.Edit{Key: fmt.Sprint("key/", i), Value: w.value()})
		}
	}
	return out
}

func (w *world) value() record.Value {
	switch rapid.IntRange(0, 6).Draw(w.t, "kind") {
	case 0:
		return record.NullValue()
	case 1:
		return record.BoolValue(rapid.Bool().Draw(w.t, "bool"))
	case 2:
		return record.IntValue(rapid.Int64Range(-crdt.MaxInt, crdt.MaxInt).Draw(w.t, "int"))
	case 3:
		return record.FloatValue(rapid.Float64Range(-1e9, 1e9).Draw(w.t, "float"))
	case 4:
		return record.BytesValue(rapid.SliceOfN(rapid.Byte(), 0, 4).Draw(w.t, "bytes"))
	case 5:
		return record.Value{Kind: record.Time, Int: rapid.Int64Range(-1<<40, 1<<40).Draw(w.t, "time")}
	}
	return record.StringValue(w.words())
}

// finish delivers everything to a newcomer in a random order, with doubles, and compares.
func (w *world) finish() {
	order := rapid.Permutation(append(w.log, w.log...)).Draw(w.t, "order")
	h := crdt.NewHistory(stream)
	for _, s := range order {
		if hash, v, err := h.Add(s.raw, s.origin); v == crdt.Malformed {
			w.t.Fatalf("%v is %v: %v", hash, v, err)
		}
	}
	d, err := crdt.Open(w.engine, h)
	must(w.t, err)
	defer d.Close()
	same(w.t, d, h)
	for _, l := range w.laptops {
		w.sync(l)
		same(w.t, l.doc, h)
	}
	raw, err := d.Save()
	must(w.t, err)
	back, err := w.engine.Load(stream, raw)
	must(w.t, err)
	defer back.Close()
	same(w.t, back, h)
	w.past(d, h)
}

// past compares document and history at every change.
func (w *world) past(d crdt.Document, h *crdt.History) {
	for a := range h.All() {
		then, err := d.At([]crdt.Hash{a.Hash()})
		must(w.t, err)
		old, err := h.At([]crdt.Hash{a.Hash()})
		must(w.t, err)
		same(w.t, then, old)
		then.Close()
	}
}
