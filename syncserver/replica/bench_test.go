package replica_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"

	"fieldbook/internal/testkit/planttest"
	"fieldbook/record"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/replica"
)

// benchDocuments is the size that the speeds of the sync service are stated for.
const benchDocuments = 10_000

func docID(n int) (id record.ID) {
	binary.BigEndian.PutUint64(id[:], uint64(n)*0x9e3779b97f4a7c15)
	return id
}

// imported is a plant with documents as an import makes them.
func imported(b *testing.B, s *service) *planttest.Plant {
	p := granted(b, s)
	for n := range benchDocuments {
		edits := make([]record.Edit, 0, 15)
		for k := range 15 {
			edits = append(edits, record.Edit{Key: fmt.Sprintf("key-%02d", k), Value: record.StringValue(fmt.Sprintf("value %d of %d", k, n))})
		}
		p.Founder.Create(docID(n), edits...)
	}
	s.push(p, p.Founder.Cut()...)
	return p
}

// edited writes single-field edits, cut as one sync does.
func edited(p *planttest.Plant, edits, documents int) []syncproto.Segment {
	for n := range edits {
		p.Founder.Edit(docID(n%documents), "tag", fmt.Sprint("edit ", n))
	}
	return p.Founder.Cut()
}

// BenchmarkTake pushes 10,000 single-field edits to a merging service with
// 10,000 documents, the engine in a process of its own.
func BenchmarkTake(b *testing.B) {
	for _, documents := range []int{200, benchDocuments} {
		b.Run(fmt.Sprint(documents), func(b *testing.B) {
			s := serve(b, &syncserver.Memory{}, newMaster(b), process(b))
			p := imported(b, s)
			for b.Loop() {
				b.StopTimer()
				segments := edited(p, 10_000, documents)
				b.StartTimer()
				s.push(p, segments...)
			}
			b.StopTimer()
			s.same(p, p.Founder)
			b.ReportMetric(resident(b, os.Getpid()), "MB-service")
		})
	}
}

// BenchmarkNothing asks when nothing is new.
func BenchmarkNothing(b *testing.B) {
	s := serve(b, &syncserver.Memory{}, newMaster(b), nil)
	p := imported(b, s)
	for b.Loop() {
		s.push(p)
	}
}

// BenchmarkEdit pushes one edit.
func BenchmarkEdit(b *testing.B) {
	s := serve(b, &syncserver.Memory{}, newMaster(b), process(b))
	p := imported(b, s)
	for n := 0; b.Loop(); n++ {
		b.StopTimer()
		p.Founder.Edit(docID(n%benchDocuments), "tag", fmt.Sprint("edit ", n))
		segments := p.Founder.Cut()
		b.StartTimer()
		s.push(p, segments...)
	}
}

// BenchmarkColdOpen starts an instance over packs of 10,000 documents and asks
// for nothing.
func BenchmarkColdOpen(b *testing.B) {
	store, master := &syncserver.Memory{}, newMaster(b)
	p := imported(b, serve(b, store, master, nil))
	s := serve(b, store, master, nil)
	for b.Loop() {
		replica.Forget(s.set)
		s.push(p)
	}
}

// BenchmarkRebuild starts an instance over the segments alone.
func BenchmarkRebuild(b *testing.B) {
	store, master := &syncserver.Memory{}, newMaster(b)
	first := serve(b, store, master, nil)
	p := imported(b, first)
	first.push(p, edited(p, 10_000, benchDocuments)...)
	all := segments(b, store, p)
	for b.Loop() {
		b.StopTimer()
		empty := &syncserver.Memory{}
		for _, s := range all {
			must(b, empty.Create(b.Context(), syncproto.Path(syncproto.Workspace(p.ID), s.Feed, s.Name()), s.Data, nil))
		}
		s := serve(b, empty, master, process(b))
		b.StartTimer()
		s.push(p)
	}
}

// BenchmarkMemory states what 10,000 documents hold in memory once an edit of
// each was merged: the service's heap and the engine's process.
func BenchmarkMemory(b *testing.B) {
	for b.Loop() {
		worker := process(b)
		s := serve(b, &syncserver.Memory{}, newMaster(b), worker)
		p := imported(b, s)
		id, reader := p.ID, &syncserver.Memory{}
		for _, segment := range append(segments(b, s.store, p), edited(p, 10_000, benchDocuments)...) {
			must(b, reader.Create(b.Context(), syncproto.Path(syncproto.Workspace(id), segment.Feed, segment.Name()), segment.Data, nil))
		}
		s.set.Close()
		s = nil
		p = nil
		before := heap()
		apart := process(b)
		cold := serve(b, reader, newMaster(b), apart)
		_ = cold
		view, err := cold.set.Open(context.Background(), syncproto.Workspace(id))
		must(b, err)
		_, err = view.Exchange(context.Background(), &syncproto.Request{Workspace: syncproto.Workspace(id)})
		must(b, err)
		b.ReportMetric(heap()-before, "MB-heap")
		b.ReportMetric(resident(b, replica.PID(apart)), "MB-worker")
	}
}

func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}

// resident is the memory of a process that is present.
func resident(b *testing.B, pid int) float64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(data)) {
		var kb float64
		if _, err := fmt.Sscanf(line, "VmHWM: %f kB", &kb); err == nil {
			return kb / 1024
		}
	}
	return 0
}
