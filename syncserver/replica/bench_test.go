package replica_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"fieldbook/envelope"
	"fieldbook/internal/testkit/planttest"
	"fieldbook/keyring"
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
		})
	}
}

// nothing asks for nothing new.
func (s *service) nothing(b *testing.B, p *planttest.Plant, have []syncproto.Have) {
	view, err := s.set.Open(b.Context(), syncproto.Workspace(p.ID))
	must(b, err)
	answer, err := view.Exchange(b.Context(), &syncproto.Request{Workspace: syncproto.Workspace(p.ID), Have: have})
	must(b, err)
	if !answer.Service.Complete || len(answer.Segments) > 0 {
		b.Fatalf("service %+v, %d segments", answer.Service, len(answer.Segments))
	}
}

// BenchmarkNothing asks when nothing is new.
func BenchmarkNothing(b *testing.B) {
	s := serve(b, &syncserver.Memory{}, newMaster(b), nil)
	p := imported(b, s)
	have := holding(segments(b, s.store, p))
	for b.Loop() {
		s.nothing(b, p, have)
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
	s, have := serve(b, store, master, nil), holding(segments(b, store, p))
	for b.Loop() {
		replica.Forget(s.set)
		s.nothing(b, p, have)
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

// BenchmarkMemory states the greatest memory of a fresh instance and of its
// engine's process: 10,000 documents from packs, and an edit of each pushed.
func BenchmarkMemory(b *testing.B) {
	dir := b.TempDir()
	store, err := syncserver.OpenFolder(syncserver.FolderConfig{Path: dir})
	must(b, err)
	display, master, err := keyring.NewMaster()
	must(b, err)
	first := serve(b, store, master, nil)
	p := imported(b, first)
	first.push(p, edited(p, 10_000, benchDocuments)...)
	for b.Loop() {
		file := filepath.Join(b.TempDir(), "segments")
		var all []byte
		for _, s := range edited(p, 10_000, benchDocuments) {
			all = append(binary.BigEndian.AppendUint32(all, uint32(len(s.Data))), s.Data...)
		}
		must(b, os.WriteFile(file, all, 0o600))
		cmd := exec.Command(os.Args[0], instanceArg, dir, display, p.ID.String(), file)
		out, err := cmd.Output()
		must(b, err)
		var self, worker float64
		_, err = fmt.Sscan(string(out), &self, &worker)
		must(b, err)
		b.ReportMetric(self, "MB-service")
		b.ReportMetric(worker, "MB-engine")
	}
}

// instanceArg makes this program an instance of a service that takes the
// segments in a file and prints its memory.
const instanceArg = "instance"

// instance is the program's main then.
func instance(dir, display, plant, file string) error {
	debug.SetMemoryLimit(64 << 20)
	master, err := keyring.ParseMaster(display)
	if err != nil {
		return err
	}
	store, err := syncserver.OpenFolder(syncserver.FolderConfig{Path: dir})
	if err != nil {
		return err
	}
	worker, err := replica.NewProcess()
	if err != nil {
		return err
	}
	set, err := replica.New(replica.Config{Store: store, Identity: master.Service, Worker: worker})
	if err != nil {
		return err
	}
	defer set.Close()
	id, err := envelope.ParseWorkspaceID(plant)
	if err != nil {
		return err
	}
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	for head := make([]byte, 4); ; {
		if _, err := io.ReadFull(in, head); err != nil {
			break
		}
		data := make([]byte, binary.BigEndian.Uint32(head))
		if _, err := io.ReadFull(in, data); err != nil {
			return err
		}
		segment, err := envelope.DecodeSegment(data)
		if err != nil {
			return err
		}
		view, err := set.Open(context.Background(), syncproto.Workspace(id))
		if err != nil {
			return err
		}
		feed := syncproto.Feed{Device: segment.Device, Epoch: uint64(segment.Epoch)}
		pushed := []syncproto.Segment{{Feed: feed, Number: segment.Number, Data: data}}
		answer, err := view.Exchange(context.Background(), &syncproto.Request{
			Workspace: syncproto.Workspace(id), Segments: pushed, Have: []syncproto.Have{{Feed: feed, Number: segment.Number, Tip: pushed[0].Name().Hash}},
		})
		if err != nil {
			return err
		}
		if answer.Stored != 1 || answer.Service.Documents != benchDocuments {
			return fmt.Errorf("stored %d, service %+v", answer.Stored, answer.Service)
		}
	}
	fmt.Println(resident(os.Getpid()), resident(replica.PID(worker)))
	return nil
}

// resident is the greatest memory that a process had, in MB.
func resident(pid int) float64 {
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
