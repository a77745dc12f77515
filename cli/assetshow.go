package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fieldbook/projections"
	"fieldbook/record"
	"fieldbook/workspace"
)

func (a *app) assetList() *cobra.Command {
	var where []string
	var search, asOf string
	var void bool
	c := &cobra.Command{
		Use: "list", Short: "List assets by site and tag", Args: cobra.NoArgs,
		Example: `  fieldbook asset list --where site=RAV --where criticality=high
  fieldbook asset list --search "s7-1500 mcc"
  fieldbook asset list --as-of 2026-03-01 --json`,
		RunE: func(c *cobra.Command, _ []string) error {
			conditions, err := conditions(where)
			if err != nil {
				return err
			}
			return a.with(c.Context(), func(w *workspace.Workspace) error {
				q := projections.Query{Where: conditions, Search: search, IncludeVoid: void}
				if q.AsOf, err = moment(w, asOf); err != nil {
					return err
				}
				err = a.listAssets(c.Context(), w, q)
				if refusal := (*record.Refusal)(nil); errors.As(err, &refusal) {
					return usage(err) // a condition that no asset can meet is no broken rule
				}
				return err
			})
		},
	}
	c.Flags().StringArrayVar(&where, "where", nil, "field=value; may be repeated")
	c.Flags().StringVar(&search, "search", "", "words that must occur in the asset")
	c.Flags().StringVar(&asOf, "as-of", "", "as the record stood at this time")
	c.Flags().BoolVar(&void, "void", false, "struck entries too")
	return c
}

// listAssets prints assets as they are read: of a long list only what the table
// shows is kept.
func (a *app) listAssets(ctx context.Context, w *workspace.Workspace, q projections.Query) error {
	if a.term.json {
		return stream(a.term, func(emit func(projections.Asset) error) error {
			_, err := w.EachAsset(ctx, q, emit)
			return err
		})
	}
	var rows [][]string
	total, err := w.EachAsset(ctx, q, func(asset projections.Asset) error {
		rows = append(rows, assetRow(asset))
		return nil
	})
	if err != nil {
		return err
	}
	a.term.endProgress()
	a.term.table(a.term.out, []string{"site", "tag", "role", "vendor", "model", "firmware", "ip", "crit", "lifecycle", ""}, rows)
	fmt.Fprintln(a.term.out, plural(total, "asset"))
	return nil
}

func assetRow(asset projections.Asset) []string {
	row := []string{asset.Site, asset.Tag}
	for _, name := range []string{"role", "vendor", "model", "firmware", "ip_address", "criticality", "lifecycle"} {
		f, _ := record.Lookup(record.Asset, name)
		row = append(row, record.Show(asset.Snapshot, f))
	}
	var remarks []string
	if asset.Unverified {
		remarks = append(remarks, "unverified")
	}
	if len(asset.Concurrent) > 0 {
		remarks = append(remarks, "several values: "+strings.Join(asset.Concurrent, ", "))
	}
	return append(row, strings.Join(remarks, "; "))
}

// moment reads an optional time.
func moment(w *workspace.Workspace, text string) (*time.Time, error) {
	if text == "" {
		return nil, nil
	}
	at, err := w.Moment(text)
	return &at, err
}

func (a *app) assetShow() *cobra.Command {
	var asOf string
	c := &cobra.Command{
		Use: "show TAG", Short: "Show one asset with its units, interfaces and notes", Args: cobra.ExactArgs(1),
		Example: "  fieldbook asset show RAV-PLC-004\n  fieldbook asset show RAV/RAV-PLC-004 --as-of 2026-03-01T12:00",
		RunE: func(c *cobra.Command, args []string) error {
			return a.with(c.Context(), func(w *workspace.Workspace) error {
				at, err := moment(w, asOf)
				if err != nil {
					return err
				}
				detail, err := w.ShowAsset(c.Context(), args[0], at)
				if err != nil {
					return err
				}
				return a.showAsset(detail)
			})
		},
	}
	c.Flags().StringVar(&asOf, "as-of", "", "as the record stood at this time")
	return c
}

func (a *app) showAsset(d projections.Detail) error {
	return a.term.answer(d, func(out io.Writer) {
		fmt.Fprintf(out, "%s  %s\n", a.term.paint(bold, oneLine(d.Site+"/"+d.Tag)), d.Asset.ID)
		if d.Unverified {
			fmt.Fprintln(out, a.term.paint(yellow, "unverified: its history has not arrived yet"))
		}
		if d.Void != "" {
			fmt.Fprintln(out, a.term.paint(red, "struck: "+oneLine(d.Void)))
		}
		if d.MergedInto != "" {
			fmt.Fprintln(out, a.term.paint(yellow, "merged into "+d.MergedInto))
		}
		for _, f := range record.Fields(record.Asset) {
			if shown := record.Show(d.Snapshot, f); shown != "" {
				fmt.Fprintf(out, "  %-22s %s\n", f.Name, clean(shown))
			}
		}
		if custom, ok := d.View["custom"].(map[string]any); ok {
			for _, name := range sortedKeys(custom) {
				fmt.Fprintf(out, "  %-22s %s\n", oneLine("custom."+name), clean(fmt.Sprint(custom[name])))
			}
		}
		for _, field := range d.Concurrent {
			fmt.Fprintln(out, a.term.paint(yellow, "  several values: "+field+" (see fieldbook conflicts)"))
		}
		showInterfaces(out, d.Snapshot)
		for _, unit := range d.Units {
			fmt.Fprintf(out, "  unit %v %v %v, from %s until %s\n", unit.Fields["vendor"], unit.Fields["model"], unit.Fields["serial"], when(unit.From), when(unit.Until))
		}
		for _, note := range d.Notes {
			fmt.Fprintf(out, "  note %s (%s, %s): %s\n", note.ID[:8], note.Kind, note.State, clean(note.Text))
		}
	})
}

func when(t *time.Time) string {
	if t == nil {
		return "now"
	}
	return t.Format("2006-01-02 15:04")
}

func (a *app) assetHistory() *cobra.Command {
	return &cobra.Command{
		Use: "history TAG", Short: "Show every change of an asset: who, when, old and new value, why", Args: cobra.ExactArgs(1),
		Example: "  fieldbook asset history RAV-PLC-004",
		RunE: func(c *cobra.Command, args []string) error {
			return a.with(c.Context(), func(w *workspace.Workspace) error {
				return a.printLog(c.Context(), w, workspace.LogQuery{Asset: args[0]})
			})
		},
	}
}

func sortedKeys(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }
