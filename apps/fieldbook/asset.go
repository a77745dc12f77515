package main

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

func (a *app) assetCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "asset", Short: "Positions of the plant and the units installed in them",
		Long: `Positions of the plant and the units installed in them. TAG is a tag, SITE/TAG, an id or the beginning of one;
tags compare without case, spaces and dashes.`,
		Example: "  fieldbook asset list --where site=RAV\n  fieldbook asset show RAV/RAV-PLC-004",
	}
	c.AddCommand(
		a.assetAdd(), a.assetSet(), a.assetSwap(), a.assetList(), a.assetShow(), a.assetHistory(), a.assetMerge(),
		a.assetLife("retire", "End the life of a position; it stays in the record and takes no more edits", (*workspace.Workspace).Retire),
		a.assetLife("reinstate", "Take a retired position back into service", (*workspace.Workspace).Reinstate),
		a.assetLife("void", "Strike a wrong entry: out of all lists, still in the trail", (*workspace.Workspace).Void),
	)
	return c
}

func (a *app) assetAdd() *cobra.Command {
	return a.writes(&cobra.Command{
		Use: "add TAG field=value...", Short: "Register a position and what is installed there", Args: cobra.MinimumNArgs(1),
		Example: `  fieldbook asset add RAV-PLC-050 site=RAV role=plc criticality=high lifecycle=in_service \
    owner_department=Controls vendor=Siemens model="S7-1500" serial="S C-J8M912342019" \
    ip_address=10.20.1.99 --reason "new pump station"`,
		RunE: func(c *cobra.Command, args []string) error {
			fields, err := assignments(args[1:])
			if err != nil {
				return err
			}
			return a.writing(c.Context(), func(w *workspace.Workspace, entry workspace.Entry) error {
				done, err := w.AddAsset(c.Context(), entry, args[0], fields)
				return a.wrote(done, err)
			})
		},
	})
}

func (a *app) assetSet() *cobra.Command {
	var where []string
	c := a.writes(&cobra.Command{
		Use: "set TAG field=value... | set --where field=value... field=value...", Short: "Change fields of one asset, or of all that fit", Args: cobra.MinimumNArgs(1),
		Example: `  fieldbook asset set RAV-PLC-004 firmware=V3.2.19 --reason "vendor visit"
  fieldbook asset set --where site=RAV --where role=plc custodian=a.okafor --reason "handover"
  fieldbook asset set RAV-PLC-004 custodian= --reason "nobody yet"      an empty value clears`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(where) > 0 {
				return a.setMany(c.Context(), where, args)
			}
			fields, err := assignments(args[1:])
			if err == nil && len(fields) == 0 {
				err = usage(errors.New("name what to set: field=value"))
			}
			if err != nil {
				return err
			}
			return a.writing(c.Context(), func(w *workspace.Workspace, entry workspace.Entry) error {
				done, err := w.SetAsset(c.Context(), entry, args[0], fields)
				return a.wrote(done, err)
			})
		},
	})
	c.Flags().StringArrayVar(&where, "where", nil, "field=value that the assets to change have; may be repeated")
	return c
}

func (a *app) setMany(ctx context.Context, where, args []string) error {
	conditions, err := conditions(where)
	if err != nil {
		return err
	}
	fields, err := assignments(args)
	if err != nil {
		return err
	}
	return a.writing(ctx, func(w *workspace.Workspace, entry workspace.Entry) error {
		done, err := w.SetAssets(ctx, entry, conditions, fields)
		if err != nil {
			return err
		}
		changed := 0
		for _, item := range done.Items {
			changed += min(item.Events, 1)
		}
		err = a.term.answer(done, func(out io.Writer) {
			fmt.Fprintf(out, "%d assets fit, %d changed, %d refused\n", len(done.Items)+len(done.Refused), changed, len(done.Refused))
			for _, r := range done.Refused {
				fmt.Fprintf(out, "  %s: %s\n", oneLine(r.Tag), clean(r.Message))
			}
		})
		if err == nil && len(done.Refused) > 0 {
			return &coded{code: exitRefused}
		}
		return err
	})
}

