package workspace

import (
	"runtime"
	"sync"

	"errors"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/roster"
)

// fates says what the read models call the fates of a roster.
var fates = [...]projections.Fate{
	roster.Accepted:  projections.Accepted,
	roster.Waiting:   projections.Waiting,
	roster.Masked:    projections.Masked,
	roster.Newer:     projections.Newer,
	roster.Malformed: projections.Malformed,
}

// open turns a row of the log into what projections read: as whom it was
// written, and what is under the seal. It is safe for concurrent use.
func (w *Workspace) open(row eventstore.Row) (projections.Opened, error) { return w.opened(row), nil }

func (w *Workspace) opened(row eventstore.Row) projections.Opened {
	o := w.roster.Open(row.Envelope)
	if o.Control != nil && o.Member == (envelope.Member{}) {
		// A control event is read before what it refers to is here; as whom its author
		// acted is known only then.
		if _, err := w.roster.Member(row.Envelope); errors.Is(err, envelope.ErrWaiting) {
			o.Fate = roster.Waiting
		}
	}
	return projections.Opened{
		Position: row.Position, Feed: row.Envelope.Feed(), Seq: row.Envelope.Seq, Hash: row.Hash,
		Member: o.Member.ID, Role: string(o.Member.Role), Fate: fates[o.Fate], Body: o.Body, Control: o.Control,
	}
}

// openAll opens rows on all cores.
func (w *Workspace) openAll(rows []eventstore.Row) (opened []projections.Opened) {
	opened = make([]projections.Opened, len(rows))
	share := (len(rows) + runtime.GOMAXPROCS(0) - 1) / runtime.GOMAXPROCS(0)
	var wait sync.WaitGroup
	for from := 0; from < len(rows); from += share {
		wait.Go(func() {
			for i := from; i < min(from+share, len(rows)); i++ {
				opened[i] = w.opened(rows[i])
			}
		})
	}
	wait.Wait()
	return opened
}
