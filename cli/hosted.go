package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"fieldbook/localapi"
	"fieldbook/workspace"
)

// Host runs command lines of other processes on the workspace that this one
// holds. It asks for nothing and reads no passphrase: who may reach the host may
// use what it has open.
type Host struct {
	Version string
}

// Run executes a command line on the open workspace of the device folder dir,
// writes what it has to say, and gives its exit code. When ctx ends, what the
// command was writing is not written. It is what localapi.Config.Command asks for.
func (h Host) Run(ctx context.Context, dir string, w *workspace.Workspace, c localapi.Command, out, errs io.Writer) int {
	a := &app{
		term:    &terminal{in: strings.NewReader(""), out: out, err: errs, shows: c.Bars, colours: c.Paint},
		version: h.Version,
		args:    c.Args,
		host:    &host{dir: dir, open: w, from: c.Folder},
	}
	return a.run(workspace.WithProgress(ctx, a.term.progress))
}

// host is what a command has from the process that runs it for another one.
type host struct {
	dir  string
	open *workspace.Workspace
	from string // the caller's folder
}

// ownProcess marks commands that make, unlock or serve something themselves, and
// so run where they were called and nowhere else.
const ownProcess = "own process"

// alone marks a command with ownProcess.
func alone(c *cobra.Command) *cobra.Command {
	c.Annotations = map[string]string{ownProcess: "yes"}
	return c
}

func isAlone(c *cobra.Command) bool { return c.Annotations[ownProcess] != "" }

// errAlone answers a command that a host was asked to run and may not.
var errAlone = errors.New("this works on its own only: close the window or the program that has the workspace open, then try again")

// passing are folders whose files stand for something else in each process.
var passing = []string{"/dev/", "/proc/"}

// path gives a path as the caller means it, wherever the command runs.
func (a *app) path(given string) (string, error) {
	if a.host == nil || given == "" {
		return given, nil
	}
	full := given
	if !filepath.IsAbs(full) {
		if !filepath.IsAbs(a.host.from) {
			return "", usage(fmt.Errorf("%s: the caller's folder is not known; give the whole path", given))
		}
		full = filepath.Join(a.host.from, full)
	}
	for _, prefix := range passing {
		if strings.HasPrefix(full, prefix) {
			return "", usage(fmt.Errorf("%s is there for one program only, and another one has the workspace open; use a file", given))
		}
	}
	return full, nil
}
