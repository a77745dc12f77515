package replica_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"fieldbook/crdt"
	"fieldbook/record"
	"fieldbook/syncserver"
	"fieldbook/syncserver/replica"
)

func process(t testing.TB) *replica.Process {
	t.Helper()
	p, err := replica.NewProcess()
	must(t, err)
	return p
}

// Given a document of which the engine's process aborts, then the service goes
// on: the push is stored, the answer names that document and no other, and the
// other documents are merged.
func TestAbortOfTheEngineIsOneDocuments(t *testing.T) {
	s := serve(t, &syncserver.Memory{}, newMaster(t), process(t))
	p := granted(t, s)
	for _, doc := range []record.ID{{0x01}, poisoned, {0xff}} {
		p.Founder.Edit(doc, "tag", "PLC-1")
	}
	answer := s.push(p, p.Founder.Cut()...)
	got := answer.Service
	if answer.Stored != 1 || len(got.Failed) != 1 || got.Failed[0] != poisoned || got.Documents != 3 || got.Digest != p.Founder.Root() {
		t.Fatalf("stored %d, service %+v", answer.Stored, got)
	}
	p.Founder.Edit(record.ID{0xff}, "tag", "PLC-2")
	if got := s.push(p, p.Founder.Cut()...).Service; len(got.Failed) != 1 || got.Digest != p.Founder.Root() {
		t.Fatalf("afterwards: %+v", got)
	}
	s.now = s.now.Add(time.Hour)
	if got := s.push(p).Service; len(got.Failed) != 1 {
		t.Fatalf("tried again: %+v", got)
	}
}

// change makes an admitted change of a document, after those in its history.
func change(t testing.TB, h *crdt.History, doc record.ID, value string) []crdt.Admitted {
	t.Helper()
	salt := []byte{1}
	raw, _, err := h.Author(crdt.Actor([32]byte{1}, doc, salt), time.UnixMilli(0), []record.Edit{{Key: "tag", Value: record.StringValue(value)}}, nil)
	must(t, err)
	hash, _, err := h.Add(raw, crdt.Origin{Device: [32]byte{1}, Stream: doc, Salt: salt})
	must(t, err)
	admitted, _ := h.Admitted(hash)
	return []crdt.Admitted{admitted}
}

// A worker says which document it does not hold as thought, and gives the heads
// of the others; apart and in this process alike.
func TestWorkers(t *testing.T) {
	engine, err := replica.Engine()
	must(t, err)
	for name, worker := range map[string]replica.Worker{"inline": replica.NewInline(engine), "process": process(t)} {
		t.Run(name, func(t *testing.T) {
			defer worker.Close()
			doc, h := record.ID{1}, crdt.NewHistory(record.ID{1})
			first := change(t, h, doc, "a")
			base := crdt.HeadsDigest(h.Heads())
			second := change(t, h, doc, "b")
			jobs := []replica.Job{{ID: doc, Changes: first}, {ID: record.ID{2}, Base: base}, {ID: doc, Base: base, Changes: second}}
			var got []replica.Result
			must(t, worker.Merge(t.Context(), jobs, func(_ int, r replica.Result) { got = append(got, r) }))
			if got[0].Heads != base || !errors.Is(got[1].Err, replica.ErrBase) || got[2].Heads != crdt.HeadsDigest(h.Heads()) || got[2].Err != nil {
				t.Fatalf("results %v", got)
			}
			ended, cancel := context.WithCancel(t.Context())
			cancel()
			if err := worker.Merge(ended, jobs, func(int, replica.Result) {}); !errors.Is(err, context.Canceled) {
				t.Errorf("%v, want the caller's end", err)
			}
			if err := worker.Merge(t.Context(), jobs[:1], func(_ int, r replica.Result) { must(t, r.Err) }); err != nil {
				t.Errorf("after that: %v", err)
			}
		})
	}
}

// What is no frame ends the engine's process with an error, not with a panic.
func FuzzServe(f *testing.F) {
	engine, err := replica.Engine()
	must(f, err)
	f.Add([]byte{0, 0, 0, 0})
	f.Add(append([]byte{0, 0, 0, 32}, make([]byte, 36)...))
	f.Fuzz(func(t *testing.T, in []byte) {
		if len(in) >= 4 && in[0] > 0 {
			return // a length beyond what the test should allocate
		}
		_ = replica.Serve(bytes.NewReader(in), io.Discard, engine)
	})
}
