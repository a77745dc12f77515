package simtest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/replica"
)

// errKilled ends whatever an instance does when it is killed.
var errKilled = fmt.Errorf("killed: %w", syncproto.ErrTemporary)

// Trouble is what happens at one call to the store while a request is answered.
type Trouble uint8

// The troubles.
const (
	// Fine: nothing.
	Fine Trouble = iota
	// Meanwhile: something else happens before the call.
	Meanwhile
	// FailBefore: the call fails and has no effect.
	FailBefore
	// FailAfter: the call has its effect and is reported as failed.
	FailAfter
	// KillBefore: the instance dies, and the call has no effect.
	KillBefore
	// KillAfter: the instance dies when the call has had its effect.
	KillAfter
)

// Plan is a Trouble at one call to the store, counted from 1 in each request.
type Plan struct {
	Trouble Trouble
	At      int
	Else    func() // what happens Meanwhile
}

// Instance is one process of the service in one region, as Lambda runs it: it
// answers one request at a time and may be gone before the next.
type Instance struct {
	pair   *Pair
	side   int
	cfg    replica.Config
	set    *replica.Set
	faults *synctest.Faults
	plan   Plan
	calls  int
	busy   bool
	killed bool
}

// NewInstance starts an instance in a region. Of the configuration the store is
// the region's.
func NewInstance(pair *Pair, side int, cfg replica.Config) (*Instance, error) {
	i := &Instance{pair: pair, side: side}
	i.faults = &synctest.Faults{Store: pair.Buckets[side], Before: i.before, After: i.after}
	cfg.Store, cfg.Parallel = i.faults, 1
	i.cfg = cfg
	return i, i.Restart()
}

// Restart is a cold start: all that was in memory is gone.
func (i *Instance) Restart() (err error) {
	if i.set != nil {
		i.set.Close()
	}
	i.set, err = replica.New(i.cfg)
	return err
}

// Close ends the instance.
func (i *Instance) Close() { i.set.Close() }

// Hide has the instance not see some objects.
func (i *Instance) Hide(hidden func(path string) bool) { i.faults.Hide = hidden }

func (i *Instance) before(int, string) error {
	i.calls++
	switch {
	case i.killed:
		return errKilled
	case i.pair.Lost[i.side]:
		return fmt.Errorf("region %d is lost: %w", i.side, synctest.ErrCut)
	case i.calls != i.plan.At:
		return nil
	}
	switch i.plan.Trouble {
	case FailBefore:
		return synctest.ErrCut
	case KillBefore:
		i.killed = true
		return errKilled
	case Meanwhile:
		i.plan.Else()
	}
	return nil
}

func (i *Instance) after(int, string) error {
	if i.calls != i.plan.At {
		return nil
	}
	switch i.plan.Trouble {
	case FailAfter:
		return synctest.ErrCut
	case KillAfter:
		i.killed = true
		return errKilled
	}
	return nil
}

// Exchange answers a request, as it comes over the wire.
func (i *Instance) Exchange(ctx context.Context, req *syncproto.Request, plan Plan) (answer *syncproto.Answer, err error) {
	sent, err := req.Encode()
	if err != nil {
		return nil, err
	}
	if req, err = syncproto.DecodeRequest(sent); err != nil {
		return nil, err
	}
	err = i.Do(plan, func() error {
		answer, err = i.exchange(ctx, req)
		return err
	})
	if err != nil {
		return nil, err
	}
	told, err := answer.Encode()
	if err != nil {
		return nil, err
	}
	return syncproto.DecodeAnswer(told)
}

// Do answers one request of any kind with trouble on the way. Who was killed
// meanwhile has answered nothing, and starts anew.
func (i *Instance) Do(plan Plan, answer func() error) error {
	i.plan, i.calls, i.busy = plan, 0, true
	err := answer()
	i.plan, i.busy = Plan{}, false
	if !i.killed {
		return err
	}
	i.killed = false
	return errors.Join(errKilled, i.Restart())
}

func (i *Instance) exchange(ctx context.Context, req *syncproto.Request) (*syncproto.Answer, error) {
	view, err := i.set.Open(ctx, req.Workspace)
	if err != nil {
		return nil, err
	}
	return view.Exchange(ctx, req)
}

// injected tells whether an error is one that this package made.
func injected(err error) bool { return errors.Is(err, synctest.ErrCut) || errors.Is(err, errKilled) }

// clock is a service's clock that is wrong by a constant.
func clock(now *time.Time, off time.Duration) func() time.Time {
	return func() time.Time { return now.Add(off) }
}

// isManifest tells whether an object is a manifest of packs.
func isManifest(path string) bool { return len(path) > 70 && path[64:70] == "/packs" }

var _ syncserver.Store = (*Bucket)(nil)
