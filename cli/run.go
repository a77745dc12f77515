package cli

import (
	"context"
	"fmt"
	"os"
	"slices"
)

// Program is the command line as a process of its own.
type Program struct {
	Version      string // what the build says it is
	In, Out, Err *os.File
}

// Run executes one command line, without the program's name, and gives its exit
// code. It takes FIELDBOOK_PASSPHRASE out of the environment.
func (p Program) Run(ctx context.Context, args []string) int {
	a := &app{term: newTerminal(p.In, p.Out, p.Err), version: p.Version, args: args, given: TakePassphrase()}
	defer clear(a.given)
	return a.run(ctx)
}

func (a *app) run(ctx context.Context) int {
	root := a.root()
	root.SetArgs(slices.Concat([]string{}, a.args)) // cobra takes the process's own arguments in place of nil
	root.SetIn(a.term.in)
	root.SetOut(a.term.out)
	root.SetErr(a.term.err)
	c, err := root.ExecuteContextC(ctx)
	a.term.endProgress()
	if err == nil {
		return exitDone
	}
	if !a.begun {
		err = usage(fmt.Errorf("%w\nusage: %s", err, c.UseLine()))
	}
	if message := err.Error(); message != "" {
		fmt.Fprintln(a.term.err, "fieldbook: "+cleanLines(message))
	}
	return exitCode(err)
}
