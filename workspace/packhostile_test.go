package workspace_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"fieldbook/envelope"
	"fieldbook/keyring"
	"fieldbook/record"
)

// attack is what somebody does to a pack, and what the laptop says of it.
type attack struct {
	name, told string
	make       func(f *forge) *packs
}

// onManifest are attacks on who signed what.
func onManifest(t *testing.T, b *laptop, own func(*testing.T, envelope.WorkspaceID) *keyring.Identity) []attack {
	return []attack{
		{"a flipped bit of the manifest", "not usable", func(f *forge) *packs {
			s := f.write(b.connect())
			s.manifest[len(s.manifest)-1] ^= 1
			return s
		}},
		{"a manifest that ends early", "not usable", func(f *forge) *packs {
			s := f.write(b.connect())
			s.manifest = s.manifest[:len(s.manifest)/2]
			return s
		}},
		{"another service's signature", "signature", func(f *forge) *packs {
			other, err := keyring.Generate()
			must(t, err)
			f.signer = other
			return f.write(b.connect())
		}},
		{"a service that nobody granted anything", "not admitted", func(f *forge) *packs {
			f.identity, f.signer = otherService(t)
			f.manifest.Service = deviceOf(f.identity)
			return f.write(b.connect())
		}},
		{"another workspace's pack", "workspace", func(f *forge) *packs {
			f.ws[0] ^= 1
			f.manifest.Workspace = f.ws
			f.signer = own(t, f.ws)
			return f.write(b.connect())
		}},
		{"a manifest under another name", "name", func(f *forge) *packs {
			s := f.write(b.connect())
			s.name = envelope.ManifestName(f.manifest.Segments+1, s.manifest)
			return s
		}},
	}
}

// onParts are attacks on what a manifest names.
func onParts(b *laptop) []attack {
	return []attack{
		{"a part in place of another", "not what its name says", func(f *forge) *packs {
			s := f.write(b.connect())
			for name, data := range s.objects {
				s.objects[name] = append(bytes.Clone(data), 0)
			}
			return s
		}},
		{"a part that is missing", "no such part", func(f *forge) *packs {
			s := f.write(b.connect())
			clear(s.objects)
			return s
		}},
		{"a part of another kind", "another kind", func(f *forge) *packs {
			f.parts[slices.IndexFunc(f.parts, isDocuments)] = &envelope.Part{Kind: envelope.PartCover}
			return f.write(b.connect())
		}},
		{"documents that the manifest does not name", "other documents", func(f *forge) *packs {
			return f.write(b.connect(), func(m *envelope.Manifest) {
				for i := range m.Parts {
					if m.Parts[i].Kind == envelope.PartDocuments {
						m.Parts[i].Last[0] ^= 1
					}
				}
			})
		}},
		{"events of a feed that the pack does not cover", "does not cover", func(f *forge) *packs {
			d := f.parts[slices.IndexFunc(f.parts, isDocuments)].Documents
			d[0].Events[0].Feed.Epoch++
			return f.write(b.connect())
		}},
		{"events beyond the end of their feed", "does not cover", func(f *forge) *packs {
			d := f.parts[slices.IndexFunc(f.parts, isDocuments)].Documents
			d[0].Events[0].Seq = 1 << 40
			return f.write(b.connect())
		}},
		{"more than a laptop can hold", "unpacks to", func(f *forge) *packs {
			return f.write(b.connect(), func(m *envelope.Manifest) {
				for range 1000 {
					m.Parts = append(m.Parts, envelope.PartRef{Kind: envelope.PartDocuments, Run: 9, Plain: envelope.MaxPartPlain})
				}
			})
		}},
	}
}

// TestHostilePacksAreRefused: given packs that somebody altered, made without the
// right, or made to harm, nothing of them is taken, the reason is told, and the
// record comes from the feeds.
func TestHostilePacksAreRefused(t *testing.T) {
	p, a, b, h := served(t)
	for _, attack := range slices.Concat(onManifest(t, b, h.identity), onParts(b)) {
		before := b.status()
		done, taken, err := b.w.TakePack(p.ctx, "office", attack.make(newForge(t, h, a)))
		if err != nil || taken || done.Pack == nil || !strings.Contains(reason(done), attack.told) {
			t.Errorf("%s: taken %v, told %q, %v", attack.name, taken, reason(done), err)
		}
		if s := b.status(); s.Digest != before.Digest || s.Unverified > 0 {
			t.Errorf("%s left something behind: %+v", attack.name, s)
		}
	}
	forged := newForge(t, h, a).write(b.connect())
	forged.manifest[80] ^= 1
	done, err := b.w.SyncAs(p.ctx, "office", forged)
	if err != nil || reason(done) == "" || done.Received == 0 {
		t.Errorf("the feeds do not come instead: %+v, %v", done, err)
	}
	a.syncAs("office")
	p.agree()
}

func isDocuments(p *envelope.Part) bool { return p.Kind == envelope.PartDocuments }

// otherService is a service of somebody else's.
func otherService(t *testing.T) (*keyring.Identity, envelope.Signer) {
	t.Helper()
	i, err := keyring.Generate()
	must(t, err)
	return i, i
}

