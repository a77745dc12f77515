package syncclient

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"time"

	"fieldbook/syncproto"
)

// validity is how long a signature may be used, within what a service allows.
const validity = 2 * time.Minute

// sign signs a request as docs/format/sync.md says: RFC 9421 in one fixed form.
// The libraries at hand sign by the machine's clock and with the private key
// itself; this takes the service's time and any Signer.
func (s *Service) sign(ctx context.Context, r *region, req *http.Request, body []byte) error {
	service, err := s.known(ctx)
	if err != nil {
		return err
	}
	s.mu.Lock()
	now := s.cfg.Clock().Add(r.offset)
	s.mu.Unlock()
	var nonce [16]byte
	_, _ = rand.Read(nonce[:]) // it never fails
	sum := sha256.Sum256(body)
	req.Header.Set("Content-Digest", "sha-256=:"+base64.StdEncoding.EncodeToString(sum[:])+":")
	req.Header.Set(syncproto.HeaderService, hex.EncodeToString(service[:]))
	params := parameters(s.cfg.Device.ID, now, hex.EncodeToString(nonce[:]))
	signature, err := s.cfg.Signer.Sign([]byte(signatureBase(req, params)))
	if err != nil {
		return fmt.Errorf("sign request: %w", err)
	}
	req.Header.Set("Signature-Input", syncproto.SignatureLabel+"="+params)
	req.Header.Set("Signature", syncproto.SignatureLabel+"=:"+base64.StdEncoding.EncodeToString(signature)+":")
	return nil
}

// parameters are the covered components and what is said about the signature
// (RFC 9421 section 2.3).
func parameters(device [32]byte, now time.Time, nonce string) string {
	return fmt.Sprintf(`%s;created=%d;expires=%d;nonce="%s";alg="%s";tag="%s";keyid="%x"`,
		syncproto.SignatureFields, now.Unix(), now.Add(validity).Unix(), nonce,
		syncproto.SignatureAlgorithm, syncproto.SignatureTag, device)
}

// signatureBase is what is signed (RFC 9421 section 2.5). Paths and queries of
// this protocol need no escaping.
func signatureBase(req *http.Request, params string) string {
	var b strings.Builder
	for _, line := range [][2]string{
		{"@method", req.Method},
		{"@path", req.URL.EscapedPath()},
		{"@query", "?" + req.URL.RawQuery},
		{"content-digest", req.Header.Get("Content-Digest")},
		{"fieldbook-service", req.Header.Get(syncproto.HeaderService)},
		{"@signature-params", params},
	} {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%q: %s", line[0], line[1])
	}
	return b.String()
}

// credentials adds what the service wants to see besides the signature.
func (s *Service) credentials(ctx context.Context, req *http.Request) error {
	if s.cfg.Token != nil {
		token, err := s.cfg.Token(ctx)
		if err != nil {
			return fmt.Errorf("get token for service: %w", err)
		}
		if token != "" {
			req.Header.Set("Authorization", "Bearer "+token)
		}
	}
	if !s.shows() {
		return nil
	}
	keys := syncproto.PublicKeys{Sign: s.cfg.Device.Sign, Recipient: s.cfg.Device.Recipient}
	req.Header.Set(syncproto.HeaderDevice, keys.Header())
	if s.cfg.Invitation != "" {
		req.Header.Set(syncproto.HeaderInvitation, s.cfg.Invitation)
	}
	if s.cfg.Proof == nil {
		return nil
	}
	proof, err := s.cfg.Proof(ctx)
	if err != nil {
		return fmt.Errorf("get receipt of service: %w", err)
	}
	if len(proof) > 0 {
		req.Header.Set(syncproto.HeaderProof, base64.StdEncoding.EncodeToString(proof))
	}
	return nil
}
