package envelope

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
)

// plainSeal seals nothing but keeps the associated data, so that a test can tell what was bound.
func plainSeal(ad, plain []byte) (nonce, sealed []byte, err error) {
	sum := sha256.Sum256(ad)
	return make([]byte, NonceSize), append(sum[:], plain...), nil
}

func plainOpen(_ KeyID, ad, _, sealed []byte) ([]byte, error) {
	sum := sha256.Sum256(ad)
	if len(sealed) < len(sum) || !bytes.Equal(sealed[:len(sum)], sum[:]) {
		return nil, ErrSignature
	}
	return sealed[len(sum):], nil
}

func newPacker(t testing.TB) *Packer {
	t.Helper()
	p, err := NewPacker()
	must(t, err)
	t.Cleanup(p.Close)
	return p
}

// aPart gives a part of each kind.
func aPart(kind PartKind) *Part {
	feed := FeedID{Device: DeviceID{1}, Epoch: 7}
	switch kind {
	case PartControls:
		return &Part{Kind: kind, Controls: [][]byte{{1, 2}, {3}}}
	case PartCover:
		name := SegmentName{Number: 2, Hash: [16]byte{9}}
		return &Part{Kind: kind, Cover: []CoverLine{{
			Feed: feed, Faults: 3, Names: []SegmentName{{Number: 1}, name},
			Tips:    []CoverTip{{Name: name, Seq: 40, Hash: Hash{5}, ACL: []Hash{{6}}}},
			Waiting: []CoverWait{{Name: name, First: 39, Last: 40, Count: 2, Key: KeyID{4}}},
		}}}
	case PartHeads:
		return &Part{Kind: kind, Heads: []DocumentHeads{{ID: StreamID{1}, Heads: Hash{2}}, {ID: StreamID{3}}}}
	}
	event := PackEvent{
		Feed: feed, Seq: 8, Hash: Hash{8}, ACL: []Hash{{6}}, Type: "asset.created", Schema: 1, Salt: []byte{1},
		Texts: []string{"description"}, HLC: 9 << 16, Recorded: -1, Change: []byte("change"),
	}
	other := PackEvent{Feed: feed, Seq: 9, ACL: []Hash{}, Type: "asset.created", Salt: []byte{}, Change: []byte{}}
	return &Part{Kind: kind, Documents: []PackDocument{{Stream: StreamID{1}, Events: []PackEvent{event, other}}, {Stream: StreamID{2}}}}
}

var partKinds = []PartKind{PartControls, PartCover, PartHeads, PartDocuments}

// A part comes back as it was written, sealed or not, for its workspace and under its header alone.
func TestPartsComeBack(t *testing.T) {
	p, ws := newPacker(t), WorkspaceID{7}
	for _, kind := range partKinds {
		for _, key := range []KeyID{{}, {1}} {
			want := aPart(kind)
			b, plain, err := p.EncodePart(ws, want, key, plainSeal)
			must(t, err)
			got, err := p.DecodePart(ws, b, plainOpen)
			must(t, err)
			if !reflect.DeepEqual(got, want) || plain != len(want.content()) || got.Digest() != want.Digest() {
				t.Fatalf("kind %d: read\n%+v, want\n%+v", kind, got, want)
			}
			_, err = p.DecodePart(WorkspaceID{8}, b, plainOpen)
			mustFail(t, err, ErrWorkspace)
			if !key.IsZero() {
				moved := bytes.Replace(b, key[:], KeyID{2}.bytes(), 1)
				_, err = p.DecodePart(ws, moved, plainOpen)
				mustFail(t, err, ErrSignature)
			}
			for cut := range b {
				if _, err := p.DecodePart(ws, b[:cut], plainOpen); err == nil {
					t.Fatalf("kind %d cut at %d was read", kind, cut)
				}
			}
		}
	}
}

func (id KeyID) bytes() []byte { return id[:] }

// What is too large before it is unpacked is neither read nor written.
func TestPartsTooLarge(t *testing.T) {
	p := newPacker(t)
	_, err := p.DecodePart(WorkspaceID{}, make([]byte, MaxPart+1), plainOpen)
	mustFail(t, err, ErrTooLarge)
	_, _, err = p.EncodePart(WorkspaceID{}, &Part{Kind: PartControls, Controls: [][]byte{make([]byte, MaxPartPlain)}}, KeyID{}, nil)
	mustFail(t, err, ErrTooLarge)
}

// What is out of order or beyond a table is refused.
func TestPartsOutOfOrderAreRefused(t *testing.T) {
	p := newPacker(t)
	for name, part := range map[string]*Part{
		"documents": {Kind: PartDocuments, Documents: []PackDocument{{Stream: StreamID{2}}, {Stream: StreamID{1}}}},
		"heads":     {Kind: PartHeads, Heads: []DocumentHeads{{ID: StreamID{1}}, {ID: StreamID{1}}}},
		"names":     {Kind: PartCover, Cover: []CoverLine{{Names: []SegmentName{{Number: 2}, {Number: 1}}}}},
	} {
		b, _, err := p.EncodePart(WorkspaceID{}, part, KeyID{}, nil)
		must(t, err)
		_, err = p.DecodePart(WorkspaceID{}, b, plainOpen)
		if !errors.Is(err, ErrNotCanonical) {
			t.Errorf("%s: %v", name, err)
		}
	}
	r := &reader{b: []byte{24, 200}}
	if pick(r, []int{1}, "place"); !errors.Is(r.err, ErrMalformed) {
		t.Errorf("a place beyond its table: %v", r.err)
	}
}

