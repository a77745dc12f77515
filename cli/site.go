package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"fieldbook/workspace"
)

func (a *app) siteCommand() *cobra.Command {
	c := &cobra.Command{Use: "site", Short: "The sites of the workspace", Example: "  fieldbook site list"}
	list := &cobra.Command{
		Use: "list", Short: "List sites", Args: cobra.NoArgs, Example: "  fieldbook site list",
		RunE: func(c *cobra.Command, _ []string) error {
			return a.with(c.Context(), func(w *workspace.Workspace) error {
				sites, err := w.Sites(c.Context())
				if err != nil {
					return err
				}
				return a.term.answer(sites, func(out io.Writer) {
					rows := make([][]string, 0, len(sites))
					for _, s := range sites {
						rows = append(rows, []string{s.Code, stamp(s.Name), stamp(s.Sector), stamp(s.TZ), fmt.Sprint(s.Assets)})
					}
					a.term.table(out, []string{"code", "name", "sector", "tz", "assets"}, rows)
				})
			})
		},
	}
	set := a.writes(&cobra.Command{
		Use: "set CODE field=value...", Short: "Change a site, or make it", Args: cobra.MinimumNArgs(1),
		Example: `  fieldbook site set RAV name="Ravensmere WTW" sector=water tz=Europe/London`,
		RunE: func(c *cobra.Command, args []string) error {
			fields, err := assignments(args[1:])
			if err != nil {
				return err
			}
			return a.writing(c.Context(), func(w *workspace.Workspace, entry workspace.Entry) error {
				done, err := w.SetSite(c.Context(), entry, args[0], fields)
				return a.wrote(c.Context(), w, "site "+args[0], done, err)
			})
		},
	})
	c.AddCommand(list, set)
	return c
}