func deviceOf(i *keyring.Identity) envelope.DeviceID {
	return envelope.DeviceKeys{Sign: i.SignPublic(), Recipient: i.Recipient()}.ID()
}

// TestEndedServiceHandsOutNoPack: once an owner has ended its grant, nothing that
// a service signs is taken any more.
func TestEndedServiceHandsOutNoPack(t *testing.T) {
	p, a, _, h := served(t)
	old := newForge(t, h, a)
	_, err := a.w.RemoveRemote(p.ctx, "office")
	p.must(err)
	c := p.join("Late")
	spec := h.spec("office")
	spec.Sealed = true
	c.addRemote(spec)
	if done, taken, err := c.w.TakePack(p.ctx, "office", old.write(c.connect())); err != nil || taken || !strings.Contains(reason(done), "not admitted") {
		t.Errorf("taken %v, told %q, %v", taken, reason(done), err)
	}
}

// TestInventedEntriesAreFoundOut: a service that holds the keys adds entries to
// its pack, validly sealed and signed. They show as unverified, and go as soon
// as the feeds are here, with a finding; edits made on top of them stay.
func TestInventedEntriesAreFoundOut(t *testing.T) {
	p, a, b, h := served(t)
	id, err := record.ParseID(a.assetID("RAV-PLC-004"))
	p.must(err)
	f := newForge(t, h, a)
	f.invent(id, record.Edit{Key: "lifecycle", Value: record.StringValue("retired")})
	liar := f.write(b.connect())
	b.take(liar)
	if b.show("RAV-PLC-004", "lifecycle") != "retired" {
		t.Fatal("the forgery has no effect that could be found out")
	}
	if done := b.syncAs("office"); done.Unverified != 0 {
		t.Errorf("%+v", done)
	}
	if b.show("RAV-PLC-004", "lifecycle") != "in_service" || !slices.Contains(b.kinds(), "diverged") {
		t.Errorf("%s, findings %v", b.show("RAV-PLC-004", "lifecycle"), b.kinds())
	}
	a.syncAs("office")
	p.agree()
	if v := b.verify(); !v.OK {
		t.Errorf("%+v", v)
	}
}

func (l *laptop) assetID(ref string) string {
	l.p.t.Helper()
	detail, err := l.w.ShowAsset(l.p.ctx, ref, nil)
	l.p.must(err)
	return detail.ID.String()
}

// TestMalformedChangesInAPack: what fails the guard has no effect, and no part in
// the record once the feeds are here.
func TestMalformedChangesInAPack(t *testing.T) {
	p, a, b, h := served(t)
	id, err := record.ParseID(a.assetID("RAV-PLC-004"))
	p.must(err)
	f := newForge(t, h, a)
	d := f.document(id)
	bad := d.Events[len(d.Events)-1]
	bad.Hash[0] ^= 0xff
	for _, change := range [][]byte{nil, {}, []byte("no change at all"), bytes.Repeat([]byte{0xff}, 4096), append(bytes.Clone(bad.Change), 0)} {
		bad.Hash[1]++
		bad.Change = change
		d.Events = append(d.Events, bad)
	}
	b.take(f.write(b.connect()))
	if b.show("RAV-PLC-004", "vendor") != "Siemens" {
		t.Error("the document does not stand")
	}
	b.syncAs("office")
	a.syncAs("office")
	p.agree()
	if v := b.verify(); !v.OK {
		t.Errorf("%+v", v)
	}
}

// TestOldPackAndPackAhead: a pack may be older than the feeds, or cover what the
// service does not hand out any more; in both cases the record ends as the feeds
// have it.
func TestOldPackAndPackAhead(t *testing.T) {
	p, a, b, h := served(t)
	old := newForge(t, h, a)
	a.add("RAV-RTU-009")
	a.set("RAV-PLC-004", "later", "name", "Pump 4")
	a.syncAs("office")
	b.take(old.write(b.connect()))
	if done := b.syncAs("office"); done.Unverified != 0 || slices.Contains(b.kinds(), "diverged") {
		t.Errorf("%+v, findings %v", done, b.kinds())
	}
	a.syncAs("office")
	p.agree()

	c := p.join("Late")
	a.syncAs("office")
	c.addRemote(h.spec("office"))
	ahead := newForge(t, h, a)
	for _, part := range ahead.parts {
		for i := range part.Cover {
			for j := range part.Cover[i].Tips {
				part.Cover[i].Tips[j].Name.Number += 100
				part.Cover[i].Tips[j].Seq += 1000
			}
		}
	}
	id, err := record.ParseID(a.assetID("RAV-PLC-004"))
	p.must(err)
	ahead.invent(id, record.Edit{Key: "void", Value: record.StringValue("gone")})
	c.take(ahead.write(c.connect()))
	if done := c.syncAs("office"); done.Unverified != 0 {
		t.Errorf("%+v", done) // the service holds no more than this laptop, so there is no more to come
	}
	if !slices.Contains(c.kinds(), "diverged") {
		t.Errorf("findings %v", c.kinds())
	}
	for _, l := range []*laptop{a, b, c} {
		l.syncAs("office")
	}
	p.agree()
}