func aManifest(service actor) *Manifest {
	return &Manifest{
		Workspace: WorkspaceID{7}, Service: service.keys().ID(), Controls: []Hash{{1}}, Key: KeyID{3},
		Segments: 4, Events: 5, Documents: 6, Root: Hash{7}, Parts: []PartRef{
			{Kind: PartCover, Size: 9, Plain: 10, Name: Hash{2}},
			{Kind: PartDocuments, Run: 1, First: StreamID{1}, Last: StreamID{2}, Size: 1, Plain: 2, Name: Hash{4}},
		},
	}
}

// A manifest comes back from the service that signed it, and from nobody else; its control parts are read before it is opened.
func TestManifestsAreTheirServices(t *testing.T) {
	p, service := newPacker(t), newActor("service")
	key := func(id DeviceID) (ed25519.PublicKey, bool) { return service.public(), id == service.keys().ID() }
	want := aManifest(service)
	b, err := p.EncodeManifest(want, plainSeal, service)
	must(t, err)
	signed, err := p.DecodeManifest(want.Workspace, b, key)
	must(t, err)
	got, err := p.Open(signed, plainOpen)
	must(t, err)
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("read %+v, want %+v", got, want)
	}
	_, err = p.DecodeManifest(WorkspaceID{8}, b, key)
	mustFail(t, err, ErrWorkspace)
	_, err = p.DecodeManifest(want.Workspace, b, func(DeviceID) (ed25519.PublicKey, bool) { return nil, false })
	mustFail(t, err, ErrNotAdmitted)
	_, err = p.DecodeManifest(want.Workspace, b, func(DeviceID) (ed25519.PublicKey, bool) { return newActor("other").public(), true })
	mustFail(t, err, ErrSignature)
	for at := range b {
		spoiled := bytes.Clone(b)
		spoiled[at] ^= 1
		if _, err := p.DecodeManifest(want.Workspace, spoiled, key); err == nil {
			t.Fatalf("byte %d flipped: nobody noticed", at)
		}
	}
	want.Parts[0].Size = MaxPart + 1
	b, err = p.EncodeManifest(want, plainSeal, service)
	must(t, err)
	signed, err = p.DecodeManifest(want.Workspace, b, key)
	must(t, err)
	_, err = p.Open(signed, plainOpen)
	mustFail(t, err, ErrTooLarge)
}

// Names say where an object lies, and the fullest manifest is listed first.
func TestPackNames(t *testing.T) {
	few, many := ManifestName(3, []byte("a")), ManifestName(40, []byte("b"))
	if strings.Compare(many, few) >= 0 {
		t.Errorf("%s is listed before %s", few, many)
	}
	ws := WorkspaceID{1}
	for name, folder := range map[string]string{few: "/packs/", PartName(Hash{1}): "/parts/"} {
		if path, err := PackPath(ws, name); err != nil || path != ws.String()+folder+name {
			t.Errorf("%s: %s, %v", name, path, err)
		}
	}
	for _, name := range []string{"", "part-", "part-../x", few + "a", strings.ToUpper(few), "../" + few[3:]} {
		if _, err := PackPath(ws, name); !errors.Is(err, ErrMalformed) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if !strings.HasPrefix(ManifestName(math.MaxUint64, nil), "0000000000000000-") {
		t.Error("the number does not count down")
	}
}

func FuzzPart(f *testing.F) {
	p := newPacker(f)
	for _, kind := range partKinds {
		b, _, err := p.EncodePart(WorkspaceID{}, aPart(kind), KeyID{}, nil)
		must(f, err)
		f.Add(b)
		f.Add(append([]byte{byte(kind)}, aPart(kind).content()...)) // the content alone is mutated better
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		part, err := p.DecodePart(WorkspaceID{}, b, plainOpen)
		if err != nil && len(b) > 0 && b[0] > 0 && b[0] <= byte(PartDocuments) {
			packed, failed := p.put(box{kind: PartKind(b[0])}, b[1:], nil)
			must(t, failed)
			part, err = p.DecodePart(WorkspaceID{}, packed, plainOpen)
		}
		if err != nil {
			if classOf(err) == "unclassified" {
				t.Fatal(err)
			}
			return
		}
		again, _, err := p.EncodePart(WorkspaceID{}, part, KeyID{}, nil)
		must(t, err)
		back, err := p.DecodePart(WorkspaceID{}, again, plainOpen)
		must(t, err)
		if back.Digest() != part.Digest() {
			t.Fatal("written again it is another part")
		}
	})
}

func FuzzManifest(f *testing.F) {
	p, service := newPacker(f), newActor("service")
	b, err := p.EncodeManifest(aManifest(service), plainSeal, service)
	must(f, err)
	f.Add(b)
	f.Add(aManifest(service).content())
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := p.DecodeManifest(WorkspaceID{7}, b, func(DeviceID) (ed25519.PublicKey, bool) { return service.public(), true }); err == nil {
			return
		}
		sealed, err := p.put(box{workspace: WorkspaceID{7}}, b, nil)
		must(t, err)
		m, err := p.Open(&SignedManifest{Manifest: Manifest{Workspace: WorkspaceID{7}}, sealed: sealed}, plainOpen)
		if err != nil {
			if classOf(err) == "unclassified" {
				t.Fatal(err)
			}
			return
		}
		same(t, b, m.content())
	})
}
