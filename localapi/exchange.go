package localapi

import (
	"context"
	"net/http"

	"fieldbook/record"
	"fieldbook/syncclient"
	"fieldbook/workspace"
)

// start begins a job on the open workspace.
func (s *Server) start(kind string, writes bool, run func(context.Context, *workspace.Workspace) (any, error)) (Job, error) {
	ctx, h, release, err := s.hold(context.Background())
	if err != nil {
		return Job{}, err
	}
	job, err := s.work.begin(ctx, s.log, kind, writes, func(ctx context.Context) (any, error) { return run(ctx, h.w) }, release)
	if err != nil {
		release()
	}
	return job, err
}

func (s *Server) sync(ctx context.Context, in *body[Syncing]) (Job, error) {
	if in.Body.Begin && in.Body.Remote == "" {
		return Job{}, wrong("remote", "Name the folder in which to begin.")
	}
	var targets []target
	_, err := on(s, func(ctx context.Context, w *workspace.Workspace, _ *none) (_ none, err error) {
		targets, err = s.targets(ctx, w, in.Body.Remote)
		return none{}, err
	})(ctx, nil)
	if err != nil {
		return Job{}, err
	}
	return s.start("sync", true, func(ctx context.Context, w *workspace.Workspace) (any, error) {
		report := SyncReport{}
		for _, t := range targets {
			done, err := s.visit(ctx, w, t, in.Body.Begin)
			if ctx.Err() != nil {
				return nil, context.Cause(ctx)
			}
			report.Remotes = append(report.Remotes, s.visited(t, done, err))
		}
		return report, nil
	})
}

// target is what one sync goes to; the name is empty unless it was added.
type target struct{ name, address string }

var errNoRemote = problem(http.StatusConflict, "usage", "There is no remote yet.", "Add a folder, a stick or a service first.")

