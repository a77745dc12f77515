package envelope

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"math"
)

// Segment is a run of envelopes of one branch of a feed, cut and signed by its author. Its bytes are kept as they are by
// every holder. Whoever rebuilds one from stored columns fills all fields.
type Segment struct {
	Workspace WorkspaceID
	Device    DeviceID
	Epoch     Epoch
	// Number counts the segments of a feed from 1, without holes.
	Number uint64
	// First and Last are the sequence numbers of the first and the last envelope.
	First, Last uint64
	// Prev is the hash before the first envelope, zero if that is the feed's first.
	Prev Hash
	// Tip is the hash of the last envelope.
	Tip Hash
	// Envelopes are the encoded envelopes.
	Envelopes [][]byte
	// Witnesses are the tips of other feeds the author held, sorted by device, epoch, seq and hash, at most MaxWitnesses.
	Witnesses []Head
	// Sig is the author's Ed25519 signature.
	Sig []byte
}

const (
	// MaxSegment is the greatest size of an encoded segment in bytes.
	MaxSegment = 1 << 20
	// MaxWitnesses is the greatest number of witnesses a segment carries.
	MaxWitnesses = 1024
	// roomSegment is what an encoded segment holds at most beside witnesses and envelopes, in bytes.
	roomSegment = 512
	// roomEnvelope is what an envelope takes in a segment beside its own bytes: the head of a byte string.
	roomEnvelope = 5
)

// Feed names the feed the segment belongs to.
func (s *Segment) Feed() FeedID { return FeedID{Device: s.Device, Epoch: s.Epoch} }

// Head is the head the segment ends in. The segment's signature vouches for it as a signed head does.
func (s *Segment) Head() Head {
	return Head{Workspace: s.Workspace, Device: s.Device, Epoch: s.Epoch, Seq: s.Last, Hash: s.Tip}
}

// CutSegment makes a segment of the longest run from the start of envelopes that fits; the caller goes on behind
// len(Envelopes). The envelopes must continue one another: ErrChain. Witnesses are sorted; what is beyond MaxWitnesses is left
// out, since a witness is evidence and its absence says nothing.
func CutSegment(number uint64, envelopes [][]byte, witnesses []Head, signer Signer) (*Segment, error) {
	if number == 0 || number > MaxSeq {
		return nil, fmt.Errorf("cut segment %d: %w", number, ErrMalformed)
	}
	s := &Segment{Number: number, Witnesses: sortWitnesses(witnesses)}
	s.Envelopes = fitting(envelopes, MaxSegment-roomSegment-len(EncodeWitnesses(s.Witnesses)))
	if err := s.measure(); err != nil {
		return nil, fmt.Errorf("cut segment %d: %w", number, err)
	}
	if err := s.checkWitnesses(); err != nil {
		return nil, fmt.Errorf("cut segment %d: %w", number, err)
	}
	sig, err := sign(signer, typeSegment, s.payload())
	if err != nil {
		return nil, fmt.Errorf("cut segment %d: %w", number, err)
	}
	s.Sig = sig
	return s, nil
}

// fitting is the longest run from the start of envelopes that takes at most size bytes.
func fitting(envelopes [][]byte, size int) [][]byte {
	for i, e := range envelopes {
		size -= len(e) + roomEnvelope
		if size < 0 {
			return envelopes[:i:i]
		}
	}
	return envelopes
}

// measure fills from the envelopes what the segment says about them.
func (s *Segment) measure() error {
	if len(s.Envelopes) == 0 {
		return fmt.Errorf("no envelope: %w", ErrMalformed)
	}
	first, err := Decode(s.Envelopes[0])
	if err != nil {
		return err
	}
	s.Workspace, s.Device, s.Epoch = first.Workspace, first.Device, first.Epoch
	s.First, s.Prev = first.Seq, first.Prev
	s.Last = first.Seq + uint64(len(s.Envelopes)) - 1
	return s.Walk(func(_ *Envelope, h Hash) error {
		s.Tip = h
		return nil
	})
}

