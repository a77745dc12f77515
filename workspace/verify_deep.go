package workspace

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"fieldbook/crdt"
	"fieldbook/eventstore"
	"fieldbook/record"
)

// deep checks the database file, replays all documents in Automerge's own engine
// and compares the read models with a rebuild. The three need nothing of each
// other and run side by side.
func (v *verifier) deep(ctx context.Context) error {
	var wait sync.WaitGroup
	errs := make([]error, 3)
	for i, check := range []func(context.Context) error{v.file, v.replay, v.rebuilt} {
		wait.Go(func() { errs[i] = check(ctx) })
	}
	wait.Wait()
	return errors.Join(errs...)
}

func (v *verifier) file(ctx context.Context) error {
	return v.w.store.Integrity(ctx, v.report)
}

// replay has a second implementation, Automerge's, make each document of the
// same changes.
func (v *verifier) replay(ctx context.Context) error {
	engine, err := replayEngine()
	if err != nil {
		return err
	}
	return v.w.models.Replay(ctx, engine, nil, func(stream record.ID, reason error) {
		v.report(eventstore.Violation{Kind: "document", Detail: fmt.Sprintf("document %s: %v", stream, reason)})
	})
}

// replayEngine is Automerge's core where it exists for the platform, else our own.
func replayEngine() (crdt.Engine, error) {
	engine, err := crdt.NewAutomerge([32]byte{}) // nothing is saved, so its key authenticates nothing
	if errors.Is(err, crdt.ErrEngine) {
		return crdt.NewPure([32]byte{}), nil
	}
	return engine, err
}

func (v *verifier) rebuilt(ctx context.Context) error {
	if v.out.Unverified > 0 {
		return nil // what a pack has shown is in no log that they could be rebuilt from
	}
	compared, err := v.w.models.Compare(ctx, func(done, total int64) { v.cfg.report(ctx, "rebuilding to compare", done, total) })
	if err != nil {
		return err
	}
	if !compared.Same() {
		v.report(eventstore.Violation{Kind: "read_models", Detail: fmt.Sprintf("the read models differ from a rebuild in %v; `fieldbook rebuild` makes them anew", compared.Tables)})
	}
	return nil
}
