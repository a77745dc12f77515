package syncserver

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
)

// write puts an object in its place, after its note: hidden file, sync, name,
// sync of the folder.
//
// The name is given by a hard link, which never replaces anything. FAT and
// exFAT, which most sticks carry, know no links: there the file is renamed. That
// would replace what another writer put there a moment ago, but only by the
// same bytes, since the name is their hash. The same goes for bytes that do not
// match their name: renaming puts the right ones in their place.
func (f *Folder) write(name string, data, note []byte) error {
	if err := f.makeFolder(path.Dir(name)); err != nil {
		return err
	}
	if err := f.writeNote(name, note); err != nil {
		return err
	}
	temp := temporary(name)
	if err := f.fill(temp, data); err != nil {
		f.root.Remove(temp)
		return err
	}
	if err := f.place(temp, name); err != nil {
		f.root.Remove(temp)
		return err
	}
	return f.syncFolder(path.Dir(name))
}

// fill writes and syncs the hidden file.
func (f *Folder) fill(temp string, data []byte) error {
	if err := f.step("create"); err != nil {
		return err
	}
	file, err := f.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	err = f.step("write")
	if err == nil {
		_, err = file.Write(data)
	}
	if err == nil {
		err = f.step("sync")
	}
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// place gives the hidden file its name.
func (f *Folder) place(temp, name string) error {
	err := f.step("link")
	if err == nil {
		err = f.root.Link(temp, name)
	}
	if err == nil {
		f.root.Remove(temp) // a second name of the same bytes; hidden, so harmless
		return nil
	}
	return f.rename(temp, name)
}

// rename gives the hidden file its name in place of whatever has it.
func (f *Folder) rename(temp, name string) error {
	if err := f.step("rename"); err != nil {
		return err
	}
	err := f.root.Rename(temp, name)
	if info, found := f.root.Lstat(name); err != nil && found == nil && info.IsDir() {
		return fmt.Errorf("%w: a folder lies in its place", ErrDamaged)
	}
	return err
}

// makeFolder makes a folder and those above it, each durable before the next.
// One that is there already is synced once too: whoever made it may have been
// cut before that.
func (f *Folder) makeFolder(folder string) error {
	if _, durable := f.made.Load(folder); durable {
		return nil
	}
	parent := path.Dir(folder)
	if parent != "." {
		if err := f.makeFolder(parent); err != nil {
			return err
		}
	}
	if err := f.step("mkdir"); err != nil {
		return err
	}
	if err := f.root.Mkdir(folder, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := f.syncFolder(parent); err != nil {
		return err
	}
	f.made.Store(folder, true)
	return nil
}

// syncFolder makes the names in a folder durable. Some file systems (FUSE,
// network shares, Windows) cannot sync a folder and say so; they do it by
// themselves or not at all, and there is nothing more to be done.
func (f *Folder) syncFolder(folder string) error {
	if err := f.step("syncdir"); err != nil {
		return err
	}
	dir, err := f.root.Open(folder)
	if err != nil {
		return err
	}
	defer dir.Close()
	if err := dir.Sync(); err != nil && !unsupported(err) {
		return err
	}
	return nil
}
