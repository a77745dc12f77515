package localapi

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"reflect"
	"slices"
	"sync"
	"time"

	"fieldbook/wording"
	"fieldbook/workspace"
)

// Bounds of the jobs that run, and of those remembered after their end: what an import came to may take some MiB.
const (
	maxRunning = 16
	maxEnded   = 6
	jobLife    = 30 * time.Minute
)

// beat is how often a job's progress may wake who waits for it.
const beat = 100 * time.Millisecond

// job is a long piece of work in the background.
type job struct {
	pulse  pulse
	cancel context.CancelCauseFunc
	writes bool

	mu    sync.Mutex
	state Job
	beat  time.Time // of the last progress told
	ended time.Time
}

// jobs are those running and those that ended a while ago, oldest first.
type jobs struct {
	now func() time.Time

	mu      sync.Mutex
	list    []*job
	over    bool // no more are begun
	running sync.WaitGroup
}

var (
	errNoJob     = problem(http.StatusNotFound, "missing", "There is no such piece of work; it may have ended a while ago.", "")
	errJobs      = problem(http.StatusConflict, "busy", "So many pieces of work are going on that no more are begun.", "Wait until one is done, or cancel one.")
	errCancelled = problem(http.StatusConflict, "cancelled", "This was cancelled; nothing of it was kept.", "")
)

// begin starts a job. The context is that of the workspace that it works on; done is called at its end.
func (j *jobs) begin(ctx context.Context, log *slog.Logger, kind string, writes bool, run func(context.Context) (any, error), done func()) (Job, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.sweep()
	alive := 0
	for _, other := range j.list {
		if other.done() {
			continue
		}
		if alive++; writes && other.writes {
			return Job{}, errWorking
		}
	}
	if alive >= maxRunning || j.over {
		return Job{}, errJobs
	}
	ctx, cancel := context.WithCancelCause(ctx)
	work := &job{cancel: cancel, writes: writes, state: Job{ID: rand.Text(), Kind: kind, State: "running", StartedAt: j.now().UTC()}}
	j.list = append(j.list, work)
	ctx = workspace.WithProgress(ctx, func(stage wording.Sentence, done, total int64) { work.progress(j.now(), stage, done, total) })
	j.running.Go(func() {
		defer cancel(nil)
		defer done()
		result, err := run(ctx)
		work.finish(j.now(), result, err, context.Cause(ctx), func(err error) { log.Error("a job failed", "kind", kind, "cause", err) })
	})
	return work.view(), nil
}

// progress is told at most once in a beat, except for a new stage.
func (w *job) progress(now time.Time, doing wording.Sentence, done, total int64) {
	stage := doing.String()
	w.mu.Lock()
	defer w.mu.Unlock()
	tell := stage != w.state.Stage || now.Sub(w.beat) >= beat
	w.state.Stage, w.state.Doing, w.state.Done, w.state.Total = stage, doing, done, total
	if tell {
		w.beat = now
		w.pulse.move()
	}
}

// finish says what the job came to. A job that was cancelled and was done all the same is done.
func (w *job) finish(now time.Time, result any, err, cause error, unexpected func(error)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	defer w.pulse.move()
	w.ended = now
	if err == nil {
		w.state.State, w.state.Result = "done", JobResult{filled(result)}
		return
	}
	problem, expected := describe(err)
	w.state.State = "failed"
	if cause != nil && (errors.Is(err, context.Canceled) || errors.Is(err, cause)) {
		w.state.State, problem, expected = "cancelled", errCancelled, true
	}
	if !expected {
		unexpected(err)
	}
	w.state.Problem = problem
}

// filled is a result without null lists.
func filled(result any) any {
	v := reflect.New(reflect.TypeOf(result)).Elem()
	v.Set(reflect.ValueOf(result))
	fill(v)
	return v.Interface()
}

func (w *job) done() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.state.State != "running"
}

func (w *job) view() Job {
	number, _ := w.pulse.look()
	w.mu.Lock()
	defer w.mu.Unlock()
	state := w.state
	state.Revision = number
	return state
}

func (j *jobs) find(id string) (*job, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.sweep()
	i := slices.IndexFunc(j.list, func(w *job) bool { return w.state.ID == id })
	if i < 0 {
		return nil, errNoJob
	}
	return j.list[i], nil
}

// all lists the jobs, the latest first, without their results, which may be large.
func (j *jobs) all() []Job {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.sweep()
	var list []Job
	for _, w := range slices.Backward(j.list) {
		view := w.view()
		view.Result = JobResult{}
		list = append(list, view)
	}
	return list
}

// sweep forgets what ended long ago or before many others.
func (j *jobs) sweep() {
	excess := -maxEnded
	for _, w := range j.list {
		if w.done() {
			excess++
		}
	}
	j.list = slices.DeleteFunc(j.list, func(w *job) bool {
		if !w.done() || excess <= 0 && j.now().Sub(w.ended) < jobLife {
			return false
		}
		excess--
		return true
	})
}

// forget drops the results of what has ended: they are the record's, which is locked now.
func (j *jobs) forget() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.list = slices.DeleteFunc(j.list, (*job).done)
}

// end cancels all jobs, waits for them, and lets no more begin.
func (j *jobs) end() {
	j.mu.Lock()
	j.over = true
	for _, w := range j.list {
		w.cancel(errCancelled)
	}
	j.mu.Unlock()
	j.running.Wait()
	j.forget()
}

// MarshalJSON writes the result itself.
func (r JobResult) MarshalJSON() ([]byte, error) { return json.Marshal(r.value) }
