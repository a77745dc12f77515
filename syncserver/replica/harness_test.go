package replica_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"syscall"
	"testing"
	"time"

	"fieldbook/crdt"
	"fieldbook/envelope"
	"fieldbook/internal/testkit/planttest"
	"fieldbook/keyring"
	"fieldbook/record"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/replica"
)

// poisoned is the document whose changes end the engine's process.
var poisoned = record.ID{0xde, 0xad}

// TestMain is also the engine's process, with an engine that the poisoned
// document makes abort as Automerge's core does on what it was not made for.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == replica.WorkerArg {
		engine, err := replica.Engine()
		if err == nil {
			err = replica.Serve(os.Stdin, os.Stdout, fragile{engine})
		}
		if err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	if len(os.Args) == 6 && os.Args[1] == instanceArg {
		if err := instance(os.Args[2], os.Args[3], os.Args[4], os.Args[5]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	flag.Parse()
	if f := flag.Lookup("rapid.checks"); f.Value.String() == f.DefValue {
		_ = f.Value.Set("12")
	}
	os.Exit(m.Run())
}

// fragile is an engine that dies of the poisoned document.
type fragile struct{ crdt.Engine }

func (f fragile) New(id record.ID) (crdt.Document, error) {
	if id == poisoned {
		_ = syscall.Kill(os.Getpid(), syscall.SIGABRT)
		select {}
	}
	return f.Engine.New(id)
}

// service is an instance of a sync service.
type service struct {
	t      testing.TB
	set    *replica.Set
	store  syncserver.Store
	master keyring.Master
	now    time.Time
}

func newMaster(t testing.TB) keyring.Master {
	t.Helper()
	_, master, err := keyring.NewMaster()
	must(t, err)
	return master
}

// serve starts an instance over a store.
func serve(t testing.TB, store syncserver.Store, master keyring.Master, worker replica.Worker) *service {
	t.Helper()
	return serveWithin(t, store, master, worker, 0)
}

// serveWithin bounds the memory for histories.
func serveWithin(t testing.TB, store syncserver.Store, master keyring.Master, worker replica.Worker, bytes int) *service {
	t.Helper()
	s := &service{t: t, store: store, master: master, now: time.UnixMilli(1_800_000_000_000)}
	set, err := replica.New(replica.Config{
		Store: store, Identity: master.Service, Worker: worker, Clock: func() time.Time { return s.now }, Parallel: 1,
		Histories: bytes, Parts: bytes,
	})
	must(t, err)
	s.set = set
	t.Cleanup(set.Close)
	return s
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// keys are the service's in a plant.
func (s *service) keys(p *planttest.Plant) envelope.DeviceKeys {
	s.t.Helper()
	keys, err := s.set.Keys(context.Background(), syncproto.Workspace(p.ID))
	must(s.t, err)
	return envelope.DeviceKeys{Sign: keys.Sign, Recipient: keys.Recipient}
}

func (s *service) view(p *planttest.Plant) *replica.View {
	s.t.Helper()
	v, err := s.set.Open(context.Background(), syncproto.Workspace(p.ID))
	must(s.t, err)
	return v
}

// push brings segments, in messages as large as the protocol allows, and gives
// the last answer.
func (s *service) push(p *planttest.Plant, segments ...syncproto.Segment) *syncproto.Answer {
	s.t.Helper()
	answer := &syncproto.Answer{}
	for first := true; first || len(segments) > 0; first = false {
		n, size := 0, 0
		for n < len(segments) && n < syncproto.MaxSegments && size+len(segments[n].Data) <= syncproto.MaxPage {
			size += len(segments[n].Data)
			n++
		}
		next, err := s.exchange(p, segments[:n])
		must(s.t, err)
		next.Refused = append(answer.Refused, next.Refused...)
		next.Receipts = append(answer.Receipts, next.Receipts...)
		next.Stored += answer.Stored
		answer, segments = next, segments[n:]
	}
	return answer
}

// exchange brings segments in one request.
func (s *service) exchange(p *planttest.Plant, segments []syncproto.Segment) (*syncproto.Answer, error) {
	view, err := s.set.Open(context.Background(), syncproto.Workspace(p.ID))
	if err != nil {
		return nil, err
	}
	answer, err := view.Exchange(context.Background(), &syncproto.Request{
		Workspace: syncproto.Workspace(p.ID), Segments: segments, Have: holding(segments),
	})
	if err != nil {
		return nil, err
	}
	return answer, answer.Check()
}

// holding states the segments, so that they are not handed out again.
func holding(segments []syncproto.Segment) (have []syncproto.Have) {
	names := map[syncproto.Feed][]syncproto.Name{}
	for _, s := range segments {
		names[s.Feed] = append(names[s.Feed], s.Name())
	}
	for feed, all := range names {
		slices.SortFunc(all, syncproto.Name.Compare)
		have = append(have, syncproto.Have{Feed: feed, Names: slices.Compact(all)})
	}
	return have
}

// same fails unless the service's documents are those of a device that holds all.
func (s *service) same(p *planttest.Plant, d *planttest.Device) {
	s.t.Helper()
	answer := s.push(p)
	if got := answer.Service; got.Mode != syncproto.Merging || !got.Complete || got.Digest != d.Root() || len(got.Failed) > 0 {
		s.t.Fatalf("service %+v, want %d documents of root %s", got, len(d.Documents()), d.Root())
	}
}

// granted founds a plant whose owner granted a service the key.
func granted(t testing.TB, s *service) *planttest.Plant {
	t.Helper()
	p := planttest.New(t)
	p.Founder.Grant(s.keys(p))
	return p
}

func id(parts ...any) record.ID {
	var out record.ID
	copy(out[:], fmt.Sprint(parts...))
	return out
}
