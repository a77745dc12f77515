package crdttest

import (
	"math"
	"testing"

	"fieldbook/crdt"
	"fieldbook/record"
)

// values: every kind of scalar comes back as it was put, and nothing is to be seen of it before the commit.
func values(t *testing.T, e crdt.Engine) {
	d, h := create(t, e), crdt.NewHistory(stream)
	all := map[string]record.Value{
		"null": record.NullValue(), "yes": record.BoolValue(true), "no": record.BoolValue(false),
		"text": record.StringValue("Zähler ⚙\x00"), "empty": record.StringValue(""), "bytes": record.BytesValue([]byte{0, 255}),
		"int": record.IntValue(-crdt.MaxInt), "top": record.IntValue(crdt.MaxInt), "time": record.TimeValue(noon),
		"float": record.FloatValue(math.Copysign(0, -1)), "none": record.BytesValue(nil),
	}
	for key, v := range all {
		must(t, d.Set(key, record.IntValue(1)))
		must(t, d.Set(key, v))
	}
	if keys, err := d.Keys(); err != nil || len(keys) != 0 {
		t.Fatalf("keys before commit: %v %v", keys, err)
	}
	commit(t, d, h, person(1))
	same(t, d, h)
	for key, v := range all {
		if got := h.Live(key)[0].Value; !got.Equal(v) {
			t.Fatalf("key %q: %v, put %v", key, got, v)
		}
		must(t, d.Set(key, v))
	}
	_, err := d.Commit(actor(person(1)), noon)
	wants(t, err, crdt.ErrEmpty)
}

// concurrent: both values of two devices are kept, the winner first, and the next edit replaces both.
func concurrent(t *testing.T, e crdt.Engine) {
	a, b, h := create(t, e), create(t, e), crdt.NewHistory(stream)
	must(t, a.Set("firmware", record.StringValue("V1")))
	must(t, b.Set("firmware", record.StringValue("V2")))
	one, two := commit(t, a, h, person(1)), commit(t, b, h, person(2))
	must(t, a.Apply(two))
	must(t, b.Apply(one))
	must(t, b.Apply(one))
	same(t, a, h)
	same(t, b, h)
	if got, err := a.Values("firmware"); err != nil || len(got) != 2 {
		t.Fatalf("values %v %v", got, err)
	}
	must(t, a.Set("firmware", record.StringValue("V2")))
	commit(t, a, h, person(1))
	same(t, a, h)
	if got, _ := a.Values("firmware"); len(got) != 1 {
		t.Fatalf("values %v after the decision", got)
	}
}

// prose: text typed on both sides merges; places count in characters.
func prose(t *testing.T, e crdt.Engine) {
	a, b, h := create(t, e), create(t, e), crdt.NewHistory(stream)
	must(t, a.Splice("description", 0, 0, "x"))
	_, err := a.Commit(actor(person(1)), noon)
	wants(t, err, crdt.ErrObject)
	object, err := crdt.Object("description")
	must(t, err)
	must(t, a.Apply(object))
	must(t, b.Apply(object))
	must(t, a.Splice("description", 0, 0, "𝄞 pump"))
	must(t, a.Splice("description", 2, 4, "valve"))
	o := person(1)
	o.Texts = []string{"description"}
	one := commit(t, a, h, o)
	same(t, a, h)
	must(t, b.Apply(one))
	must(t, a.Splice("description", 2, 5, "motor"))
	must(t, b.Splice("description", 7, 0, " 7"))
	two, three := commit(t, a, h, person(1)), commit(t, b, h, person(2))
	must(t, a.Apply(three))
	must(t, b.Apply(two))
	same(t, a, h)
	same(t, b, h)
	if text, ok, err := a.Text("description"); text != "𝄞 motor 7" || !ok || err != nil {
		t.Fatalf("text %q %v %v", text, ok, err)
	}
	must(t, a.Splice("description", 10, 0, "x"))
	_, err = a.Commit(actor(person(1)), noon)
	wants(t, err, crdt.ErrElement)
	must(t, a.Set("description", record.StringValue("x")))
	_, err = a.Commit(actor(person(1)), noon)
	wants(t, err, crdt.ErrProfile)
	same(t, a, h)
}

