package replica

import (
	"context"
	"fmt"

	"fieldbook/envelope"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// View is one workspace for the time of one request. It is not safe for
// concurrent use.
type View struct {
	set     *Set
	session *syncserver.Session
	replica *Replica
}

// Known says whether anything of the workspace is held.
func (v *View) Known() bool {
	v.replica.mu.Lock()
	defer v.replica.mu.Unlock()
	return v.replica.state.segments > 0
}

// Device gives the keys of a device that the members' state admits.
func (v *View) Device(id [32]byte) (syncproto.PublicKeys, bool) {
	v.replica.mu.Lock()
	defer v.replica.mu.Unlock()
	now, err := v.replica.state.roster.Now()
	if err != nil {
		return syncproto.PublicKeys{}, false
	}
	if _, admitted := now.Device(id); !admitted {
		return syncproto.PublicKeys{}, false
	}
	for _, d := range now.Devices() {
		if d.ID == envelope.DeviceID(id) {
			return syncproto.PublicKeys{Sign: d.Keys.Sign, Recipient: d.Keys.Recipient}, true
		}
	}
	return syncproto.PublicKeys{}, false
}

// Proves says whether a receipt is this service's own, for a head of a feed of
// the device.
func (v *View) Proves(device [32]byte, receipt []byte) bool { return v.replica.proves(device, receipt) }

// Usage says how many devices have feeds, and the size of all segments in bytes.
func (v *View) Usage() (devices int, bytes int64) { return v.session.Usage() }

// Exchange stores what the request brings and answers what it asks for.
func (v *View) Exchange(ctx context.Context, req *syncproto.Request) (*syncproto.Answer, error) {
	return v.session.Exchange(ctx, req)
}

// Documents names the documents in the buckets that differ from the tree.
func (v *View) Documents(_ context.Context, tree *syncproto.Tree) (*syncproto.DocumentsAnswer, error) {
	v.replica.mu.Lock()
	defer v.replica.mu.Unlock()
	return v.replica.state.docs.differing(tree), nil
}

// Manifest gives the newest manifest, an empty answer if there is none.
func (v *View) Manifest(ctx context.Context) (*syncproto.PackAnswer, error) {
	v.replica.mu.Lock()
	name := v.replica.state.packed.name
	v.replica.mu.Unlock()
	if name == "" {
		return &syncproto.PackAnswer{}, nil
	}
	return v.Pack(ctx, name)
}

// Pack gives an object of the packs by its name. It wraps syncserver.ErrAbsent
// where there is none.
func (v *View) Pack(ctx context.Context, name string) (*syncproto.PackAnswer, error) {
	path, err := envelope.PackPath(v.replica.id, name)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", syncserver.ErrAbsent, err)
	}
	data, _, err := v.set.store.Get(ctx, path, envelope.MaxPart)
	if err != nil {
		return nil, fmt.Errorf("read pack: %w", err)
	}
	return &syncproto.PackAnswer{Name: name, Data: data}, nil
}
