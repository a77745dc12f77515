// Package servicetest serves test workspaces over real HTTP: the service's
// handler over replicas that admit whom a test admits, and remotes that speak
// to it.
package servicetest

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"sync"
	"testing"
	"time"

	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/httpapi"
)

// Replicas are the workspaces of a test service. They check no segments: what
// is tested is who may ask.
type Replicas struct {
	// Server keeps the segments.
	Server *syncserver.Server
	// Secret tells the keys of two services apart.
	Secret string
	// Panics has every exchange fail as a broken program does.
	Panics any
	// Packs are handed out by name; the manifest is that named "manifest".
	Packs map[string][]byte
	// Differing is the answer to every comparison of documents.
	Differing []syncproto.DocumentHeads

	mu      sync.Mutex
	members map[[32]byte]syncproto.PublicKeys
	coming  []*synctest.Author
	opened  int
}

// NewReplicas keeps workspaces in a store and admits some authors.
func NewReplicas(store syncserver.Store, members ...*synctest.Author) *Replicas {
	r := &Replicas{Server: syncserver.New(syncserver.Config{Store: store}), members: map[[32]byte]syncproto.PublicKeys{}}
	r.Admit(members...)
	return r
}

// Admit makes authors members of every workspace.
func (r *Replicas) Admit(members ...*synctest.Author) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, a := range members {
		r.members[a.Device] = a.Keys()
	}
}

// AdmitOnStore makes an author a member once anything is stored.
func (r *Replicas) AdmitOnStore(author *synctest.Author) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.coming = append(r.coming, author)
}

// Opened counts how often a workspace was opened.
func (r *Replicas) Opened() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.opened
}

// Keys implements httpapi.Replicas.
func (r *Replicas) Keys(_ context.Context, workspace syncproto.Workspace) (syncproto.PublicKeys, error) {
	seed := sha256.Sum256(append([]byte("service "+r.Secret), workspace[:]...))
	public := ed25519.NewKeyFromSeed(seed[:]).Public().(ed25519.PublicKey)
	return syncproto.PublicKeys{Sign: public, Recipient: "age1pq1service"}, nil
}

// ID is the service's id in a workspace.
func (r *Replicas) ID(workspace syncproto.Workspace) [32]byte {
	keys, _ := r.Keys(context.Background(), workspace)
	id, err := keys.ID()
	if err != nil {
		panic(err) // the keys above are sound
	}
	return id
}

// Receipt is what this test service takes for a proof.
func (r *Replicas) Receipt(device [32]byte) []byte {
	sum := sha256.Sum256(append([]byte("receipt "+r.Secret), device[:]...))
	return sum[:]
}

// Open implements httpapi.Replicas.
func (r *Replicas) Open(ctx context.Context, workspace syncproto.Workspace) (httpapi.Replica, error) {
	session, err := r.Server.Open(ctx, workspace)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.opened++
	return &replica{all: r, session: session}, nil
}

// replica is one workspace for one request.
type replica struct {
	all     *Replicas
	session *syncserver.Session
}

// Known implements httpapi.Replica.
func (p *replica) Known() bool { return p.Usage().Devices > 0 }

// Device implements httpapi.Replica.
func (p *replica) Device(id [32]byte) (syncproto.PublicKeys, bool) {
	p.all.mu.Lock()
	defer p.all.mu.Unlock()
	keys, member := p.all.members[id]
	return keys, member
}

// Proves implements httpapi.Replica.
func (p *replica) Proves(device [32]byte, receipt []byte) bool {
	return bytes.Equal(receipt, p.all.Receipt(device))
}

// Usage implements httpapi.Replica.
func (p *replica) Usage() httpapi.Usage {
	devices, size := p.session.Usage()
	return httpapi.Usage{Devices: devices, Bytes: size}
}

// Exchange implements httpapi.Replica.
func (p *replica) Exchange(ctx context.Context, req *syncproto.Request) (*syncproto.Answer, error) {
	if p.all.Panics != nil {
		panic(p.all.Panics)
	}
	answer, err := p.session.Exchange(ctx, req)
	if err == nil && answer.Stored > 0 {
		p.all.Admit(p.all.coming...)
	}
	return answer, err
}

// Documents implements httpapi.Replica.
func (p *replica) Documents(context.Context, *syncproto.Tree) (*syncproto.DocumentsAnswer, error) {
	return &syncproto.DocumentsAnswer{Documents: p.all.Differing}, nil
}

// Manifest implements httpapi.Replica.
func (p *replica) Manifest(ctx context.Context) (*syncproto.PackAnswer, error) {
	if len(p.all.Packs) == 0 {
		return &syncproto.PackAnswer{}, nil
	}
	return p.Pack(ctx, "manifest")
}

// Pack implements httpapi.Replica.
func (p *replica) Pack(_ context.Context, name string) (*syncproto.PackAnswer, error) {
	data, found := p.all.Packs[name]
	if !found {
		return nil, syncserver.ErrAbsent
	}
	return &syncproto.PackAnswer{Name: name, Data: data}, nil
}

// Handler makes the service's handler with limits that no test meets by
// accident.
func Handler(tb testing.TB, cfg httpapi.Config) *httpapi.Handler {
	tb.Helper()
	for _, limit := range []*float64{&cfg.Limits.Rate, &cfg.Limits.StrangerRate} {
		if *limit == 0 {
			*limit = 1e6
		}
	}
	for _, limit := range []*int{&cfg.Limits.Burst, &cfg.Limits.StrangerBurst} {
		if *limit == 0 {
			*limit = 1e6
		}
	}
	h, err := httpapi.New(tb.Context(), cfg)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(h.Close)
	return h
}

// Config is what an author's device needs to speak to a service at an address.
func Config(author *synctest.Author, addresses ...string) syncclient.ServiceConfig {
	keys := author.Keys()
	return syncclient.ServiceConfig{
		URLs: addresses, Workspace: syncproto.Workspace(author.Workspace),
		Device:  syncclient.DeviceKeys{ID: author.Device, Sign: keys.Sign, Recipient: keys.Recipient},
		Signer:  author,
		Timeout: 10 * time.Second,
	}
}

// Remote is a device's remote.
func Remote(tb testing.TB, cfg syncclient.ServiceConfig) *syncclient.Service {
	tb.Helper()
	service, err := syncclient.NewService(cfg)
	if err != nil {
		tb.Fatal(err)
	}
	return service
}
