package cli

import (
	"github.com/spf13/cobra"

	"fieldbook/workspace"
)

func (a *app) undoCommand() *cobra.Command {
	return a.writes(&cobra.Command{
		Use: "undo ENTRY", Short: "Set back what an entry set, by a new entry that says so", Args: cobra.ExactArgs(1),
		Long: `Set back what an entry set, by a new entry that names it; nothing is erased, and an undo can be undone. ENTRY is the
name that stands first in each line of fieldbook log, and in each row as "entry" with --json. It is refused where somebody changed one of the fields since.`,
		Example: "  fieldbook log --asset RAV-PLC-004\n  fieldbook undo 3f9c21aa-07d1/12 --reason \"typed at the wrong asset\"",
		RunE: func(c *cobra.Command, args []string) error {
			return a.writing(c.Context(), func(w *workspace.Workspace, entry workspace.Entry) error {
				ref, err := w.FindEntry(c.Context(), args[0])
				if err != nil {
					return err
				}
				done, err := w.Undo(c.Context(), entry, ref)
				return a.wrote(c.Context(), w, "", done, err)
			})
		},
	})
}
