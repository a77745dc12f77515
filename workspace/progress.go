package workspace

import (
	"context"

	"fieldbook/wording"
)

// Progress reports how far a long piece of work is: what is being done, how
// many units of it are done and how many there are (0 if unknown). It is called
// from the working goroutine and must return quickly.
type Progress func(stage wording.Sentence, done, total int64)

// progressKey is where a context carries its caller's Progress.
type progressKey struct{}

// WithProgress lets the work of one call report to whoever made it, besides
// Config.Progress, which hears of all calls.
func WithProgress(ctx context.Context, p Progress) context.Context {
	return context.WithValue(ctx, progressKey{}, p)
}

// report tells how far the work of a call is.
func (c Config) report(ctx context.Context, stage wording.Pattern, done, total int64) {
	c.tell(ctx, wording.Say(stage), done, total)
}

// tell is report of a stage that holds values.
func (c Config) tell(ctx context.Context, stage wording.Sentence, done, total int64) {
	if c.Progress != nil {
		c.Progress(stage, done, total)
	}
	if p, ok := ctx.Value(progressKey{}).(Progress); ok && p != nil {
		p(stage, done, total)
	}
}
