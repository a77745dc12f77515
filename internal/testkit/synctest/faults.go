package synctest

import (
	"context"
	"fmt"

	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// Faults is a Store between a server and another store that fails on demand.
type Faults struct {
	syncserver.Store
	// Before is asked before each call and After after it, with the number of
	// the call (from 1) and what it does; their error is the call's. After
	// failing, the call has had its effect: the answer was lost.
	Before, After func(call int, op string) error
	// Hide says which listed objects are not visible yet, as in a region that a
	// write has not reached.
	Hide func(path string) bool
	// Calls counts the calls.
	Calls int
}

// ErrCut is the failure that tests inject. Repeating is safe.
var ErrCut = fmt.Errorf("cut by the test: %w", syncproto.ErrTemporary)

// Create implements syncserver.Store.
func (f *Faults) Create(ctx context.Context, name string, data, note []byte) error {
	return f.call("create", func() error { return f.Store.Create(ctx, name, data, note) })
}

// Get implements syncserver.Store.
func (f *Faults) Get(ctx context.Context, name string, max int) (data, note []byte, err error) {
	err = f.call("get", func() error {
		data, note, err = f.Store.Get(ctx, name, max)
		return err
	})
	return data, note, err
}

// Note implements syncserver.Store.
func (f *Faults) Note(ctx context.Context, name string) (note []byte, err error) {
	err = f.call("note", func() error {
		note, err = f.Store.Note(ctx, name)
		return err
	})
	return note, err
}

// List implements syncserver.Store.
func (f *Faults) List(ctx context.Context, folder, after string, limit int) (out []syncserver.Entry, err error) {
	err = f.call("list", func() error {
		out, err = f.Store.List(ctx, folder, after, limit)
		return err
	})
	if f.Hide == nil {
		return out, err
	}
	var visible []syncserver.Entry
	for _, entry := range out {
		if !f.Hide(folder + "/" + entry.Name) {
			visible = append(visible, entry)
		}
	}
	return visible, err
}

func (f *Faults) call(op string, do func() error) error {
	f.Calls++
	number := f.Calls
	if f.Before != nil {
		if err := f.Before(number, op); err != nil {
			return err
		}
	}
	if err := do(); err != nil {
		return err
	}
	if f.After != nil {
		return f.After(number, op)
	}
	return nil
}
