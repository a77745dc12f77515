package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"fieldbook/workspace"
)

// Call is a command line that one process was given and another runs.
type Call struct {
	Args   []string // without the program's name
	Folder string   // the caller's working directory; relative paths start there
	Bars   bool     // the caller's stderr is a terminal: progress is worth drawing
	Paint  bool     // the caller's stdout shows colours
}

// Host runs command lines of other processes on the workspace that this one
// holds. It asks for nothing and reads no passphrase: who may reach the host may
// use what it has open.
type Host struct {
	Version   string
	Dir       string // the device's folder
	Workspace *workspace.Workspace
}

// Run executes a call, writes what it has to say, and gives its exit code. A
// call is over when its context is: what it was writing is then not written.
func (h Host) Run(ctx context.Context, call Call, out, errs io.Writer) int {
	a := &app{
		term:    &terminal{in: strings.NewReader(""), out: out, err: errs, shows: call.Bars, colours: call.Paint},
		version: h.Version,
		host:    &h,
		from:    call.Folder,
	}
	return a.run(workspace.WithProgress(ctx, a.term.progress), call.Args)
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
		if !filepath.IsAbs(a.from) {
			return "", usage(fmt.Errorf("%s: the caller's folder is not known; give the whole path", given))
		}
		full = filepath.Join(a.from, full)
	}
	for _, prefix := range passing {
		if strings.HasPrefix(full, prefix) {
			return "", usage(fmt.Errorf("%s is there for one program only, and another one has the workspace open; use a file", given))
		}
	}
	return full, nil
}
