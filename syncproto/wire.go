package syncproto

import (
	"bytes"
	"fmt"

	"github.com/fxamacker/cbor/v2"
)

// The wire form: maps with integer keys at the top, arrays below, written as
// RFC 8949 section 4.2.1 (core deterministic encoding) has it.
type (
	wireName struct {
		_      struct{} `cbor:",toarray"`
		Number uint64
		Hash   Hash
	}
	wireHave struct {
		_      struct{} `cbor:",toarray"`
		Device [32]byte
		Epoch  uint64
		Number uint64
		Tip    Hash
		Names  []wireName
	}
	wireSegment struct {
		_       struct{} `cbor:",toarray"`
		Number  uint64
		Data    []byte
		Receipt []byte
	}
	// wireRun holds neighbouring segments of one feed, so that the feed's name
	// is written once.
	wireRun struct {
		_        struct{} `cbor:",toarray"`
		Device   [32]byte
		Epoch    uint64
		Segments []wireSegment
	}
	wireCursor struct {
		_      struct{} `cbor:",toarray"`
		Device [32]byte
		Epoch  uint64
		Number uint64
		Hash   Hash
	}
	wireRefusal struct {
		_      struct{} `cbor:",toarray"`
		Device [32]byte
		Epoch  uint64
		Number uint64
		Hash   Hash
		Reason string
		Detail string
	}
	wireReceived struct {
		_       struct{} `cbor:",toarray"`
		Device  [32]byte
		Epoch   uint64
		Number  uint64
		Hash    Hash
		Receipt []byte
	}
	wireService struct {
		_         struct{} `cbor:",toarray"`
		Mode      string
		Documents uint64
		Digest    Hash
		Complete  bool
		Unopened  uint64
		Failed    [][16]byte
		Time      int64
	}
	wireRequest struct {
		Version   uint64       `cbor:"0,keyasint"`
		Workspace Workspace    `cbor:"1,keyasint"`
		Have      []wireHave   `cbor:"2,keyasint"`
		Segments  []wireRun    `cbor:"3,keyasint"`
		Cursor    *wireCursor  `cbor:"4,keyasint"`
		Wanted    []wireCursor `cbor:"5,keyasint,omitempty"`
	}
	wireAnswer struct {
		Version  uint64         `cbor:"0,keyasint"`
		Stored   uint64         `cbor:"1,keyasint"`
		Refused  []wireRefusal  `cbor:"2,keyasint"`
		Segments []wireRun      `cbor:"3,keyasint"`
		More     bool           `cbor:"4,keyasint"`
		Cursor   *wireCursor    `cbor:"5,keyasint"`
		Have     []wireHave     `cbor:"6,keyasint"`
		Receipts []wireReceived `cbor:"7,keyasint"`
		Service  *wireService   `cbor:"8,keyasint"`
	}
)

// marshal writes v in core deterministic encoding.
func marshal(v any) ([]byte, error) {
	opts := cbor.CoreDetEncOptions()
	opts.NilContainers = cbor.NilContainerAsEmpty
	mode, err := opts.EncMode()
	if err != nil {
		return nil, fmt.Errorf("cbor options: %w", err)
	}
	return mode.Marshal(v)
}

// unmarshal reads data into v and accepts the one encoding that marshal
// writes: RFC 8949 leaves a reader free to check this by writing again.
func unmarshal(data []byte, v any) error {
	if len(data) > MaxMessage {
		return fmt.Errorf("%w: message of %d bytes", ErrLimit, len(data))
	}
	mode, err := cbor.DecOptions{
		DupMapKey:        cbor.DupMapKeyEnforcedAPF,
		IndefLength:      cbor.IndefLengthForbidden,
		TagsMd:           cbor.TagsForbidden,
		MaxNestedLevels:  8,
		MaxArrayElements: MaxNames,
		MaxMapPairs:      16,
		UTF8:             cbor.UTF8RejectInvalid,
	}.DecMode()
	if err != nil {
		return fmt.Errorf("cbor options: %w", err)
	}
	var head struct {
		Version *uint64 `cbor:"0,keyasint"`
	}
	if err := mode.Unmarshal(data, &head); err != nil || head.Version == nil {
		return fmt.Errorf("%w: not a message", ErrMalformed)
	}
	if *head.Version != Version {
		return fmt.Errorf("%w: version %d", ErrVersion, *head.Version)
	}
	if err := mode.Unmarshal(data, v); err != nil {
		return fmt.Errorf("%w: wrong shape", ErrMalformed)
	}
	again, err := marshal(v)
	if err != nil || !bytes.Equal(again, data) {
		return fmt.Errorf("%w: not in deterministic encoding", ErrMalformed)
	}
	return nil
}

