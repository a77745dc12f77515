package testkit

import (
	"io"
	"math/rand/v2"
	"slices"
)

// sector is what a disk writes whole or not at all, in bytes.
const sector = 512

// node is the content of a file: as programs see it, as the last sync left it, and what came between.
type node struct {
	data, stable []byte
	pending      []change
	// named tells that the folder's entry is durable.
	named bool
	locks locks
}

// change is a write at off, or a truncation to off if data is nil.
type change struct {
	off  int64
	data []byte
}

// apply makes the change to a file's bytes.
func (c change) apply(b []byte) []byte {
	if c.data == nil {
		if c.off < int64(len(b)) {
			return b[:c.off]
		}
		return b
	}
	if end := c.off + int64(len(c.data)); end > int64(len(b)) {
		b = append(b, make([]byte, end-int64(len(b)))...)
	}
	copy(b[c.off:], c.data)
	return b
}

// sectors splits a write where the disk may tear it.
func (c change) sectors() (list []change) {
	for off, data := c.off, c.data; len(data) > 0; {
		n := min(int64(len(data)), sector-off%sector)
		list = append(list, change{off, data[:n]})
		off, data = off+n, data[n:]
	}
	return list
}

func (n *node) change(c change) {
	c.data = slices.Clone(c.data)
	n.data = c.apply(n.data)
	n.pending = append(n.pending, c)
}

func (n *node) sync() {
	for _, c := range n.pending {
		n.stable = c.apply(n.stable)
	}
	n.pending = nil
}

func (n *node) readAt(p []byte, off int64) (int, error) {
	if off >= int64(len(n.data)) {
		return 0, io.EOF
	}
	read := copy(p, n.data[off:])
	if read < len(p) {
		return read, io.EOF
	}
	return read, nil
}

// survivor is the file as a power cut leaves it. Unsynced changes are all kept, all lost, kept up to one that is torn, or
// kept and lost sector by sector, in which later ones may be there without earlier ones.
func (n *node) survivor(r *rand.Rand) *node {
	b := slices.Clone(n.stable)
	mode, until := r.IntN(4), 0
	if len(n.pending) > 0 {
		until = r.IntN(len(n.pending))
	}
	for i, c := range n.pending {
		switch {
		case mode == 0, mode == 2 && i > until:
			continue
		case mode == 1, mode == 2 && i < until, c.data == nil && r.IntN(2) == 0:
			b = c.apply(b)
			continue
		}
		for _, s := range c.sectors() {
			if r.IntN(2) == 0 {
				b = s.apply(b)
			}
		}
	}
	return &node{data: b, stable: slices.Clone(b), named: true}
}

// Restart makes a disk as a machine finds it after the power came back. It is registered under a name of its own.
func (d *Disk) Restart(r *rand.Rand) *Disk {
	d.mu.Lock()
	defer d.mu.Unlock()
	after := NewDisk()
	for _, name := range names(d.files) {
		if n := d.files[name]; n.named || r.IntN(2) == 0 {
			after.files[name] = n.survivor(r)
		}
	}
	for _, name := range names(d.gone) {
		if after.files[name] == nil && r.IntN(2) == 0 {
			after.files[name] = d.gone[name].survivor(r)
		}
	}
	return after
}

// Size is the size of a file in bytes, 0 if it is not there.
func (d *Disk) Size(name string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	if n := d.files[name]; n != nil {
		return len(n.data)
	}
	return 0
}

// names sorts the names of files, so that one seed gives one disk.
func names(files map[string]*node) (list []string) {
	for name := range files {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}
