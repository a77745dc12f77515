package projections

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math/bits"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/eventstore"
)

// Comparison is what Compare found.
type Comparison struct {
	Live, Rebuilt [32]byte // over all rows of all tables
	Tables        []string // that differ
}

// Same says that the live tables equal the rebuilt ones.
func (c Comparison) Same() bool { return len(c.Tables) == 0 }

// Compare rebuilds beside the live tables, compares all rows of both, and drops the copy again. Row numbers and positions,
// which are local, are left out.
func (m *Models) Compare(ctx context.Context, progress func(done, total int64)) (Comparison, error) {
	m.building.Lock()
	defer m.building.Unlock()
	g, err := m.other(ctx)
	if err != nil {
		return Comparison{}, fmt.Errorf("comparing read models: %w", err)
	}
	if err := m.fill(ctx, g, progress); err != nil {
		return Comparison{}, fmt.Errorf("comparing read models: %w", err)
	}
	var c Comparison
	err = m.store.Update(ctx, func(tx *eventstore.Tx) error {
		rebuilt := g.in(tx)
		if _, _, err := m.overtake(rebuilt, 0); err != nil {
			return err
		}
		live, err := m.indexed(tx)
		if err != nil {
			return err
		}
		if c, err = compare(live, rebuilt); err != nil {
			return err
		}
		return rebuilt.dropTables()
	})
	if err != nil {
		return Comparison{}, fmt.Errorf("comparing read models: %w", err)
	}
	return c, nil
}

// indexed gives the live generation once its full-text index has the words of all documents.
func (m *Models) indexed(tx *eventstore.Tx) (table, error) {
	t, st, err := m.standing(tx)
	if err != nil || len(st.unindexed) == 0 && st.wordless == 0 {
		return t, err
	}
	for st.wordless > 0 && err == nil {
		err = t.indexLearnt(&st)
	}
	if err == nil {
		err = t.index(&st)
	}
	if err != nil {
		return t, err
	}
	t.unindexed, t.wordless = nil, 0
	return t, m.writeStanding(tx, st)
}

// rowQueries select the rows of each table with streams and feeds in place of row numbers.
var rowQueries = []struct{ name, query string }{
	{"docs", `SELECT stream, entity, digest, site, tag, status, survivor, first, last, pending, state FROM $docs`},
	{"events", `SELECT d.stream, e.hlc, e.act, f.device, f.epoch, e.seq, e.hash, e.member, e.state, e.type, e.recorded, e.observed, e.change, e.source, e.name, e.reason, e.effects
		FROM $events e JOIN $feeds f ON f.id = e.feed LEFT JOIN $docs d ON d.id = e.id >> 40`},
	{"feeds", `SELECT device, epoch, behind FROM $feeds`},
	{"assets", `SELECT d.stream, a.site, a.tag, a.status, a.first, a.last` + columnList(", a.%s") + ` FROM $assets a JOIN $docs d ON d.id = a.doc`},
	{"keys", `SELECT d.stream, k.kind, k.value, k.scope, k.part, k.counted FROM $keys k JOIN $docs d ON d.id = k.doc`},
	{"links", `SELECT d.stream, l.kind, l.target FROM $links l JOIN $docs d ON d.id = l.doc`},
	{"findings", `SELECT f.id, f.kind, d.stream, f.subjects, f.cause, f.grp FROM $findings f LEFT JOIN $docs d ON d.id = f.doc`},
}

func compare(live, rebuilt table) (c Comparison, err error) {
	a, b := sha256.New(), sha256.New()
	for _, q := range rowQueries {
		x, err := live.rowSum(q.query)
		if err != nil {
			return c, err
		}
		y, err := rebuilt.rowSum(q.query)
		if err != nil {
			return c, err
		}
		a.Write(x[:])
		b.Write(y[:])
		if x != y {
			c.Tables = append(c.Tables, q.name)
		}
	}
	same, err := sameIndex(live, rebuilt)
	if err != nil {
		return c, err
	}
	if !same {
		c.Tables = append(c.Tables, "fts")
		b.Write([]byte("fts"))
	}
	copy(c.Live[:], a.Sum(nil))
	copy(c.Rebuilt[:], b.Sum(nil))
	return c, nil
}

// rowSum adds up the hashes of all rows: equal sets of rows give equal sums in any order, within bounded memory.
func (t table) rowSum(query string) (sum [32]byte, err error) {
	var total [4]uint64
	var b []byte
	err = t.query(func(s *sqlite3.Stmt) error {
		b = b[:0]
		for i := range s.ColumnCount() {
			b = appendColumn(b, s, i)
		}
		h := sha256.Sum256(b)
		var carry uint64
		for i := range total {
			total[i], carry = bits.Add64(total[i], word(h[8*i:]), carry)
		}
		return nil
	}, query)
	for i, w := range total {
		for j := range 8 {
			sum[8*i+j] = byte(w >> (8 * j))
		}
	}
	return sum, err
}

func word(b []byte) (w uint64) {
	for i := range 8 {
		w |= uint64(b[i]) << (8 * i)
	}
	return w
}

func appendColumn(b []byte, s *sqlite3.Stmt, i int) []byte {
	switch s.ColumnType(i) {
	case sqlite3.INTEGER:
		return appendInt(b, s.ColumnInt64(i))
	case sqlite3.TEXT:
		return appendText(b, s.ColumnText(i))
	case sqlite3.BLOB:
		return appendBytes(b, s.ColumnRawBlob(i))
	}
	return append(b, cborNull)
}

// sameIndex compares the full-text indexes by their words and in how many documents each is.
func sameIndex(live, rebuilt table) (bool, error) {
	x, err := live.indexSum()
	if err != nil {
		return false, err
	}
	y, err := rebuilt.indexSum()
	return x == y, err
}

func (t table) indexSum() (sum [32]byte, err error) {
	name := "temp." + t.prefix + "words"
	if err := t.tx.Conn().Exec(`CREATE VIRTUAL TABLE ` + name + ` USING fts5vocab(main, ` + t.prefix + `fts, row)`); err != nil {
		return sum, fmt.Errorf("read models: %w", err)
	}
	sum, err = t.rowSum(`SELECT term, doc FROM ` + name)
	if drop := t.tx.Conn().Exec(`DROP TABLE ` + name); err == nil {
		err = drop
	}
	return sum, err
}
