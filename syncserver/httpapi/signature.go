package httpapi

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/yaronf/httpsign"

	"fieldbook/syncproto"
)

// Limits of signature headers, in bytes.
const (
	maxSignatureHeader = 1024
	minNonce           = 16
	maxNonce           = 64
)

// signature is what a request says about its signature (RFC 9421).
type signature struct {
	device           [32]byte
	created, expires time.Time
	nonce            string
}

// parseSignature reads the signature headers. Of the many forms that RFC 9421
// leaves open it takes one: one signature under our label, over our components
// in their order, with our parameters.
func parseSignature(header http.Header) (*signature, error) {
	input, value := header.Values("Signature-Input"), header.Values("Signature")
	if len(input) == 0 && len(value) == 0 {
		return nil, refuse(syncproto.CodeUnsigned, "sign it as docs/format/sync.md says")
	}
	const begin = syncproto.SignatureLabel + "=" + syncproto.SignatureFields + ";"
	if len(input) != 1 || len(value) != 1 || len(input[0]) > maxSignatureHeader || len(value[0]) > maxSignatureHeader ||
		!strings.HasPrefix(input[0], begin) || strings.Contains(input[0]+value[0], ",") {
		return nil, refuse(syncproto.CodeSignature, "one signature labelled "+syncproto.SignatureLabel+" over "+syncproto.SignatureFields)
	}
	if len(header.Values("Content-Digest")) != 1 {
		return nil, refuse(syncproto.CodeSignature, "one Content-Digest is needed")
	}
	details, err := httpsign.RequestDetails(syncproto.SignatureLabel, &http.Request{Header: header, Body: http.NoBody})
	if err != nil {
		return nil, refuse(syncproto.CodeSignature, "the signature headers cannot be read")
	}
	return fromDetails(details)
}

// fromDetails checks the parameters of a signature.
func fromDetails(d *httpsign.MessageDetails) (*signature, error) {
	device, err := syncproto.ParseID(d.KeyID)
	switch {
	case err != nil:
		return nil, refuse(syncproto.CodeSignature, "keyid must be the device's id")
	case d.Created == nil || d.Expires == nil || d.Nonce == nil || d.Tag == nil:
		return nil, refuse(syncproto.CodeSignature, "created, expires, nonce and tag are needed")
	case *d.Tag != syncproto.SignatureTag || d.Alg != syncproto.SignatureAlgorithm:
		return nil, refuse(syncproto.CodeSignature, "tag or alg is another")
	case len(*d.Nonce) < minNonce || len(*d.Nonce) > maxNonce:
		return nil, refuse(syncproto.CodeSignature, fmt.Sprintf("a nonce has %d to %d letters", minNonce, maxNonce))
	case d.Expires.Before(*d.Created) || d.Expires.Sub(*d.Created) > syncproto.MaxValidity*time.Second:
		return nil, refuse(syncproto.CodeSignature, fmt.Sprintf("it may be valid for %d s", syncproto.MaxValidity))
	}
	return &signature{device: device, created: *d.Created, expires: *d.Expires, nonce: *d.Nonce}, nil
}

// timely checks the signature's times against the service's. The answer tells
// the time, so that a laptop whose clock is wrong can sign again.
func (s *signature) timely(now time.Time) error {
	if off := now.Sub(s.created); off > syncproto.MaxSkew*time.Second || off < -syncproto.MaxSkew*time.Second {
		return refuse(syncproto.CodeClock, "sign again by the time told here")
	}
	if now.After(s.expires.Add(time.Second)) { // its parts of a second are not told
		return refuse(syncproto.CodeExpired, "sign again")
	}
	return nil
}

// verify checks the signature itself. Times were checked by the service's own
// clock before.
func (s *signature) verify(r *http.Request, keys syncproto.PublicKeys) error {
	config := httpsign.NewVerifyConfig().SetVerifyCreated(false).SetRejectExpired(false).
		SetAllowedAlgs([]string{syncproto.SignatureAlgorithm}).SetAllowedTags([]string{syncproto.SignatureTag})
	fields := httpsign.Headers("@method", "@path", "@query", "content-digest", "fieldbook-service")
	verifier, err := httpsign.NewEd25519Verifier(keys.Sign, config, fields)
	if err != nil {
		return fmt.Errorf("signature verifier: %w", err)
	}
	target := *r.URL // the library completes it
	bare := &http.Request{Method: r.Method, URL: &target, Header: r.Header, Host: r.Host, Body: http.NoBody}
	if err := httpsign.VerifyRequest(syncproto.SignatureLabel, *verifier, bare); err != nil {
		return &fault{code: syncproto.CodeSignature, detail: "it was not made by this device over this request", cause: err}
	}
	return nil
}
