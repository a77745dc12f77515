package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"fieldbook/record"
	"fieldbook/workspace"
)

func (a *app) importCommand() *cobra.Command {
	c := &cobra.Command{Use: "import", Short: "Take lists that engineers keep as CSV or XLSX", Example: "  fieldbook import assets list.xlsx --dry-run"}
	c.AddCommand(a.importAssets())
	return c
}

func (a *app) importAssets() *cobra.Command {
	opts := workspace.ImportOptions{}
	var set []string
	var mapping, refused string
	c := a.writes(&cobra.Command{
		Use: "assets FILE", Short: "Take an asset list; rows that a rule refuses are named, the rest is imported", Args: cobra.ExactArgs(1),
		Example: `  fieldbook import assets list.xlsx --dry-run
  fieldbook import assets old.csv --set site=RAV --set role=plc --set owner_department=Controls --reason "first list"
  fieldbook import assets list.csv --mapping mapping.json --refused mend.csv`,
		Long: `Take an asset list as CSV (UTF-8, UTF-16 or Windows-1252; comma, semicolon or tab) or XLSX. The header may
stand below title rows; usual column names are known, other columns become custom fields. A list imported again
changes nothing. With --refused the rows that are refused are written to another file, with the reason of each, to be
mended there and imported again. docs/import.md says more.`,
		RunE: func(c *cobra.Command, args []string) (err error) {
			if opts.File, err = a.path(args[0]); err != nil {
				return err
			}
			if opts.Mapping, err = a.path(mapping); err != nil {
				return err
			}
			if refused, err = a.path(refused); err != nil {
				return err
			}
			if refused == opts.File {
				return usage(errors.New("--refused names the list itself; name another file"))
			}
			if opts.Set, err = assignments(set); err != nil {
				return err
			}
			for _, d := range opts.Set {
				if _, ok := record.Lookup(record.Asset, d.Field); !ok {
					return usage(fmt.Errorf("--set %s: there is no such field; near it: %s", d.Field, strings.Join(record.Suggest(record.Asset, d.Field), ", ")))
				}
			}
			return a.writing(c.Context(), func(w *workspace.Workspace, entry workspace.Entry) error {
				report, err := w.ImportAssets(c.Context(), entry, opts)
				if err != nil {
					return err
				}
				report.File = args[0]
				if err := a.imported(report); err != nil {
					return err
				}
				if report.Totals.Refused > 0 && refused != "" {
					if _, err := report.Refused.WriteFile(c.Context(), refused); err != nil {
						return err
					}
				}
				if report.Totals.Refused > 0 {
					return &coded{code: exitRefused, err: fmt.Errorf("%d of %d rows were refused", report.Totals.Refused, report.Totals.Rows)}
				}
				return nil
			})
		},
	})
	c.Flags().BoolVar(&opts.DryRun, "dry-run", false, "show what would change and write nothing")
	c.Flags().StringVar(&mapping, "mapping", "", "JSON file that says what columns and values mean")
	c.Flags().StringVar(&refused, "refused", "", "CSV or XLSX file for the rows that are refused, to be mended and imported again")
	c.Flags().StringArrayVar(&set, "set", nil, "field=value for rows that say nothing about it; may be repeated")
	return c
}

// imported prints the report: what is new or refused row by row, and totals.
func (a *app) imported(r workspace.ImportReport) error {
	return a.term.answer(r, func(out io.Writer) {
		var custom []string
		for _, c := range r.Columns {
			if name, ok := strings.CutPrefix(c.Field, "custom."); ok {
				custom = append(custom, name)
			}
		}
		fmt.Fprintf(out, "%s, header in row %d\n", r.Encoding, r.HeaderRow)
		if len(custom) > 0 {
			fmt.Fprintf(out, "kept as custom fields: %s\n", oneLine(strings.Join(custom, ", ")))
		}
		for _, row := range r.Rows {
			switch row.Result {
			case record.Updated:
				fmt.Fprintf(out, "row %d %s %s\n", row.Row, a.term.paint(yellow, "updated"), oneLine(row.Tag))
				for _, change := range row.Changes {
					fmt.Fprintf(out, "    %s: %s → %s\n", change.Field, quote(change.Before), quote(change.After))
				}
			case record.Refused:
				fmt.Fprintf(out, "row %d %s %s: %s\n", row.Row, a.term.paint(red, "refused"), oneLine(row.Tag), clean(row.Message))
			case record.Created, record.Unchanged:
			}
		}
		if len(r.Sites) > 0 {
			fmt.Fprintf(out, "new sites: %s\n", strings.Join(r.Sites, ", "))
		}
		t := r.Totals
		done := "imported"
		if r.DryRun {
			done = "dry run, nothing written"
		}
		fmt.Fprintf(out, "%s: %d rows, %d created, %d updated, %d unchanged, %d refused\n", done, t.Rows, t.Created, t.Updated, t.Unchanged, t.Refused)
	})
}

func (a *app) exportCommand() *cobra.Command {
	c := &cobra.Command{Use: "export", Short: "Write assets or the audit trail as CSV or XLSX", Example: "  fieldbook export assets assets.xlsx"}
	assets := &cobra.Command{
		Use: "assets FILE.csv|FILE.xlsx", Short: "Write all assets, as import takes them again", Args: cobra.ExactArgs(1), Example: "  fieldbook export assets assets.xlsx",
		RunE: func(c *cobra.Command, args []string) error {
			path, err := a.path(args[0])
			if err != nil {
				return err
			}
			return a.with(c.Context(), func(w *workspace.Workspace) error {
				done, err := w.ExportAssets(c.Context(), path)
				done.File = args[0]
				return a.exported(done, err)
			})
		},
	}
	f := &logFlags{}
	log := &cobra.Command{
		Use: "log FILE.csv|FILE.xlsx", Short: "Write the audit trail", Args: cobra.ExactArgs(1), Example: "  fieldbook export log trail.csv --since 2026-01-01",
		RunE: func(c *cobra.Command, args []string) error {
			path, err := a.path(args[0])
			if err != nil {
				return err
			}
			return a.with(c.Context(), func(w *workspace.Workspace) error {
				q, err := f.query(w)
				if err != nil {
					return err
				}
				done, err := w.ExportLog(c.Context(), path, q)
				done.File = args[0]
				return a.exported(done, err)
			})
		},
	}
	f.register(log)
	c.AddCommand(assets, log)
	return c
}

func (a *app) exported(done workspace.Exported, err error) error {
	if err != nil {
		return err
	}
	return a.term.answer(done, func(out io.Writer) { fmt.Fprintf(out, "%d rows written to %s\n", done.Rows, done.File) })
}
