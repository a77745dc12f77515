package localapi

import (
	"context"
	"io"
	"net/http"
	"path/filepath"
	"strings"

	"fieldbook/sheet"
	"fieldbook/workspace"
)

var errNoRefused = problem(http.StatusNotFound, "missing", "The rows that were refused are not kept any more.", "Check the list again, then save them.")

// writeRefused makes a file of the rows that an import, or a trial of one, refused.
func (s *Server) writeRefused(ctx context.Context, in *byID[Target]) (Job, error) {
	work, err := s.work.find(in.ID)
	if err != nil {
		return Job{}, errNoRefused
	}
	report, ok := work.view().Result.value.(ImportReport)
	if !ok || report.refused == nil {
		return Job{}, errNoRefused
	}
	base := filepath.Base(report.File)
	name := strings.TrimSuffix(base, filepath.Ext(base)) + "-refused.csv"
	return s.produce(ctx, "export", name, in.Body.Path, func(ctx context.Context, _ *workspace.Workspace, out io.Writer) (int64, error) {
		rows, err := report.refused.Write(ctx, out, sheet.CSV)
		return int64(rows), err
	})
}
