package envelope

import "fmt"

// kindManifest is the kind of a manifest's own content.
const kindManifest PartKind = 0

// box is content compressed and sealed: [[version, workspace, key, kind], nonce, body]. With a zero key it is not sealed.
type box struct {
	workspace WorkspaceID
	key       KeyID
	kind      PartKind
}

// head is the encoded header, the associated data of the seal.
func (x *box) head() []byte {
	b := appendUint(append(make([]byte, 0, 64), majorArray|4), Version)
	b = appendHash(b, (*[32]byte)(&x.workspace))
	b = appendBytes(b, x.key[:])
	return appendUint(b, uint64(x.kind))
}

// put packs and seals content.
func (p *Packer) put(x box, plain []byte, seal Seal) ([]byte, error) {
	if len(plain) > MaxPartPlain {
		return nil, fmt.Errorf("pack %d bytes: %w", len(plain), ErrTooLarge)
	}
	head, body := x.head(), p.enc.EncodeAll(plain, nil)
	var nonce []byte
	if !x.key.IsZero() {
		var err error
		if nonce, body, err = seal(head, body); err != nil {
			return nil, fmt.Errorf("seal a pack: %w", err)
		}
	}
	b := append(make([]byte, 0, len(head)+len(nonce)+len(body)+16), majorArray|3)
	return appendBytes(appendBytes(append(b, head...), nonce), body), nil
}

// take unseals and unpacks content of a workspace.
func (p *Packer) take(ws WorkspaceID, b []byte, open Open) (box, []byte, error) {
	r := reader{b: b}
	var x box
	r.array(3, "pack")
	r.version(4, "pack header")
	r.fixed(x.workspace[:], "workspace")
	r.fixed(x.key[:], "key id")
	kind := r.uint("kind")
	nonce := r.bytes(NonceSize, "nonce")
	body := r.bytes(MaxPart, "pack body")
	if err := r.end("pack"); err != nil {
		return x, nil, err
	}
	if kind > uint64(PartDocuments) {
		return x, nil, fmt.Errorf("pack of kind %d: %w", kind, ErrNewer)
	}
	x.kind = PartKind(kind)
	switch {
	case x.workspace != ws:
		return x, nil, fmt.Errorf("pack: %w", ErrWorkspace)
	case x.key.IsZero() != (len(nonce) == 0), len(nonce) > 0 && len(nonce) != NonceSize:
		return x, nil, fmt.Errorf("nonce of a pack: %w", ErrMalformed)
	}
	if !x.key.IsZero() {
		var err error
		if body, err = open(x.key, x.head(), nonce, body); err != nil {
			return x, nil, fmt.Errorf("open a pack: %w", err)
		}
	}
	plain, err := p.dec.DecodeAll(body, nil)
	if err != nil || len(plain) > MaxPartPlain {
		return x, nil, fmt.Errorf("unpack: %w", ErrMalformed)
	}
	return x, plain, nil
}
