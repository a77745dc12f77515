package syncproto

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"reflect"
	"testing"
)

func testDocuments() []DocumentHeads {
	return []DocumentHeads{
		{ID: [16]byte{0: 1}, Heads: Hash{1}},
		{ID: [16]byte{0: 1, 15: 9}, Heads: Hash{2}},
		{ID: [16]byte{0: 200}, Heads: Hash{3}},
	}
}

// A tree is what docs/format/sync.md says, and tells where two holders differ.
func TestTreeTellsWhatDiffers(t *testing.T) {
	documents := testDocuments()
	tree := NewTree(documents)
	first := sha256.New()
	for _, d := range documents[:2] {
		first.Write(d.ID[:])
		first.Write(d.Heads[:])
	}
	if tree[1] != Hash(first.Sum(nil)) || tree[0] != (Hash{}) || tree[200] == (Hash{}) {
		t.Errorf("buckets %x %x %x", tree[0], tree[1], tree[200])
	}
	var all []byte
	for _, bucket := range tree {
		all = append(all, bucket[:]...)
	}
	if tree.Root() != sha256.Sum256(all) {
		t.Errorf("root %x", tree.Root())
	}
	documents[1].Heads[0]++
	other := NewTree(documents)
	if other[1] == tree[1] || other[200] != tree[200] || other.Root() == tree.Root() {
		t.Error("the tree does not show where documents differ")
	}
	if empty := NewTree(nil); empty != (Tree{}) {
		t.Error("no documents, but a bucket")
	}
}

// What is written is read back the same.
func TestDocumentsAndPacksSurviveTheWire(t *testing.T) {
	request := &DocumentsRequest{Workspace: Workspace{1}, Tree: NewTree(testDocuments())}
	data, err := request.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := DecodeDocumentsRequest(data); err != nil || !reflect.DeepEqual(got, request) {
		t.Errorf("%v, %v", got, err)
	}
	for _, answer := range []*DocumentsAnswer{{}, {Documents: testDocuments(), More: true}} {
		data, err := answer.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := DecodeDocumentsAnswer(data); err != nil || !reflect.DeepEqual(got, answer) {
			t.Errorf("%v, %v", got, err)
		}
	}
	for _, answer := range []*PackAnswer{{}, {Name: "part-0a", Data: []byte{1}}, {Name: "a", Data: make([]byte, MaxPack)}} {
		data, err := answer.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := DecodePackAnswer(data); err != nil || !reflect.DeepEqual(got, answer) {
			t.Errorf("%d bytes, %v", len(data), err)
		}
	}
}

// A message about documents that is cut, too short inside or of another kind is
// refused.
func TestMalformedDocumentsAreRefused(t *testing.T) {
	good, err := (&DocumentsRequest{Tree: NewTree(testDocuments())}).Encode()
	if err != nil {
		t.Fatal(err)
	}
	short := append(bytes.Clone(good[:len(good)-8192-3]), 0x41, 0x00)
	pack, err := (&PackAnswer{Name: "a", Data: []byte{1}}).Encode()
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"cut": good[:len(good)-1], "a short tree": short, "a pack": pack} {
		if _, err := DecodeDocumentsRequest(data); !errors.Is(err, ErrMalformed) {
			t.Errorf("request of %s: %v", name, err)
		}
		if _, err := DecodeDocumentsAnswer(data); !errors.Is(err, ErrMalformed) {
			t.Errorf("answer of %s: %v", name, err)
		}
	}
	if _, err := DecodePackAnswer(good); !errors.Is(err, ErrMalformed) {
		t.Errorf("a documents request as a pack: %v", err)
	}
	full := make([]DocumentHeads, MaxDocuments)
	for i := range full {
		full[i].ID = [16]byte{byte(i >> 8), byte(i)}
	}
	if data, err := (&DocumentsAnswer{Documents: full}).Encode(); err != nil || len(data) > MaxMessage {
		t.Errorf("as many documents as are allowed: %d bytes, %v", len(data), err)
	}
}
