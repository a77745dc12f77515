package projections

import (
	"context"
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/crdt"
	"fieldbook/eventstore"
	"fieldbook/record"
)

// replayBatch documents are replayed in one reading transaction, so that a long replay holds back no checkpoint.
const replayBatch = 500

// Replay reads every document's changes back from the log, replays them in an engine and compares what comes out with the
// record's own reading. It calls differ for each document on which the two disagree, with the reason, and goes on.
func (m *Models) Replay(ctx context.Context, engine crdt.Engine, progress func(done, total int64), differ func(stream record.ID, reason error)) error {
	for done := int64(0); ; {
		more, err := m.replayBatch(ctx, engine, &done, progress, differ)
		if err != nil {
			return fmt.Errorf("replaying documents: %w", err)
		}
		if !more {
			return nil
		}
	}
}

// replayBatch replays the documents after row number done and moves done on.
func (m *Models) replayBatch(ctx context.Context, engine crdt.Engine, done *int64, progress func(done, total int64), differ func(record.ID, error)) (more bool, err error) {
	err = m.store.View(ctx, func(tx *eventstore.Tx) error {
		t, err := m.live(tx)
		if err != nil {
			return err
		}
		var streams []record.ID
		total := int64(0)
		err = t.each(func(s *sqlite3.Stmt) error {
			var id record.ID
			copy(id[:], s.ColumnRawBlob(1))
			streams = append(streams, id)
			*done, total = s.ColumnInt64(0), s.ColumnInt64(2)
			return nil
		}, `SELECT id, stream, (SELECT max(id) FROM $docs) FROM $docs WHERE id > ? ORDER BY id LIMIT ?`, *done, replayBatch)
		if err != nil {
			return err
		}
		more = len(streams) == replayBatch
		for _, stream := range streams {
			if err := ctx.Err(); err != nil {
				return err
			}
			d, err := m.load(t, stream)
			if err != nil {
				return err
			}
			if err := crdt.Agree(engine, d.history); err != nil {
				differ(stream, err)
			}
		}
		if progress != nil {
			progress(*done, total)
		}
		return nil
	})
	return more, err
}
