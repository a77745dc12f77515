package simtest_test

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"sync"
	"testing"

	"fieldbook/envelope"
	"fieldbook/internal/testkit/planttest"
	"fieldbook/internal/testkit/s3test"
	"fieldbook/internal/testkit/simtest"
	"fieldbook/keyring"
	"fieldbook/record"
	"fieldbook/roster"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/httpapi"
	"fieldbook/syncserver/replica"
	"fieldbook/syncserver/service"
)

// TestMain is also the engine's process of the services under test.
func TestMain(m *testing.M) {
	replica.WorkerMain()
	flag.Parse()
	os.Exit(m.Run())
}

// deployed is the whole service at an address.
type deployed struct {
	t      *testing.T
	store  syncserver.Store
	secret string
	url    string
	client *http.Client
}

// deploy starts a service over a store that takes whoever comes.
func deploy(t *testing.T, store syncserver.Store) *deployed {
	t.Helper()
	secret, master, err := keyring.NewMaster()
	must(t, err)
	s, err := service.New(t.Context(), service.Config{
		Store: store, Master: master, Open: true,
		// All clients of a test share one address.
		Limits: httpapi.Limits{StrangerRate: 1e6, StrangerBurst: 1e6, Rate: 1e6, Burst: 1e6},
	})
	must(t, err)
	server := httptest.NewServer(s)
	t.Cleanup(func() {
		server.Close()
		s.Close()
	})
	return &deployed{t: t, store: store, secret: secret, url: server.URL, client: server.Client()}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// keys are the service's in a workspace.
func (d *deployed) keys(workspace envelope.WorkspaceID) envelope.DeviceKeys {
	master, err := keyring.ParseMaster(d.secret)
	must(d.t, err)
	defer master.Wipe()
	identity, err := master.Service(workspace)
	must(d.t, err)
	return roster.PublicKeys(identity)
}

// remote is the service as a device reaches it.
func (d *deployed) remote(p *planttest.Plant, device *planttest.Device, keys envelope.DeviceKeys) (*syncclient.Service, error) {
	own := roster.PublicKeys(device.Identity)
	return syncclient.NewService(syncclient.ServiceConfig{
		URLs: []string{d.url}, Workspace: syncproto.Workspace(p.ID), Service: keys.ID(), Client: d.client,
		Device: syncclient.DeviceKeys{ID: device.ID, Sign: own.Sign, Recipient: own.Recipient}, Signer: device.Identity,
	})
}

// push has a laptop sync as often as it writes. Any failure is one.
func push(d *deployed, p *planttest.Plant, l *simtest.Laptop, keys envelope.DeviceKeys, pushes int) error {
	remote, err := d.remote(p, l.Device, keys)
	if err != nil {
		return err
	}
	var known []syncproto.Have
	for n := range pushes {
		l.Device.Edit(record.ID{byte(n), 3}, "tag", l.Name+fmt.Sprint(n))
		l.Cut()
		report, err := syncclient.Sync(context.Background(), l, remote, syncclient.Options{Attempts: 1, Known: known})
		if err != nil || len(report.Refused) > 0 || report.Service == nil {
			return fmt.Errorf("%s: push %d: refused %v: %w", l.Name, n, report.Refused, err)
		}
		known = report.Known
	}
	return nil
}

// each runs a function for 0 to n-1, as many at once as asked.
func each(t *testing.T, n, at int, do func(i int) error) {
	t.Helper()
	var all sync.WaitGroup
	room, failed := make(chan struct{}, at), make(chan error, n)
	for i := range n {
		room <- struct{}{}
		all.Go(func() {
			defer func() { <-room }()
			if err := do(i); err != nil {
				failed <- err
			}
		})
	}
	all.Wait()
	close(failed)
	for err := range failed {
		t.Error(err)
	}
	if t.Failed() {
		t.FailNow()
	}
}

// holds counts the segments stored of a workspace.
func (d *deployed) holds(workspace envelope.WorkspaceID) (n int) {
	listing, err := syncserver.List(context.Background(), d.store, syncproto.Workspace(workspace))
	must(d.t, err)
	for _, names := range listing.Feeds {
		n += len(names)
	}
	return n
}

// stores are those that load is put on, with how much of it.
func stores(t *testing.T, do func(t *testing.T, store syncserver.Store, share int)) {
	t.Run("memory", func(t *testing.T) { do(t, &syncserver.Memory{}, 1) })
	t.Run("bucket", func(t *testing.T) { do(t, s3test.Start(t).Store(t, ""), 8) })
}

// Given 50 laptops that push to one workspace at the same time, then no request
// fails, nothing is lost, and the service has the documents that a laptop makes of
// it all.
func TestLoadOfOneWorkspace(t *testing.T) {
	const laptops = 50
	stores(t, func(t *testing.T, store syncserver.Store, share int) {
		d, pushes := deploy(t, store), max(4/share, 2)
		p := planttest.New(t)
		keys := d.keys(p.ID)
		p.Founder.Grant(keys)
		var all []*simtest.Laptop
		for n := range laptops {
			all = append(all, simtest.NewLaptop(fmt.Sprint("laptop ", n), p.Admit(envelope.Engineer), p.ID, keys))
		}
		founder := simtest.NewLaptop("founder", p.Founder, p.ID, keys)
		must(t, push(d, p, founder, keys, 1))
		admitting := founder.Held()
		for _, l := range all {
			l.Fill(admitting)
			l.Device.Open()
		}
		each(t, laptops, laptops, func(i int) error { return push(d, p, all[i], keys, pushes) })

		remote, err := d.remote(p, p.Founder, keys)
		must(t, err)
		report, err := syncclient.Sync(t.Context(), founder, remote, syncclient.Options{Attempts: 1})
		must(t, err)
		if got, want := d.holds(p.ID), len(founder.Held()); got != want || want != len(admitting)+laptops*pushes {
			t.Errorf("%d segments stored, the founder holds %d, pushed %d", got, want, len(admitting)+laptops*pushes)
		}
		if s := report.Service; !s.Complete || s.Digest != p.Founder.Root() || len(s.Failed) > 0 {
			t.Errorf("the service has %+v, laptops %s", s, p.Founder.Root())
		}
	})
}

// Given 2,000 workspaces on one service, then no request fails and each holds
// what its laptop pushed; who comes back when the service has forgotten it gets
// it all.
func TestLoadOfManyWorkspaces(t *testing.T) {
	stores(t, func(t *testing.T, store syncserver.Store, share int) {
		d, many := deploy(t, store), 2000/share
		plants, keys := make([]*planttest.Plant, many), make([]envelope.DeviceKeys, many)
		each(t, many, 4*runtime.GOMAXPROCS(0), func(i int) error {
			p := planttest.New(t)
			plants[i], keys[i] = p, d.keys(p.ID)
			l := simtest.NewLaptop("founder", p.Founder, p.ID, keys[i])
			if err := push(d, p, l, keys[i], 1); err != nil {
				return err
			}
			_, note, err := store.Get(context.Background(), l.Inventory()[0], syncproto.MaxSegment)
			if err != nil || len(note) == 0 {
				return fmt.Errorf("workspace %d: not stored with its receipt: %w", i, err)
			}
			return nil
		})
		const sample = 16
		each(t, many/sample, 4*runtime.GOMAXPROCS(0), func(i int) error {
			p := plants[i*sample]
			remote, err := d.remote(p, p.Founder, keys[i*sample])
			if err != nil {
				return err
			}
			l := simtest.NewLaptop("the founder's new disk", planttest.Reader(p), p.ID, keys[i*sample])
			report, err := syncclient.Sync(context.Background(), l, remote, syncclient.Options{Attempts: 1})
			if err != nil || report.ReceivedSegments != 1 || l.Device.Root() != p.Founder.Root() {
				return fmt.Errorf("workspace %d: received %d: %w", i, report.ReceivedSegments, err)
			}
			return nil
		})
	})
}
