package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"fieldbook/projections"
	"fieldbook/workspace"
)

// logFlags select a part of the trail.
type logFlags struct{ asset, member, since, until string }

func (f *logFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&f.asset, "asset", "", "only this asset")
	c.Flags().StringVar(&f.member, "member", "", "only what this person wrote")
	c.Flags().StringVar(&f.since, "since", "", "only what was recorded at or after this time")
	c.Flags().StringVar(&f.until, "until", "", "only what was recorded at or before this time")
}

func (f *logFlags) query(w *workspace.Workspace) (q workspace.LogQuery, err error) {
	q = workspace.LogQuery{Asset: f.asset, Member: f.member}
	if q.Since, err = moment(w, f.since); err != nil {
		return q, err
	}
	q.Until, err = moment(w, f.until)
	return q, err
}

func (a *app) logCommand() *cobra.Command {
	f := &logFlags{}
	c := &cobra.Command{
		Use: "log", Short: "Show the audit trail: who, when, old and new value, why", Args: cobra.NoArgs,
		Example: "  fieldbook log --asset RAV-PLC-004\n  fieldbook log --member \"Ada Okafor\" --since 2026-03-01 --json",
		RunE: func(c *cobra.Command, _ []string) error {
			return a.with(c.Context(), func(w *workspace.Workspace) error {
				q, err := f.query(w)
				if err != nil {
					return err
				}
				return a.printLog(c.Context(), w, q)
			})
		},
	}
	f.register(c)
	return c
}

// logRow is a row of the trail with the name of its entry, which undo takes.
type logRow struct {
	Entry string `json:"entry"`
	projections.LogRow
}

func nameOf(row projections.LogRow) workspace.EventRef {
	return workspace.EventRef{Device: row.Device, Epoch: row.Epoch, Seq: row.Seq}
}

// printLog writes row by row: a trail of a million rows needs no memory.
func (a *app) printLog(ctx context.Context, w *workspace.Workspace, q workspace.LogQuery) error {
	if a.term.json {
		return stream(a.term, func(emit func(logRow) error) error {
			return w.Log(ctx, q, func(row projections.LogRow) error { return emit(logRow{nameOf(row).String(), row}) })
		})
	}
	a.term.endProgress()
	out := bufio.NewWriter(a.term.out)
	err := w.Log(ctx, q, func(row projections.LogRow) error {
		a.term.printRow(out, row)
		return nil
	})
	return errors.Join(err, out.Flush())
}

func (t *terminal) printRow(out io.Writer, row projections.LogRow) {
	fmt.Fprintf(out, "%s  %s", t.paint(yellow, nameOf(row).Short()), t.local(row.RecordedAt))
	if row.ReceivedAt != nil {
		fmt.Fprintf(out, " (received %s)", t.local(row.ReceivedAt))
	}
	fmt.Fprintf(out, "  %s  %s", oneLine(row.Member), row.Type)
	if row.Tag != nil {
		fmt.Fprintf(out, "  %s", oneLine(*row.Tag))
	}
	if row.Field != nil {
		fmt.Fprintf(out, "  %s", changed(row))
	}
	if row.Reason != nil && *row.Reason != "" {
		fmt.Fprintf(out, "  (%s)", oneLine(*row.Reason))
	}
	if row.Source == "undo" && row.SourceName != nil {
		if undone, err := workspace.ParseEntry(*row.SourceName); err == nil {
			fmt.Fprintf(out, "  [undoes %s]", undone.Short())
		}
	}
	if row.State != "accepted" {
		fmt.Fprintf(out, "  [%s]", row.State)
	}
	fmt.Fprintln(out)
}

// changed is a field's old and new value. A unit has only an id, which tells nobody anything; its fields follow in rows of their own.
func changed(row projections.LogRow) string {
	switch field := *row.Field; {
	case field != "unit":
		return fmt.Sprintf("%s: %s → %s", oneLine(field), shown(row.Before), shown(row.After))
	case row.Before == nil:
		return "a unit is installed"
	default:
		return "another unit is installed"
	}
}

func shown(v any) string {
	if v == nil {
		return "(empty)"
	}
	return quote(fmt.Sprint(v))
}

func (a *app) verifyCommand() *cobra.Command {
	var deep bool
	var against string
	c := &cobra.Command{
		Use: "verify", Short: "Prove that nothing was altered, dropped, reordered or rolled back", Args: cobra.NoArgs,
		Long: `Check every entry's place in its chain, every signature, who had been admitted, and the segments. Nothing is
written: the check works on a copy in the system's temporary folder. --deep also opens every entry, checks the database file, replays all documents and
compares the read models with a rebuild. Receipts that services gave must name what this log still has. --against finds a log that was put back to an older state.`,
		Example: "  fieldbook verify --deep\n  fieldbook verify --against office\n  fieldbook verify --against /media/usb/fieldbook",
		RunE: func(c *cobra.Command, _ []string) error {
			opts := workspace.VerifyOptions{Deep: deep}
			if err := a.reference(c.Context(), against, &opts); err != nil {
				return err
			}
			done, err := a.verify(c.Context(), opts)
			if err != nil {
				return err
			}
			return a.verified(done)
		},
	}
	c.Flags().BoolVar(&deep, "deep", false, "open every entry, check the file, replay and compare everything")
	c.Flags().StringVar(&against, "against", "", "a remote, folder or backup whose entries this log must have")
	return c
}

