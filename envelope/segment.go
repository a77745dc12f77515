package envelope

// Segment is a run of envelopes of one branch of a feed, cut and signed by its author.
type Segment struct {
	Workspace WorkspaceID
	Device    DeviceID
	Epoch     Epoch
	// Number counts the segments of a feed from 1, without holes.
	Number uint64
	// First and Last are the sequence numbers of the first and the last envelope.
	First, Last uint64
	// Prev is the hash before the first envelope, zero if that is the feed's first.
	Prev Hash
	// Tip is the hash of the last envelope.
	Tip Hash
	// Envelopes are the encoded envelopes.
	Envelopes [][]byte
	// Witnesses are the tips of other feeds the author held, sorted by device, epoch, seq and hash.
	Witnesses []Head
	// Sig is the author's Ed25519 signature.
	Sig []byte
}

const (
	// MaxSegment is the greatest size of an encoded segment in bytes.
	MaxSegment = 1 << 20
	// MaxWitnesses is the greatest number of witnesses a segment carries.
	MaxWitnesses = 1024
)

// Feed names the feed the segment belongs to.
func (s *Segment) Feed() FeedID { return FeedID{Device: s.Device, Epoch: s.Epoch} }

// Head is the head the segment ends in.
func (s *Segment) Head() Head {
	return Head{Workspace: s.Workspace, Device: s.Device, Epoch: s.Epoch, Seq: s.Last, Hash: s.Tip}
}
