package envelope

import "crypto/ed25519"

// The types of control events of this version.
const (
	// WorkspaceCreated is a workspace's first event: it admits the founder's device and the recovery key.
	WorkspaceCreated = "workspace.created"
	// EpochOpened is the first event of every other feed.
	EpochOpened = "epoch.opened"
	// DeviceAdmitted makes a device one of the workspace's, as a member in a role.
	DeviceAdmitted = "device.admitted"
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
	// Wraps are workspace keys wrapped to the devices that the event admits.
	Wraps []Wrap
}

// Grant admits a device as a member in a role.
type Grant struct {
	Member MemberID
	Role   Role
	Keys   DeviceKeys
}

// Wrap is a workspace key encrypted to one device's recipient.
type Wrap struct {
	Device DeviceID
	Data   []byte
}

// Tip names the last envelope of a branch within a known workspace.
type Tip struct {
	Feed FeedID
	Seq  uint64
	Hash Hash
}

// DeviceKeys are the public keys of a device.
type DeviceKeys struct {
	// Sign checks the device's heads.
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

// Member is a person with the role in which a device acts.
type Member struct {
	ID   MemberID
	Role Role
}

// Device is an admitted device.
type Device struct {
	ID     DeviceID
	Member Member
	Keys   DeviceKeys
	// By is the control event that admitted it.
	By Hash
}
