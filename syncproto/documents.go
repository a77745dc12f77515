package syncproto

import (
	"bytes"
	"crypto/sha256"
	"fmt"
)

// MaxDocuments bounds the documents of one DocumentsAnswer.
const MaxDocuments = 10240

// The wire form of the messages about documents. The tree travels as one string
// of its buckets.
type (
	wireDocument struct {
		_     struct{} `cbor:",toarray"`
		ID    [16]byte
		Heads Hash
	}
	wireDocumentsRequest struct {
		Version   uint64                  `cbor:"0,keyasint"`
		Workspace Workspace               `cbor:"1,keyasint"`
		Tree      [256 * len(Hash{})]byte `cbor:"2,keyasint"`
	}
	wireDocumentsAnswer struct {
		Version   uint64         `cbor:"0,keyasint"`
		Documents []wireDocument `cbor:"1,keyasint"`
		More      bool           `cbor:"2,keyasint"`
	}
)

// DocumentHeads is the state of one document.
type DocumentHeads struct {
	// ID is the document's.
	ID [16]byte
	// Heads is the digest of its heads.
	Heads Hash
}

// Tree sums up the heads of all documents in buckets, so that two holders find
// out which ones differ without naming the others. Bucket b is the SHA-256 over
// ID and Heads of each document whose ID begins with the byte b, sorted by ID;
// all zero if there is none.
type Tree [256]Hash

// NewTree sums up documents, which must be sorted by ID and unique.
func NewTree(documents []DocumentHeads) Tree {
	var tree Tree
	sum := sha256.New()
	for i := 0; i < len(documents); {
		bucket := documents[i].ID[0]
		sum.Reset()
		for ; i < len(documents) && documents[i].ID[0] == bucket; i++ {
			sum.Write(documents[i].ID[:])
			sum.Write(documents[i].Heads[:])
		}
		sum.Sum(tree[bucket][:0])
	}
	return tree
}

// Root is the SHA-256 over all buckets in order.
func (t *Tree) Root() Hash {
	sum := sha256.New()
	for i := range t {
		sum.Write(t[i][:])
	}
	return Hash(sum.Sum(nil))
}

// DocumentsRequest asks a service for the documents in those buckets that
// differ from the device's.
type DocumentsRequest struct {
	// Workspace is the workspace spoken of.
	Workspace Workspace
	// Tree sums up the device's documents.
	Tree Tree
}

// DocumentsAnswer names the service's documents in the buckets that differ.
type DocumentsAnswer struct {
	// Documents are sorted by ID, MaxDocuments at most.
	Documents []DocumentHeads
	// More says that there was no room for all. Up to the last ID named nothing
	// is missing.
	More bool
}

// Check says whether the answer keeps the limits and orders of the protocol.
func (a *DocumentsAnswer) Check() error {
	if len(a.Documents) > MaxDocuments {
		return fmt.Errorf("%w: %d documents", ErrLimit, len(a.Documents))
	}
	for i := range a.Documents {
		if i > 0 && bytes.Compare(a.Documents[i-1].ID[:], a.Documents[i].ID[:]) >= 0 {
			return fmt.Errorf("%w: documents out of order", ErrMalformed)
		}
	}
	return nil
}

// Encode writes the request.
func (r *DocumentsRequest) Encode() ([]byte, error) {
	w := wireDocumentsRequest{Version: Version, Workspace: r.Workspace}
	for i := range r.Tree {
		copy(w.Tree[i*len(Hash{}):], r.Tree[i][:])
	}
	return encode(&w)
}

// DecodeDocumentsRequest reads a request. It accepts exactly the bytes that
// Encode writes.
func DecodeDocumentsRequest(data []byte) (*DocumentsRequest, error) {
	var w wireDocumentsRequest
	if err := unmarshal(data, &w); err != nil {
		return nil, fmt.Errorf("read documents request: %w", err)
	}
	r := &DocumentsRequest{Workspace: w.Workspace}
	for i := range r.Tree {
		copy(r.Tree[i][:], w.Tree[i*len(Hash{}):])
	}
	return r, nil
}

// Encode writes the answer after checking its limits.
func (a *DocumentsAnswer) Encode() ([]byte, error) {
	if err := a.Check(); err != nil {
		return nil, err
	}
	w := wireDocumentsAnswer{Version: Version, Documents: make([]wireDocument, len(a.Documents)), More: a.More}
	for i, d := range a.Documents {
		w.Documents[i] = wireDocument{ID: d.ID, Heads: d.Heads}
	}
	return encode(&w)
}

// DecodeDocumentsAnswer reads an answer and checks its limits. It accepts
// exactly the bytes that Encode writes.
func DecodeDocumentsAnswer(data []byte) (*DocumentsAnswer, error) {
	var w wireDocumentsAnswer
	if err := unmarshal(data, &w); err != nil {
		return nil, fmt.Errorf("read documents answer: %w", err)
	}
	a := &DocumentsAnswer{More: w.More}
	for _, d := range w.Documents {
		a.Documents = append(a.Documents, DocumentHeads{ID: d.ID, Heads: d.Heads})
	}
	if err := a.Check(); err != nil {
		return nil, fmt.Errorf("read documents answer: %w", err)
	}
	return a, nil
}