func (a *app) verify(ctx context.Context, opts workspace.VerifyOptions) (workspace.Verified, error) {
	if a.host != nil {
		return a.host.open.Verify(ctx, opts)
	}
	cfg, err := a.config()
	if err != nil {
		return workspace.Verified{}, err
	}
	return workspace.Verify(ctx, cfg, opts)
}

func (a *app) verified(done workspace.Verified) error {
	err := a.term.answer(done, func(out io.Writer) {
		for _, v := range done.Violations {
			fmt.Fprintf(out, "%s %s", a.term.paint(red, "VIOLATION"), v.Kind)
			if v.Feed != "" {
				fmt.Fprintf(out, "  feed %s", v.Feed)
			}
			if v.Seq != 0 {
				fmt.Fprintf(out, " seq %d", v.Seq)
			}
			fmt.Fprintf(out, "\n    %s\n", clean(v.Detail))
		}
		if done.OK {
			fmt.Fprintf(out, "%s: %d entries in %s, nothing altered\n", a.term.paint(green, "verified"), done.Events, plural(int(done.Feeds), "feed"))
			if done.Receipts > 0 {
				fmt.Fprintf(out, "%s of services hold\n", plural(int(done.Receipts), "receipt"))
			}
		}
		if done.Unverified > 0 {
			fmt.Fprintf(out, "%s: %s came from the service's pack, and not yet from the feeds that prove them; the %d entries that are here are checked\n",
				a.term.paint(yellow, "incomplete"), plural(int(done.Unverified), "document"), done.Events)
		}
		if done.Digest != nil {
			fmt.Fprintf(out, "digest %s\n", *done.Digest)
		}
	})
	if err == nil && len(done.Violations) == 0 && !done.OK {
		return &coded{exitFailed, errors.New("the record is not whole yet: finish `fieldbook sync`, then verify again")}
	}
	if err == nil && !done.OK {
		return &coded{exitIntegrity, fmt.Errorf("%d violations; keep this folder as evidence and restore a backup into another one", len(done.Violations))}
	}
	return err
}

func (a *app) rebuildCommand() *cobra.Command {
	return &cobra.Command{
		Use: "rebuild", Short: "Make all read models anew from the log", Args: cobra.NoArgs, Example: "  fieldbook rebuild",
		RunE: func(c *cobra.Command, _ []string) error {
			return a.with(c.Context(), func(w *workspace.Workspace) error {
				dropped, err := w.Unverified(c.Context())
				if err == nil {
					err = w.Rebuild(c.Context())
				}
				if err != nil {
					return err
				}
				status, err := w.Status(c.Context())
				if err != nil {
					return err
				}
				return a.term.answer(status, func(out io.Writer) {
					fmt.Fprintf(out, "rebuilt from %d entries, digest %s\n", status.Events, status.Digest)
					if dropped > 0 {
						fmt.Fprintf(out, "what a service's pack had shown of %s is in no entry here, and gone; the next `fieldbook sync` brings it back\n", plural(int(dropped), "document"))
					}
				})
			})
		},
	}
}

func (a *app) statusCommand() *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "Show where this laptop's record stands", Args: cobra.NoArgs, Example: "  fieldbook status",
		RunE: func(c *cobra.Command, _ []string) error {
			return a.with(c.Context(), func(w *workspace.Workspace) error {
				s, err := w.Status(c.Context())
				if err != nil {
					return err
				}
				return a.term.answer(s, func(out io.Writer) {
					fmt.Fprintf(out, "%s\n  %s, %s, on laptop %s\n", a.term.paint(bold, oneLine(s.Workspace)), oneLine(s.Member), s.Role, s.Device[:12])
					fmt.Fprintf(out, "  %d entries in %s, %s\n", s.Events, plural(int(s.Feeds), "feed"), plural(int(s.Documents), "document"))
					fmt.Fprintf(out, "  %d not sent yet, %d waiting, %s, %s\n", s.Unsent, s.Waiting, plural(int(s.Findings), "finding"), plural(int(s.Conflicts), "conflict"))
					if s.Unverified > 0 {
						fmt.Fprintf(out, "  %s\n", a.term.paint(yellow, plural(int(s.Unverified), "document")+" unverified: history has not arrived yet; finish `fieldbook sync`"))
					}
					fmt.Fprintf(out, "  digest %s\n", s.Digest)
					if len(s.Remotes) > 0 {
						fmt.Fprintln(out)
						a.term.remotes(out, s.Remotes)
					}
				})
			})
		},
	}
}
