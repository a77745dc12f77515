package crdt

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"slices"
	"testing"

	"fieldbook/record"
)

var update = flag.Bool("update", false, "write the vectors in testdata anew")

// vector is one change as an event carries it, with what must become of it.
type vector struct {
	Name    string   `json:"name,omitempty"`
	Device  hexBytes `json:"device,omitempty"`
	Stream  hexBytes `json:"stream"`
	Salt    hexBytes `json:"salt,omitempty"`
	Texts   []string `json:"texts,omitempty"`
	Raw     hexBytes `json:"raw"`
	Hash    hexBytes `json:"hash,omitempty"`
	Verdict string   `json:"verdict,omitempty"`
	Class   string   `json:"class,omitempty"` // of the failure
}

type hexBytes []byte

func (b hexBytes) MarshalText() ([]byte, error) { return []byte(hex.EncodeToString(b)), nil }

func (b *hexBytes) UnmarshalText(text []byte) (err error) {
	*b, err = hex.DecodeString(string(text))
	return err
}

func (v *vector) origin() Origin {
	o := Origin{Salt: v.Salt, Texts: v.Texts}
	copy(o.Device[:], v.Device)
	copy(o.Stream[:], v.Stream)
	return o
}

// classes are the names of failures in the vectors.
var classes = map[string]error{"chunk": ErrChunk, "checksum": ErrChecksum, "limit": ErrLimit, "profile": ErrProfile, "actor": ErrActor,
	"seq": ErrSeq, "start": ErrStart, "pred": ErrPred, "object": ErrObject, "element": ErrElement, "texts": ErrTexts}

func class(err error) string {
	for name, e := range classes {
		if errors.Is(err, e) {
			return name
		}
	}
	return ""
}

// suite is the content of testdata/change.json.
type suite struct {
	Before  []vector `json:"before"` // the document that the hostile changes are added to
	Valid   []vector `json:"valid"`
	Hostile []vector `json:"hostile"`
}

func resum(raw []byte) []byte {
	sum := sha256.Sum256(raw[offHash:])
	copy(raw[4:8], sum[:4])
	return raw
}

// generate makes the vectors from the attacks.
func generate(t testing.TB) suite {
	s := suite{Before: base()}
	for _, a := range slices.Concat(causal(), static(), encodings(), origins()) {
		h := load(t, s.Before)
		c := next(h, put("n", record.IntValue(1)))
		if a.edit != nil {
			a.edit(c)
		}
		raw := encodeAny(t, c)
		if a.raw != nil {
			raw = a.raw(raw)
		}
		o := origin
		if a.by != nil {
			a.by(&o)
		}
		if len(raw) < 100_000 { // the longer ones are made anew by TestLarge
			s.Hostile = append(s.Hostile, vector{Name: a.name, Device: o.Device[:], Stream: o.Stream[:], Salt: o.Salt,
				Texts: o.Texts, Raw: raw, Verdict: Malformed.String(), Class: class(a.want)})
		}
	}
	for name, raw := range forgeries() {
		s.Hostile = append(s.Hostile, vector{Name: "deterministic " + name, Stream: stream[:], Raw: raw, Verdict: Malformed.String(), Class: "actor"})
	}
	slices.SortFunc(s.Hostile, func(a, b vector) int { return bytes.Compare([]byte(a.Name), []byte(b.Name)) })
	c := next(load(t, s.Before), put("n", record.IntValue(1)))
	c.Deps[0][0] ^= 1
	s.Hostile = append(s.Hostile, vector{Name: "dependency missing", Device: device[:], Stream: stream[:], Salt: salt, Raw: encodeAny(t, c), Verdict: Waiting.String()})
	s.Valid = valid(t)
	return s
}

// encodeAny writes a change whatever its size.
func encodeAny(t testing.TB, p *Change) []byte {
	c, err := private(p)
	if err != nil {
		t.Fatal(err)
	}
	return frame(c.encode(nil))
}

func load(t testing.TB, before []vector) *History {
	h := NewHistory(stream)
	for i := range before {
		if _, v, err := h.Add(before[i].Raw, before[i].origin()); v != Accepted {
			t.Fatal(err)
		}
	}
	return h
}

