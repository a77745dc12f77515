package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"time"

	_ "github.com/mattn/go-sqlite3"
)

// plain is the reference for writing: a bare SQLite table, as durable as the log.
type plain struct {
	db     *sql.DB
	insert *sql.Stmt
}

// newPlain makes the file anew: write-ahead log, synchronous FULL.
func newPlain(ctx context.Context, path string) (*plain, error) {
	for _, ending := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(path + ending); err != nil && !os.IsNotExist(err) {
			return nil, err
		}
	}
	db, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_synchronous=FULL")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	p := &plain{db: db}
	if _, err := db.ExecContext(ctx, `CREATE TABLE events (position INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT`); err != nil {
		return nil, fmt.Errorf("making the reference table: %w", err)
	}
	p.insert, err = db.PrepareContext(ctx, `INSERT INTO events (bytes) VALUES (?)`)
	return p, err
}

// close ends the reference; its file is removed with the folder.
func (p *plain) close() error { return p.db.Close() }

// singly inserts each entry in a transaction of its own.
func (p *plain) singly(ctx context.Context, entries [][]byte) (time.Duration, error) {
	return timed(func() error {
		for _, e := range entries {
			if _, err := p.insert.ExecContext(ctx, e); err != nil {
				return err
			}
		}
		return nil
	})
}

// grouped inserts the entries, n in each transaction.
func (p *plain) grouped(ctx context.Context, entries [][]byte, n int) (time.Duration, error) {
	return timed(func() error {
		for len(entries) > 0 {
			k := min(n, len(entries))
			if err := p.group(ctx, entries[:k]); err != nil {
				return err
			}
			entries = entries[k:]
		}
		return nil
	})
}

func (p *plain) group(ctx context.Context, entries [][]byte) error {
	tx, err := p.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	insert := tx.StmtContext(ctx, p.insert)
	for _, e := range entries {
		if _, err := insert.ExecContext(ctx, e); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// scan reads all entries in the order of their positions.
func (p *plain) scan(ctx context.Context, fn func(entry []byte) error) error {
	rows, err := p.db.QueryContext(ctx, `SELECT bytes FROM events ORDER BY position`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var raw sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&raw); err != nil {
			return err
		}
		if err := fn(raw); err != nil {
			return err
		}
	}
	return rows.Err()
}