func toHave(in []Have) []wireHave {
	out := make([]wireHave, len(in))
	for i, h := range in {
		names := make([]wireName, len(h.Names))
		for j, n := range h.Names {
			names[j] = wireName{Number: n.Number, Hash: n.Hash}
		}
		out[i] = wireHave{Device: h.Feed.Device, Epoch: h.Feed.Epoch, Number: h.Number, Tip: h.Tip, Names: names}
	}
	return out
}

func fromHave(in []wireHave) []Have {
	var out []Have
	for _, h := range in {
		have := Have{Feed: Feed{Device: h.Device, Epoch: h.Epoch}, Number: h.Number, Tip: h.Tip}
		for _, n := range h.Names {
			have.Names = append(have.Names, Name{Number: n.Number, Hash: n.Hash})
		}
		out = append(out, have)
	}
	return out
}

func toRuns(in []Segment) []wireRun {
	out := []wireRun{}
	for i, s := range in {
		if i == 0 || in[i-1].Feed != s.Feed {
			out = append(out, wireRun{Device: s.Feed.Device, Epoch: s.Feed.Epoch})
		}
		run := &out[len(out)-1]
		run.Segments = append(run.Segments, wireSegment{Number: s.Number, Data: s.Data, Receipt: s.Receipt})
	}
	return out
}

// fromRuns refuses empty runs and neighbouring runs of one feed: a list of
// segments has one spelling.
func fromRuns(in []wireRun) ([]Segment, error) {
	var out []Segment
	for i, run := range in {
		feed := Feed{Device: run.Device, Epoch: run.Epoch}
		if len(run.Segments) == 0 || i > 0 && out[len(out)-1].Feed == feed {
			return nil, fmt.Errorf("%w: segments of one feed in several runs", ErrMalformed)
		}
		for _, s := range run.Segments {
			out = append(out, Segment{Feed: feed, Number: s.Number, Data: s.Data, Receipt: absent(s.Receipt)})
		}
	}
	return out, nil
}

// absent makes nil of empty bytes: on the wire none is an empty string.
func absent(data []byte) []byte {
	if len(data) == 0 {
		return nil
	}
	return data
}

func toReceipts(in []Received) []wireReceived {
	out := make([]wireReceived, len(in))
	for i, r := range in {
		out[i] = wireReceived{
			Device: r.Feed.Device, Epoch: r.Feed.Epoch, Number: r.Name.Number, Hash: r.Name.Hash, Receipt: r.Receipt,
		}
	}
	return out
}

func fromReceipts(in []wireReceived) []Received {
	var out []Received
	for _, r := range in {
		out = append(out, Received{
			Feed: Feed{Device: r.Device, Epoch: r.Epoch}, Name: Name{Number: r.Number, Hash: r.Hash}, Receipt: r.Receipt,
		})
	}
	return out
}

func toService(s *Service) *wireService {
	if s == nil {
		return nil
	}
	return &wireService{
		Mode: string(s.Mode), Documents: s.Documents, Digest: s.Digest, Complete: s.Complete,
		Unopened: s.Unopened, Failed: s.Failed, Time: s.Time,
	}
}

func fromService(s *wireService) *Service {
	if s == nil {
		return nil
	}
	out := &Service{
		Mode: Mode(s.Mode), Documents: s.Documents, Digest: s.Digest, Complete: s.Complete,
		Unopened: s.Unopened, Time: s.Time,
	}
	if len(s.Failed) > 0 {
		out.Failed = s.Failed
	}
	return out
}

func toCursor(c *Cursor) *wireCursor {
	if c == nil {
		return nil
	}
	return &wireCursor{Device: c.Feed.Device, Epoch: c.Feed.Epoch, Number: c.Name.Number, Hash: c.Name.Hash}
}

func toCursors(in []Cursor) (out []wireCursor) {
	for i := range in {
		out = append(out, *toCursor(&in[i]))
	}
	return out
}

func fromCursors(in []wireCursor) (out []Cursor) {
	for i := range in {
		out = append(out, *fromCursor(&in[i]))
	}
	return out
}

func fromCursor(c *wireCursor) *Cursor {
	if c == nil {
		return nil
	}
	return &Cursor{Feed: Feed{Device: c.Device, Epoch: c.Epoch}, Name: Name{Number: c.Number, Hash: c.Hash}}
}
