package httpapi

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"time"

	"fieldbook/syncproto"
)

// authenticate learns who asks. What is cheap is checked first, and nothing of
// the body is read before the signature, which covers its digest, was found to
// hold.
func (h *Handler) authenticate(c *call) error {
	if err := h.identify(c); err != nil {
		h.others.allow(address(c.request), 1) // only failing costs an address
		return err
	}
	if !h.devices.allow(place(c.workspace, c.device), 1) {
		return tooFast()
	}
	return h.read(c)
}

// identify checks the signature and that the one who signed may ask.
func (h *Handler) identify(c *call) error {
	s, err := parseSignature(c.request.Header)
	if err != nil {
		return err
	}
	if err := s.timely(h.now()); err != nil {
		return err
	}
	// A device that has asked before is not kept out by others at its address.
	if !h.devices.knows(place(c.workspace, s.device)) && !h.others.allow(address(c.request), 0) {
		return tooFast()
	}
	if err := h.addressed(c); err != nil {
		return err
	}
	if c.replica, err = h.cfg.Replicas.Open(c.request.Context(), c.workspace); err != nil {
		return fmt.Errorf("open workspace: %w", err)
	}
	keys, member := c.replica.Device(s.device)
	if !member {
		if keys, err = h.introduce(c, s); err != nil {
			return err
		}
	}
	if err := s.verify(c.request, keys); err != nil {
		return err
	}
	if err := h.nonces.take(s, h.now()); err != nil {
		return err
	}
	c.device, c.member = s.device, member
	return h.tokens.check(c.request)
}

// addressed checks that the request was signed for this service.
func (h *Handler) addressed(c *call) error {
	keys, err := h.cfg.Replicas.Keys(c.request.Context(), c.workspace)
	if err != nil {
		return fmt.Errorf("service keys: %w", err)
	}
	id, err := keys.ID()
	if err != nil {
		return fmt.Errorf("service keys: %w", err)
	}
	if got := c.request.Header.Values(syncproto.HeaderService); len(got) != 1 || got[0] != hex.EncodeToString(id[:]) {
		return refuse(syncproto.CodeService, "the service's id in this workspace is another")
	}
	return nil
}

// introduce gives the keys of a device that the workspace has not admitted, if
// an invitation or a receipt speaks for it.
func (h *Handler) introduce(c *call, s *signature) (syncproto.PublicKeys, error) {
	none := syncproto.PublicKeys{}
	shown := c.request.Header.Values(syncproto.HeaderDevice)
	if len(shown) != 1 || c.route.access != guests {
		return none, stranger(c)
	}
	keys, err := syncproto.ParsePublicKeys(shown[0])
	if err != nil {
		return none, refuse(syncproto.CodeMalformed, syncproto.HeaderDevice+" does not hold public keys")
	}
	if id, err := keys.ID(); err != nil || id != s.device {
		return none, refuse(syncproto.CodeSignature, "the keys shown are not those of the key id")
	}
	if err := h.invited(c, s.device); err != nil {
		return none, err
	}
	if c.replica.Usage().Devices >= h.limits.Devices {
		return none, refuse(syncproto.CodeDevices, fmt.Sprintf("at most %d", h.limits.Devices))
	}
	if !c.replica.Known() && h.founded.Load() >= int64(h.limits.Workspaces) {
		return none, refuse(syncproto.CodeWorkspaces, "")
	}
	return keys, nil
}

// stranger refuses a device that shows nothing for itself.
func stranger(c *call) error {
	if !c.replica.Known() {
		return refuse(syncproto.CodeUnknownWorkspace, "the first device to bring it shows its keys and an invitation")
	}
	return refuse(syncproto.CodeUnknownDevice, "a device that its members have not admitted yet shows its keys and an invitation")
}

// maxSecret bounds invitation and proof, in bytes.
const maxSecret = 1024

// invited checks an invitation, or a receipt of this service: one that lost its
// store recognises its laptops.
func (h *Handler) invited(c *call, device [32]byte) error {
	if h.cfg.Open {
		return nil
	}
	invitations, proofs := c.request.Header.Values(syncproto.HeaderInvitation), c.request.Header.Values(syncproto.HeaderProof)
	if len(invitations) == 0 && len(proofs) == 0 {
		return stranger(c)
	}
	if len(invitations) == 1 && len(invitations[0]) <= maxSecret && h.cfg.Invitation != "" {
		got, want := sha256.Sum256([]byte(invitations[0])), sha256.Sum256([]byte(h.cfg.Invitation))
		if subtle.ConstantTimeCompare(got[:], want[:]) == 1 {
			return nil
		}
	}
	if len(proofs) == 1 && len(proofs[0]) <= maxSecret {
		receipt, err := base64.StdEncoding.Strict().DecodeString(proofs[0])
		if err == nil && c.replica.Proves(device, receipt) {
			return nil
		}
	}
	return refuse(syncproto.CodeInvitation, "ask whoever runs the service for its present invitation")
}

// address names where a request comes from: an IPv4 address, or the network of
// an IPv6 one.
func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return ""
	}
	if ip = ip.Unmap().WithZone(""); ip.Is6() {
		if network, err := ip.Prefix(64); err == nil {
			return network.String()
		}
	}
	return ip.String()
}

// place names a device in a workspace.
func place(workspace syncproto.Workspace, device [32]byte) string {
	return string(workspace[:]) + string(device[:])
}

func tooFast() error {
	return &fault{code: syncproto.CodeRate, detail: "wait a little", retry: time.Second}
}
