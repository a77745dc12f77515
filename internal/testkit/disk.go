package testkit

import (
	crand "crypto/rand"
	"sync"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"
)

// Kind says what goes wrong.
type Kind int

const (
	// None lets everything work.
	None Kind = iota
	// PowerCut makes every step from At on fail and change nothing; the step at At may still reach the disk, torn.
	PowerCut
	// Fail makes a step fail with an I/O error.
	Fail
	// Full makes a write fail for lack of room, after a part of it was written.
	Full
	// ReadOnly makes a step fail because the disk can't be written.
	ReadOnly
)

// Fault is what goes wrong and when. Steps are what changes a disk: writes, truncations, syncs, creations and deletions,
// counted from 1.
type Fault struct {
	At   int
	Kind Kind
	// Lasting makes every step from At on fail, not only the one. A power cut always lasts.
	Lasting bool
}

// Disk is a disk in memory. It is a registered VFS; shared memory for write-ahead logs is a real file at the name given, so
// names must be paths in a folder that exists.
type Disk struct {
	name string

	mu    sync.Mutex
	files map[string]*node
	// gone are files deleted without a sync of their folder: they may be back after a power cut.
	gone  map[string]*node
	steps int
	fault Fault
}

var _ vfs.VFS = (*Disk)(nil)

// NewDisk makes an empty disk and registers it. Release it when done.
func NewDisk() *Disk {
	d := &Disk{name: "disk-" + crand.Text(), files: map[string]*node{}, gone: map[string]*node{}}
	vfs.Register(d.name, d)
	return d
}

// Name is the name of the VFS.
func (d *Disk) Name() string { return d.name }

// Release unregisters the disk.
func (d *Disk) Release() { vfs.Unregister(d.name) }

// Steps counts the steps so far.
func (d *Disk) Steps() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.steps
}

// Inject sets the fault to come, in place of the one before. At counts from now on.
func (d *Disk) Inject(f Fault) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f.At += d.steps
	d.fault = f
}

// step counts a step and tells what goes wrong in it. The disk is locked.
func (d *Disk) step() Kind {
	d.steps++
	if d.fault.Kind == None || d.steps < d.fault.At {
		return None
	}
	if d.steps > d.fault.At && !d.fault.Lasting && d.fault.Kind != PowerCut {
		return None
	}
	return d.fault.Kind
}

// dead tells whether the power is off. The disk is locked.
func (d *Disk) dead() bool { return d.fault.Kind == PowerCut && d.steps >= d.fault.At }

// refuse turns a kind into the error SQLite expects, other where the disk just fails.
func refuse(k Kind, other error) error {
	switch k {
	case None:
		return nil
	case Full:
		return sqlite3.FULL
	case ReadOnly:
		return sqlite3.READONLY
	}
	return other
}

// Open opens a file, and makes it if the flags say so.
func (d *Disk) Open(name string, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dead() {
		return nil, flags, sqlite3.CANTOPEN
	}
	n := d.files[name]
	if n == nil {
		if flags&vfs.OPEN_CREATE == 0 {
			return nil, flags, sqlite3.CANTOPEN
		}
		if err := refuse(d.step(), sqlite3.CANTOPEN); err != nil {
			return nil, flags, err
		}
		n = &node{}
		if name != "" {
			d.files[name] = n
		}
	}
	return newFile(d, n, name, flags), flags, nil
}

// Delete removes a file; with syncDir, or a later sync of the folder, it is gone for good.
func (d *Disk) Delete(name string, syncDir bool) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := d.files[name]
	if n == nil {
		return sqlite3.IOERR_DELETE_NOENT
	}
	if err := refuse(d.step(), sqlite3.IOERR_DELETE); err != nil {
		return err
	}
	delete(d.files, name)
	if d.gone[name] = n; !n.named {
		delete(d.gone, name)
	}
	if syncDir {
		d.syncFolder()
	}
	return nil
}

// syncFolder makes every name, and every deletion, durable. The disk is locked.
func (d *Disk) syncFolder() {
	for _, n := range d.files {
		n.named = true
	}
	clear(d.gone)
}

// Access tells whether a file is there.
func (d *Disk) Access(name string, _ vfs.AccessFlag) (bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.files[name] != nil, nil
}

// FullPathname returns the name as it is.
func (d *Disk) FullPathname(name string) (string, error) { return name, nil }
