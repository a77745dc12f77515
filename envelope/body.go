package envelope

import (
	"fmt"
	"slices"
)

// Body is an event in the clear: what is sealed into an envelope's body.
type Body struct {
	// Type is the event's type, "asset.field_changed".
	Type string
	// Schema is the version of that type's meaning.
	Schema uint
	// Stream is the entity the event is about.
	Stream StreamID
	// Change is one raw Automerge change of the entity's document.
	Change []byte
	// Salt is what the change's actor was derived with; empty for a deterministic change.
	Salt []byte
	// Texts are the prose keys whose text objects the change needs: a set, written sorted.
	Texts []string
	// HLC is the hybrid logical clock: milliseconds since 1970 in the upper 48 bits, a counter in the lower 16.
	HLC uint64
	// Recorded is the author's wall clock in milliseconds since 1970.
	Recorded int64
	// Observed is when the engineer saw it, in milliseconds since 1970; nil if not said.
	Observed *int64
	// Reason is why, in the author's words.
	Reason string
	// Source is where the values come from.
	Source Source
	// ChangeRecord is the id of the change record this belongs to; empty if none.
	ChangeRecord []byte
}

// Source says where an event's values come from.
type Source struct {
	// Kind is "manual", "import", "scan", "template" or "undo".
	Kind string
	// Batch is the id shared by all events of one import; empty outside one.
	Batch []byte
	// Index and Count are the event's place in its batch, from 0, and the batch's size.
	Index, Count uint64
	// Name is what was read, a file name; of an undo the entry that it sets back, as device-epoch/seq.
	Name string
}

// Limits of a body's parts, in bytes where nothing else is said.
const (
	// MaxPlain is the greatest size of an encoded body: what fits an envelope once sealed.
	MaxPlain = MaxBody - TagSize
	// MaxName is the greatest length of an event type and of a source's kind.
	MaxName = 64
	// MaxID is the greatest length of a salt, a batch and a change record's id.
	MaxID = 64
	// MaxTexts is the greatest number of text keys.
	MaxTexts = 256
	// MaxKey is the greatest length of a text key and of a source's name.
	MaxKey = 1024
	// MaxReason is the greatest length of a reason.
	MaxReason = 64 << 10
	// padding is what an encoded body's size is a multiple of: it blurs what kind of event an envelope holds.
	padding = 64
)

// EncodeBody is the plaintext to be sealed, padded with zeros to a multiple of 64 bytes. Only what passes Check decodes again.
func EncodeBody(b *Body) []byte {
	f := newFields(make([]byte, 0, 256+len(b.Change)+len(b.Reason)))
	f.key(1)
	f.b = appendText(f.b, b.Type)
	f.key(2)
	f.b = appendUint(f.b, uint64(b.Schema))
	f.key(3)
	f.b = appendBytes(f.b, b.Stream[:])
	f.optional(4, b.Change)
	f.optional(5, b.Salt)
	b.appendTexts(&f)
	f.key(7)
	f.b = appendUint(f.b, b.HLC)
	f.key(8)
	f.b = appendInt(f.b, b.Recorded)
	if b.Observed != nil {
		f.key(9)
		f.b = appendInt(f.b, *b.Observed)
	}
	if b.Reason != "" {
		f.key(10)
		f.b = appendText(f.b, b.Reason)
	}
	if b.Source.Kind != "" {
		f.key(11)
		f.b = b.Source.append(f.b)
	}
	f.optional(12, b.ChangeRecord)
	if rest := len(f.b) % padding; rest > 0 {
		f.b = append(f.b, make([]byte, padding-rest)...)
	}
	return f.b
}

func (b *Body) appendTexts(f *fields) {
	if len(b.Texts) == 0 {
		return
	}
	texts := b.Texts
	if !slices.IsSorted(texts) {
		texts = slices.Sorted(slices.Values(texts))
	}
	f.key(6)
	f.b = appendHead(f.b, majorArray, uint64(len(texts)))
	for _, t := range texts {
		f.b = appendText(f.b, t)
	}
}

func (s *Source) append(b []byte) []byte {
	f := newFields(b)
	f.key(1)
	f.b = appendText(f.b, s.Kind)
	f.optional(2, s.Batch)
	if s.Index != 0 {
		f.key(3)
		f.b = appendUint(f.b, s.Index)
	}
	if s.Count != 0 {
		f.key(4)
		f.b = appendUint(f.b, s.Count)
	}
	if s.Name != "" {
		f.key(5)
		f.b = appendText(f.b, s.Name)
	}
	return f.b
}

// Check tells whether the body keeps the rules of the format, so that what a person typed is refused before it is sealed.
func (b *Body) Check() error {
	s := &b.Source
	if s.Kind == "" && (len(s.Batch) > 0 || s.Index > 0 || s.Count > 0 || s.Name != "") {
		return fmt.Errorf("source without its kind: %w", ErrMalformed)
	}
	_, err := DecodeBody(EncodeBody(b))
	return err
}
