package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"fieldbook/workspace"
)

// advice says what a check found and which command helps. {n} stands for its count and {about} for what it is about.
var advice = map[workspace.CheckKind]string{
	workspace.FilesFound:      "identity and database ({n} KiB) are in {about}",
	workspace.FilesMissing:    "there is no workspace in {about}; make one with `fieldbook init`, or ask to join one with `fieldbook join`",
	workspace.FilesReadable:   "others may read {about}; run chmod 600 on it",
	workspace.DatabaseMissing: "the database is missing from {about}: `fieldbook restore` a backup into another folder, or join again",
	workspace.KeychainFound:   "this system has a keychain; `fieldbook passphrase remember` uses it",
	workspace.KeychainNone:    "this system has no keychain; the passphrase is asked for",
	workspace.Opened:          "the passphrase and the database open",
	workspace.NotOpened:       "the workspace does not open: {about}",
	workspace.ClockRight:      "this laptop's clock agrees with the entries it holds",
	workspace.ClockBehind:     "this laptop's clock is {n} minutes behind an entry it holds; set it",
	workspace.NoneWaiting:     "no entry waits for another",
	workspace.EntriesWaiting:  "entries that miss something: {n}; `fieldbook sync` with whoever has it",
	workspace.NoneNewer:       "no entry needs a newer version of the program",
	workspace.EntriesNewer:    "entries made by a newer version of the program: {n}; update it",
	workspace.AllVerified:     "everything shown is in the log",
	workspace.SomeUnverified:  "documents whose history has not arrived yet: {n}; finish `fieldbook sync`",
	workspace.AllSent:         "every entry of this laptop is somewhere else too",
	workspace.SomeUnsent:      "entries that are on this laptop only: {n}; `fieldbook sync` or `fieldbook backup` soon",
	workspace.NoFindings:      "no finding is open",
	workspace.SomeFindings:    "open findings: {n}; `fieldbook findings` shows them",
}

// advised is a check in the terms of the command line.
type advised struct {
	workspace.Check
	Detail string `json:"detail"`
}

func advise(checks []workspace.Check) (list []advised, failed int) {
	for _, c := range checks {
		if !c.OK {
			failed++
		}
		words := strings.NewReplacer("{n}", fmt.Sprint(c.Count), "{about}", c.About)
		list = append(list, advised{c, words.Replace(advice[c.Kind])})
	}
	return list, failed
}

func (a *app) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use: "doctor", Short: "Check this laptop's set-up and say what to do about it", Args: cobra.NoArgs, Example: "  fieldbook doctor",
		RunE: func(c *cobra.Command, _ []string) error {
			checks, err := a.doctor(c.Context())
			if err != nil {
				return err
			}
			list, failed := advise(checks)
			err = a.term.answer(list, func(out io.Writer) {
				for _, check := range list {
					mark := a.term.paint(green, "ok  ")
					if !check.OK {
						mark = a.term.paint(red, "look")
					}
					fmt.Fprintf(out, "%s %s\n", mark, clean(check.Detail))
				}
			})
			if err == nil && failed > 0 {
				return fmt.Errorf("%d of %d checks need a look", failed, len(checks))
			}
			return err
		},
	}
}

func (a *app) doctor(ctx context.Context) ([]workspace.Check, error) {
	if a.host != nil {
		return a.host.open.Doctor(ctx)
	}
	cfg, err := a.config()
	if err != nil {
		return nil, err
	}
	return workspace.Doctor(ctx, cfg), nil
}
