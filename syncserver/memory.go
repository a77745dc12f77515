package syncserver

import (
	"bytes"
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
	objects map[string][]byte
	damaged map[string]bool
}

// Create implements Store.
func (m *Memory) Create(ctx context.Context, name string, data []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := CheckObject(name, data); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if held, found := m.objects[name]; found && Matches(name, held) {
		delete(m.damaged, name)
		return fmt.Errorf("create %s: %w", name, ErrExists)
	}
	m.put(name, data)
	return nil
}

// Put places bytes under a name without any check, as a failing disk or
// somebody with an editor does.
func (m *Memory) Put(name string, data []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.put(name, data)
}

func (m *Memory) put(name string, data []byte) {
	if m.objects == nil {
		m.objects, m.damaged = map[string][]byte{}, map[string]bool{}
	}
	m.objects[name] = bytes.Clone(data)
	delete(m.damaged, name)
}

// Get implements Store.
func (m *Memory) Get(ctx context.Context, name string, max int) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := CheckName(name); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	data, found := m.objects[name]
	switch {
	case !found:
		return nil, fmt.Errorf("get %s: %w", name, ErrAbsent)
	case len(data) > max:
		return nil, fmt.Errorf("get %s: %w", name, ErrSize)
	case !Matches(name, data):
		m.damaged[name] = true
		return nil, fmt.Errorf("get %s: %w", name, ErrDamaged)
	}
	return bytes.Clone(data), nil
}

// List implements Store.
func (m *Memory) List(ctx context.Context, folder, after string, limit int) ([]Entry, error) {
	found, err := m.children(ctx, folder, after, limit, func(rest string) (string, bool) {
		return rest, object(rest)
	})
	entries := make([]Entry, len(found))
	m.mu.RLock()
	defer m.mu.RUnlock()
	for i, name := range found {
		entries[i] = Entry{Name: name, Damaged: m.damaged[folder+"/"+name]}
	}
	return entries, err
}

// Folders implements Store.
func (m *Memory) Folders(ctx context.Context, folder, after string, limit int) ([]string, error) {
	return m.children(ctx, folder, after, limit, func(rest string) (string, bool) {
		first, _, deeper := strings.Cut(rest, "/")
		return first, deeper && plain(first)
	})
}

// children lists what pick takes of the names below a folder.
func (m *Memory) children(ctx context.Context, folder, after string, limit int, pick func(string) (string, bool)) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := CheckName(folder); err != nil {
		return nil, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	var out []string
	for name := range m.objects {
		if rest, below := strings.CutPrefix(name, folder+"/"); below {
			if child, ok := pick(rest); ok && child > after {
				out = append(out, child)
			}
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return out[:min(limit, len(out))], nil
}
