package localapi

import (
	"context"
	"errors"
	"io"
	"os"

	"fieldbook/sample"
	"fieldbook/workspace"
)

// prepare claims a folder for a new device, which no other device has. undo lets go of it, with the folder itself if it was made here.
func (s *Server) prepare(dir string) (socket *Socket, undo func(), err error) {
	made := !exists(dir)
	if socket, err = s.claim(dir); err != nil {
		return nil, nil, err
	}
	return socket, func() {
		s.unclaim(socket)
		if made {
			if err := os.RemoveAll(dir); err != nil {
				s.log.Error("removing a folder that came to nothing", "cause", err)
			}
		}
	}, nil
}

func (s *Server) makeSample(_ context.Context, in *body[Sample]) (Job, error) {
	dir, err := s.fresh(in.Body.Dir, sample.Name)
	if err != nil {
		return Job{}, err
	}
	passphrase := in.Body.Passphrase
	return s.work.begin(context.Background(), s.log, "sample", true, func(ctx context.Context) (any, error) {
		var report workspace.ImportReport
		founding := workspace.Founding{Name: sample.Name, Member: sample.Member, Zone: sample.Zone}
		key, err := s.found(ctx, dir, passphrase, founding, func(w *workspace.Workspace) (err error) {
			list := sample.List()
			report, err = w.ImportAssets(ctx, workspace.Entry{Reason: sample.Reason}, workspace.ImportOptions{
				File: sample.File, Source: &workspace.ImportSource{Data: list, Size: list.Size()},
			})
			return err
		})
		if err != nil {
			return nil, err
		}
		return Sampled{key, reportOf(report)}, nil
	}, func() { clear(passphrase) })
}

func (s *Server) restoreWorkspace(ctx context.Context, in *body[Restore]) (Job, error) {
	dir, err := s.fresh(in.Body.Dir, "restored")
	if err != nil {
		return Job{}, err
	}
	path, remove, err := s.backupFile(ctx, in.Body.Source)
	if err != nil {
		return Job{}, err
	}
	passphrase, key := in.Body.Passphrase, in.Body.RecoveryKey
	done := func() {
		remove()
		clear(passphrase)
		clear(key)
	}
	job, err := s.work.begin(context.Background(), s.log, "restore", true, func(ctx context.Context) (any, error) {
		return s.restore(ctx, dir, path, passphrase, key)
	}, done)
	if err != nil {
		done()
	}
	return job, err
}

// restore makes a device from a backup and adopts it.
func (s *Server) restore(ctx context.Context, dir, path string, passphrase, key Secret) (any, error) {
	socket, undo, err := s.prepare(dir)
	if err != nil {
		return nil, err
	}
	w, err := workspace.Restore(ctx, s.settings(dir, passphrase), path, string(key))
	if err != nil {
		undo()
		return nil, err
	}
	status, err := w.Glance(ctx)
	if err != nil {
		return nil, errors.Join(err, w.Close())
	}
	s.turn.Lock()
	defer s.turn.Unlock()
	s.adopt(dir, w, socket)
	return Restored{dir, status.Events}, nil
}

// backupFile gives a backup's path. An upload is put into a file of its own for as long as it is read: a backup is sealed, so
// the disk learns nothing from it.
func (s *Server) backupFile(ctx context.Context, source Source) (path string, remove func(), err error) {
	if source.Upload == "" {
		path, err = pathOf(ctx, source)
		return path, func() {}, err
	}
	upload, done, err := s.vault.borrow(source.Upload, false)
	if err != nil {
		return "", nil, err
	}
	defer done()
	f, err := os.CreateTemp("", "fieldbook-*.backup")
	if err != nil {
		return "", nil, err
	}
	remove = func() {
		if err := os.Remove(f.Name()); err != nil {
			s.log.Error("removing an uploaded backup", "cause", err)
		}
	}
	_, err = io.Copy(f, upload.reader())
	if err = errors.Join(err, f.Close()); err != nil {
		remove()
		return "", nil, err
	}
	return f.Name(), remove, nil
}

// pathOf is the path that a request names, which only the program's own window may.
func pathOf(ctx context.Context, source Source) (string, error) {
	switch {
	case source.Path == "":
		return "", wrong("source", "Choose a file.")
	case !native(ctx):
		return "", errNoPath
	}
	return source.Path, nil
}
