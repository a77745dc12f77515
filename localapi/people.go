package localapi

import (
	"context"
	"time"

	"fieldbook/workspace"
)

func listRemotes(ctx context.Context, w *workspace.Workspace, _ *none) ([]Remote, error) {
	found, err := w.Remotes(ctx)
	return remotes(found), err
}

func remotes(found []workspace.RemoteView) []Remote {
	list := make([]Remote, len(found))
	for i, r := range found {
		list[i] = Remote{r.Name, r.URL, r.Second, r.Mode, instant(r.LastSync), r.Unsent, r.Unchecked, refusals(r.Refused)}
	}
	return list
}

func addRemote(ctx context.Context, w *workspace.Workspace, in *body[NewRemote]) (RemoteAdded, error) {
	spec := workspace.RemoteSpec{
		Name: in.Body.Name, URL: in.Body.URL, Second: in.Body.Second, Invitation: string(in.Body.Invitation), TokenFile: in.Body.TokenFile,
		Certificate: []byte(in.Body.Certificate), Sealed: in.Body.Sealed, Begin: in.Body.Begin,
	}
	defer clear(in.Body.Invitation)
	if spec.TokenFile != "" && !native(ctx) {
		return RemoteAdded{}, errNoPath
	}
	done, err := w.AddRemote(ctx, spec)
	if err != nil {
		return RemoteAdded{}, err
	}
	return RemoteAdded{remotes([]workspace.RemoteView{done.RemoteView})[0], done.Service, done.Words, done.Granted}, nil
}

func removeRemote(ctx context.Context, w *workspace.Workspace, in *remoteInput) (RemoteRemoved, error) {
	done, err := w.RemoveRemote(ctx, in.Name)
	return RemoteRemoved(done), err
}

func listReceipts(ctx context.Context, w *workspace.Workspace, _ *none) (list []Receipt, err error) {
	found, err := w.Receipts(ctx)
	for _, r := range found {
		if at := instant(&r.Time); at != nil {
			list = append(list, Receipt{r.Service, r.Remote, r.Feed, r.Device, r.Seq, *at})
		}
	}
	return list, err
}

func listMembers(ctx context.Context, w *workspace.Workspace, _ *none) (list []Member, err error) {
	found, err := w.Members(ctx)
	for _, m := range found {
		list = append(list, Member(m))
	}
	return list, err
}

func listDevices(ctx context.Context, w *workspace.Workspace, _ *none) (list []Device, err error) {
	found, err := w.Devices(ctx)
	for _, d := range found {
		list = append(list, Device{d.Device, d.Member, d.ID, d.Role, d.Self, d.Feeds, d.Events, d.Words})
	}
	return list, err
}

func inspectRequest(_ context.Context, _ *workspace.Workspace, in *body[RequestFile]) (Inspected, error) {
	found, err := workspace.InspectRequest(in.Body.File)
	return Inspected(found), err
}

func approveRequest(ctx context.Context, w *workspace.Workspace, in *body[Approve]) (Approved, error) {
	a, err := w.Approve(ctx, in.Body.File, in.Body.Member)
	if err != nil {
		return Approved{}, err
	}
	return Approved{
		File: a.File, Name: FolderName(a.Name) + ".grant", Words: a.Words, Joined: a.Joined,
		Member: a.Name, MemberID: a.Member.String(), Device: a.Device.String(),
	}, nil
}

func getStatus(ctx context.Context, w *workspace.Workspace, _ *none) (Status, error) {
	v, err := w.Glance(ctx)
	if err != nil {
		return Status{}, err
	}
	s := Status{
		v.Workspace, v.WorkspaceID, v.Device, v.Member, v.Role, v.Events, v.Feeds, v.Documents, v.Waiting, v.Newer, v.Unsent,
		v.Findings, v.Conflicts, v.Unverified, remotes(v.Remotes), nil, nil,
	}
	s.LastSync = lastSync(s.Remotes)
	saved, err := w.Saved(ctx)
	if err == nil && saved.Seq > 0 {
		s.Saved = &Saved{instant(saved.At), saved.Device, saved.Epoch, saved.Seq, saved.State}
	}
	return s, err
}

func getDigest(ctx context.Context, w *workspace.Workspace, _ *none) (d Digest, err error) {
	d.Digest, err = w.Digest(ctx)
	return d, err
}

// lastSync is when any remote was last synced with.
func lastSync(list []Remote) (last *time.Time) {
	for _, r := range list {
		if r.LastSync != nil && (last == nil || r.LastSync.After(*last)) {
			last = r.LastSync
		}
	}
	return last
}

func checkSetup(ctx context.Context, w *workspace.Workspace, _ *none) (list []Check, err error) {
	found, err := w.Doctor(ctx)
	for _, c := range found {
		list = append(list, Check{string(c.Kind), c.OK, c.Count, c.About})
	}
	return list, err
}