// valid gives the deterministic changes that other implementations must make byte for byte.
func valid(t testing.TB) []vector {
	fixed, err := AuthorNew(stream, []record.Edit{
		{Key: "tag", Value: record.StringValue("RAV-PLC-004")}, {Key: "safety_related", Value: record.BoolValue(true)},
		{Key: "vlan", Value: record.IntValue(120)}, {Key: "zone", Value: record.NullValue()}})
	if err != nil {
		t.Fatal(err)
	}
	text, err := AuthorText(stream, "description", "Pump 2, Zähler ⚙")
	if err != nil {
		t.Fatal(err)
	}
	object, _ := TextObject("description")
	list := []vector{
		{Name: "text object of description", Stream: stream[:], Raw: object},
		{Name: "creation", Stream: stream[:], Raw: fixed},
		{Name: "first text", Stream: stream[:], Texts: []string{"description"}, Raw: text},
	}
	for _, v := range base() {
		v.Name = "edit"
		list = append(list, v)
	}
	for i := range list {
		c, err := Decode(list[i].Raw)
		if err != nil {
			t.Fatal(err)
		}
		list[i].Hash, list[i].Verdict = c.Hash[:], Accepted.String()
	}
	return list
}

const vectorFile = "testdata/change.json"

func readVectors(t testing.TB) suite {
	raw, err := os.ReadFile(vectorFile)
	if err != nil {
		t.Fatal(err)
	}
	var s suite
	if err := json.Unmarshal(raw, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestVectors: the same bytes are made everywhere and for ever.
func TestVectors(t *testing.T) {
	want, err := json.MarshalIndent(generate(t), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(vectorFile, append(want, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(vectorFile)
	if err != nil || !bytes.Equal(bytes.TrimSpace(got), want) {
		t.Fatalf("vectors differ from %s (%v): the format changed", vectorFile, err)
	}
}

// TestHostile: each attack is refused with its class of failure, leaves the document as it was, and is not admitted to an engine.
func TestHostile(t *testing.T) {
	s := readVectors(t)
	for _, v := range s.Hostile {
		t.Run(v.Name, func(t *testing.T) { refuses(t, load(t, s.Before), v) })
	}
}

// TestLarge does the same for attacks that are too long for a file.
func TestLarge(t *testing.T) {
	before := base()
	for _, a := range slices.Concat(static(), encodings()) {
		h := load(t, before)
		c := next(h, put("n", record.IntValue(1)))
		if a.edit != nil {
			a.edit(c)
		}
		raw := encodeAny(t, c)
		if a.raw != nil {
			raw = a.raw(raw)
		}
		v := vector{Device: device[:], Stream: stream[:], Salt: salt, Raw: raw, Verdict: Malformed.String(), Class: class(a.want)}
		t.Run(a.name, func(t *testing.T) { refuses(t, h, v) })
	}
}

func refuses(t *testing.T, h *History, v vector) {
	heads, size := h.Heads(), h.Len()
	hash, verdict, err := h.Add(v.Raw, v.origin())
	if verdict.String() != v.Verdict || class(err) != v.Class {
		t.Fatalf("%v, class %q: %v; want %s, %s", verdict, class(err), err, v.Verdict, v.Class)
	}
	if _, ok := h.Admitted(hash); ok || !slices.Equal(heads, h.Heads()) || h.Len() != size || h.Contains(hash) {
		t.Fatal("the change had an effect")
	}
	if hash != (Hash{}) && h.Verdict(hash).String() != v.Verdict {
		t.Fatalf("remembered as %v", h.Verdict(hash))
	}
}

// TestValid: the good vectors are accepted, and encode to the same bytes again.
func TestValid(t *testing.T) {
	h := NewHistory(stream)
	for _, v := range readVectors(t).Valid {
		hash, verdict, err := h.Add(v.Raw, v.origin())
		if verdict != Accepted || !bytes.Equal(hash[:], v.Hash) {
			t.Fatalf("%s: %v %v %v", v.Name, hash, verdict, err)
		}
		c, err := Decode(v.Raw)
		if err != nil {
			t.Fatal(err)
		}
		if raw, err := Encode(c); err != nil || !bytes.Equal(raw, v.Raw) {
			t.Fatalf("%s: encoded again as %x (%v)", v.Name, raw, err)
		}
	}
}
