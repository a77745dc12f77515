package crdt

import (
	"bytes"

	"fieldbook/record"
)

// content cuts the frame off a chunk; frame puts a valid one around any content.
func content(raw []byte) []byte {
	_, at, err := open(raw)
	if err != nil {
		panic(err)
	}
	return raw[at:]
}

func frame(content []byte) []byte {
	raw, _ := seal(content)
	return raw
}

// header gives the content of a good change up to its columns.
func header(raw []byte) []byte {
	c, err := parse(raw)
	if err != nil {
		panic(err)
	}
	c.ops, c.preds = nil, nil
	out := c.encode(nil)
	return out[:len(out)-1] // without the number of columns
}

// column gives columns by hand: pairs of specification and data.
func column(pairs ...any) func([]byte) []byte {
	return func(good []byte) []byte {
		out := append(header(good), byte(len(pairs)/2))
		var data []byte
		for i := 0; i < len(pairs); i += 2 {
			d := []byte(pairs[i+1].(string))
			out = appendU(appendU(out, uint64(pairs[i].(int))), uint64(len(d)))
			data = append(data, d...)
		}
		return frame(append(out, data...))
	}
}

// flip changes one place of the content and repairs the frame.
func flip(at int, to byte) func([]byte) []byte {
	return func(good []byte) []byte {
		c := bytes.Clone(content(good))
		c[at] = to
		return frame(c)
	}
}

// A good column set of one put: key "n", no insert, action 1, null value, no predecessor.
const (
	oneKey, oneInsert, oneAction, oneMeta, onePred = "\x7f\x01n", "\x01", "\x7f\x01", "\x7f\x00", "\x7f\x00"
	huge                                           = "\x80\x80\x80\x80\x80\x20" // a run of 2^40
)

