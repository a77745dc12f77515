// Command fieldbook keeps an engineering record on the command line; package cli
// holds its commands.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"fieldbook/cli"
	"fieldbook/syncserver/replica"
)

// version is set by the build to what git describes.
var version = "dev"

func main() {
	replica.WorkerMain()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	program := cli.Program{Version: version, In: os.Stdin, Out: os.Stdout, Err: os.Stderr}
	code := program.Run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}
