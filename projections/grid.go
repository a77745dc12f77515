package projections

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"fieldbook/eventstore"
	"fieldbook/record"
)

// A grid holds what lists are sorted and filtered by: every field of every asset as a number that stands for its text. Some
// hundred bytes an asset buy lists that cost milliseconds whatever they are sorted by. It is read once, at the first list, and
// from then on follows the documents that change.
type grid struct {
	live    int64 // the generation and edition that it shows
	edition int64
	unsure  bool // it shows what a writing transaction has not committed yet

	rows   []gridRow
	byDoc  map[int64]int32
	fields map[string]*gridColumn // by name
	owns   int                    // columns of custom fields among them
	more   map[string]bool        // names of custom fields beyond these, whose columns are read when they are asked for

	present int   // rows of now; behind them lie those of an earlier time
	then    int64 // that time, ms; 0 if there are none
	words   []string

	found string  // the terms searched for last
	hits  []int32 // and the rows of now that they found, shown or not

	place   []uint32 // of each row in a list by site, tag and id; nil until asked for
	byPlace []int32
}

type gridRow struct {
	doc         int64
	stream      record.ID
	status      status
	first, last int64 // recorded times, ms, of its earliest and latest entry
	then        bool  // as of the time that a query asks for
}

// gone is the status of a row of which the asset is no more.
const gone = status(-1)

// grids holds the one grid of the read models.
type grids struct {
	mu   sync.Mutex
	grid *grid
	back atomic.Bool // a transaction was rolled back since
}

// ErrMoved says that the assets have changed since the transaction began.
var ErrMoved = errors.New("the assets have changed meanwhile; list them again")

// at gives the grid as the transaction sees the assets. The caller holds the lock.
func (g *grids) at(ctx context.Context, m *Models, tx *eventstore.Tx) (*grid, table, error) {
	t, st, err := m.standing(tx)
	if err != nil {
		return nil, t, err
	}
	if g.back.Swap(false) && g.grid != nil && g.grid.unsure {
		g.grid = nil
	}
	if g.grid != nil && g.grid.live == st.live && g.grid.edition > st.edition {
		return nil, t, ErrMoved
	}
	if g.grid != nil && g.grid.live == st.live && !g.grid.bloated() {
		if docs, known := m.changes.between(g.grid.edition, st.edition); known {
			err := g.grid.follow(ctx, t, docs)
			if err != nil {
				g.grid = nil
				return nil, t, err
			}
			g.grid.edition, g.grid.unsure = st.edition, g.grid.unsure && len(docs) == 0 || writes(tx)
			return g.grid, t, nil
		}
	}
	g.grid = nil
	fresh := &grid{live: st.live, edition: st.edition, unsure: writes(tx), byDoc: map[int64]int32{}, fields: map[string]*gridColumn{}, more: map[string]bool{}}
	if err := fresh.fill(ctx, t); err != nil {
		return nil, t, err
	}
	g.grid = fresh
	return fresh, t, nil
}

// bloated says that edits have left so many texts behind that reading all assets again takes less.
func (g *grid) bloated() bool {
	for _, c := range g.fields {
		if len(c.values) > 2*len(g.rows)+1024 {
			return true
		}
	}
	return false
}

// places gives each row's place in a list by site, tag and id.
func (g *grid) places() []uint32 {
	if g.place != nil {
		return g.place
	}
	site, tag := g.fields["site"], g.fields["tag"]
	sites, tags := site.ranks(), tag.ranks()
	g.byPlace = make([]int32, len(g.rows))
	keys := make([]uint64, len(g.rows))
	for i := range g.rows {
		row := int32(i)
		g.byPlace[i] = row
		keys[i] = uint64(sites[site.at(row)])<<32 | uint64(tags[tag.at(row)])
	}
	slices.SortFunc(g.byPlace, func(a, b int32) int {
		return cmp.Or(cmp.Compare(keys[a], keys[b]), compareIDs(g.rows[a].stream, g.rows[b].stream), cmp.Compare(a, b))
	})
	g.place = make([]uint32, len(g.rows))
	for at, row := range g.byPlace {
		g.place[row] = uint32(at)
	}
	return g.place
}

// trim lets go of columns of custom fields that were read one by one, if they are many.
func (g *grid) trim() {
	most := len(record.Fields(record.Asset)) + maxOwn
	if len(g.fields) < most+maxAsked {
		return
	}
	for name := range g.fields {
		if len(g.fields) > most && strings.HasPrefix(name, customPrefix) {
			delete(g.fields, name)
		}
	}
}

// column gives the column of a field. What is not held yet is read for all assets.
func (g *grid) column(ctx context.Context, t table, f record.Field) (*gridColumn, error) {
	if c := g.fields[f.Name]; c != nil {
		return c, nil
	}
	c := newGridColumn(f)
	if len(g.more) == 0 {
		return c, nil // nobody has the field
	}
	if err := g.read(ctx, t, c); err != nil {
		return nil, err
	}
	g.forgetThen() // its rows lack the field
	g.fields[f.Name] = c
	return c, nil
}

// maxAsked bounds the columns of custom fields that were read one by one.
const maxAsked = 16