// encodings are attacks on the encoding; all carry a valid checksum unless their name says otherwise.
func encodings() []attack {
	deflated := string([]byte{0x63, 0x00, 0x00})
	return []attack{
		{name: "empty", want: ErrChunk, raw: func([]byte) []byte { return nil }},
		{name: "magic", want: ErrChunk, raw: func(g []byte) []byte { return append([]byte{0}, g[1:]...) }},
		{name: "checksum", want: ErrChecksum, raw: func(g []byte) []byte { g[4] ^= 1; return g }},
		{name: "flipped bit", want: ErrChecksum, raw: func(g []byte) []byte { g[len(g)-1] ^= 1; return g }},
		{name: "two chunks", want: ErrChecksum, raw: func(g []byte) []byte { return append(g, g...) }},
		{name: "cut short", want: ErrChunk, raw: func(g []byte) []byte { return frame(content(g)[:60]) }},
		{name: "nothing in it", want: ErrChunk, raw: func([]byte) []byte { return frame(nil) }},
		{name: "extra bytes", want: ErrChunk, raw: func(g []byte) []byte { return frame(append(content(g), 1)) }},
		{name: "document chunk", want: ErrChunk, raw: func(g []byte) []byte { return retype(g, 0) }},
		{name: "compressed chunk", want: ErrChunk, raw: func(g []byte) []byte { return retype(g, 2) }},
		{name: "actor of 15 bytes", want: ErrChunk, raw: flip(33, 15)},
		{name: "actor not needed", want: ErrChunk, raw: extraActor},
		{name: "actors out of order", want: ErrChunk, raw: actors(ActorID{9}, ActorID{8})},
		{name: "actor twice", want: ErrChunk, raw: actors(me)},
		{name: "text object with a time", want: ErrProfile, raw: func([]byte) []byte {
			raw, _ := TextObject("t")
			c, _ := parse(raw)
			c.time = 1
			return frame(c.encode(nil))
		}},
		{name: "value of 2^59 bytes", want: ErrChunk, raw: column(colKeyStr, oneKey, colInsert, oneInsert, colAction, oneAction, colValMeta, "\x7f\xf6\xff\xff\xff\xff\xff\xff\xff\x7f", colVal, "\x05", colPredNum, onePred)},
		{name: "length not minimal", want: ErrChunk, raw: longLength},
		{name: "number not minimal", want: ErrChunk, raw: func(g []byte) []byte { return frame(append([]byte{0x81, 0x00}, content(g)[1:]...)) }},
		{name: "compressed column", want: ErrProfile, raw: column(colKeyStr, oneKey, colInsert, oneInsert, colAction|8, deflated, colValMeta, oneMeta, colPredNum, onePred)},
		{name: "unknown column", want: ErrProfile, raw: column(colKeyStr, oneKey, colInsert, oneInsert, colAction, oneAction, colValMeta, oneMeta, colPredNum, onePred, 0x94, "\x01")},
		{name: "columns out of order", want: ErrProfile, raw: column(colInsert, oneInsert, colKeyStr, oneKey, colAction, oneAction, colValMeta, oneMeta, colPredNum, onePred)},
		{name: "column twice", want: ErrProfile, raw: column(colKeyStr, oneKey, colKeyStr, oneKey, colInsert, oneInsert, colAction, oneAction, colValMeta, oneMeta, colPredNum, onePred)},
		{name: "empty column", want: ErrChunk, raw: column(colObjActor, "", colKeyStr, oneKey, colInsert, oneInsert, colAction, oneAction, colValMeta, oneMeta, colPredNum, onePred)},
		{name: "run of one", want: ErrChunk, raw: column(colKeyStr, oneKey, colInsert, oneInsert, colAction, "\x01\x01", colValMeta, oneMeta, colPredNum, onePred)},
		{name: "columns of nulls", want: ErrChunk, raw: column(colObjActor, "\x00\x01", colObjCtr, "\x00\x01", colKeyStr, oneKey, colInsert, oneInsert, colAction, oneAction, colValMeta, oneMeta, colPredNum, onePred)},
		{name: "null run of none", want: ErrChunk, raw: column(colKeyStr, "\x00\x00", colInsert, oneInsert, colAction, oneAction, colValMeta, oneMeta, colPredNum, onePred)},
		{name: "object without counter", want: ErrChunk, raw: column(colObjActor, "\x7f\x00", colKeyStr, oneKey, colInsert, oneInsert, colAction, oneAction, colValMeta, oneMeta, colPredNum, onePred)},
		{name: "key and element", want: ErrChunk, raw: column(colKeyActor, "\x7f\x00", colKeyCtr, "\x7f\x01", colKeyStr, oneKey, colInsert, oneInsert, colAction, oneAction, colValMeta, oneMeta, colPredNum, onePred)},
		{name: "no key", want: ErrChunk, raw: column(colInsert, oneInsert, colAction, oneAction, colValMeta, oneMeta, colPredNum, onePred)},
		{name: "actor beyond the table", want: ErrChunk, raw: column(colKeyStr, oneKey, colInsert, oneInsert, colAction, oneAction, colValMeta, oneMeta, colPredNum, "\x7f\x01", colPredActor, "\x7f\x09", colPredCtr, "\x7f\x01")},
		{name: "unsigned number", want: ErrProfile, raw: column(colKeyStr, oneKey, colInsert, oneInsert, colAction, oneAction, colValMeta, "\x7f\x13", colVal, "\x05", colPredNum, onePred)},
		{name: "unknown type", want: ErrProfile, raw: column(colKeyStr, oneKey, colInsert, oneInsert, colAction, oneAction, colValMeta, "\x7f\x1c", colVal, "\x05", colPredNum, onePred)},
		{name: "null with content", want: ErrProfile, raw: column(colKeyStr, oneKey, colInsert, oneInsert, colAction, oneAction, colValMeta, "\x7f\x10", colVal, "\x05", colPredNum, onePred)},
		{name: "int not minimal", want: ErrProfile, raw: column(colKeyStr, oneKey, colInsert, oneInsert, colAction, oneAction, colValMeta, "\x7f\x24", colVal, "\x81\x00", colPredNum, onePred)},
		{name: "value beyond the data", want: ErrChunk, raw: column(colKeyStr, oneKey, colInsert, oneInsert, colAction, oneAction, colValMeta, "\x7f\x56", colVal, "\x05", colPredNum, onePred)},
		{name: "value left over", want: ErrChunk, raw: column(colKeyStr, oneKey, colInsert, oneInsert, colAction, oneAction, colValMeta, oneMeta, colVal, "\x05", colPredNum, onePred)},
		{name: "bomb of actions", want: ErrLimit, raw: column(colKeyStr, huge+"\x01n", colInsert, huge, colAction, huge+"\x01", colValMeta, huge+"\x00", colPredNum, huge+"\x00")},
		{name: "bomb of null actions", want: ErrLimit, raw: column(colAction, "\x00"+huge)},
		{name: "bomb of predecessors", want: ErrChunk, raw: column(colKeyStr, oneKey, colInsert, oneInsert, colAction, oneAction, colValMeta, oneMeta, colPredNum, "\x7f"+huge, colPredActor, huge+"\x00", colPredCtr, huge+"\x01")},
		{name: "bomb of keys", want: ErrChunk, raw: column(colKeyStr, huge+"\x01n", colInsert, oneInsert, colAction, oneAction, colValMeta, oneMeta, colPredNum, onePred)},
		{name: "bomb of falses", want: ErrChunk, raw: column(colKeyStr, oneKey, colInsert, huge, colAction, oneAction, colValMeta, oneMeta, colPredNum, onePred)},
		{name: "too many bytes", want: ErrLimit, raw: func(g []byte) []byte { return frame(make([]byte, MaxBytes)) }},
	}
}

