package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"fieldbook/record"
	"fieldbook/workspace"
)

// app is one run of the program: the global flags and where it prints.
type app struct {
	term           *terminal
	version        string
	args           []string
	dir            string
	workspace      string
	passphraseFile string
	observedAt     string
	reason         string
	given          []byte // passphrase from the environment
	begun          bool   // the command's own work
	host           *host  // nil in a process of its own
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "fieldbook",
		Short: "The engineering record of a plant, kept offline by the people who work on it",
		Long: `Fieldbook keeps the engineering record of a plant: which positions there are, what is
installed in them, what was changed, by whom and why. Everything works without a network;
laptops exchange their entries through a service, or a folder such as a USB stick.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 integrity violation found,
4 locked or wrong passphrase, 5 refused by a rule (also: some rows of an import).`,
		Example: `  fieldbook init --name "Ravensmere" --member "Ada Okafor" --tz Europe/London
  fieldbook import assets list.csv --dry-run
  fieldbook asset set RAV-PLC-004 firmware=V3.2.19 --reason "vendor visit"
  fieldbook sync /media/usb
  fieldbook verify`,
		Version:       a.version,
		SilenceUsage:  true,
		SilenceErrors: true,

		SuggestionsMinimumDistance: 2,
	}
	flags := root.PersistentFlags()
	flags.StringVar(&a.dir, "dir", "", "folder of this laptop's record (default: one per workspace in the system's data folder)")
	flags.StringVar(&a.workspace, "workspace", "", "name of the workspace, when there are several in the data folder")
	flags.StringVar(&a.passphraseFile, "passphrase-file", "", "file whose first line is the passphrase (else "+passphraseVariable+", the keychain, or a prompt)")
	flags.BoolVar(&a.term.json, "json", false, "answer in JSON")
	root.AddGroup(
		&cobra.Group{ID: "record", Title: "The record:"},
		&cobra.Group{ID: "merge", Title: "Exchange and merge:"},
		&cobra.Group{ID: "proof", Title: "Trail and proof:"},
		&cobra.Group{ID: "setup", Title: "Laptops and safety:"},
	)
	add := func(group string, commands ...*cobra.Command) {
		for _, c := range commands {
			c.GroupID = group
			root.AddCommand(c)
		}
	}
	add("record", alone(alone(a.uiCommand())), a.assetCommand(), a.noteCommand(), a.siteCommand(), a.importCommand(), a.exportCommand(), a.undoCommand())
	add("merge", a.syncCommand(), a.remoteCommand(), alone(a.serveCommand()), a.conflictsCommand(), a.resolveCommand(), a.findingsCommand())
	add("proof", a.logCommand(), a.verifyCommand(), a.rebuildCommand(), a.statusCommand(), a.doctorCommand())
	add("setup", alone(a.initCommand()), alone(a.joinCommand()), a.deviceCommand(), a.passphraseCommand(), a.backupCommand(), alone(a.restoreCommand()))
	a.watch(root)
	return root
}

// watch notes when a command's own work begins: every error before that, about
// flags, arguments or a group called without a command, is wrong usage.
func (a *app) watch(c *cobra.Command) {
	if c.HasSubCommands() && c.RunE == nil {
		c.Args, c.DisableFlagsInUseLine = cobra.ArbitraryArgs, true
		c.RunE = needsCommand
	}
	if do := c.RunE; do != nil {
		c.RunE = func(c *cobra.Command, args []string) error {
			a.begun = true
			switch {
			case !isAlone(c):
				return a.either(c.Context(), func() error { return do(c, args) })
			case a.host != nil:
				return errAlone
			}
			return do(c, args)
		}
	}
	for _, sub := range c.Commands() {
		a.watch(sub)
	}
}

// needsCommand answers a group that was called without one of its commands: with
// its help on stderr, because stdout is for answers.
func needsCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		c.SetOut(c.ErrOrStderr())
		_ = c.Help() // what cannot be written to stderr cannot be complained about either
		return usage(errors.New("name a command"))
	}
	message := fmt.Sprintf("there is no command %q", args[0])
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		message += "; near it: " + strings.Join(near, ", ")
	}
	return usage(fmt.Errorf("%s; `%s --help` lists them", message, c.CommandPath()))
}

// writes adds what all writing commands take.
func (a *app) writes(c *cobra.Command) *cobra.Command {
	c.Flags().StringVar(&a.reason, "reason", "", "why, for the trail")
	c.Flags().StringVar(&a.observedAt, "observed-at", "", "when it was seen, if not now (2026-03-01T14:30, in the workspace's time zone)")
	return c
}

func (a *app) entry(w *workspace.Workspace) (workspace.Entry, error) {
	entry := workspace.Entry{Reason: a.reason}
	if a.observedAt != "" {
		at, err := w.Moment(a.observedAt)
		if err != nil {
			return entry, err
		}
		entry.Observed = &at
	}
	return entry, nil
}

// with opens the workspace, runs fn and closes it. A host has it open already.
func (a *app) with(ctx context.Context, fn func(*workspace.Workspace) error) (err error) {
	if a.host != nil {
		a.term.zone = a.host.open.Zone()
		return fn(a.host.open)
	}
	cfg, err := a.config()
	if err != nil {
		return err
	}
	w, err := workspace.Open(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	a.term.zone = w.Zone()
	return fn(w)
}

// writing opens the workspace for a write and gives it what the flags say about it.
func (a *app) writing(ctx context.Context, fn func(*workspace.Workspace, workspace.Entry) error) error {
	return a.with(ctx, func(w *workspace.Workspace) error {
		entry, err := a.entry(w)
		if err != nil {
			return err
		}
		return fn(w, entry)
	})
}

func (a *app) config() (workspace.Config, error) {
	if a.host != nil {
		return workspace.Config{}, errAlone
	}
	dir, err := a.folder()
	return workspace.Config{Dir: dir, Passphrase: a.passphrase, Progress: a.term.progress}, err
}

// assignments reads field=value arguments.
func assignments(args []string) ([]record.Assignment, error) {
	list := make([]record.Assignment, 0, len(args))
	for _, arg := range args {
		assigned, err := record.ParseAssignment(arg)
		if err != nil {
			return nil, err
		}
		list = append(list, assigned)
	}
	return list, nil
}

// conditions reads --where flags.
func conditions(args []string) (map[string]string, error) {
	list, err := assignments(args)
	if err != nil {
		return nil, err
	}
	where := make(map[string]string, len(list))
	for _, c := range list {
		if _, twice := where[c.Field]; twice {
			return nil, usage(fmt.Errorf("--where names %s twice", c.Field))
		}
		where[c.Field] = c.Text
	}
	return where, nil
}
