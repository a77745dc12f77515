package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"fieldbook/projections"
	"fieldbook/workspace"
)

func (a *app) conflictsCommand() *cobra.Command {
	return &cobra.Command{
		Use: "conflicts", Short: "List fields that were set to different values at the same time", Args: cobra.NoArgs, Example: "  fieldbook conflicts",
		RunE: func(c *cobra.Command, _ []string) error {
			return a.with(c.Context(), func(w *workspace.Workspace) error {
				list, err := w.Conflicts(c.Context(), projections.ConflictQuery{})
				if err != nil {
					return err
				}
				return a.term.answer(list, func(out io.Writer) {
					for _, conflict := range list {
						subject := conflict.Entity
						if conflict.Tag != nil {
							subject = oneLine(*conflict.Tag)
						}
						fmt.Fprintf(out, "%s  %s %s\n", a.term.paint(bold, conflict.ID[:12]), subject, oneLine(conflict.Field))
						for i, v := range conflict.Values {
							mark := " "
							if i == 0 {
								mark = "*"
							}
							fmt.Fprintf(out, "  %s %s  by %s, %s, %s\n", mark, quote(v.Display), oneLine(v.Member), a.term.local(v.RecordedAt), quote(stamp(v.Reason)))
						}
					}
					if len(list) == 0 {
						fmt.Fprintln(out, "no field has several values")
						return
					}
					fmt.Fprintln(out, "\n* counts for now. Decide with: fieldbook resolve ID --keep VALUE --reason TEXT")
				})
			})
		},
	}
}

func (a *app) resolveCommand() *cobra.Command {
	var keep string
	c := a.writes(&cobra.Command{
		Use: "resolve ID --keep VALUE", Short: "Decide between several values of a field, or for a new one", Args: cobra.ExactArgs(1),
		Example: `  fieldbook resolve 3f9c21aa --keep V3.2.19 --reason "read from the web page of the CPU"`,
		RunE: func(c *cobra.Command, args []string) error {
			return a.writing(c.Context(), func(w *workspace.Workspace, entry workspace.Entry) error {
				done, err := w.Resolve(c.Context(), entry, args[0], workspace.Choice{Keep: keep})
				return a.wrote(c.Context(), w, "", done, err)
			})
		},
	})
	c.Flags().StringVar(&keep, "keep", "", "the value that stays: one of those shown, or a new one")
	_ = c.MarkFlagRequired("keep")
	return c
}

func (a *app) findingsCommand() *cobra.Command {
	var settled bool
	c := &cobra.Command{
		Use: "findings", Short: "List what a person must look at after a merge", Args: cobra.NoArgs, Example: "  fieldbook findings\n  fieldbook findings settle 8c01 --reason \"checked on site\"",
		RunE: func(c *cobra.Command, _ []string) error {
			return a.with(c.Context(), func(w *workspace.Workspace) error {
				list, err := w.Findings(c.Context(), settled)
				if err != nil {
					return err
				}
				return a.term.answer(list, func(out io.Writer) {
					for _, f := range list {
						fmt.Fprintf(out, "%s  %s\n    %s\n", a.term.paint(bold, f.ID[:12]), a.term.paint(yellow, f.Kind), clean(f.Detail))
						if f.Settled {
							fmt.Fprintf(out, "    settled: %s\n", quote(stamp(f.Reason)))
						}
					}
					fmt.Fprintln(out, plural(len(list), "finding"))
				})
			})
		},
	}
	c.Flags().BoolVar(&settled, "settled", false, "settled ones too")
	c.AddCommand(a.writes(&cobra.Command{
		Use: "settle ID", Short: "Say that a finding needs no more attention, and why", Args: cobra.ExactArgs(1),
		Example: `  fieldbook findings settle 8c01 --reason "two units of one delivery, label read twice"`,
		RunE: func(c *cobra.Command, args []string) error {
			return a.writing(c.Context(), func(w *workspace.Workspace, entry workspace.Entry) error {
				done, err := w.Settle(c.Context(), entry, args[0])
				return a.wrote(c.Context(), w, "finding "+args[0], done, err)
			})
		},
	}))
	return c
}
