package envelope

import (
	"bytes"
	"testing"

	"github.com/veraison/go-cose"
	"pgregory.net/rapid"
)

func someReceipt() (Receipt, actor) {
	service := newActor("service")
	return Receipt{Service: service.keys().ID(), Head: someHead(), Time: 1760000000123}, service
}

func TestReceiptKeepsItsBytes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r, service := someReceipt()
		r.Head.Epoch = Epoch(rapid.Uint64().Draw(rt, "epoch"))
		r.Head.Seq = rapid.Uint64Range(1, MaxSeq).Draw(rt, "seq")
		r.Head.Hash = drawHash(rt, "hash")
		r.Time = rapid.Int64Min(0).Draw(rt, "time")
		b, err := SignReceipt(r, service)
		must(t, err)
		got, sig, err := DecodeReceipt(b)
		must(t, err)
		must(t, VerifyReceipt(got, service.public(), sig))
		if got != r || len(b) > MaxReceipt || !bytes.Equal(deterministic(t, b), b) {
			rt.Fatalf("%+v came back as %+v in %d bytes", r, got, len(b))
		}
	})
}

func TestReceiptIsCOSE(t *testing.T) {
	r, service := someReceipt()
	b, err := SignReceipt(r, service)
	must(t, err)
	var msg cose.Sign1Message
	must(t, msg.UnmarshalCBOR(b))
	verifier, err := cose.NewVerifier(cose.AlgorithmEdDSA, service.public())
	must(t, err)
	must(t, msg.Verify(nil, verifier))
	if msg.Headers.Protected[cose.HeaderLabelType] != typeReceipt {
		t.Fatalf("type %v", msg.Headers.Protected[cose.HeaderLabelType])
	}
}

func TestSignatureCoversEveryPartOfAReceipt(t *testing.T) {
	r, service := someReceipt()
	b, err := SignReceipt(r, service)
	must(t, err)
	_, sig, err := DecodeReceipt(b)
	must(t, err)
	for name, spoil := range map[string]func(r *Receipt){
		"service": func(r *Receipt) { r.Service[0]++ }, "time": func(r *Receipt) { r.Time++ },
		"workspace": func(r *Receipt) { r.Head.Workspace[0]++ }, "device": func(r *Receipt) { r.Head.Device[0]++ },
		"epoch": func(r *Receipt) { r.Head.Epoch++ }, "seq": func(r *Receipt) { r.Head.Seq++ }, "hash": func(r *Receipt) { r.Head.Hash[0]++ },
	} {
		t.Run(name, func(t *testing.T) {
			other := r
			spoil(&other)
			mustFail(t, VerifyReceipt(other, service.public(), sig), ErrSignature)
		})
	}
	mustFail(t, VerifyReceipt(r, newActor("other").public(), sig), ErrSignature)
	head, err := SignHead(r.Head, service)
	must(t, err)
	mustFail(t, VerifyReceipt(r, service.public(), head), ErrSignature)
	mustFail(t, VerifyHead(r.Head, service.public(), sig), ErrSignature)
}

func TestReceiptOfNothingIsNotSigned(t *testing.T) {
	r, service := someReceipt()
	r.Time = -1
	_, err := SignReceipt(r, service)
	mustFail(t, err, ErrMalformed)
	r.Time, r.Head.Seq = 1, 0
	_, err = SignReceipt(r, service)
	mustFail(t, err, ErrMalformed)
	r.Head.Seq = MaxSeq + 1
	_, err = SignReceipt(r, service)
	mustFail(t, err, ErrMalformed)
	_, _, err = DecodeReceipt(make([]byte, MaxReceipt+1))
	mustFail(t, err, ErrTooLarge)
}
