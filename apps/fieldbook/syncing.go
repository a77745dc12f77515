package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"fieldbook/syncclient"
	"fieldbook/syncserver"
	"fieldbook/workspace"
)

func (a *app) syncCommand() *cobra.Command {
	return &cobra.Command{
		Use: "sync REMOTE", Short: "Exchange entries with a folder: a USB stick, a network share", Args: cobra.ExactArgs(1),
		Long: `Exchange entries with a remote until both hold the same. The folder is made if it is not there; it holds sealed
segments only and can be carried by anyone. What is damaged in it is skipped and named (exit code 3).`,
		Example: "  fieldbook sync /media/usb/fieldbook\n  fieldbook sync file:///media/usb/fieldbook",
		RunE: func(c *cobra.Command, args []string) error {
			remote, err := folderRemote(args[0], true)
			if err != nil {
				return err
			}
			return a.with(c.Context(), func(w *workspace.Workspace) error {
				done, err := w.Sync(c.Context(), remote)
				if err != nil {
					return err
				}
				return a.synced(done)
			})
		},
	}
}

func (a *app) synced(done workspace.Synced) error {
	err := a.term.answer(done, func(out io.Writer) {
		fmt.Fprintf(out, "sent %d, received %d entries\n", done.Sent, done.Received)
		if done.Waiting > 0 {
			fmt.Fprintf(out, "%d entries wait for something that is not here yet\n", done.Waiting)
		}
		for _, r := range done.Refused {
			fmt.Fprintln(out, a.term.paint(red, clean(r.Error())))
		}
		fmt.Fprintf(out, "digest %s\n", done.Digest)
	})
	if err == nil && len(done.Refused) > 0 {
		return &coded{exitIntegrity, fmt.Errorf("%d segments were skipped; everything else is here. A laptop that holds them repairs the folder with its next sync", len(done.Refused))}
	}
	return err
}

// folderRemote opens a folder as a remote: the service's code over files, in
// this process. With create a missing folder is made.
func folderRemote(ref string, create bool) (syncclient.Remote, error) {
	path := ref
	if u, err := url.Parse(ref); err == nil && len(u.Scheme) > 1 {
		switch {
		case u.Scheme != "file":
			return nil, usage(fmt.Errorf("%s: this version syncs with folders only", u.Scheme))
		case u.Host != "" && u.Host != "localhost":
			return nil, usage(errors.New("a file URL names a folder of this computer: file:///path"))
		}
		path = filepath.FromSlash(u.Path)
	}
	store, err := syncserver.OpenFolder(syncserver.FolderConfig{Path: path, Create: create})
	if err != nil {
		return nil, fmt.Errorf("opening the folder: %w", err)
	}
	return syncserver.New(syncserver.Config{Store: store}), nil
}

// referenceRemote opens what a log is verified against: a folder, or a backup,
// whose segments are read into memory.
func referenceRemote(ctx context.Context, ref string) (syncclient.Remote, error) {
	info, err := os.Stat(strings.TrimPrefix(ref, "file://"))
	if err != nil {
		return nil, fmt.Errorf("opening what to verify against: %w", err)
	}
	if info.IsDir() {
		return folderRemote(ref, false)
	}
	store := &syncserver.Memory{}
	err = workspace.EachBackupEntry(ctx, ref, func(name string, data []byte) error {
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
