package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"fieldbook/workspace"
)

func (a *app) noteCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "note", Short: "The journal: what was seen, measured, repaired or handed over",
		Example: `  fieldbook note add --asset RAV-PLC-004 --kind fault "CPU in STOP"`,
	}
	c.AddCommand(a.noteAdd(), a.noteEdit(), a.noteSign(), a.noteAmend(), a.noteVoid(), a.noteList())
	return c
}

func (a *app) noteAdd() *cobra.Command {
	n := workspace.NewNote{}
	var set []string
	c := a.writes(&cobra.Command{
		Use: "add TEXT", Short: "Write a note", Args: cobra.ExactArgs(1),
		Example: `  fieldbook note add --asset RAV-PLC-004 --kind fault "CPU in STOP, SF lit; restarted 14:10"
  fieldbook note add --asset RAV-UPS-001 --kind measurement --set measurement.value=53.8 --set measurement.unit=V "battery string 1"`,
		RunE: func(c *cobra.Command, args []string) (err error) {
			n.Text = args[0]
			if n.Fields, err = assignments(set); err != nil {
				return err
			}
			return a.writing(c.Context(), func(w *workspace.Workspace, entry workspace.Entry) error {
				done, err := w.AddNote(c.Context(), entry, n)
				return a.wrote(c.Context(), w, "note ", done, err)
			})
		},
	})
	c.Flags().StringArrayVar(&n.Assets, "asset", nil, "asset that it is about; may be repeated")
	c.Flags().StringVar(&n.Kind, "kind", "", "observation, maintenance, fault, visit, measurement, handover or remote_access (default observation)")
	c.Flags().StringArrayVar(&set, "set", nil, "field=value: measurement.value, measurement.unit, measurement.instrument, observed_at")
	return c
}

func (a *app) noteEdit() *cobra.Command {
	return a.writes(&cobra.Command{
		Use: "edit ID TEXT", Short: "Change the text of a note that nobody has signed", Args: cobra.ExactArgs(2),
		Example: `  fieldbook note edit 3f9c "CPU in STOP, SF and BF lit; restarted 14:10"`,
		RunE: func(c *cobra.Command, args []string) error {
			return a.writing(c.Context(), func(w *workspace.Workspace, entry workspace.Entry) error {
				done, err := w.EditNote(c.Context(), entry, args[0], args[1], nil)
				return a.wrote(c.Context(), w, "note ", done, err)
			})
		},
	})
}

func (a *app) noteSign() *cobra.Command {
	return a.writes(&cobra.Command{
		Use: "sign ID", Short: "Put your name under a note as it is now; it can no longer be edited", Args: cobra.ExactArgs(1),
		Example: "  fieldbook note sign 3f9c",
		RunE: func(c *cobra.Command, args []string) error {
			return a.writing(c.Context(), func(w *workspace.Workspace, entry workspace.Entry) error {
				done, err := w.SignNote(c.Context(), entry, args[0], nil)
				return a.wrote(c.Context(), w, "note ", done, err)
			})
		},
	})
}

func (a *app) noteAmend() *cobra.Command {
	return a.writes(&cobra.Command{
		Use: "amend ID TEXT", Short: "Correct a signed note by a new one that names it", Args: cobra.ExactArgs(2),
		Example: `  fieldbook note amend 3f9c "It was BF only, not SF" --reason "read again from the photo"`,
		RunE: func(c *cobra.Command, args []string) error {
			return a.writing(c.Context(), func(w *workspace.Workspace, entry workspace.Entry) error {
				done, err := w.AmendNote(c.Context(), entry, args[0], args[1])
				return a.wrote(c.Context(), w, "note ", done, err)
			})
		},
	})
}

func (a *app) noteVoid() *cobra.Command {
	return a.writes(&cobra.Command{
		Use: "void ID", Short: "Strike a note that should never have been written; it stays in the trail", Args: cobra.ExactArgs(1),
		Example: `  fieldbook note void 3f9c --reason "written about the wrong plant"`,
		RunE: func(c *cobra.Command, args []string) error {
			return a.writing(c.Context(), func(w *workspace.Workspace, entry workspace.Entry) error {
				done, err := w.VoidNote(c.Context(), entry, args[0])
				return a.wrote(c.Context(), w, "note ", done, err)
			})
		},
	})
}

func (a *app) noteList() *cobra.Command {
	q := workspace.NoteQuery{}
	c := &cobra.Command{
		Use: "list", Short: "List notes, newest first", Args: cobra.NoArgs,
		Example: "  fieldbook note list --asset RAV-PLC-004\n  fieldbook note list --kind fault",
		RunE: func(c *cobra.Command, _ []string) error {
			return a.with(c.Context(), func(w *workspace.Workspace) error {
				notes, err := w.Notes(c.Context(), q)
				if err != nil {
					return err
				}
				return a.term.answer(notes, func(out io.Writer) {
					rows := make([][]string, 0, len(notes))
					for _, n := range notes {
						var tags []string
						for _, about := range n.Assets {
							if about.Tag != nil {
								tags = append(tags, *about.Tag)
							}
						}
						rows = append(rows, []string{n.ID[:8], a.term.local(n.RecordedAt), n.Member, n.Kind, n.State, strings.Join(tags, " "), n.Text})
					}
					a.term.table(out, []string{"id", "recorded", "member", "kind", "state", "assets", "text"}, rows)
					fmt.Fprintln(out, plural(len(notes), "note"))
				})
			})
		},
	}
	c.Flags().StringVar(&q.Asset, "asset", "", "only notes about this asset")
	c.Flags().StringVar(&q.Kind, "kind", "", "only notes of this kind")
	return c
}

func stamp(t *string) string {
	if t == nil {
		return ""
	}
	return *t
}
