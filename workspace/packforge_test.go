package workspace_test

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"testing"

	"fieldbook/crdt"
	"fieldbook/envelope"
	"fieldbook/keyring"
	"fieldbook/record"
	"fieldbook/roster"
	"fieldbook/syncclient"
)

// forge is a service's pack in the hands of somebody who has the service's own
// keys: what it makes is signed and sealed as it should be.
type forge struct {
	t        *testing.T
	ws       envelope.WorkspaceID
	packer   *envelope.Packer
	identity *keyring.Identity
	signer   envelope.Signer
	roster   *roster.Roster
	manifest envelope.Manifest
	controls []*envelope.Part
	parts    []*envelope.Part // in the order of the manifest's
}

// newForge reads the pack of a host as its operator can.
func newForge(t *testing.T, h *host, l *laptop) *forge {
	t.Helper()
	ws, err := envelope.ParseWorkspaceID(l.status().WorkspaceID)
	must(t, err)
	f := &forge{t: t, ws: ws, identity: h.identity(t, ws), roster: roster.New(ws)}
	f.signer = f.identity
	f.packer, err = envelope.NewPacker()
	must(t, err)
	t.Cleanup(f.packer.Close)
	service := l.connect()
	_, data, err := service.Manifest(t.Context())
	must(t, err)
	signed, err := f.packer.DecodeManifest(ws, data, func(envelope.DeviceID) (ed25519.PublicKey, bool) { return f.identity.SignPublic(), true })
	must(t, err)
	for _, name := range signed.Controls {
		part := f.read(service, name)
		for _, raw := range part.Controls {
			e, err := envelope.Decode(raw)
			must(t, err)
			f.roster.Admit(e)
		}
		f.controls = append(f.controls, part)
	}
	must(t, f.roster.Take(f.identity))
	m, err := f.packer.Open(signed, f.open)
	must(t, err)
	f.manifest = *m
	for _, ref := range m.Parts {
		f.parts = append(f.parts, f.read(service, ref.Name))
	}
	return f
}

// identity is the service's in a workspace.
func (h *host) identity(t *testing.T, ws envelope.WorkspaceID) *keyring.Identity {
	t.Helper()
	master, err := keyring.ParseMaster(h.secret)
	must(t, err)
	defer master.Wipe()
	identity, err := master.Service(ws)
	must(t, err)
	return identity
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (f *forge) read(from *syncclient.Service, name envelope.Hash) *envelope.Part {
	f.t.Helper()
	data, err := from.Pack(f.t.Context(), envelope.PartName(name))
	must(f.t, err)
	part, err := f.packer.DecodePart(f.ws, data, f.open)
	must(f.t, err)
	return part
}

func (f *forge) open(id envelope.KeyID, ad, nonce, sealed []byte) ([]byte, error) {
	key, err := f.roster.Key(id)
	if err != nil {
		return nil, err
	}
	return key.Open(ad, nonce, sealed)
}

func (f *forge) seal(ad, plain []byte) ([]byte, []byte, error) {
	key, err := f.roster.Key(f.manifest.Key)
	if err != nil {
		return nil, nil, err
	}
	return key.Seal(ad, plain)
}

// document finds the part and place of a document with most events.
func (f *forge) document(id record.ID) *envelope.PackDocument {
	f.t.Helper()
	var best *envelope.PackDocument
	for _, part := range f.parts {
		for i := range part.Documents {
			if d := &part.Documents[i]; record.ID(d.Stream) == id && (best == nil || len(d.Events) > len(best.Events)) {
				best = d
			}
		}
	}
	if best == nil {
		f.t.Fatalf("document %s is in no part", id)
	}
	return best
}

// invent adds to a document an event in the name of the author of its last one,
// which its feed does not have.
func (f *forge) invent(id record.ID, edit record.Edit) {
	f.t.Helper()
	h := crdt.NewHistory(id)
	for _, part := range f.parts {
		for _, d := range part.Documents {
			for _, e := range d.Events {
				if record.ID(d.Stream) == id {
					_, _, _ = h.Add(e.Change, crdt.Origin{Device: e.Feed.Device, Stream: id, Salt: e.Salt, Texts: e.Texts})
				}
			}
		}
	}
	d := f.document(id)
	e := d.Events[len(d.Events)-1]
	e.Hash[0] ^= 0xff
	e.Salt = []byte("of the forger's choice")
	var err error
	e.Change, e.Texts, err = h.Author(crdt.Actor(e.Feed.Device, id, e.Salt), hostTime, []record.Edit{edit}, nil)
	must(f.t, err)
	d.Events = append(d.Events, e)
}

// packs is a service that hands out other packs than its own.
type packs struct {
	*syncclient.Service
	name     string
	manifest []byte
	objects  map[string][]byte
}

// Manifest implements workspace.Packs.
func (p *packs) Manifest(context.Context) (string, []byte, error) { return p.name, p.manifest, nil }

// Pack implements workspace.Packs.
func (p *packs) Pack(_ context.Context, name string) ([]byte, error) {
	data, ok := p.objects[name]
	if !ok {
		return nil, errors.New("there is no such part")
	}
	return data, nil
}

// write makes the pack that the forge holds, with a manifest that may be changed
// before it is signed, and a service that hands it out.
func (f *forge) write(to *syncclient.Service, change ...func(*envelope.Manifest)) *packs {
	f.t.Helper()
	out := &packs{Service: to, objects: map[string][]byte{}}
	m := f.manifest
	m.Controls, m.Parts = nil, append([]envelope.PartRef(nil), f.manifest.Parts...)
	for _, part := range f.controls {
		data, _, err := f.packer.EncodePart(f.ws, part, envelope.KeyID{}, nil)
		must(f.t, err)
		m.Controls = append(m.Controls, out.add(data))
	}
	for i, part := range f.parts {
		data, plain, err := f.packer.EncodePart(f.ws, part, m.Key, f.seal)
		must(f.t, err)
		ref := &m.Parts[i]
		ref.Name, ref.Size, ref.Plain = out.add(data), uint64(len(data)), uint64(plain)
		if docs := part.Documents; len(docs) > 0 {
			ref.First, ref.Last = docs[0].Stream, docs[len(docs)-1].Stream
		}
	}
	for _, fn := range change {
		fn(&m)
	}
	var err error
	out.manifest, err = f.packer.EncodeManifest(&m, f.seal, f.signer)
	must(f.t, err)
	out.name = envelope.ManifestName(m.Segments, out.manifest)
	return out
}

func (p *packs) add(data []byte) envelope.Hash {
	name := envelope.Hash(sha256.Sum256(data))
	p.objects[envelope.PartName(name)] = data
	return name
}
