package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"fieldbook/keyring"
	"fieldbook/workspace"
)

// maxHandedFile bounds request and grant files.
const maxHandedFile = keyring.MaxGrant

func (a *app) initCommand() *cobra.Command {
	f := workspace.Founding{}
	c := &cobra.Command{
		Use: "init --name NAME --member \"Full Name\"", Short: "Found a workspace with this laptop as its first", Args: cobra.NoArgs,
		Long: `Found a workspace. You become its owner. The recovery key is shown once: write it down and keep it away from the
laptop. It is the way in when the passphrase or the laptop is lost.`,
		Example: `  fieldbook init --name "Ravensmere WTW" --member "Ada Okafor" --tz Europe/London`,
		RunE: func(c *cobra.Command, _ []string) error {
			dir, err := a.newFolder(f.Name)
			if err != nil {
				return err
			}
			cfg := workspace.Config{Dir: dir, Passphrase: a.newPassphrase, Progress: a.term.progress}
			w, recovery, err := workspace.Create(c.Context(), cfg, f)
			if err != nil {
				return err
			}
			defer w.Close()
			return a.founded(c.Context(), w, dir, recovery)
		},
	}
	c.Flags().StringVar(&f.Name, "name", "", "name of the plant's record")
	c.Flags().StringVar(&f.Member, "member", "", "your full name")
	c.Flags().StringVar(&f.Zone, "tz", "", "time zone of the plant, such as Europe/London (default UTC)")
	_ = c.MarkFlagRequired("name")
	_ = c.MarkFlagRequired("member")
	return c
}

func (a *app) founded(ctx context.Context, w *workspace.Workspace, dir, recovery string) error {
	status, err := w.Status(ctx)
	if err != nil {
		return err
	}
	made := struct {
		workspace.Status
		Dir         string `json:"dir"`
		RecoveryKey string `json:"recovery_key"`
	}{status, dir, recovery}
	return a.term.answer(made, func(out io.Writer) {
		fmt.Fprintf(out, "%s is founded in %s\n\nRecovery key, shown only now:\n\n  %s\n\nWrite it down and keep it away from this laptop.\nNext: fieldbook import assets LIST, or fieldbook asset add.\n", oneLine(status.Workspace), dir, a.term.paint(bold, recovery))
	})
}

func (a *app) joinCommand() *cobra.Command {
	var member, request, grant string
	c := &cobra.Command{
		Use: "join --member \"Full Name\" --request FILE | join --grant FILE", Short: "Join a workspace: ask with a request, enter with the grant", Args: cobra.NoArgs,
		Example: `  fieldbook join --member "Jo Hargreaves" --request jo.request      then carry jo.request to an owner
  fieldbook join --grant jo.grant                                  then sync`,
		RunE: func(c *cobra.Command, _ []string) error {
			switch {
			case grant != "" && request == "" && member == "":
				return a.enter(c.Context(), grant)
			case grant == "" && request != "" && member != "":
				return a.askToJoin(c.Context(), member, request)
			}
			return usage(errors.New("give --member and --request to ask, or --grant to enter"))
		},
	}
	c.Flags().StringVar(&member, "member", "", "your full name")
	c.Flags().StringVar(&request, "request", "", "file to write, for an owner")
	c.Flags().StringVar(&grant, "grant", "", "file that the owner gave back")
	return c
}

// joining names the folder of a laptop that does not know its workspace yet.
const joining = "joining"

func (a *app) askToJoin(ctx context.Context, member, path string) error {
	dir, err := a.newFolder(joining)
	if err != nil {
		return err
	}
	var asked workspace.Asked
	err = handOver(path, func() (_ []byte, err error) {
		asked, err = workspace.Ask(ctx, workspace.Config{Dir: dir, Passphrase: a.newPassphrase}, member)
		return asked.File, err
	})
	if err != nil {
		return err
	}
	answer := map[string]any{"request": path, "words": asked.Words, "dir": dir}
	return a.term.answer(answer, func(out io.Writer) {
		fmt.Fprintf(out, "Carry %s to an owner of the workspace. Both of you should see these words:\n\n  %s\n", path, a.term.paint(bold, strings.Join(asked.Words, " ")))
	})
}

