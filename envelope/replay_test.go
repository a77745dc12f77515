package envelope

import (
	"bytes"
	"encoding/hex"
	"reflect"
	"slices"
	"testing"
)

func TestReplayVector(t *testing.T) {
	var v replayVector
	load(t, "acl.json", &v)
	ws, err := ParseWorkspaceID(v.Workspace)
	must(t, err)
	for _, order := range []string{"as written", "backwards"} {
		a := NewACL(ws)
		for _, e := range v.Events {
			got, err := Decode(unhex(t, e.Hex))
			must(t, err)
			_ = a.Add(got)
		}
		for _, e := range v.Events {
			h, err := ParseHash(e.Hash)
			must(t, err)
			if got := classOf(a.Verdict(h)); got != e.Expect {
				t.Errorf("%s, %s: %s, want %s: %s", order, e.Name, got, e.Expect, e.Why)
			}
		}
		if !reflect.DeepEqual(names(a.Heads()), v.Heads) || a.Digest().String() != v.Digest || !reflect.DeepEqual(roles(a), v.Devices) {
			t.Errorf("%s: heads %s, digest %s, devices %v", order, a.Heads(), a.Digest(), roles(a))
		}
		var got replayVector
		got.rights(a)
		if got.Naming != v.Naming || !reflect.DeepEqual(got.Services, v.Services) || !reflect.DeepEqual(got.Ended, v.Ended) || !reflect.DeepEqual(got.Recipients, v.Recipients) {
			t.Errorf("%s: naming key %s, services %s, ended %s, recipients %v", order, got.Naming, got.Services, got.Ended, got.Recipients)
		}
		slices.Reverse(v.Events)
	}
}

// What the documents show as bytes is what the vectors hold: each block follows a line that names its vector, and each of its
// lines has hex digits before a comment.
func TestDocumentsShowTheVectors(t *testing.T) {
	for _, doc := range []string{"envelope.md", "head.md", "segment.md", "control.md", "receipt.md"} {
		shown := examples(t, doc)
		if len(shown) == 0 {
			t.Errorf("%s shows no example", doc)
		}
		for name, b := range shown {
			file, want, _ := bytes.Cut([]byte(name), []byte("/"))
			var vectors []vector
			load(t, string(file), &vectors)
			i := slices.IndexFunc(vectors, func(v vector) bool { return v.Name == string(want) })
			if i < 0 || vectors[i].Hex != hex.EncodeToString(b) {
				t.Errorf("%s: example %s is not the vector", doc, name)
			}
		}
	}
}
