package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fieldbook/syncclient"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/workspace"
)

func (a *app) syncCommand() *cobra.Command {
	how := manner{}
	c := &cobra.Command{
		Use: "sync [NAME|DIR|URL]", Short: "Exchange entries with a service, or a folder such as a USB stick", Args: cobra.MaximumNArgs(1),
		Long: `Exchange entries until both sides hold the same: with a remote that was added, a folder, or a service's address. Without
an argument every remote that was added is visited.

A folder holds sealed segments only and can be carried by anyone. The first sync to one says --begin; without that, a folder
that holds nothing of this record is left alone, since then a stick is not plugged in, or another one is. What is damaged in
it is skipped and named (exit code 3). A folder with a remote's name is written as ./NAME.

A new laptop first takes the pack of a service that can read the record: assets can be listed and edited at once, marked
unverified until their history has arrived behind them. Nothing can be signed, exported or backed up before that. With --now
the history is left to the next sync.`,
		Example: "  fieldbook sync\n  fieldbook sync office\n  fieldbook sync /media/usb/fieldbook --begin\n  fieldbook sync /media/usb/fieldbook\n  fieldbook sync https://fieldbook.example.com\n  fieldbook sync office --now",
		RunE: func(c *cobra.Command, args []string) error {
			return a.with(c.Context(), func(w *workspace.Workspace) error {
				if how.begin && len(args) == 0 {
					return usage(errors.New("name the folder to begin in: fieldbook sync DIR --begin"))
				}
				targets, err := a.targets(c.Context(), w, args)
				if err != nil {
					return err
				}
				return a.visit(c.Context(), w, targets, how)
			})
		},
	}
	c.Flags().BoolVar(&how.begin, "begin", false, "begin in a folder that holds nothing of this record yet, and make it if it is not there")
	c.Flags().BoolVar(&how.now, "now", false, "on a new laptop: only until the record is usable; history comes with the next sync")
	return c
}

// manner is how a sync is done.
type manner struct {
	begin bool // in a folder that holds nothing of this record
	now   bool // on a new laptop, only until the record is usable
}

// target is what one sync goes to; the name is empty unless it was added.
type target struct{ name, address string }

