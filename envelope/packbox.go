package envelope

import (
	"errors"
	"fmt"

	"github.com/klauspost/compress/zstd"
)

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
	plain, err := p.unpack(body)
	return x, plain, err
}

// unsaid is the greatest size of content in bytes that a frame need not say; encoders spare the field then.
const unsaid = 255

// unpack unpacks a frame of zstd, which says how long its content is; no memory is taken beyond that.
func (p *Packer) unpack(body []byte) ([]byte, error) {
	var h zstd.Header
	if err := h.Decode(body); err != nil || h.Skippable {
		return nil, fmt.Errorf("unpack: %w", ErrMalformed)
	}
	size := uint64(unsaid)
	if h.HasFCS {
		size = h.FrameContentSize
	}
	if size > MaxPartPlain {
		return nil, fmt.Errorf("unpack: content of %d bytes: %w", size, ErrTooLarge)
	}
	plain, err := p.dec.DecodeAll(body, make([]byte, 0, size))
	switch {
	case errors.Is(err, zstd.ErrDecoderSizeExceeded), errors.Is(err, zstd.ErrFrameSizeExceeded), errors.Is(err, zstd.ErrWindowSizeExceeded):
		return nil, fmt.Errorf("unpack: content beyond the %d bytes that it says: %w", size, ErrTooLarge)
	case err != nil:
		return nil, fmt.Errorf("unpack: %w", ErrMalformed)
	}
	return plain, nil
}
