package replica

import (
	"context"
	"errors"
	"fmt"

	"fieldbook/crdt"
	"fieldbook/record"
)

// Worker merges changes in an engine. Safe for concurrent use.
type Worker interface {
	// Merge does the jobs in order and tells each one's result once. Jobs of one
	// call are of different documents. An error says that the rest was not done.
	Merge(ctx context.Context, jobs []Job, done func(i int, r Result)) error
	// Close ends the worker.
	Close()
}

// Job is one document to bring forward.
type Job struct {
	// ID is the document's.
	ID record.ID
	// Base is the digest of the heads that the document must have before; zero
	// begins it anew.
	Base crdt.Hash
	// Changes follow, each after its dependencies.
	Changes []crdt.Admitted
}

// Result is what became of a job.
type Result struct {
	// Heads is the digest of the document's heads in the engine.
	Heads crdt.Hash
	// Err is ErrBase, or says that the engine failed on this document (ErrEngine).
	Err error
}

// Errors of jobs.
var (
	// ErrBase says that the worker does not hold the document with those heads:
	// send all of it.
	ErrBase = errors.New("document is not here with these heads")
	// ErrEngine says that the engine failed on a document, or died of it.
	ErrEngine = errors.New("document engine failed")
)

// docs bounds what a worker keeps: documents that are edited together are
// edited again soon, and any other one is made anew in well under a millisecond.
const (
	docsCount = 512
	docsBytes = 12 << 20
)

// bench is an engine with the documents it holds.
type bench struct {
	engine crdt.Engine
	cache  *crdt.Cache
}

func newBench(engine crdt.Engine) *bench {
	return &bench{engine: engine, cache: crdt.NewCache(crdt.CacheConfig{Count: docsCount, Bytes: docsBytes})}
}

// do brings one document forward.
func (b *bench) do(ctx context.Context, job *Job) Result {
	var r Result
	if job.Base == (crdt.Hash{}) {
		b.cache.Drop(job.ID)
	}
	err := b.cache.Use(ctx, job.ID, func() (crdt.Document, error) {
		if job.Base != (crdt.Hash{}) {
			return nil, ErrBase
		}
		return b.engine.New(job.ID)
	}, func(d crdt.Document) (err error) {
		r.Heads, err = forward(d, job)
		return err
	})
	switch {
	case errors.Is(err, ErrBase):
		r.Err = ErrBase
	case err != nil:
		r.Err = fmt.Errorf("%w: %w", ErrEngine, err)
	}
	return r
}

// forward applies a job's changes to a document and gives the digest of its heads.
func forward(d crdt.Document, job *Job) (crdt.Hash, error) {
	heads, err := d.Heads()
	if err != nil {
		return crdt.Hash{}, err
	}
	if crdt.HeadsDigest(heads) != job.Base {
		return crdt.Hash{}, ErrBase
	}
	if err := crdt.ApplyAll(d, job.Changes); err != nil {
		return crdt.Hash{}, err
	}
	if heads, err = d.Heads(); err != nil {
		return crdt.Hash{}, err
	}
	return crdt.HeadsDigest(heads), nil
}

// inline is a Worker in this process.
type inline struct{ bench *bench }

// NewInline runs an engine in this process, which an abort of the engine ends.
// For tests and tools.
func NewInline(engine crdt.Engine) Worker { return inline{newBench(engine)} }

// Merge implements Worker.
func (w inline) Merge(ctx context.Context, jobs []Job, done func(int, Result)) error {
	for i := range jobs {
		if err := ctx.Err(); err != nil {
			return err
		}
		done(i, w.bench.do(ctx, &jobs[i]))
	}
	return nil
}

// Close implements Worker.
func (w inline) Close() { w.bench.cache.Close() }
