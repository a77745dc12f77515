package httpapi_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"testing"

	"fieldbook/envelope"
	"fieldbook/internal/testkit/planttest"
	"fieldbook/internal/testkit/servicetest"
	"fieldbook/keyring"
	"fieldbook/record"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/httpapi"
	"fieldbook/syncserver/replica"
)

// real are the replicas of a true service.
type real struct{ *replica.Set }

// Open implements httpapi.Replicas.
func (r real) Open(ctx context.Context, workspace syncproto.Workspace) (httpapi.Replica, error) {
	view, err := r.Set.Open(ctx, workspace)
	return usage{view}, err
}

type usage struct{ *replica.View }

// Usage implements httpapi.Replica.
func (u usage) Usage() httpapi.Usage {
	devices, size := u.View.Usage()
	return httpapi.Usage{Devices: devices, Bytes: size}
}

// newMaster draws a service's secret.
func newMaster(t testing.TB) keyring.Master {
	t.Helper()
	_, master, err := keyring.NewMaster()
	if err != nil {
		t.Fatal(err)
	}
	return master
}

// realReplicas keeps a store under a service's secret.
func realReplicas(t testing.TB, store syncserver.Store, master keyring.Master) httpapi.Replicas {
	t.Helper()
	set, err := replica.New(replica.Config{Store: store, Identity: master.Service})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(set.Close)
	return real{set}
}

// realService serves an empty store and gives its address.
func realService(t testing.TB, master keyring.Master) string {
	t.Helper()
	handler := servicetest.Handler(t, httpapi.Config{
		Replicas: realReplicas(t, &syncserver.Memory{}, master), Invitation: secret,
	})
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

// remoteOf is a true device's remote.
func remoteOf(t testing.TB, d *planttest.Device, workspace envelope.WorkspaceID, address string, change func(*syncclient.ServiceConfig)) *syncclient.Service {
	t.Helper()
	cfg := syncclient.ServiceConfig{
		URLs: []string{address}, Workspace: syncproto.Workspace(workspace), Signer: d.Identity,
		Device: syncclient.DeviceKeys{ID: d.ID, Sign: d.Identity.SignPublic(), Recipient: d.Identity.Recipient()},
	}
	if change != nil {
		change(&cfg)
	}
	return servicetest.Remote(t, cfg)
}

func invited(c *syncclient.ServiceConfig) { c.Invitation = secret }

// push exchanges segments and wants all of them held.
func push(t testing.TB, remote *syncclient.Service, workspace envelope.WorkspaceID, segments ...syncproto.Segment) *syncproto.Answer {
	t.Helper()
	answer, err := remote.Exchange(t.Context(), &syncproto.Request{Workspace: syncproto.Workspace(workspace), Segments: segments})
	if err != nil {
		t.Fatal(err)
	}
	if len(answer.Refused) != 0 || len(answer.Receipts) != len(segments) {
		t.Fatalf("refused %v, %d receipts for %d segments", answer.Refused, len(answer.Receipts), len(segments))
	}
	return answer
}

// code gives a refusal's code.
func codeOf(err error) syncproto.Code {
	var refused *syncclient.ServiceError
	errors.As(err, &refused)
	if refused == nil {
		return ""
	}
	return refused.Code
}

// Given a true service, then a workspace's founder brings it with an invitation
// and is a member by what it brought; who the founder admits is one without;
// who nobody admitted is handed nothing, invited or not; and a service that lost
// its store takes the workspace back for a receipt that it gave.
func TestARealWorkspaceBeginsGrowsAndComesBack(t *testing.T) {
	plant := planttest.New(t)
	master := newMaster(t)
	address := realService(t, master)
	none := remoteOf(t, plant.Founder, plant.ID, address, nil)
	if _, _, err := none.Manifest(t.Context()); codeOf(err) != syncproto.CodeUnknownWorkspace {
		t.Errorf("before it was brought: %v", err)
	}
	keys, err := none.Keys(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	plant.Founder.Grant(envelope.DeviceKeys{Sign: keys.Sign, Recipient: keys.Recipient})
	plant.Founder.Create(record.ID{1}, record.Edit{Key: "tag", Value: record.StringValue("RAV-PLC-004")})
	engineer := plant.Admit(envelope.Engineer)
	all := plant.Founder.Cut()
	founder := remoteOf(t, plant.Founder, plant.ID, address, invited)
	answer := push(t, founder, plant.ID, all...)
	if s := answer.Service; s == nil || s.Mode != syncproto.Merging || !s.Complete || s.Digest != plant.Founder.Root() {
		t.Errorf("merged: %+v, want root %v", s, plant.Founder.Root())
	}
	receipt := answer.Receipts[0].Receipt

	if answer := push(t, remoteOf(t, engineer, plant.ID, address, nil), plant.ID); len(answer.Segments) != len(all) {
		t.Errorf("the engineer was handed %d segments of %d", len(answer.Segments), len(all))
	}
	stranger := planttest.New(t).Founder
	if _, err := remoteOf(t, stranger, plant.ID, address, nil).Exchange(t.Context(), &syncproto.Request{Workspace: syncproto.Workspace(plant.ID)}); codeOf(err) != syncproto.CodeUnknownDevice {
		t.Errorf("a stranger: %v", err)
	}
	guest := remoteOf(t, stranger, plant.ID, address, invited)
	if answer := push(t, guest, plant.ID); len(answer.Segments) != 0 || answer.Service != nil {
		t.Errorf("an invited stranger was handed %+v", answer)
	}
	if _, err := guest.Documents(t.Context(), syncproto.Tree{}); codeOf(err) != syncproto.CodeUnknownDevice {
		t.Errorf("an invited stranger's comparison: %v", err)
	}

	proof := func(c *syncclient.ServiceConfig) {
		c.Service = keys.ID
		c.Proof = func(context.Context) ([]byte, error) { return receipt, nil }
	}
	wiped := realService(t, master)
	if _, err := remoteOf(t, engineer, plant.ID, wiped, proof).Exchange(t.Context(), &syncproto.Request{Workspace: syncproto.Workspace(plant.ID)}); codeOf(err) != syncproto.CodeInvitation {
		t.Errorf("another's receipt: %v", err)
	}
	back := push(t, remoteOf(t, plant.Founder, plant.ID, wiped, proof), plant.ID, all...)
	if back.Stored != uint64(len(all)) || back.Service.Digest != answer.Service.Digest {
		t.Errorf("after the store was lost: %+v", back)
	}
	other := realService(t, newMaster(t))
	if _, err := remoteOf(t, plant.Founder, plant.ID, other, proof).Exchange(t.Context(), &syncproto.Request{Workspace: syncproto.Workspace(plant.ID)}); codeOf(err) != syncproto.CodeService {
		t.Errorf("another service: %v", err)
	}
}
