package projections

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/eventstore"
)

// generation is one set of tables. It remembers the SQL it has written its prefix into.
type generation struct {
	number int64
	prefix string
	texts  sync.Map // text with $ to text with the prefix
}

func newGeneration(number int64) *generation {
	return &generation{number: number, prefix: fmt.Sprintf("g%d_", number)}
}

func (g *generation) sql(text string) string {
	if s, ok := g.texts.Load(text); ok {
		return s.(string)
	}
	s := strings.ReplaceAll(text, "$", g.prefix)
	g.texts.Store(text, s)
	return s
}

// table is a generation within a transaction.
type table struct {
	*generation
	tx        *eventstore.Tx
	unindexed []int64 // documents whose words the full-text index does not have yet
	wordless  int64   // documents up to this one wait too
	claimed   int64   // documents with claims
}

func (g *generation) in(tx *eventstore.Tx) table { return table{generation: g, tx: tx} }

// stmt prepares a statement and binds its arguments. text is a constant: prepared statements are kept.
func (t table) stmt(text string, args ...any) (*sqlite3.Stmt, error) {
	s, err := t.tx.Stmt(t.sql(text))
	if err != nil {
		return nil, fmt.Errorf("read models: %w", err)
	}
	return s, bind(s, args)
}

func (t table) exec(text string, args ...any) error {
	s, err := t.stmt(text, args...)
	if err != nil {
		return err
	}
	if err := s.Exec(); err != nil {
		return fmt.Errorf("read models: %w", err)
	}
	return nil
}

// each calls fn for every row. fn must not use a statement of the same text.
func (t table) each(fn func(*sqlite3.Stmt) error, text string, args ...any) error {
	s, err := t.stmt(text, args...)
	if err != nil {
		return err
	}
	return step(s, fn)
}

// one calls fn for the first row and says whether there was one.
func (t table) one(fn func(*sqlite3.Stmt) error, text string, args ...any) (bool, error) {
	s, err := t.stmt(text, args...)
	if err != nil {
		return false, err
	}
	if !s.Step() {
		return false, s.Reset()
	}
	err = fn(s)
	if reset := s.Reset(); err == nil {
		err = reset
	}
	return true, err
}

// query runs a statement that is written for one use, such as a filter of a person's making.
func (t table) query(fn func(*sqlite3.Stmt) error, text string, args ...any) error {
	s, _, err := t.tx.Conn().Prepare(strings.ReplaceAll(text, "$", t.prefix))
	if err != nil {
		return fmt.Errorf("read models: %w", err)
	}
	defer s.Close()
	if err := bind(s, args); err != nil {
		return err
	}
	return step(s, fn)
}

func step(s *sqlite3.Stmt, fn func(*sqlite3.Stmt) error) error {
	for s.Step() {
		if err := fn(s); err != nil {
			s.Reset()
			return err
		}
	}
	if err := s.Reset(); err != nil {
		return fmt.Errorf("read models: %w", err)
	}
	return nil
}

func bind(s *sqlite3.Stmt, args []any) error {
	for i, arg := range args {
		if err := bindOne(s, i+1, arg); err != nil {
			return fmt.Errorf("read models: %w", err)
		}
	}
	return nil
}

func bindOne(s *sqlite3.Stmt, i int, arg any) error {
	switch a := arg.(type) {
	case nil:
		return s.BindNull(i)
	case int64:
		return s.BindInt64(i, a)
	case int:
		return s.BindInt64(i, int64(a))
	case status:
		return s.BindInt64(i, int64(a))
	case string:
		return s.BindText(i, a)
	case []byte:
		if a == nil {
			return s.BindNull(i)
		}
		if len(a) == 0 {
			return s.BindZeroBlob(i, 0)
		}
		return s.BindBlob(i, a)
	}
	return fmt.Errorf("cannot bind %T", arg)
}

// optional binds an empty text as null.
func optional(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// makeTables makes an empty generation in place of what an interrupted rebuild left.
func (t table) makeTables() error {
	if err := t.dropTables(); err != nil {
		return err
	}
	return t.run(slices.Concat(tables, searchSettings, earlyIndexes))
}

func (t table) makeIndexes() error { return t.run(lateIndexes) }

func (t table) dropTables() error {
	for _, name := range tableNames {
		if err := t.run([]string{"DROP TABLE IF EXISTS $" + name}); err != nil {
			return err
		}
	}
	return nil
}

func (t table) run(statements []string) error {
	for _, text := range statements {
		if err := t.tx.Conn().Exec(strings.ReplaceAll(text, "$", t.prefix)); err != nil {
			return fmt.Errorf("read models: %w", err)
		}
	}
	return nil
}