func (a *app) enter(ctx context.Context, path string) error {
	cfg, err := a.config()
	if err != nil {
		return err
	}
	file, err := takeOver(path)
	if err != nil {
		return err
	}
	words, err := workspace.Join(ctx, cfg, file)
	if err != nil {
		return err
	}
	if grant, err := keyring.ParseGrant(file); err == nil {
		cfg.Dir = a.rename(cfg.Dir, joining, grant.Name)
	}
	return a.term.answer(map[string]any{"words": words, "dir": cfg.Dir}, func(out io.Writer) {
		fmt.Fprintf(out, "This laptop is in. The owner's screen showed these words:\n\n  %s\n\nIf they differ, do not trust the grant. Next: fieldbook sync FOLDER, or fieldbook remote add NAME URL and fieldbook sync, brings the record.\n", a.term.paint(bold, strings.Join(words, " ")))
	})
}

func (a *app) deviceCommand() *cobra.Command {
	c := &cobra.Command{Use: "device", Short: "The laptops of the workspace", Example: "  fieldbook device list"}
	var grant, member string
	approve := &cobra.Command{
		Use: "approve FILE --grant FILE", Short: "Let a laptop in that has asked (owners)", Args: cobra.ExactArgs(1),
		Example: "  fieldbook device approve jo.request --grant jo.grant\n  fieldbook device approve second.request --grant second.grant --member \"Ada Okafor\"",
		RunE: func(c *cobra.Command, args []string) error {
			request, err := a.path(args[0])
			if err != nil {
				return err
			}
			to, err := a.path(grant)
			if err != nil {
				return err
			}
			file, err := takeOver(request)
			if err != nil {
				return err
			}
			return a.with(c.Context(), func(w *workspace.Workspace) error {
				var approved workspace.Approval
				err := handOver(to, func() (_ []byte, err error) {
					approved, err = w.Approve(c.Context(), file, member)
					return approved.File, err
				})
				if err != nil {
					return err
				}
				return a.approved(approved, grant)
			})
		},
	}
	approve.Flags().StringVar(&grant, "grant", "", "file to write, for the laptop that asked")
	approve.Flags().StringVar(&member, "member", "", "make it a further laptop of this person")
	_ = approve.MarkFlagRequired("grant")
	list := &cobra.Command{
		Use: "list", Short: "List admitted laptops", Args: cobra.NoArgs, Example: "  fieldbook device list",
		RunE: func(c *cobra.Command, _ []string) error {
			return a.with(c.Context(), func(w *workspace.Workspace) error {
				devices, err := w.Devices(c.Context())
				if err != nil {
					return err
				}
				return a.term.answer(devices, func(out io.Writer) {
					rows := make([][]string, 0, len(devices))
					for _, d := range devices {
						self := ""
						if d.Self {
							self = "this laptop"
						}
						rows = append(rows, []string{d.Device[:12], d.Member, d.Role, fmt.Sprint(d.Events), self})
					}
					a.term.table(out, []string{"device", "member", "role", "entries", ""}, rows)
					fmt.Fprintln(out, "\nTheir words, the same on every laptop:")
					for _, d := range devices {
						fmt.Fprintf(out, "%s  %s\n", d.Device[:12], strings.Join(d.Words, " "))
					}
				})
			})
		},
	}
	c.AddCommand(list, approve)
	return c
}

func (a *app) approved(approved workspace.Approval, grant string) error {
	answer := map[string]any{
		"grant": grant, "member": approved.Name, "member_id": approved.Member.String(), "device": approved.Device.String(),
		"request_words": approved.Words, "grant_words": approved.Joined,
	}
	return a.term.answer(answer, func(out io.Writer) {
		fmt.Fprintf(out, "%s is admitted. The laptop that asked showed these words:\n\n  %s\n\nand will show these when it joins with %s:\n\n  %s\n\nIf the first differ, somebody changed the request on its way: keep the grant to yourself.\n",
			oneLine(approved.Name), a.term.paint(bold, strings.Join(approved.Words, " ")), grant, a.term.paint(bold, strings.Join(approved.Joined, " ")))
	})
}

// handOver writes a file that is carried to another laptop; it never replaces
// one. The file is made before its content, which cannot be made twice: a laptop
// asks and is admitted once.
func handOver(path string, content func() ([]byte, error)) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("writing the file: %w", err)
	}
	data, err := content()
	if err != nil {
		return errors.Join(err, f.Close(), os.Remove(path))
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

func takeOver(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the file: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxHandedFile+1))
	if err == nil && len(data) > maxHandedFile {
		err = errors.New("it is too large to be a request or a grant")
	}
	return data, err
}
