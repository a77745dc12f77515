package eventstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/ext/fts5"

	"fieldbook/envelope"
)

// maxInterned bounds what a connection remembers of keys and ACL references; hostile members can make each one new.
const maxInterned = 4096

// conn is a connection with its prepared statements and what it remembers of the interned ids. It belongs to one
// transaction at a time.
type conn struct {
	db    *sqlite3.Conn
	stmts map[string]*sqlite3.Stmt
	interned
}

// interned is what a connection remembers of the tables that rows refer to by number. Committed numbers never change.
type interned struct {
	keys   names[envelope.KeyID]
	acls   names[string]
	lists  map[int64][]envelope.Hash
	owners map[int64]owner
}

// dial opens a connection through an encrypting VFS. The word in textkey is not a key: cipher ignores it.
func dial(ctx context.Context, path, vfsName string, flags sqlite3.OpenFlag, immutable bool, cacheKiB int) (*conn, error) {
	query := url.Values{"vfs": {vfsName}, "textkey": {"held by the cipher"}}
	if immutable {
		query.Set("immutable", "1")
	}
	uri := url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: query.Encode()}
	db, err := sqlite3.OpenFlags(uri.String(), flags|sqlite3.OPEN_URI)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(configure(db, cacheKiB), fts5.Register(db)); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	db.SetInterrupt(context.WithoutCancel(ctx))
	return &conn{db: db, stmts: map[string]*sqlite3.Stmt{}}, nil
}

// stmt hands out the prepared statement of sql, reset and cleared. There is one for each text: a nested query of the same
// text would end the outer one, so nothing here calls out while it steps.
func (c *conn) stmt(sql string) (*sqlite3.Stmt, error) {
	if s := c.stmts[sql]; s != nil {
		s.Reset() // the error is that of the step before, which had its own answer
		return s, s.ClearBindings()
	}
	s, tail, err := c.db.PrepareFlags(sql, sqlite3.PREPARE_PERSISTENT)
	if err != nil {
		return nil, err
	}
	if s == nil || tail != "" {
		return nil, fmt.Errorf("not one statement: %q", sql)
	}
	c.stmts[sql] = s
	return s, nil
}

// exec runs a statement with arguments of type int64 or []byte or string.
func (c *conn) exec(sql string, args ...any) error {
	s, err := c.stmt(sql)
	if err != nil {
		return err
	}
	if err := bind(s, args...); err != nil {
		return err
	}
	return s.Exec()
}

// query calls row for each row of the result until row says stop or fails.
func (c *conn) query(sql string, args []any, row func(*sqlite3.Stmt) (more bool, err error)) error {
	s, err := c.stmt(sql)
	if err != nil {
		return err
	}
	if err := bind(s, args...); err != nil {
		return err
	}
	more := true
	for more && err == nil && s.Step() {
		more, err = row(s)
	}
	return cmp.Or(err, s.Err(), s.Reset())
}

// count returns the integer that a query for one value gives, 0 if it gives none.
func (c *conn) count(sql string, args ...any) (n int64, err error) {
	err = c.query(sql, args, func(s *sqlite3.Stmt) (bool, error) {
		n = s.ColumnInt64(0)
		return false, nil
	})
	return n, err
}

func bind(s *sqlite3.Stmt, args ...any) error {
	for i, arg := range args {
		var err error
		switch arg := arg.(type) {
		case int64:
			err = s.BindInt64(i+1, arg)
		case string:
			err = s.BindText(i+1, arg)
		case []byte:
			err = bindBlob(s, i+1, arg)
		default:
			err = fmt.Errorf("argument %d has type %T", i+1, arg)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// bindBlob binds an empty blob where BindBlob would bind NULL.
func bindBlob(s *sqlite3.Stmt, i int, value []byte) error {
	if len(value) == 0 {
		return s.BindZeroBlob(i, 0)
	}
	return s.BindBlob(i, value)
}

// transact runs fn in a write transaction, also when fn panics never leaving one open.
func (c *conn) transact(fn func() error) (err error) {
	if err := c.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	done := false
	defer func() {
		if !done || err != nil {
			err = errors.Join(err, c.rollback())
		}
	}()
	err = fn()
	// The context may end a statement, never a commit half way.
	c.db.SetInterrupt(context.Background())
	if err == nil {
		err = c.exec("COMMIT")
	}
	done = true
	return err
}

// rollback undoes a write transaction and forgets interned ids, which may be given out again.
func (c *conn) rollback() error {
	c.interned = interned{}
	return c.end()
}

// end ends a transaction that SQLite has not ended by itself.
func (c *conn) end() error {
	c.db.SetInterrupt(context.Background())
	c.reset()
	if c.db.GetAutocommit() {
		return nil
	}
	return c.exec("ROLLBACK")
}

// reset ends every statement: one left in the middle would keep its snapshot, and the write-ahead log, from being let go.
func (c *conn) reset() {
	for _, s := range c.stmts {
		s.Reset() // the error is that of the step before, which had its own answer
	}
}

// close frees the statements and closes the connection.
func (c *conn) close() error {
	var errs []error
	for _, s := range slices.Collect(c.db.Stmts()) {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, c.db.Close())...)
}
