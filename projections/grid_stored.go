package projections

import (
	"context"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/record"
)

// gridBatch assets are read, and then taken apart on all cores.
const gridBatch = 512

// stored is an asset as its row has it.
type stored struct {
	gridRow
	state []byte
	texts []string          // by field of the grid's own order
	own   map[string]string // custom fields by name
}

const storedColumns = `SELECT id, stream, status, first, last, state FROM $docs WHERE entity = 'asset' AND `

func readStored(s *sqlite3.Stmt) *stored {
	a := &stored{gridRow: gridRow{doc: s.ColumnInt64(0), status: status(s.ColumnInt64(2)), first: s.ColumnInt64(3), last: s.ColumnInt64(4)}}
	copy(a.stream[:], s.ColumnRawBlob(1))
	a.state = s.ColumnBlob(5, nil)
	return a
}

// batches calls fn with all assets, some at a time.
func (t table) batches(ctx context.Context, fn func([]*stored) error) error {
	for after := int64(0); ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		var list []*stored
		err := t.each(func(s *sqlite3.Stmt) error {
			list = append(list, readStored(s))
			return nil
		}, storedColumns+`id > ? ORDER BY id LIMIT ?`, after, gridBatch)
		if err != nil || len(list) == 0 {
			return err
		}
		after = list[len(list)-1].doc
		if err := fn(list); err != nil {
			return err
		}
	}
}

// unpack takes an asset's texts from its state.
func (a *stored) unpack(fields []record.Field) error {
	st, err := decodeState(a.stream, a.state)
	if err != nil {
		return err
	}
	a.state = nil
	a.show(st.snapshot(), fields)
	return nil
}

func (a *stored) show(snap record.Snapshot, fields []record.Field) {
	if !snap.Exists {
		a.status = gone
	}
	a.texts, a.own = make([]string, len(fields)), map[string]string{}
	record.ShowEach(snap, fields, func(i int, text string) { a.texts[i] = text })
	for key := range snap.Values {
		header, own := strings.CutPrefix(key, ownPrefix)
		if !own {
			continue
		}
		if f, ok := record.CustomField(customPrefix + header); ok && f.Key == key {
			a.own[f.Name] = record.Show(snap, f)
		}
	}
}