func (a *app) assetSwap() *cobra.Command {
	return a.writes(&cobra.Command{
		Use: "swap TAG field=value...", Short: "Record that another unit was installed in a position", Args: cobra.MinimumNArgs(2),
		Example: `  fieldbook asset swap RAV-PLC-004 order_no=6ES7516-3AN02-0AB0 serial="S C-X46507462026" firmware=V3.0.3 --reason "CPU failed"`,
		RunE: func(c *cobra.Command, args []string) error {
			fields, err := assignments(args[1:])
			if err != nil {
				return err
			}
			return a.writing(c.Context(), func(w *workspace.Workspace, entry workspace.Entry) error {
				done, err := w.SwapUnit(c.Context(), entry, args[0], fields)
				return a.wrote(done, err)
			})
		},
	})
}

func (a *app) assetLife(verb, short string, do func(*workspace.Workspace, context.Context, workspace.Entry, string) (workspace.Written, error)) *cobra.Command {
	return a.writes(&cobra.Command{
		Use: verb + " TAG", Short: short, Args: cobra.ExactArgs(1),
		Example: fmt.Sprintf("  fieldbook asset %s RAV-PLC-004 --reason \"line 2 dismantled\"", verb),
		RunE: func(c *cobra.Command, args []string) error {
			return a.writing(c.Context(), func(w *workspace.Workspace, entry workspace.Entry) error {
				done, err := do(w, c.Context(), entry, args[0])
				return a.wrote(done, err)
			})
		},
	})
}

func (a *app) assetMerge() *cobra.Command {
	var into string
	c := a.writes(&cobra.Command{
		Use: "merge TAG --into TAG", Short: "Say that two entries are one asset; the first lives on as an alias of the second", Args: cobra.ExactArgs(1),
		Example: `  fieldbook asset merge RAV-PLC-9XX --into RAV-PLC-050 --reason "registered twice"`,
		RunE: func(c *cobra.Command, args []string) error {
			return a.writing(c.Context(), func(w *workspace.Workspace, entry workspace.Entry) error {
				done, err := w.Merge(c.Context(), entry, args[0], into)
				return a.wrote(done, err)
			})
		},
	})
	c.Flags().StringVar(&into, "into", "", "the asset that stays")
	_ = c.MarkFlagRequired("into")
	return c
}

// wrote prints what a write to one entity did.
func (a *app) wrote(done workspace.Written, err error) error {
	if err != nil {
		return err
	}
	return a.term.answer(done, func(out io.Writer) {
		name := done.ID
		if done.Tag != nil {
			name = *done.Tag + "  " + done.ID
		}
		if done.Events == 0 {
			fmt.Fprintf(out, "nothing to change: %s is so already\n", name)
			return
		}
		fmt.Fprintf(out, "saved: %s\n", name)
		for _, change := range done.Changes {
			fmt.Fprintf(out, "  %s: %s → %s\n", change.Field, quote(change.Before), quote(change.After))
		}
	})
}

func quote(s string) string {
	if s == "" {
		return "(empty)"
	}
	return oneLine(s)
}

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
				page, err := w.Assets(c.Context(), q)
				if refusal := (*record.Refusal)(nil); errors.As(err, &refusal) {
					return usage(err) // a condition that no asset can meet is no broken rule
				}
				if err != nil {
					return err
				}
				return a.listAssets(page)
			})
		},
	}
	c.Flags().StringArrayVar(&where, "where", nil, "field=value; may be repeated")
	c.Flags().StringVar(&search, "search", "", "words that must occur in the asset")
	c.Flags().StringVar(&asOf, "as-of", "", "as the record stood at this time")
	c.Flags().BoolVar(&void, "void", false, "struck entries too")
	return c
}

func (a *app) listAssets(page projections.Page) error {
	return a.term.answer(page.Items, func(out io.Writer) {
		rows := make([][]string, 0, len(page.Items))
		for _, asset := range page.Items {
			s := asset.Snapshot
			mark := ""
			if len(asset.Concurrent) > 0 {
				mark = "several values: " + strings.Join(asset.Concurrent, ", ")
			}
			row := []string{asset.Site, asset.Tag}
			for _, name := range []string{"role", "vendor", "model", "firmware", "ip_address", "criticality", "lifecycle"} {
				f, _ := record.Lookup(record.Asset, name)
				row = append(row, record.Show(s, f))
			}
			rows = append(rows, append(row, mark))
		}
		a.term.table(out, []string{"site", "tag", "role", "vendor", "model", "firmware", "ip", "crit", "lifecycle", ""}, rows)
		fmt.Fprintln(out, plural(page.Total, "asset"))
	})
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
