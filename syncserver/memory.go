package syncserver

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Memory is a Store in memory, for tests and demonstrations. Its zero value is
// empty and ready. Power cuts empty it, of course.
type Memory struct {
	mu      sync.RWMutex
	objects map[string]kept
}

// kept is one object in memory.
type kept struct {
	data, note []byte
	damaged    bool
}

// Create implements Store.
func (m *Memory) Create(ctx context.Context, name string, data, note []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := CheckObject(name, data, note); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	held, found := m.objects[name]
	if found && Matches(name, held.data) {
		held.damaged = false
		m.objects[name] = held
		return fmt.Errorf("create %s: %w", name, ErrExists)
	}
	if found && held.note != nil {
		note = held.note
	}
	m.put(name, data, note)
	return nil
}

// Put places bytes under a name without any check, as a failing disk or
// somebody with an editor does. A note that was there stays.
func (m *Memory) Put(name string, data []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.put(name, data, m.objects[name].note)
}

func (m *Memory) put(name string, data, note []byte) {
	if m.objects == nil {
		m.objects = map[string]kept{}
	}
	m.objects[name] = kept{data: bytes.Clone(data), note: bytes.Clone(note)}
}

// Get implements Store.
func (m *Memory) Get(ctx context.Context, name string, max int) (data, note []byte, err error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	if err := CheckName(name); err != nil {
		return nil, nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	held, found := m.objects[name]
	switch {
	case !found:
		return nil, nil, fmt.Errorf("get %s: %w", name, ErrAbsent)
	case len(held.data) > max:
		return nil, nil, fmt.Errorf("get %s: %w", name, ErrSize)
	case !Matches(name, held.data):
		held.damaged = true
		m.objects[name] = held
		return nil, nil, fmt.Errorf("get %s: %w", name, ErrDamaged)
	}
	return bytes.Clone(held.data), bytes.Clone(held.note), nil
}

// Note implements Store.
func (m *Memory) Note(ctx context.Context, name string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := CheckName(name); err != nil {
		return nil, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	held, found := m.objects[name]
	if !found {
		return nil, fmt.Errorf("note of %s: %w", name, ErrAbsent)
	}
	return bytes.Clone(held.note), nil
}

// List implements Store.
func (m *Memory) List(ctx context.Context, folder, after string, limit int) ([]Entry, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := CheckFolder(folder); err != nil {
		return nil, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	var out []Entry
	for name, held := range m.objects {
		rest, below := strings.CutPrefix(name, folder+"/")
		if below && rest > after && IsObject(name) {
			out = append(out, Entry{Name: rest, Size: int64(len(held.data)), Damaged: held.damaged})
		}
	}
	slices.SortFunc(out, func(a, b Entry) int { return cmp.Compare(a.Name, b.Name) })
	return out[:min(limit, len(out))], nil
}
