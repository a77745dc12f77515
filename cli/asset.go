package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

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
		a.assetAdd(), a.assetSet(), a.assetSwap(), a.assetList(), a.assetShow(), a.assetHistory(), a.assetMerge(), a.assetInterface(),
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
				return a.wrote(c.Context(), w, "", done, err)
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
				return a.wrote(c.Context(), w, "", done, err)
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
				return a.wrote(c.Context(), w, "", done, err)
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
				return a.wrote(c.Context(), w, "", done, err)
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
				return a.wrote(c.Context(), w, "", done, err)
			})
		},
	})
	c.Flags().StringVar(&into, "into", "", "the asset that stays")
	_ = c.MarkFlagRequired("into")
	return c
}

func quote(s string) string {
	if s == "" {
		return "(empty)"
	}
	return oneLine(s)
}