// targets finds what a sync's argument means.
func (a *app) targets(ctx context.Context, w *workspace.Workspace, args []string) ([]target, error) {
	remotes, err := w.Remotes(ctx)
	if err != nil {
		return nil, err
	}
	var all []target
	var names []string
	for _, r := range remotes {
		t := target{r.Name, r.URL}
		if len(args) == 1 && (args[0] == r.Name || args[0] == r.URL) {
			return []target{t}, nil
		}
		all, names = append(all, t), append(names, r.Name)
	}
	if len(args) == 0 {
		if len(all) == 0 {
			return nil, usage(errNoRemote)
		}
		return all, nil
	}
	if len(all) > 0 && !a.exists(args[0]) && !strings.ContainsAny(args[0], `/\`) {
		return nil, usage(fmt.Errorf("there is no remote %q, but %s; ./%s would be a new folder", args[0], strings.Join(names, ", "), args[0]))
	}
	return []target{{address: args[0]}}, nil
}

// open connects to a target.
func (a *app) open(ctx context.Context, w *workspace.Workspace, t target, begin bool) (syncclient.Remote, error) {
	service, err := workspace.IsService(t.address)
	switch {
	case err != nil:
		return nil, err
	case !service:
		return a.folderOf(ctx, w, t, begin)
	case t.name != "":
		return w.Connect(ctx, t.name)
	}
	return w.ConnectURL(t.address)
}

// visited is what the sync with one remote did.
type visited struct {
	Name    *string `json:"name"` // null if the remote was not added
	Address string  `json:"url"`
	Error   *string `json:"error"` // why it could not be done
	workspace.Synced
}

// visits is what a sync with all of its remotes did: the sums, and each.
type visits struct {
	workspace.Synced
	Remotes []visited `json:"remotes"`
}

// visit syncs with one target after the other. One that fails stops no other.
func (a *app) visit(ctx context.Context, w *workspace.Workspace, targets []target, how manner) error {
	all := visits{Synced: workspace.Synced{Refused: []syncproto.Refusal{}}, Remotes: []visited{}}
	var failed []error
	for _, t := range targets {
		done, err := workspace.Synced{Refused: []syncproto.Refusal{}}, error(nil)
		remote, err := a.open(ctx, w, t, how.begin)
		if err == nil {
			done, err = exchange(ctx, w, t.name, remote, how.now)
		}
		if err != nil && len(targets) == 1 || ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
		v := visited{Address: t.address, Synced: done}
		if t.name != "" {
			v.Name = &t.name
		}
		if err != nil {
			reason := err.Error()
			v.Error = &reason
			failed = append(failed, fmt.Errorf("%s: %w", t.name, err))
		}
		all.add(v)
	}
	return errors.Join(append(failed, a.synced(all))...)
}

// exchange syncs with one remote; with now only until the record is usable, where
// that is possible.
func exchange(ctx context.Context, w *workspace.Workspace, name string, remote syncclient.Remote, now bool) (workspace.Synced, error) {
	if now {
		done, taken, err := w.TakePack(ctx, name, remote)
		if err != nil || taken {
			return done, err
		}
	}
	return w.SyncAs(ctx, name, remote)
}

// add counts one sync in.
func (all *visits) add(v visited) {
	all.Sent += v.Sent
	all.Received += v.Received
	all.RoundTrips += v.RoundTrips
	all.Refused = append(all.Refused, v.Refused...)
	if v.Error == nil {
		all.Waiting, all.Unverified, all.Digest = v.Waiting, v.Unverified, v.Digest
	}
	if v.Service != nil {
		all.Service = v.Service
	}
	if v.Pack != nil {
		all.Pack = v.Pack
	}
	all.Remotes = append(all.Remotes, v)
}

func (a *app) synced(done visits) error {
	err := a.term.answer(done, func(out io.Writer) {
		for _, v := range done.Remotes {
			a.term.visited(out, v, len(done.Remotes) > 1)
		}
		if done.Waiting > 0 {
			fmt.Fprintf(out, "%d entries wait for something that is not here yet\n", done.Waiting)
		}
		if done.Unverified > 0 {
			fmt.Fprintln(out, a.term.paint(yellow, plural(int(done.Unverified), "document")+" unverified: their history comes with the next sync; until then nothing can be signed or exported"))
		}
		fmt.Fprintf(out, "digest %s\n", done.Digest)
	})
	if err == nil && len(done.Refused) > 0 {
		return &coded{exitIntegrity, skipped(done.Refused)}
	}
	return err
}

// skipped says what becomes of segments that were not taken.
func skipped(refused []syncproto.Refusal) error {
	if slices.ContainsFunc(refused, func(r syncproto.Refusal) bool { return r.Reason != syncproto.Hole }) {
		return fmt.Errorf("%d segments were skipped; everything else is here. What is damaged at the remote is repaired by the next sync of a laptop that holds it", len(refused))
	}
	return fmt.Errorf("%d segments stay here for now: the remote lacks what comes before them. They go over by a later sync, once a laptop that has the rest has synced there, such as the one that let this one in", len(refused))
}

// visited prints what one sync did.
func (t *terminal) visited(out io.Writer, v visited, several bool) {
	if several {
		fmt.Fprintf(out, "%s: ", *v.Name)
	}
	if v.Error != nil {
		fmt.Fprintln(out, t.paint(red, "failed"))
		return
	}
	switch p := v.Pack; {
	case p != nil && p.Refused != nil:
		fmt.Fprintln(out, t.paint(red, clean("the service's pack was not taken: "+*p.Refused)))
	case p != nil:
		fmt.Fprintf(out, "usable at once: %s from the service's pack\n", plural(int(p.Documents), "document"))
	}
	fmt.Fprintf(out, "sent %d, received %d entries\n", v.Sent, v.Received)
	for _, r := range v.Refused {
		fmt.Fprintln(out, t.paint(red, clean(r.Error())))
	}
	if s := v.Service; s != nil && len(s.Diverged)+len(s.Failed) > 0 {
		fmt.Fprintln(out, t.paint(red, fmt.Sprintf("the service has %s otherwise than this laptop and failed on %d; `fieldbook findings` names them", plural(len(s.Diverged), "document"), len(s.Failed))))
	}
}

// folderOf opens a folder in which this record is exchanged, or with begin is from now on.
func (a *app) folderOf(ctx context.Context, w *workspace.Workspace, t target, begin bool) (syncclient.Remote, error) {
	path, err := a.wholeFolder(t.address)
	if err == nil {
		err = w.EnterFolder(ctx, path, t.name, begin)
	}
	if err != nil {
		return nil, toBegin(err, "fieldbook sync "+cmp.Or(t.name, t.address))
	}
	return a.folderRemote(path)
}

// toBegin adds to a refused folder the command that takes it all the same.
func toBegin(err error, command string) error {
	var elsewhere *workspace.FolderError
	if !errors.As(err, &elsewhere) || elsewhere.Absent && elsewhere.Remote != "" {
		return err
	}
	return fmt.Errorf("%w. To begin in it: %s --begin", err, command)
}

// wholeFolder makes the whole path of a folder, given as a path or a file URL.
func (a *app) wholeFolder(ref string) (string, error) {
	path, err := workspace.FolderPath(ref)
	if err != nil {
		return "", err
	}
	return a.whole(path)
}

// folderRemote opens a folder as a remote: the service's code over files, in
// this process.
func (a *app) folderRemote(ref string) (syncclient.Remote, error) {
	path, err := a.wholeFolder(ref)
	if err != nil {
		return nil, err
	}
	store, err := syncserver.OpenFolder(syncserver.FolderConfig{Path: path})
	if err != nil {
		return nil, fmt.Errorf("opening the folder: %w", err)
	}
	return syncserver.New(syncserver.Config{Store: store}), nil
}

// reference reads what a log is verified against: the path of a folder or backup,
// or else the name of a remote.
func (a *app) reference(ctx context.Context, ref string, opts *workspace.VerifyOptions) (err error) {
	if ref == "" {
		return nil
	}
	if !a.exists(ref) && !strings.ContainsAny(ref, `/\`) {
		opts.Remote = ref
		opts.Folder = a.folderRemote
		return nil
	}
	opts.Against, err = a.referenceRemote(ctx, ref)
	return err
}

// exists says whether a path that a person gave is one.
func (a *app) exists(given string) bool {
	path, err := a.path(given)
	if err == nil {
		_, err = os.Stat(path)
	}
	return err == nil
}

// referenceRemote opens what a log is verified against: a folder, or a backup,
// whose segments are read into memory.
func (a *app) referenceRemote(ctx context.Context, ref string) (syncclient.Remote, error) {
	path, err := a.path(strings.TrimPrefix(ref, "file://"))
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("opening what to verify against: %w", err)
	}
	if info.IsDir() {
		return a.folderRemote(ref)
	}
	store := &syncserver.Memory{}
	err = workspace.EachBackupEntry(ctx, path, func(name string, data []byte) error {
		if !strings.Contains(name, "/feeds/") {
			return nil
		}
		return store.Create(ctx, name, data, nil)
	})
	if err != nil {
		return nil, fmt.Errorf("reading the backup: %w", err)
	}
	return syncserver.New(syncserver.Config{Store: store}), nil
}
