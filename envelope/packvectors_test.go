package envelope

import (
	"bytes"
	"testing"
)

// packVectors are unsealed parts, with their content before compression, and parts that are refused. Compression has many
// results for one content, so that only reading is checked.
func packVectors(t *testing.T) *draft {
	d, p := &draft{t: t}, newPacker(t)
	names := []string{"", "controls", "cover", "heads", "documents"}
	var documents []byte
	for _, kind := range partKinds {
		b, _, err := p.EncodePart(WorkspaceID{7}, aPart(kind), KeyID{}, nil)
		must(t, err)
		d.add(names[kind], "a part with "+names[kind], "valid", b)
		d.vectors[len(d.vectors)-1].Fields = map[string]any{"content": hexed(aPart(kind).content())}
		documents = b
	}
	d.add("newer", "header of version 2", ErrNewer.Error(), d.replaced(documents, []byte{0x83, 0x84, 1}, []byte{0x83, 0x84, 2}))
	d.add("truncated", "the last byte is missing", ErrMalformed.Error(), documents[:len(documents)-1])
	d.add("trailing", "a byte follows", ErrMalformed.Error(), append(bytes.Clone(documents), 0))
	d.add("nonce", "not sealed, yet a nonce", ErrMalformed.Error(), d.replaced(documents, append(make([]byte, 16), 4, 0x40), append(make([]byte, 16), 4, 0x41, 0)))
	d.add("workspace", "of another workspace", ErrWorkspace.Error(), d.replaced(documents, append([]byte{7}, make([]byte, 31)...), append([]byte{8}, make([]byte, 31)...)))
	for i, content := range [][]byte{append(aPart(PartHeads).content(), 0), {0x41, 0}} {
		b, err := p.put(box{workspace: WorkspaceID{7}, kind: PartHeads}, content, nil)
		must(t, err)
		d.add([]string{"content-trailing", "content-short"}[i], "content that is no table of heads", ErrMalformed.Error(), b)
	}
	return d
}

func TestPackVectors(t *testing.T) {
	if *update {
		save(t, "pack.json", packVectors(t).vectors)
	}
	var vectors []vector
	load(t, "pack.json", &vectors)
	p := newPacker(t)
	for _, v := range vectors {
		part, err := p.DecodePart(WorkspaceID{7}, unhex(t, v.Hex), plainOpen)
		if got := classOf(err); got != v.Expect {
			t.Errorf("%s: %s (%v), want %s", v.Name, got, err, v.Expect)
		}
		if err == nil && hexed(part.content()) != v.Fields["content"] {
			t.Errorf("%s: content %x", v.Name, part.content())
		}
	}
	for doc, want := range examples(t, "pack.md") {
		for _, v := range vectors {
			if "pack.json/"+v.Name == doc && v.Fields["content"] != hexed(want) {
				t.Errorf("pack.md shows another content of %s: %v", doc, v.Fields["content"])
			}
		}
	}
}
