package envelope

// Head names the last envelope of a feed, or of a branch of one.
type Head struct {
	Workspace WorkspaceID
	Device    DeviceID
	Epoch     Epoch
	Seq       uint64
	Hash      Hash
}

// Signer makes raw Ed25519 signatures (RFC 8032) of a device.
type Signer interface {
	Sign(message []byte) ([]byte, error)
}

// Feed names the feed the head belongs to.
func (h Head) Feed() FeedID { return FeedID{Device: h.Device, Epoch: h.Epoch} }
