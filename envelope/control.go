package envelope

import (
	"bytes"
	"cmp"
	"crypto/ed25519"
	"crypto/sha256"
	"slices"
)

// The types of control events of this version.
const (
	// WorkspaceCreated is a workspace's first event: it admits the founder's device and the recovery key.
	WorkspaceCreated = "workspace.created"
	// EpochOpened is the first event of every other feed.
	EpochOpened = "epoch.opened"
	// DeviceAdmitted makes a device one of the workspace's, as a member in a role.
	DeviceAdmitted = "device.admitted"
	// ServiceGranted lets a sync service open what is sealed under the keys wrapped for it. The service authors nothing.
	ServiceGranted = "service.granted"
	// ServiceEnded takes that back. It brings a new key, which the service does not get.
	ServiceEnded = "service.ended"
	// KeyAdded hands a workspace key, new or known, to devices and services that lack it.
	KeyAdded = "key.added"
)

// Control is a control event: about devices, roles and keys, signed but not sealed. It never holds a person's name.
type Control struct {
	Type string
	// Salt is 32 random bytes of workspace.created that make the workspace's id unique.
	Salt []byte
	// Founder and Recovery are who workspace.created admits, as owner and as recovery; their Role is not written.
	Founder, Recovery *Grant
	// Continues is the tip of the feed that epoch.opened goes on from; nil for a device's first feed.
	Continues *Tip
	// Grant is whom device.admitted admits.
	Grant *Grant
	// Request is the hash of the join request that device.admitted answers; zero if there was none.
	Request Hash
	// Wraps are workspace keys wrapped for devices and services: a set, written sorted. Those of workspace.created are all of
	// one key, the naming key.
	Wraps []Wrap
	// Service holds the keys of the service that service.granted lets in.
	Service *DeviceKeys
	// Ended is the id of the service whose grants service.ended ends.
	Ended DeviceID
}

// Grant admits a device as a member in a role.
type Grant struct {
	Member MemberID
	Role   Role
	Keys   DeviceKeys
}

// Wrap is a workspace key encrypted to the recipient of one device or service. The key is named, so that everybody can tell
// who was given what; that Data holds this key only its recipient can check.
type Wrap struct {
	Device DeviceID
	Key    KeyID
	Data   []byte
}

// Tip names the last envelope of a branch within a known workspace.
type Tip struct {
	Feed FeedID
	Seq  uint64
	Hash Hash
}

// DeviceKeys are the public keys of a device or of a sync service.
type DeviceKeys struct {
	// Sign checks the device's heads, or the service's receipts.
	Sign ed25519.PublicKey
	// Recipient is the age recipient that keys are wrapped to.
	Recipient string
}

// Role is what a device's member may do.
type Role string

// The roles.
const (
	// Owner admits members and decides policy.
	Owner Role = "owner"
	// Engineer writes, submits and implements.
	Engineer Role = "engineer"
	// Reviewer approves, signs baselines and comments.
	Reviewer Role = "reviewer"
	// Auditor reads, verifies and exports.
	Auditor Role = "auditor"
	// Recovery is the key shown once at creation; it admits owners and does nothing else.
	Recovery Role = "recovery"
)

// Limits of a control event's parts.
const (
	// SaltSize is the size of a workspace's salt in bytes.
	SaltSize = 32
	// MaxRecipient is the greatest length of an age recipient in bytes; a hybrid one takes about 2000.
	MaxRecipient = 4096
	// MaxWraps is the greatest number of wraps.
	MaxWraps = 64
	// MaxWrap is the greatest size of a wrap in bytes; one to a hybrid recipient takes about 2000.
	MaxWrap = 8 << 10
)

// ID names the device or service: SHA-256 over the encoded array of both keys.
func (k DeviceKeys) ID() DeviceID {
	b := appendBytes([]byte{majorArray | 2}, k.Sign)
	return sha256.Sum256(appendText(b, k.Recipient))
}

// NewWorkspaceID is the id of the workspace that created makes: SHA-256 of its encoding without wraps, since what is wrapped
// says the id itself.
func NewWorkspaceID(created *Control) WorkspaceID {
	c := *created
	c.Wraps = nil
	return sha256.Sum256(EncodeControl(&c))
}

// EncodeControl is the body of a control envelope. Fields that the type does not have must be empty.
func EncodeControl(c *Control) []byte {
	f := newFields(make([]byte, 0, 512))
	f.key(1)
	f.b = appendText(f.b, c.Type)
	f.optional(2, c.Salt)
	for i, g := range []*Grant{c.Founder, c.Recovery} {
		if g != nil {
			f.key(byte(3 + i))
			f.b = g.Keys.append(appendBytes(append(f.b, majorArray|3), g.Member[:]))
		}
	}
	if t := c.Continues; t != nil {
		f.key(5)
		f.b = appendTip(f.b, t.Feed, t.Seq, t.Hash)
	}
	if g := c.Grant; g != nil {
		f.key(6)
		f.b = appendBytes(append(f.b, majorArray|4), g.Member[:])
		f.b = g.Keys.append(appendText(f.b, string(g.Role)))
	}
	if !c.Request.IsZero() {
		f.key(7)
		f.b = appendBytes(f.b, c.Request[:])
	}
	c.appendWraps(&f)
	if k := c.Service; k != nil {
		f.key(9)
		f.b = k.append(append(f.b, majorArray|2))
	}
	if c.Ended != (DeviceID{}) {
		f.key(10)
		f.b = appendBytes(f.b, c.Ended[:])
	}
	return f.b
}

// append writes both keys, as two items.
func (k DeviceKeys) append(b []byte) []byte {
	return appendText(appendBytes(b, k.Sign), k.Recipient)
}

func (c *Control) appendWraps(f *fields) {
	if len(c.Wraps) == 0 {
		return
	}
	f.key(8)
	f.b = appendHead(f.b, majorArray, uint64(len(c.Wraps)))
	for _, w := range slices.SortedFunc(slices.Values(c.Wraps), compareWraps) {
		f.b = appendBytes(append(f.b, majorArray|3), w.Device[:])
		f.b = appendBytes(appendBytes(f.b, w.Key[:]), w.Data)
	}
}

func compareWraps(a, b Wrap) int {
	return cmp.Or(bytes.Compare(a.Device[:], b.Device[:]), bytes.Compare(a.Key[:], b.Key[:]))
}
