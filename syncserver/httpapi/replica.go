package httpapi

import (
	"context"

	"fieldbook/syncproto"
)

// Replicas are the workspaces of a service. Safe for concurrent use.
type Replicas interface {
	// Keys gives the service's public keys in a workspace, whether or not it
	// holds anything of it. It does not touch the store.
	Keys(ctx context.Context, workspace syncproto.Workspace) (syncproto.PublicKeys, error)
	// Open gives a workspace as the store has it now, after one listing. A
	// workspace of which nothing is stored is empty.
	Open(ctx context.Context, workspace syncproto.Workspace) (Replica, error)
}

// Replica is one workspace for the time of one request.
type Replica interface {
	// Known says whether anything of the workspace is held.
	Known() bool
	// Device gives the keys of a device that the members' state admits. It tells
	// of segments taken by Exchange at once.
	Device(id [32]byte) (syncproto.PublicKeys, bool)
	// Proves says whether a receipt is this service's own, for a head of a feed
	// of the device.
	Proves(device [32]byte, receipt []byte) bool
	// Usage says how much is stored.
	Usage() Usage
	// Exchange stores what the request brings and answers what it asks for. The
	// segments of the request are checked by their authors' signatures.
	Exchange(ctx context.Context, req *syncproto.Request) (*syncproto.Answer, error)
	// Documents names the documents in the buckets that differ from the tree.
	Documents(ctx context.Context, tree *syncproto.Tree) (*syncproto.DocumentsAnswer, error)
	// Manifest gives the newest manifest of packs, an empty answer if there is none.
	Manifest(ctx context.Context) (*syncproto.PackAnswer, error)
	// Pack gives an object of the packs by its name. It wraps
	// syncserver.ErrAbsent where there is none.
	Pack(ctx context.Context, name string) (*syncproto.PackAnswer, error)
}

// Usage is how much a workspace stores.
type Usage struct {
	// Devices counts the devices that have feeds.
	Devices int
	// Bytes are those of all segments.
	Bytes int64
}
