package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"fieldbook/record"
)

// FolderError says that a folder is not one where entries of this record are
// exchanged. Nothing was written to it, and nothing is lost.
type FolderError struct {
	Path   string
	Remote string // the name it was added under, empty if it was not
	Absent bool   // there is no such folder; otherwise it holds nothing of this record
	Unsent int64  // entries of this laptop that wait for the remote
}

// Error says what may be the matter: for a remote that a stick is out or another one is in, else that the path is a slip.
func (e *FolderError) Error() string {
	waiting := "nothing is lost"
	switch {
	case e.Unsent == 1:
		waiting += ", 1 entry waits on this laptop"
	case e.Unsent > 1:
		waiting += fmt.Sprintf(", %d entries wait on this laptop", e.Unsent)
	}
	switch {
	case e.Remote != "" && e.Absent:
		return fmt.Sprintf("%s is not there now, there is no folder %s; %s. Plug the stick in, or connect the drive, then sync again", e.Remote, e.Path, waiting)
	case e.Remote != "":
		return fmt.Sprintf("%s holds nothing of this record, so it is not what was added as %s: another stick is in, or the drive is not connected. Nothing was written to it, and %s",
			e.Path, e.Remote, waiting)
	case e.Absent:
		return fmt.Sprintf("there is no folder %s; if it is on a stick, plug that in", e.Path)
	}
	return fmt.Sprintf("%s holds nothing of this record yet; look whether it is the right place", e.Path)
}

// FolderPath reads a folder's path, or its file URL. The error is a
// *record.UsageError.
func FolderPath(ref string) (string, error) {
	u, err := url.Parse(ref)
	if err != nil || len(u.Scheme) <= 1 {
		return ref, nil
	}
	if u.Host != "" && u.Host != "localhost" {
		return "", record.Misuse("a file URL names a folder of this computer: file:///path")
	}
	return filepath.FromSlash(u.Path), nil
}

// EnterFolder makes sure before a sync that a folder is one where this record is
// exchanged, and refuses any other with a *FolderError: a path that leads nowhere
// is a slip or a stick that is not plugged in, and an empty mount point or another
// stick would get the record silently. With begin it becomes such a folder, and is
// made if need be. The remote is the name it was added under, empty if it was not;
// the path is a whole one.
func (w *Workspace) EnterFolder(ctx context.Context, path, remote string, begin bool) error {
	if !filepath.IsAbs(path) {
		return record.Misuse(`"{0}" is not the whole path of a folder`, path)
	}
	place := filepath.Join(path, w.id.String()) // all that a folder holds of a record is below its id (docs/format)
	if begin {
		if err := os.MkdirAll(place, 0o755); err != nil {
			return fmt.Errorf("beginning in the folder: %w", err)
		}
		return nil
	}
	_, err := os.Stat(place)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	refused := &FolderError{Path: path, Remote: remote}
	if _, err := os.Stat(path); err != nil {
		refused.Absent = true
	}
	if refused.Unsent, err = w.unsentFor(ctx, remote); err != nil {
		return err
	}
	return refused
}

// unsentFor counts the entries of this device that wait for a remote.
func (w *Workspace) unsentFor(ctx context.Context, remote string) (int64, error) {
	remotes, err := w.Remotes(ctx)
	for _, r := range remotes {
		if r.Name == remote {
			return r.Unsent, err
		}
	}
	return 0, err
}
