package projections

import (
	"context"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/record"
)

// maxOwn bounds the columns of custom fields that are read with all others. Further ones are read when they are asked for.
const maxOwn = 64

// fill reads all assets.
func (g *grid) fill(ctx context.Context, t table) error {
	for _, f := range record.Fields(record.Asset) {
		c := newGridColumn(f)
		c.gather()
		g.fields[f.Name] = c
	}
	err := t.batches(ctx, g.take)
	for _, c := range g.fields {
		c.settle()
	}
	g.present = len(g.rows)
	return err
}

// follow takes up the documents that have changed.
func (g *grid) follow(ctx context.Context, t table, docs []int64) error {
	if len(docs) == 0 {
		return nil
	}
	g.forgetThen()
	g.found = ""
	if len(docs) > 16 {
		for _, c := range g.fields {
			c.gather()
			defer c.settle()
		}
	}
	for len(docs) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(len(docs), gridBatch)
		if err := g.again(t, docs[:n]); err != nil {
			return err
		}
		docs = docs[n:]
	}
	g.present = len(g.rows)
	return nil
}

// again reads some documents, of which some may be assets no more.
func (g *grid) again(t table, docs []int64) error {
	var list []*stored
	for _, doc := range docs {
		if row, known := g.byDoc[doc]; known {
			g.rows[row].status = gone
		}
		_, err := t.one(func(s *sqlite3.Stmt) error {
			list = append(list, readStored(s))
			return nil
		}, storedColumns+`id = ?`, doc)
		if err != nil {
			return err
		}
	}
	return g.take(list)
}

// take puts assets into their rows, or into new ones.
func (g *grid) take(list []*stored) error {
	fields := record.Fields(record.Asset)
	err := parallel(len(list), func(i int) error { return list[i].unpack(fields) })
	if err != nil {
		return err
	}
	at := make([]int, len(list))
	for i, a := range list {
		at[i] = g.row(a)
	}
	g.place = nil
	for _, a := range list {
		g.addOwn(a)
	}
	columns := make([]*gridColumn, 0, len(g.fields))
	order := make([]int, 0, len(g.fields))
	for i := range fields {
		columns, order = append(columns, g.fields[fields[i].Name]), append(order, i)
	}
	for _, c := range g.fields {
		if strings.HasPrefix(c.field.Key, ownPrefix) {
			columns, order = append(columns, c), append(order, -1)
		}
	}
	return parallel(len(columns), func(k int) error {
		c := columns[k]
		for i, a := range list {
			switch {
			case order[k] >= 0:
				c.set(at[i], a.texts[order[k]])
			default:
				c.set(at[i], a.own[c.field.Name])
			}
		}
		return nil
	})
}

// row finds or makes the row of an asset.
func (g *grid) row(a *stored) int {
	if row, known := g.byDoc[a.doc]; known {
		g.rows[row] = a.gridRow
		return int(row)
	}
	g.byDoc[a.doc] = int32(len(g.rows))
	g.rows = append(g.rows, a.gridRow)
	return len(g.rows) - 1
}

// addOwn makes columns for custom fields that are new.
func (g *grid) addOwn(a *stored) {
	for name := range a.own {
		if g.fields[name] != nil {
			continue
		}
		if g.owns == maxOwn {
			if len(g.more) < maxHeaders {
				g.more[name] = true
			}
			continue
		}
		g.owns++
		f, _ := record.CustomField(name)
		c := newGridColumn(f)
		if g.fields["tag"].ids != nil {
			c.gather()
		}
		g.fields[name] = c
	}
}

// read fills the column of a field that was not read with the others.
func (g *grid) read(ctx context.Context, t table, c *gridColumn) error {
	c.gather()
	defer c.settle()
	return t.batches(ctx, func(list []*stored) error {
		texts := make([]string, len(list))
		err := parallel(len(list), func(i int) error {
			st, err := decodeState(list[i].stream, list[i].state)
			if err != nil {
				return err
			}
			texts[i] = record.Show(st.snapshot(), c.field)
			return nil
		})
		for i, a := range list {
			if row, known := g.byDoc[a.doc]; known {
				c.set(int(row), texts[i])
			}
		}
		return err
	})
}
