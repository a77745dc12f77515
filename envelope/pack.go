package envelope

import (
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// PartKind says what a part of a pack holds.
type PartKind uint8

// The kinds of parts.
const (
	// PartControls holds control envelopes, each after those that it refers to. It is never sealed.
	PartControls PartKind = 1
	// PartCover says which segments went into the pack.
	PartCover PartKind = 2
	// PartHeads holds the digest of each document's heads.
	PartHeads PartKind = 3
	// PartDocuments holds documents with the changes that build them.
	PartDocuments PartKind = 4
)

// Limits of packs. A reader refuses what is beyond them before it unpacks it.
const (
	// MaxPart is the greatest size of an encoded part in bytes.
	MaxPart = 2 << 20
	// MaxPartPlain is the greatest size of a part's content in bytes, unsealed and unpacked.
	MaxPartPlain = 4 << 20
	// MaxManifest is the greatest size of an encoded manifest in bytes.
	MaxManifest = 1 << 20
	// MaxParts is the greatest number of parts of a pack.
	MaxParts = 4096
	// PartTarget is the size of content in bytes at which a writer begins another part. One event more fits MaxPart.
	PartTarget = 1 << 20
	// HeadsPerPart and NamesPerPart are how much a writer puts into a part of these kinds.
	HeadsPerPart = 16 << 10
	NamesPerPart = 32 << 10
)

// Part is one object of a pack; only the field of its kind is set.
type Part struct {
	Kind PartKind
	// Controls are encoded control envelopes.
	Controls [][]byte
	// Cover has a line for each feed; a long line goes on in the next part.
	Cover []CoverLine
	// Heads are sorted by document.
	Heads []DocumentHeads
	// Documents are sorted by stream.
	Documents []PackDocument
}

// PackDocument is one document's events, in an order in which a change comes after what it depends on unless that arrived
// later. The same document may have more events in parts of other runs, and in the next part of this run.
type PackDocument struct {
	Stream StreamID
	Events []PackEvent
}

// PackEvent is what of an event is needed to build its document and to say who may have made it. The rest is in its envelope.
type PackEvent struct {
	// Feed, Seq and Hash name the envelope.
	Feed FeedID
	Seq  uint64
	Hash Hash
	// ACL are the envelope's references to control events.
	ACL []Hash
	// These are as in Body.
	Type     string
	Schema   uint
	Salt     []byte
	Texts    []string
	HLC      uint64
	Recorded int64
	Change   []byte
}

// DocumentHeads is the digest of a document's heads; zero for a document of which no change was accepted.
type DocumentHeads struct {
	ID    StreamID
	Heads Hash
}

// SegmentName names a segment within its feed: its number and the beginning of its hash. Whoever makes two that agree in
// that hides nothing but his own.
type SegmentName struct {
	Number uint64
	Hash   [16]byte
}

// CoverLine says what of a feed went into a pack.
type CoverLine struct {
	Feed FeedID
	// Faults counts the feed's events that were kept though their author was not allowed to make them.
	Faults uint64
	// Names are sorted.
	Names []SegmentName
	// Tips are the ends of the feed's branches, sorted by name.
	Tips []CoverTip
	// Waiting are events that could not be opened yet: they are in no document of the pack. A pack without documents names none.
	Waiting []CoverWait
}

// CoverTip is where a covered segment ends that no other covered one continues.
type CoverTip struct {
	Name SegmentName
	Seq  uint64
	Hash Hash
	// ACL are the last envelope's references: those of the next must cover them.
	ACL []Hash
}

// CoverWait is a run of events of one segment that wait for one thing.
type CoverWait struct {
	Name SegmentName
	// First and Last are the ends of the run, Count the sealed events in it.
	First, Last, Count uint64
	// Key is the key they are sealed under; zero if they wait for a control event that their header names.
	Key KeyID
}

// Manifest names the parts of a pack. It is signed by the service that made it, so that nobody else can put events into
// documents; whether they are in the feeds is for each reader to check.
type Manifest struct {
	Workspace WorkspaceID
	// Service made and signed it.
	Service DeviceID
	// Controls name the parts of that kind, in order. They are in the clear, since they bring the keys that open the others.
	Controls []Hash
	// Key is the workspace key that it is sealed under; zero where the service was given none, and then there are no documents.
	Key KeyID
	// Segments, Events and Documents count what is covered.
	Segments, Events, Documents uint64
	// Root is the digest over the heads of all documents, as the service's tree has it.
	Root Hash
	// Parts are the other parts, sorted by kind and run; those of one run by their first document.
	Parts []PartRef
}

// PartRef names a part in a manifest.
type PartRef struct {
	Kind PartKind
	// Run numbers the runs of documents, the oldest first: each holds a document's events in at most a few neighbouring parts.
	Run uint64
	// First and Last are the documents at both ends; zero for parts of other kinds.
	First, Last StreamID
	// Size is that of the encoded part, Plain that of its content, in bytes.
	Size, Plain uint64
	// Name is SHA-256 of the encoded part.
	Name Hash
}

// Seal encrypts plain under a workspace key, bound to ad.
type Seal func(ad, plain []byte) (nonce, sealed []byte, err error)

// Open undoes the Seal of the key of that id.
type Open func(key KeyID, ad, nonce, sealed []byte) ([]byte, error)

// Packer writes and reads packs. It holds the buffers of compression, some megabytes, and is safe for concurrent use.
type Packer struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
}

// NewPacker makes a Packer.
func NewPacker() (*Packer, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest),
		zstd.WithWindowSize(1<<20), zstd.WithLowerEncoderMem(true))
	if err != nil {
		return nil, fmt.Errorf("pack: %w", err)
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(MaxPartPlain),
		zstd.WithDecoderMaxWindow(MaxPartPlain), zstd.WithDecoderLowmem(true), zstd.WithDecodeAllCapLimit(true))
	if err != nil {
		return nil, fmt.Errorf("pack: %w", err)
	}
	return &Packer{enc: enc, dec: dec}, nil
}

// Close frees the buffers.
func (p *Packer) Close() {
	p.dec.Close()
	_ = p.enc.Close() // nothing is pending: only whole buffers are packed
}
