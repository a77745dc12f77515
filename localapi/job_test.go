package localapi

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"time"

	"fieldbook/wording"
)

// Given a job that reports often, then who waits for it is woken at most once in a beat, and for every new stage.
func TestProgressIsToldInBeats(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	w, woken := &job{}, 0
	step := func(after time.Duration, stage wording.Pattern, done int64) {
		before, _ := w.pulse.look()
		now = now.Add(after)
		w.progress(now, wording.Say(stage), done, 100)
		if number, _ := w.pulse.look(); number != before {
			woken++
		}
	}
	for i := range int64(100) {
		step(beat/10, "importing", i)
	}
	if woken < 9 || woken > 11 {
		t.Errorf("woken %d times in ten beats", woken)
	}
	woken = 0
	step(0, "saving", 1)
	if view := w.view(); woken != 1 || view.Stage != "saving" || view.Done != 1 || view.Total != 100 {
		t.Errorf("a new stage: %d, %+v", woken, view)
	}
}

// Given more jobs than are remembered, then the oldest that ended go first, those that run stay, and all go in time.
func TestJobsAreForgotten(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	j := &jobs{now: func() time.Time { return now }}
	log, hold := slog.New(slog.DiscardHandler), make(chan struct{})
	begin := func(kind string, run func(context.Context) (any, error)) {
		if _, err := j.begin(t.Context(), log, kind, false, run, func() {}); err != nil {
			t.Fatal(err)
		}
	}
	begin("sync", func(context.Context) (any, error) { <-hold; return Rebuilt{}, nil })
	for range 2 * maxEnded {
		ended := make(chan struct{})
		begin("verify", func(context.Context) (any, error) { defer close(ended); return Verified{}, nil })
		<-ended
		for !j.list[len(j.list)-1].done() {
		}
	}
	kinds := func() (list []string) {
		for _, job := range j.all() {
			list = append(list, job.Kind)
		}
		return list
	}
	if got := kinds(); len(got) != maxEnded+1 || !slices.Contains(got, "sync") {
		t.Errorf("remembered: %v", got)
	}
	if now = now.Add(jobLife); !slices.Equal(kinds(), []string{"sync"}) {
		t.Errorf("after a while: %v", kinds())
	}
	close(hold)
	j.end()
	if _, err := j.begin(t.Context(), log, "verify", false, nil, nil); !errors.Is(err, errJobs) || len(j.list) != 0 {
		t.Errorf("after the end: %v, %d jobs", err, len(j.list))
	}
}
