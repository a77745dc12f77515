package projections

import (
	"context"
	"errors"
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/eventstore"
)

// batchEvents and batchBytes bound what one transaction of catching up or rebuilding opens at a time.
const (
	batchEvents = 8192
	batchBytes  = 16 << 20
)

// errStop ends a scan early.
var errStop = errors.New("stop")

// read opens the next events after a position, on all cores.
func (m *Models) read(tx *eventstore.Tx, after eventstore.Position) ([]Opened, error) {
	var rows []eventstore.Row
	bytes := 0
	err := tx.Scan(after, func(row eventstore.Row) error {
		rows = append(rows, row)
		if bytes += len(row.Envelope.Body); bytes >= batchBytes || len(rows) >= batchEvents {
			return errStop
		}
		return nil
	})
	if err != nil && !errors.Is(err, errStop) {
		return nil, err
	}
	return m.openAll(rows)
}

func (m *Models) openAll(rows []eventstore.Row) ([]Opened, error) {
	events := make([]Opened, len(rows))
	err := parallel(len(rows), func(i int) (err error) {
		if events[i], err = m.opener(rows[i]); err != nil {
			return fmt.Errorf("opening position %d: %w", rows[i].Position, err)
		}
		return nil
	})
	return events, err
}

// catchUp applies what was appended since the checkpoint, in bounded transactions.
func (m *Models) catchUp(ctx context.Context) error {
	for more := true; more; {
		err := m.store.Update(ctx, func(tx *eventstore.Tx) error {
			st, err := readStanding(tx)
			if err != nil {
				return err
			}
			last, err := tx.Last()
			if err != nil {
				return err
			}
			if more = st.checkpoint < int64(last); !more {
				return nil
			}
			events, err := m.read(tx, eventstore.Position(st.checkpoint))
			if err != nil {
				return err
			}
			if len(events) > 0 {
				m.cfg.report(int64(events[len(events)-1].Position), int64(last))
			}
			return m.Apply(tx, events)
		})
		if err != nil {
			m.Forget()
			return err
		}
	}
	return nil
}

// Retry opens again what waits for a key or for members' state and projects what can be read now; it says how many.
func (m *Models) Retry(tx *eventstore.Tx) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	t, st, err := m.standing(tx)
	if err != nil {
		return 0, err
	}
	events, err := m.retried(t)
	if err != nil || len(events) == 0 {
		return 0, err
	}
	for i := range events {
		if err := t.exec(`DELETE FROM $events WHERE id = ?`, int64(events[i].Position)); err != nil {
			return 0, err
		}
	}
	w := m.newWork(t, m.cache)
	if err := w.project(events); err != nil {
		m.cache.clear()
		return 0, fmt.Errorf("retrying %d events: %w", len(events), err)
	}
	st.claimed += w.claimed
	w.turn(&st)
	return len(events), m.writeStanding(tx, st)
}

// retried opens the waiting events again and keeps those that wait no longer.
func (m *Models) retried(t table) ([]Opened, error) {
	var positions []int64
	err := t.each(func(s *sqlite3.Stmt) error {
		positions = append(positions, s.ColumnInt64(0))
		return nil
	}, `SELECT id FROM $events WHERE state = 2 AND id < 1 << 40 ORDER BY id`)
	if err != nil {
		return nil, err
	}
	var events []Opened
	for _, p := range positions {
		o, err := m.reopen(t.tx, p)
		if err != nil {
			return nil, err
		}
		if o.Fate != Waiting {
			events = append(events, o)
		}
	}
	return events, nil
}
