package envelope

import (
	"bytes"
	"crypto/rand"
	"errors"
	"testing"

	"github.com/veraison/go-cose"
	"pgregory.net/rapid"
)

func someHead() Head {
	p := newPlant()
	return Head{Workspace: p.id, Device: p.founder.keys().ID(), Epoch: 1, Seq: 5, Hash: Hash{5}}
}

func TestSignedHeadKeepsItsBytes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := someHead()
		h.Epoch = Epoch(rapid.Uint64().Draw(rt, "epoch"))
		h.Seq = rapid.Uint64Range(1, MaxSeq).Draw(rt, "seq")
		sig := rapid.SliceOfN(rapid.Byte(), 64, 64).Draw(rt, "signature")
		b := EncodeHead(h, sig)
		got, gotSig, err := DecodeHead(b)
		must(t, err)
		if got != h || !bytes.Equal(sig, gotSig) || !bytes.Equal(EncodeHead(got, gotSig), b) {
			rt.Fatalf("%+v came back as %+v", h, got)
		}
	})
}

// A verifier in another language will use its COSE library.
func TestSignedHeadIsCOSE(t *testing.T) {
	a, h := newActor("founder"), someHead()
	sig, err := SignHead(h, a)
	must(t, err)
	b := EncodeHead(h, sig)

	var msg cose.Sign1Message
	must(t, msg.UnmarshalCBOR(b))
	verifier, err := cose.NewVerifier(cose.AlgorithmEdDSA, a.public())
	must(t, err)
	must(t, msg.Verify(nil, verifier))
	if msg.Headers.Protected[cose.HeaderLabelType] != typeHead {
		t.Fatalf("type %v", msg.Headers.Protected[cose.HeaderLabelType])
	}

	signer, err := cose.NewSigner(cose.AlgorithmEdDSA, a.seed)
	must(t, err)
	msg.Signature = nil
	must(t, msg.Sign(rand.Reader, nil, signer))
	theirs, err := msg.MarshalCBOR()
	must(t, err)
	if !bytes.Equal(theirs, b) {
		t.Fatalf("go-cose wrote\n%x, this package\n%x", theirs, b)
	}
}

func TestSignatureCoversEveryPartOfAHead(t *testing.T) {
	a, h := newActor("founder"), someHead()
	sig, err := SignHead(h, a)
	must(t, err)
	must(t, VerifyHead(h, a.public(), sig))
	for name, spoil := range map[string]func(h *Head){
		"workspace": func(h *Head) { h.Workspace[0]++ }, "device": func(h *Head) { h.Device[0]++ },
		"epoch": func(h *Head) { h.Epoch++ }, "seq": func(h *Head) { h.Seq++ }, "hash": func(h *Head) { h.Hash[0]++ },
	} {
		other := h
		spoil(&other)
		if err := VerifyHead(other, a.public(), sig); !errors.Is(err, ErrSignature) {
			t.Errorf("another %s: %v", name, err)
		}
	}
	mustFail(t, VerifyHead(h, newActor("other").public(), sig), ErrSignature)
	mustFail(t, VerifyHead(h, nil, sig), ErrSignature)
	mustFail(t, VerifyHead(h, a.public(), sig[:63]), ErrSignature)
}

func TestSegmentSignatureIsNoHead(t *testing.T) {
	a, h := newActor("founder"), someHead()
	sig, err := sign(a, typeSegment, h.payload())
	must(t, err)
	mustFail(t, VerifyHead(h, a.public(), sig), ErrSignature)
	_, _, err = DecodeHead(appendSign1(nil, typeSegment, h.payload(), sig))
	mustFail(t, err, ErrType)
}

type brokenSigner struct{ err error }

func (b brokenSigner) Sign([]byte) ([]byte, error) { return []byte("short"), b.err }

func TestFailingSignerIsTold(t *testing.T) {
	locked := errors.New("locked")
	_, err := SignHead(someHead(), brokenSigner{locked})
	mustFail(t, err, locked)
	_, err = SignHead(someHead(), brokenSigner{})
	mustFail(t, err, ErrSignature)
}