// Walk calls fn with every envelope and its hash, in order, and checks that they are of this feed and continue one another
// from First and Prev on. Envelopes share the segment's memory.
func (s *Segment) Walk(fn func(*Envelope, Hash) error) error {
	seq, prev := s.First, s.Prev
	for _, b := range s.Envelopes {
		e, err := Decode(b)
		if err != nil {
			return fmt.Errorf("envelope %d: %w", seq, err)
		}
		if e.Workspace != s.Workspace || e.Feed() != s.Feed() || e.Seq != seq || e.Prev != prev {
			return fmt.Errorf("envelope %d: %w", seq, ErrChain)
		}
		prev = e.Hash()
		if err := fn(e, prev); err != nil {
			return err
		}
		seq++
	}
	return nil
}

// payload is what the author signs: the head the segment ends in, extended by number, first seq and witnesses.
func (s *Segment) payload() []byte {
	witnesses := sha256.Sum256(EncodeWitnesses(s.Witnesses))
	b := appendUint(append(make([]byte, 0, 192), majorArray|9), Version)
	b = appendHash(b, (*[32]byte)(&s.Workspace))
	b = appendHash(b, (*[32]byte)(&s.Device))
	b = appendUint(b, uint64(s.Epoch))
	b = appendUint(b, s.Number)
	b = appendUint(b, s.First)
	b = appendUint(b, s.Last)
	b = appendHash(b, (*[32]byte)(&s.Tip))
	return appendHash(b, &witnesses)
}

// Verify checks the author's signature: ErrSignature. It says nothing about the envelopes: DecodeSegment did.
func (s *Segment) Verify(pub ed25519.PublicKey) error {
	return verify(pub, typeSegment, s.payload(), s.Sig)
}

// Encode is the wire form.
func (s *Segment) Encode() []byte {
	size := roomSegment + 90*len(s.Witnesses)
	for _, e := range s.Envelopes {
		size += len(e) + roomEnvelope
	}
	b := appendUint(append(make([]byte, 0, size), majorArray|4), Version)
	b = appendSign1(b, typeSegment, s.payload(), s.Sig)
	b = append(b, EncodeWitnesses(s.Witnesses)...)
	b = appendHead(b, majorArray, uint64(len(s.Envelopes)))
	for _, e := range s.Envelopes {
		b = appendBytes(b, e)
	}
	return b
}

// Hash is SHA-256 of the wire form: the name of the segment in a store.
func (s *Segment) Hash() Hash { return sha256.Sum256(s.Encode()) }

// DecodeSegment reads the wire form and checks that it is canonical, that its envelopes are of one feed and continue one
// another, and that what the author signed says the same. The signature itself is not checked: call Verify. Envelopes share
// b's memory.
func DecodeSegment(b []byte) (*Segment, error) {
	if len(b) > MaxSegment {
		return nil, fmt.Errorf("segment of %d bytes: %w", len(b), ErrTooLarge)
	}
	r := reader{b: b}
	s := &Segment{}
	r.version(4, "segment")
	payload, sig := r.sign1(typeSegment)
	s.Sig = sig
	if err := s.readPayload(payload, &r); err != nil {
		return nil, err
	}
	s.Witnesses = r.witnesses(s.Workspace)
	for n := r.count(math.MaxInt32, "envelopes"); n > 0 && r.err == nil; n-- {
		s.Envelopes = append(s.Envelopes, r.bytes(MaxEnvelope, "envelope"))
	}
	if err := r.end("segment"); err != nil {
		return nil, err
	}
	said := s.payload()
	if err := s.measure(); err != nil {
		return nil, fmt.Errorf("segment %d: %w", s.Number, err)
	}
	if !bytes.Equal(said, payload) || !bytes.Equal(said, s.payload()) {
		return nil, fmt.Errorf("segment %d does not hold what it says: %w", s.Number, ErrChain)
	}
	return s, nil
}

// readPayload reads what the author signed. The digest of the witnesses is compared later, with the payload as a whole.
func (s *Segment) readPayload(payload []byte, outer *reader) error {
	if outer.err != nil {
		return outer.err
	}
	var witnesses Hash
	r := reader{b: payload}
	r.version(9, "segment head")
	r.fixed(s.Workspace[:], "workspace")
	r.fixed(s.Device[:], "device")
	s.Epoch = Epoch(r.uint("epoch"))
	s.Number = r.number("number")
	s.First = r.number("first seq")
	s.Last = r.number("last seq")
	r.fixed(s.Tip[:], "last hash")
	r.fixed(witnesses[:], "digest of witnesses")
	return r.end("segment head")
}
