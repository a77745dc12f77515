package replica

import (
	"io"
	"time"

	"fieldbook/crdt"
)

// WorkerArg is the argument with which a Process runs this program again.
const WorkerArg = workerArg

// Serve is the engine's process on any engine.
func Serve(in io.Reader, out io.Writer, engine crdt.Engine) error { return serve(in, out, engine) }

// Thresholds of manifests.
const (
	PackEvents   = packEvents
	PackSegments = packSegments
)

// PackEvery has a set write a manifest after so many events or segments.
func PackEvery(s *Set, events, segments int) {
	s.due = fresh{events: events, segments: segments, controls: segments}
}

// Runs counts the runs of documents in the newest pack that a view knows.
func Runs(v *View) int { return len(v.replica.state.packed.runs) }

// Forget has a set drop what it holds in memory, as a restart does.
func Forget(s *Set) {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.all)
	s.recent.Init()
}

// PID is the engine's process, 0 if it does not run.
func PID(p *Process) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.running == nil {
		return 0
	}
	return p.running.cmd.Process.Pid
}

// Held counts the workspaces in memory.
func Held(s *Set) int { return s.recent.Len() }

// Age has a set think that everything was last listed so much earlier.
func Age(s *Set, by time.Duration) {
	for at := s.recent.Front(); at != nil; at = at.Next() {
		r := at.Value.(*Replica)
		r.listed = r.listed.Add(-by)
	}
}
