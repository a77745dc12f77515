package localapi

import (
	"context"
	"io"

	"fieldbook/workspace"
)

// Config says what a Server gets from its surroundings.
type Config struct {
	// Command runs another process's command line on the open workspace of a folder and gives its exit code.
	Command func(ctx context.Context, dir string, w *workspace.Workspace, c Command, out, errs io.Writer) int
	// Window brings the window to the front; nil where there is none.
	Window func()
}

// Server is the API over at most one open workspace.
type Server struct{}