// targets finds what a sync's argument means: a remote, an address, or all remotes.
func (s *Server) targets(ctx context.Context, w *workspace.Workspace, named string) (list []target, err error) {
	remotes, err := w.Remotes(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range remotes {
		t := target{r.Name, r.URL}
		if named != "" && (named == r.Name || named == r.URL) {
			return []target{t}, nil
		}
		list = append(list, t)
	}
	switch {
	case named == "" && len(list) == 0:
		return nil, errNoRemote
	case named == "":
		return list, nil
	}
	return []target{{address: named}}, nil
}

// visit syncs with one target.
func (s *Server) visit(ctx context.Context, w *workspace.Workspace, t target, begin bool) (workspace.Synced, error) {
	remote, err := s.dial(ctx, w, t, begin)
	if err != nil {
		return workspace.Synced{}, err
	}
	return w.SyncAs(ctx, t.name, remote)
}

func (s *Server) dial(ctx context.Context, w *workspace.Workspace, t target, begin bool) (syncclient.Remote, error) {
	service, err := workspace.IsService(t.address)
	switch {
	case err != nil:
		return nil, err
	case !service:
		return s.folder(ctx, w, t, begin)
	case t.name != "":
		return w.Connect(ctx, t.name)
	}
	return w.ConnectURL(t.address)
}

// folder opens a folder in which this record is exchanged, or with begin is from now on.
func (s *Server) folder(ctx context.Context, w *workspace.Workspace, t target, begin bool) (syncclient.Remote, error) {
	path, err := workspace.FolderPath(t.address)
	if err != nil {
		return nil, err
	}
	if err := w.EnterFolder(ctx, path, t.name, begin); err != nil {
		return nil, err
	}
	return s.cfg.Folder(path)
}

// visited tells what one sync did, or why it could not be done: one that fails stops no other.
func (s *Server) visited(t target, done workspace.Synced, err error) RemoteSynced {
	out := RemoteSynced{
		Name: optional(t.name), URL: t.address, Sent: done.Sent, Received: done.Received, Refused: refusals(done.Refused),
		Waiting: done.Waiting, RoundTrips: done.RoundTrips, Unverified: done.Unverified,
	}
	if err != nil {
		problem, expected := describe(err)
		if !expected {
			s.log.Error("a sync failed", "cause", err)
		}
		out.Error = problem
	}
	if m := done.Service; m != nil {
		out.Service = &MergedBy{m.Mode, m.Documents, m.Diverged, m.Failed, m.Unopened}
	}
	if p := done.Pack; p != nil {
		out.Pack = &Pack{p.Documents, p.Events, p.Refused}
	}
	return out
}

func (s *Server) verify(_ context.Context, in *body[Verification]) (Job, error) {
	opts := workspace.VerifyOptions{Deep: in.Body.Deep}
	if against := in.Body.Against; against != nil {
		switch {
		case against.Remote != "" && against.Path != "":
			return Job{}, wrong("against", "Name a remote or a path, not both.")
		case against.Remote != "":
			opts.Remote = against.Remote
			opts.Folder = s.cfg.Folder
		}
	}
	return s.start("verify", false, func(ctx context.Context, w *workspace.Workspace) (_ any, err error) {
		if against := in.Body.Against; against != nil && against.Path != "" {
			if opts.Against, err = s.cfg.Reference(ctx, against.Path); err != nil {
				return nil, err
			}
		}
		done, err := w.Verify(ctx, opts)
		return verified(done, opts.Deep), err
	})
}

func verified(v workspace.Verified, deep bool) Verified {
	out := Verified{v.OK, v.Events, v.Feeds, nil, v.Digest, v.Receipts, v.Unverified, deep}
	for _, x := range v.Violations {
		one := Violation{Feed: optional(x.Feed), Kind: x.Kind, Detail: x.Detail}
		if seq := x.Seq; seq > 0 {
			one.Seq = &seq
		}
		out.Violations = append(out.Violations, one)
	}
	return out
}

func (s *Server) rebuild(context.Context, *none) (Job, error) {
	return s.start("rebuild", true, func(ctx context.Context, w *workspace.Workspace) (any, error) {
		if err := w.Rebuild(ctx); err != nil {
			return nil, err
		}
		status, err := w.Glance(ctx)
		return Rebuilt{status.Events}, err
	})
}

func (s *Server) editAssets(ctx context.Context, in *body[AssetsEdit]) (Job, error) {
	edit := in.Body
	if (edit.Query == nil) == (len(edit.IDs) == 0) {
		return Job{}, wrong("ids", "Choose assets by their ids or by a query.")
	}
	return s.start("bulk", true, func(ctx context.Context, w *workspace.Workspace) (any, error) {
		done, err := bulk(ctx, w, edit)
		out := Bulk{ID: done.ID}
		for _, item := range done.Items {
			one, _ := written(item, nil)
			out.Items = append(out.Items, one)
		}
		for _, r := range done.Refused {
			out.Refused = append(out.Refused, BulkRefusal{r.ID, r.Tag, r.Said.Full(), r.Said})
		}
		return out, err
	})
}

func bulk(ctx context.Context, w *workspace.Workspace, edit AssetsEdit) (workspace.Bulk, error) {
	entry, fields := workspace.Entry{Reason: edit.Reason}, assignments(edit.Fields)
	if edit.Query == nil {
		return w.SetAssetsByID(ctx, entry, edit.IDs, fields)
	}
	q, err := edit.Query.query()
	if err != nil {
		return workspace.Bulk{}, err
	}
	return w.SetAssetsListed(ctx, entry, q, fields)
}

// set are fields for rows that say nothing about them, each of which must exist.
func set(fields map[string]string) ([]record.Assignment, error) {
	for name := range fields {
		if _, ok := record.Lookup(record.Asset, name); !ok {
			return nil, wrong(name, "There is no such field.")
		}
	}
	return assignments(fields), nil
}
