package envelope

import (
	"cmp"
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"slices"
)

// typePack is the type of a signed manifest.
const typePack = "application/fieldbook-pack"

// EncodeManifest writes a manifest: [version, signed, content], where the service signs [version, workspace, service,
// SHA-256(content)], and content is [[name, ...] of the control parts, box] with a box for everything else.
func (p *Packer) EncodeManifest(m *Manifest, seal Seal, signer Signer) ([]byte, error) {
	if len(m.Controls)+len(m.Parts) > MaxParts {
		return nil, fmt.Errorf("manifest of %d parts: %w", len(m.Parts), ErrTooLarge)
	}
	sealed, err := p.put(box{workspace: m.Workspace, key: m.Key, kind: kindManifest}, m.content(), seal)
	if err != nil {
		return nil, err
	}
	content := appendBytes(appendHashes(append(make([]byte, 0, len(sealed)+64), majorArray|2), m.Controls), sealed)
	payload := m.payload(sha256.Sum256(content))
	sig, err := sign(signer, typePack, payload)
	if err != nil {
		return nil, err
	}
	b := appendUint(append(make([]byte, 0, len(content)+512), majorArray|3), Version)
	b = appendBytes(appendSign1(b, typePack, payload, sig), content)
	if len(b) > MaxManifest {
		return nil, fmt.Errorf("manifest of %d bytes: %w", len(b), ErrTooLarge)
	}
	return b, nil
}

// payload is what the service signs.
func (m *Manifest) payload(content Hash) []byte {
	b := appendUint(append(make([]byte, 0, 128), majorArray|4), Version)
	b = appendHash(b, (*[32]byte)(&m.Workspace))
	b = appendHash(b, (*[32]byte)(&m.Service))
	return appendHash(b, (*[32]byte)(&content))
}

// SignedManifest is a manifest whose signature holds and whose content is still sealed.
type SignedManifest struct {
	Manifest
	sealed []byte
}

// DecodeManifest reads the manifest of a workspace. key gives the key of the service that says to have signed it: only a
// service that the workspace's members granted has one. The result holds Controls, whose parts may bring the key for Open.
func (p *Packer) DecodeManifest(ws WorkspaceID, b []byte, key func(service DeviceID) (ed25519.PublicKey, bool)) (*SignedManifest, error) {
	if len(b) > MaxManifest {
		return nil, fmt.Errorf("manifest of %d bytes: %w", len(b), ErrTooLarge)
	}
	r := reader{b: b}
	r.version(3, "manifest")
	payload, sig := r.sign1(typePack)
	content := r.bytes(MaxManifest, "manifest")
	if err := r.end("manifest"); err != nil {
		return nil, err
	}
	m := &SignedManifest{}
	var digest Hash
	r = reader{b: payload}
	r.version(4, "manifest head")
	r.fixed(m.Workspace[:], "workspace")
	r.fixed(m.Service[:], "service")
	r.fixed(digest[:], "digest")
	if err := r.end("manifest head"); err != nil {
		return nil, err
	}
	pub, known := key(m.Service)
	switch {
	case m.Workspace != ws:
		return nil, fmt.Errorf("manifest: %w", ErrWorkspace)
	case digest != sha256.Sum256(content):
		return nil, fmt.Errorf("manifest does not hold what it says: %w", ErrChain)
	case !known:
		return nil, fmt.Errorf("manifest of %s: %w", m.Service, ErrNotAdmitted)
	}
	if err := verify(pub, typePack, payload, sig); err != nil {
		return nil, err
	}
	r = reader{b: content}
	r.array(2, "manifest content")
	m.Controls = r.hashes(MaxParts, "control parts")
	m.sealed = r.bytes(MaxManifest, "sealed content")
	return m, r.end("manifest content")
}

// Open reads the sealed content.
func (p *Packer) Open(signed *SignedManifest, open Open) (*Manifest, error) {
	m := signed.Manifest
	x, plain, err := p.take(m.Workspace, signed.sealed, open)
	if err != nil {
		return nil, err
	}
	if x.kind != kindManifest {
		return nil, fmt.Errorf("content of a manifest: %w", ErrMalformed)
	}
	m.Key = x.key
	r := reader{b: plain}
	r.version(6, "manifest content")
	m.Segments, m.Events, m.Documents = r.uint("segments"), r.uint("events"), r.uint("documents")
	r.fixed(m.Root[:], "root")
	n := r.count(MaxParts, "parts")
	m.Parts = make([]PartRef, 0, n)
	for i := 0; i < n && r.err == nil; i++ {
		m.Parts = append(m.Parts, r.partRef())
	}
	if err := r.end("manifest content"); err != nil {
		return nil, err
	}
	if !slices.IsSortedFunc(m.Parts, comparePartRefs) {
		return nil, fmt.Errorf("parts of a manifest: %w", ErrNotCanonical)
	}
	return &m, nil
}

// comparePartRefs orders parts by kind, run and first document.
func comparePartRefs(a, b PartRef) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Run, b.Run), slices.Compare(a.First[:], b.First[:]))
}

// content is the part of a manifest that is sealed.
func (m *Manifest) content() []byte {
	slices.SortStableFunc(m.Parts, comparePartRefs)
	b := appendUint(append(make([]byte, 0, 128+96*len(m.Parts)), majorArray|6), Version)
	b = appendUint(appendUint(appendUint(b, m.Segments), m.Events), m.Documents)
	b = appendHash(b, (*[32]byte)(&m.Root))
	b = appendHead(b, majorArray, uint64(len(m.Parts)))
	for i := range m.Parts {
		ref := &m.Parts[i]
		b = appendUint(appendUint(append(b, majorArray|7), uint64(ref.Kind)), ref.Run)
		b = appendBytes(appendBytes(b, ref.First[:]), ref.Last[:])
		b = appendUint(appendUint(b, ref.Size), ref.Plain)
		b = appendHash(b, (*[32]byte)(&ref.Name))
	}
	return b
}

func (r *reader) partRef() (ref PartRef) {
	r.array(7, "part")
	kind := r.uint("kind")
	ref.Kind, ref.Run = PartKind(kind), r.uint("run")
	r.fixed(ref.First[:], "first document")
	r.fixed(ref.Last[:], "last document")
	ref.Size, ref.Plain = r.uint("size"), r.uint("content")
	r.fixed(ref.Name[:], "name")
	switch {
	case r.err != nil:
	case kind <= uint64(PartControls) || kind > uint64(PartDocuments):
		r.fail(ErrMalformed, "kind of a part")
	case ref.Size > MaxPart || ref.Plain > MaxPartPlain:
		r.fail(ErrTooLarge, "part")
	}
	return ref
}