// retype gives the chunk another type and a valid checksum.
func retype(good []byte, kind byte) []byte {
	raw := bytes.Clone(good)
	raw[8] = kind
	return resum(raw)
}

// extraActor names an actor that no operation uses.
func extraActor(good []byte) []byte {
	c, _ := parse(good)
	c.actors = append(c.actors, ActorID{1})
	return frame(c.encode(nil))
}

// actors adds actors to the table and a put with predecessors by all of them.
func actors(list ...ActorID) func([]byte) []byte {
	return func(good []byte) []byte {
		c, _ := parse(good)
		c.actors = append(c.actors, list...)
		for i := range list {
			c.preds = append(c.preds, ref{uint32(i) + 1, uint32(i) + 1})
		}
		c.ops[0].npred = uint32(len(list))
		return frame(c.encode(nil))
	}
}

// longLength writes the length of the content in one byte more than it needs.
func longLength(good []byte) []byte {
	c := content(good)
	raw := append(append([]byte{}, good[:9]...), byte(len(c))|0x80, byte(len(c)>>7)|0x80, 0)
	return resum(append(raw, c...))
}

// origins are attacks with good bytes carried by the wrong event.
func origins() []attack {
	return []attack{
		{name: "device of another", want: ErrActor, by: func(o *Origin) { o.Device[0]++ }},
		{name: "salt of another unlock", want: ErrActor, by: func(o *Origin) { o.Salt = []byte("other") }},
		{name: "stream of another", want: ErrActor, by: func(o *Origin) { o.Stream[0]++ }},
		{name: "not deterministic", want: ErrActor, by: func(o *Origin) { o.Salt = nil }},
		{name: "salt too long", want: ErrActor, by: func(o *Origin) { o.Salt = make([]byte, MaxSalt+1) }},
		{name: "text key not depended on", want: ErrTexts, by: func(o *Origin) { o.Texts = []string{"v"} }},
		{name: "more text keys than dependencies", want: ErrTexts, by: func(o *Origin) { o.Texts = []string{"t", "u", "v"} }},
	}
}

// forgeries of deterministic changes, which anyone may carry; each has the actor that its content asks for.
func forgeries() map[string][]byte {
	text, _ := AuthorText(stream, "t", "abc")
	_, object := TextObject("t")
	_, other := TextObject("u")
	good, _ := AuthorNew(stream, []record.Edit{{Key: "a", Value: record.IntValue(1)}, {Key: "b", Value: record.IntValue(2)}})
	remake := func(raw []byte, edit func(c *chunk)) []byte {
		c, _ := parse(raw)
		edit(c)
		c.actors[0] = fixedActor(stream, c.tail(nil))
		return frame(c.encode(nil))
	}
	forge := func(edit func(c *chunk)) []byte { return remake(good, edit) }
	return map[string][]byte{
		"with a time":                forge(func(c *chunk) { c.time = 1 }),
		"of another stream":          mustNew(record.ID{8}),
		"other content":              otherContent(good),
		"order of keys":              forge(func(c *chunk) { c.ops[0], c.ops[1] = c.ops[1], c.ops[0] }),
		"creation with a dependency": forge(func(c *chunk) { c.deps, c.start = string(object[:]), 2 }),
		"text from behind":           remake(text, func(c *chunk) { c.ops[1].elem, c.ops[2].elem = ref{}, ref{} }),
		"text with two dependencies": remake(text, func(c *chunk) {
			c.deps = string(min(string(object[:]), string(other[:])) + max(string(object[:]), string(other[:])))
		}),
	}
}

// otherContent changes a key under the same actor.
func otherContent(good []byte) []byte {
	c, _ := parse(good)
	c.ops[1].key = "c"
	return frame(c.encode(nil))
}

func mustNew(stream record.ID) []byte {
	raw, err := AuthorNew(stream, []record.Edit{{Key: "a", Value: record.IntValue(1)}})
	if err != nil {
		panic(err)
	}
	return raw
}
