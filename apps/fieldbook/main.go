// Command fieldbook keeps an engineering record on the command line. It only
// wires: every command parses its arguments, calls package workspace and prints
// what came back, as text for people or, with --json, as JSON for programs.
//
// Exit codes: 0 done, 1 failed, 2 wrong usage, 3 integrity violation found,
// 4 locked or wrong passphrase, 5 refused by a rule.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"fieldbook/syncserver/replica"
)

// version is set by the build to what git describes.
var version = "dev"

func main() {
	replica.WorkerMain()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, newTerminal(os.Stdin, os.Stdout, os.Stderr), os.Args[1:])
	stop()
	os.Exit(code)
}

// run executes one command line and gives its exit code.
func run(ctx context.Context, term *terminal, args []string) int {
	a := &app{term: term}
	a.takePassphrase()
	defer clear(a.given)
	root := a.root()
	root.SetArgs(args)
	root.SetIn(term.in)
	root.SetOut(term.out)
	root.SetErr(term.err)
	c, err := root.ExecuteContextC(ctx)
	term.endProgress()
	if err == nil {
		return exitDone
	}
	if !a.begun {
		err = usage(fmt.Errorf("%w\nusage: %s", err, c.UseLine()))
	}
	if message := err.Error(); message != "" {
		fmt.Fprintln(term.err, "fieldbook: "+cleanLines(message))
	}
	return exitCode(err)
}
