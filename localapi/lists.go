package localapi

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"fieldbook/record"
	"fieldbook/sheet"
	"fieldbook/workspace"
)

// list makes the options of an import of a source's list. done ends the reading of it.
func (s *Server) list(ctx context.Context, source Source, m *Mapping) (opts workspace.ImportOptions, done func(), err error) {
	if m != nil {
		opts.Map = &sheet.Mapping{Columns: m.Columns, Values: m.Values}
	}
	if source.Upload == "" {
		opts.File, err = pathOf(ctx, source)
		return opts, func() {}, err
	}
	f, done, err := s.vault.borrow(source.Upload, false)
	if err != nil {
		return opts, nil, err
	}
	opts.File, opts.Source = f.name, &workspace.ImportSource{Data: f, Size: f.size}
	return opts, done, nil
}

func (s *Server) importAssets(ctx context.Context, in *body[Import]) (Job, error) {
	opts, done, err := s.list(ctx, in.Body.Source, in.Body.Mapping)
	if err != nil {
		return Job{}, err
	}
	opts.DryRun = in.Body.DryRun
	if opts.Set, err = set(in.Body.Set); err != nil {
		done()
		return Job{}, err
	}
	job, err := s.start("import", true, func(ctx context.Context, w *workspace.Workspace) (any, error) {
		defer done()
		report, err := w.ImportAssets(ctx, workspace.Entry{Reason: in.Body.Reason}, opts)
		return reportOf(report), err
	})
	if err != nil {
		done()
	}
	return job, err
}

func (s *Server) previewImport(ctx context.Context, in *body[Preview]) (Previewed, error) {
	return on(s, func(ctx context.Context, _ *workspace.Workspace, in *body[Preview]) (out Previewed, err error) {
		opts, done, err := s.list(ctx, in.Body.Source, in.Body.Mapping)
		if err != nil {
			return out, err
		}
		defer done()
		found, err := workspace.PreviewImport(ctx, opts)
		if err != nil {
			return out, err
		}
		out = Previewed{HeaderRow: found.HeaderRow, Encoding: found.Encoding, Rows: found.Rows, Sample: found.Sample, Missing: found.Missing}
		for _, c := range found.Columns {
			out.Columns = append(out.Columns, PreviewColumn{c.Header, c.Name, c.Label, c.How, c.Samples})
		}
		for _, f := range record.Fields(record.Asset) {
			out.Fields = append(out.Fields, FieldName{f.Name, f.Label})
		}
		return out, nil
	})(ctx, in)
}

func reportOf(r workspace.ImportReport) ImportReport {
	out := ImportReport{
		File: r.File, DryRun: r.DryRun, ID: r.ID, Totals: ImportTotals(r.Totals), Encoding: r.Encoding, HeaderRow: r.HeaderRow, Sites: r.Sites,
		Rows: make([]ImportRow, len(r.Rows)), refused: r.Refused,
	}
	for _, c := range r.Columns {
		out.Columns = append(out.Columns, ImportColumn{c.Header, optional(c.Field)})
	}
	for i, row := range r.Rows {
		out.Rows[i] = ImportRow{row.Row, row.ID, string(row.Result), optional(row.Tag), optional(row.Said.Full()), row.Said, differences(row.Changes)}
	}
	return out
}

func (s *Server) exportRecord(ctx context.Context, in *body[Export]) (Job, error) {
	export := in.Body
	format := map[string]sheet.Format{"csv": sheet.CSV, "xlsx": sheet.XLSX}[export.Format]
	name := fmt.Sprintf("%s-%s.%s", export.Kind, s.cfg.Clock().Format(time.DateOnly), export.Format)
	return s.produce(ctx, "export", name, export.Path, func(ctx context.Context, w *workspace.Workspace, out io.Writer) (int64, error) {
		done, err := exported(ctx, w, out, format, export)
		return int64(done.Rows), err
	})
}

func exported(ctx context.Context, w *workspace.Workspace, out io.Writer, format sheet.Format, export Export) (workspace.Exported, error) {
	if export.Kind == "trail" {
		filter := TrailFilter{}
		if export.Trail != nil {
			filter = *export.Trail
		}
		q, err := filter.query(w)
		if err != nil {
			return workspace.Exported{}, err
		}
		return w.WriteTrail(ctx, out, format, q)
	}
	list := Listed{}
	if export.Assets != nil {
		list = *export.Assets
	}
	q, err := list.query(w)
	if err != nil {
		return workspace.Exported{}, err
	}
	return w.WriteAssets(ctx, out, format, q)
}

func (s *Server) backup(ctx context.Context, in *body[Target]) (Job, error) {
	name := fmt.Sprintf("%s-%s.fieldbook", s.workspaceName(), s.cfg.Clock().Format(time.DateOnly))
	return s.produce(ctx, "backup", name, in.Body.Path, func(ctx context.Context, w *workspace.Workspace, out io.Writer) (int64, error) {
		done, err := w.WriteBackup(ctx, out)
		return done.Events, err
	})
}

// workspaceName is the current folder's name, which is the workspace's for a file.
func (s *Server) workspaceName() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return FolderName(filepath.Base(s.dir))
}

// produce begins a job that makes a file: at a path, whole or not at all, or for a download.
func (s *Server) produce(ctx context.Context, kind, name, path string, make func(context.Context, *workspace.Workspace, io.Writer) (int64, error)) (Job, error) {
	if path != "" && !native(ctx) {
		return Job{}, errNoPath
	}
	if path != "" && !filepath.IsAbs(path) {
		return Job{}, wrong("path", "Give the whole path of the file.")
	}
	return s.start(kind, kind == "backup", func(ctx context.Context, w *workspace.Workspace) (any, error) {
		done := Exported{Name: name}
		if path != "" {
			counted := &counter{}
			err := workspace.WriteFile(path, func(out io.Writer) (err error) {
				counted.to = out
				done.Rows, err = make(ctx, w, counted)
				return err
			})
			done.Name, done.Path, done.Bytes = filepath.Base(path), &path, counted.bytes
			return done, err
		}
		f := &file{}
		rows, err := make(ctx, w, f)
		if err != nil {
			f.wipe()
			return nil, err
		}
		id, err := s.vault.keep(name, f)
		done.Rows, done.Bytes, done.Download = rows, f.size, &id
		return done, err
	})
}

// counter counts what goes through it.
type counter struct {
	to    io.Writer
	bytes int64
}

// Write passes bytes on.
func (c *counter) Write(data []byte) (int, error) {
	n, err := c.to.Write(data)
	c.bytes += int64(n)
	return n, err
}

func (s *Server) listJobs(context.Context, *none) ([]Job, error) { return s.work.all(), nil }

func (s *Server) getJob(ctx context.Context, in *jobInput) (Job, error) {
	w, err := s.work.find(in.ID)
	if err != nil {
		return Job{}, err
	}
	if in.Wait > 0 && !w.done() {
		w.pulse.wait(ctx, in.After, time.Duration(in.Wait)*time.Second)
	}
	return w.view(), nil
}

func (s *Server) cancelJob(_ context.Context, in *jobInput) (Job, error) {
	w, err := s.work.find(in.ID)
	if err != nil {
		return Job{}, err
	}
	w.cancel(errCancelled)
	return w.view(), nil
}
