package crdt

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strconv"
	"testing"

	"fieldbook/record"
)

// request and answer are what interop/interop.mjs reads and writes.
type request struct {
	Saved   hexBytes   `json:"saved,omitempty"`
	Changes []hexBytes `json:"changes,omitempty"`
	Actor   string     `json:"actor,omitempty"`
	Edits   []any      `json:"edits,omitempty"`
}

type answer struct {
	Change hexBytes
	Values map[string]struct {
		Winner string
		All    []string
	}
	Heads []string
}

// npm asks npm's Automerge.
func npm(t *testing.T, r request) (a answer) {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		t.Fatal("this test needs Node: install it, then run npm ci in the root of the repository")
	}
	in, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var out, bad bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "node", "interop.mjs")
	cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = "interop", bytes.NewReader(in), &out, &bad
	if err := cmd.Run(); err != nil {
		if bytes.Contains(bad.Bytes(), []byte("ERR_MODULE_NOT_FOUND")) {
			t.Fatal("@automerge/automerge is not installed: run npm ci in the root of the repository")
		}
		t.Fatalf("node: %v\n%s", err, bad.String())
	}
	if err := json.Unmarshal(out.Bytes(), &a); err != nil {
		t.Fatalf("answer %q: %v", out.String(), err)
	}
	return a
}

// shown writes a value as interop.mjs does.
func shown(v record.Value) string {
	switch v.Kind {
	case record.String:
		return "string " + v.Str
	case record.Int:
		return fmt.Sprint("number ", v.Int)
	case record.Float:
		return "number " + strconv.FormatFloat(v.Float, 'f', -1, 64)
	case record.Bool:
		return fmt.Sprint("boolean ", v.Bool)
	case record.Bytes:
		return fmt.Sprintf("bytes %x", v.Bytes)
	case record.Time:
		return fmt.Sprint("time ", v.Int)
	}
	return "null"
}

// agrees compares npm's answer with a history.
func agrees(t *testing.T, a answer, h *History) {
	t.Helper()
	var heads []string
	for _, hash := range h.Heads() {
		heads = append(heads, hash.String())
	}
	if !slices.Equal(a.Heads, heads) || len(a.Values) != len(h.Keys()) {
		t.Fatalf("heads %v, values %v; history %v, %v", a.Heads, a.Values, heads, h.Keys())
	}
	for key, got := range a.Values {
		var want []string
		for _, live := range h.Live(key) {
			want = append(want, shown(live.Value))
		}
		winner := append(want, "")[0]
		if text, ok := h.Text(key); ok {
			want, winner = []string{"string " + text}, "text "+text
		}
		if got.Winner != winner {
			t.Fatalf("key %q: %v, history %v", key, got, want)
		}
		if slices.Sort(want); !slices.Equal(got.All, want) {
			t.Fatalf("key %q: %v, history %v", key, got, want)
		}
	}
}

// everyKind makes a document with all kinds of values, concurrent ones, a counter and a text.
func everyKind(t *testing.T) *History {
	h := load(t, base())
	fixed, err := AuthorNew(stream, []record.Edit{
		{Key: "a", Value: record.StringValue("ünï")}, {Key: "bool", Value: record.BoolValue(true)},
		{Key: "bytes", Value: record.BytesValue([]byte{0, 1, 255})}, {Key: "float", Value: record.FloatValue(-1.25)},
		{Key: "int", Value: record.IntValue(MaxInt)}, {Key: "none", Value: record.NullValue()},
		{Key: "low", Value: record.IntValue(-MaxInt)}, {Key: "time", Value: record.TimeValue(noon)}})
	accept(t, h, fixed, err, Origin{Stream: stream})
	text, err := AuthorText(stream, "t", "Zähler 𝄞 ")
	accept(t, h, text, err, Origin{Stream: stream, Texts: []string{"t"}})
	c := next(h, Op{Action: Increment, Key: "c", Value: record.IntValue(-7), Pred: []OpID{op3}})
	raw, err := Encode(c)
	accept(t, h, raw, err, origin)
	return h
}

// TestNpmReads: npm's Automerge reads what was written here, as single changes and as a document saved by automerge-go.
func TestNpmReads(t *testing.T) {
	h := everyKind(t)
	var r request
	for a := range h.All() {
		r.Changes = append(r.Changes, hexBytes(a.raw))
	}
	agrees(t, npm(t, r), h)
	e, err := NewAutomerge([32]byte{})
	if err != nil {
		t.Fatal(err)
	}
	d, err := Open(e, h)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	saved, err := d.Save()
	if err != nil {
		t.Fatal(err)
	}
	agrees(t, npm(t, request{Saved: saved[32:]}), h) // behind our own tag
}

// TestNpmWrites: the guard accepts what npm's Automerge writes within the profile, and all read it alike.
func TestNpmWrites(t *testing.T) {
	h := everyKind(t)
	o := Origin{Device: [32]byte{3}, Stream: stream, Salt: salt}
	e, err := NewAutomerge([32]byte{})
	if err != nil {
		t.Fatal(err)
	}
	edit := func(key, kind string, value any) any {
		return map[string]any{"key": key, "kind": kind, "value": value}
	}
	splice := map[string]any{"at": 1, "cut": 3, "text": "q𝄞"}
	for _, edits := range [][]any{
		{edit("a", "string", "decided"), edit("new", "null", nil), edit("bool", "boolean", false)},
		{edit("int", "number", -5), edit("float", "number", 2.5), edit("time", "time", 1_800_000_000_123)},
		{edit("bytes", "bytes", "00ff"), edit("k", "counter", 3), edit("c", "increment", 11)},
		{edit("t", "splice", splice), edit("k", "increment", -1)},
	} {
		r := request{Actor: Actor(o.Device, stream, salt).String(), Edits: edits}
		for a := range h.All() {
			r.Changes = append(r.Changes, hexBytes(a.raw))
		}
		a := npm(t, r)
		accept(t, h, a.Change, nil, o)
		agrees(t, a, h)
		mirrors(t, e, h)
	}
}

// TestNpmOutside: what npm's Automerge writes outside the profile is refused.
func TestNpmOutside(t *testing.T) {
	for _, edit := range []map[string]any{
		{"key": "n", "kind": "number", "value": 1e300},
		{"key": "t", "kind": "string", "value": "over the text"},
	} {
		h := everyKind(t)
		r := request{Actor: Actor([32]byte{3}, stream, salt).String(), Edits: []any{edit}}
		for a := range h.All() {
			r.Changes = append(r.Changes, hexBytes(a.raw))
		}
		raw := npm(t, r).Change
		_, v, err := h.Add(raw, Origin{Device: [32]byte{3}, Stream: stream, Salt: salt})
		if v != Malformed || !errors.Is(err, ErrProfile) {
			t.Fatalf("%v is %v: %v", edit, v, err)
		}
	}
}