// refused: what no history admitted, what lacks a dependency and what is outside the profile does not get in.
func refused(t *testing.T, e crdt.Engine) {
	a, b, h := create(t, e), create(t, e), crdt.NewHistory(stream)
	wants(t, a.Apply(crdt.Admitted{}), crdt.ErrProof)
	must(t, a.Set("x", record.IntValue(1)))
	commit(t, a, h, person(1))
	must(t, a.Set("x", record.IntValue(2)))
	two := commit(t, a, h, person(1))
	wants(t, b.Apply(two), crdt.ErrUnknown)
	wants(t, b.Set("", record.NullValue()), crdt.ErrProfile)
	wants(t, b.Set("x", record.IntValue(crdt.MaxInt+1)), crdt.ErrProfile)
	wants(t, b.Set("x", record.FloatValue(math.NaN())), crdt.ErrProfile)
	wants(t, b.Set("x", record.StringValue("\xff")), crdt.ErrProfile)
	wants(t, b.Splice("x", 0, 0, "\xff"), crdt.ErrProfile)
	_, err := b.Commit(actor(person(1)), noon)
	wants(t, err, crdt.ErrEmpty)
	same(t, b, crdt.NewHistory(stream))
}

// earlier: a document reads as it was, and the reading does not change it.
func earlier(t *testing.T, e crdt.Engine) {
	d, h := create(t, e), crdt.NewHistory(stream)
	must(t, d.Set("x", record.IntValue(1)))
	one := commit(t, d, h, person(1))
	must(t, d.Set("x", record.IntValue(2)))
	commit(t, d, h, person(1))
	for _, heads := range [][]crdt.Hash{nil, {one.Hash()}, h.Heads()} {
		then, err := d.At(heads)
		must(t, err)
		old, err := h.At(heads)
		must(t, err)
		same(t, then, old)
		then.Close()
	}
	_, err := d.At([]crdt.Hash{{1}})
	wants(t, err, crdt.ErrUnknown)
	same(t, d, h)
}

// saved: a document comes back from its saved bytes; bytes changed or of another document are refused.
func saved(t *testing.T, e crdt.Engine) {
	d, h := create(t, e), crdt.NewHistory(stream)
	for i := range int64(20) {
		must(t, d.Set("x", record.IntValue(i)))
		must(t, d.Set("y", record.StringValue("kept")))
		commit(t, d, h, person(byte(i%2)))
	}
	raw, err := d.Save()
	must(t, err)
	back, err := e.Load(stream, raw)
	must(t, err)
	defer back.Close()
	same(t, back, h)
	must(t, back.Set("x", record.IntValue(99)))
	commit(t, back, h, person(3))
	same(t, back, h)
	for i := range raw {
		bad := append([]byte(nil), raw...)
		bad[i] ^= 1
		_, err := e.Load(stream, bad)
		wants(t, err, crdt.ErrSaved)
	}
	_, err = e.Load(record.ID{9}, raw)
	wants(t, err, crdt.ErrSaved)
	_, err = e.Load(stream, raw[:10])
	wants(t, err, crdt.ErrSaved)
}

// closed: a closed document answers nothing.
func closed(t *testing.T, e crdt.Engine) {
	d := create(t, e)
	if d.Size() == 0 {
		t.Fatal("an open document has no size")
	}
	d.Close()
	d.Close()
	object, err := crdt.Object("x")
	must(t, err)
	_, keys := d.Keys()
	_, values := d.Values("x")
	_, _, text := d.Text("x")
	_, heads := d.Heads()
	_, at := d.At(nil)
	_, save := d.Save()
	_, made := d.Commit(crdt.ActorID{}, noon)
	for _, err := range []error{keys, values, text, heads, at, save, made, d.Apply(object), d.Set("x", record.NullValue()), d.Splice("x", 0, 0, "")} {
		wants(t, err, crdt.ErrClosed)
	}
}
