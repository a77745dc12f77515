package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"fieldbook/workspace"
)

func (a *app) remoteCommand() *cobra.Command {
	c := &cobra.Command{Use: "remote", Short: "The services and folders that this laptop syncs with", Example: "  fieldbook remote list"}
	c.AddCommand(a.remoteAddCommand(), a.remoteListCommand(), a.remoteRemoveCommand())
	return c
}

func (a *app) remoteAddCommand() *cobra.Command {
	spec, secret, cert := workspace.RemoteSpec{}, "", ""
	c := &cobra.Command{
		Use: "add NAME URL", Short: "Keep the address of a service or folder", Args: cobra.ExactArgs(2),
		Long: `Keep the address of a service, or of a folder, under a name; ` + "`fieldbook sync`" + ` then goes there. A service is asked for its keys,
and must show the same ones from then on.

An owner who adds a service grants it the keys of the workspace: it can then read the record, merge it, and give a new
laptop all of it at once. With --sealed it only moves what it cannot read. Engineers add the same address without granting
anything. Compare the eight words with those that the service's operator sees.`,
		Example: `  fieldbook remote add office https://fieldbook.example.com --secret-file invitation.txt
  fieldbook remote add cloud https://us.example.com --second https://eu.example.com --sealed
  fieldbook remote add stick /media/usb/fieldbook --begin`,
		RunE: func(c *cobra.Command, args []string) error {
			spec.Name, spec.URL = args[0], args[1]
			if err := a.complete(&spec, secret, cert); err != nil {
				return err
			}
			return a.with(c.Context(), func(w *workspace.Workspace) error {
				added, err := w.AddRemote(c.Context(), spec)
				if err != nil {
					return toBegin(err, fmt.Sprintf("fieldbook remote add %s %s", args[0], args[1]))
				}
				return a.added(added)
			})
		},
	}
	c.Flags().StringVar(&spec.Second, "second", "", "another address of the same service, in another region")
	c.Flags().StringVar(&secret, "secret-file", "", "file whose first line is the service's invitation secret")
	c.Flags().StringVar(&spec.TokenFile, "token-file", "", "file with a token of the service's identity provider, kept fresh by somebody else")
	c.Flags().StringVar(&cert, "cert-file", "", "file with the service's certificate (PEM), if its operator made it")
	c.Flags().BoolVar(&spec.Begin, "begin", false, "begin in a folder that holds nothing of this record yet, and make it if it is not there")
	c.Flags().BoolVar(&spec.Sealed, "sealed", false, "grant nothing: the service only moves what it cannot read")
	return c
}

// complete reads the secret, and makes paths such as hold wherever the program is
// started next.
func (a *app) complete(spec *workspace.RemoteSpec, secret, cert string) error {
	service, err := workspace.IsService(spec.URL)
	if err == nil && !service {
		spec.URL, err = a.wholeFolder(spec.URL)
	}
	if err == nil && spec.TokenFile != "" {
		spec.TokenFile, err = a.whole(spec.TokenFile)
	}
	if err == nil && cert != "" {
		spec.Certificate, err = a.readCertificate(cert)
	}
	if err != nil || secret == "" {
		return err
	}
	path, err := a.path(secret)
	if err != nil {
		return err
	}
	line, err := secretFile(path)
	if err == nil && len(line) == 0 {
		err = usage(fmt.Errorf("%s holds no secret in its first line", secret))
	}
	spec.Invitation = string(line)
	clear(line)
	return err
}

// whole makes a path that holds wherever a program is started.
func (a *app) whole(given string) (string, error) {
	path, err := a.path(given)
	if err != nil {
		return "", err
	}
	return filepath.Abs(path)
}

// maxCertificate bounds a certificate file, in bytes.
const maxCertificate = 64 << 10

func (a *app) readCertificate(given string) ([]byte, error) {
	path, err := a.path(given)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, usage(fmt.Errorf("reading the certificate: %w", err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxCertificate+1))
	if err == nil && len(data) > maxCertificate {
		err = usage(fmt.Errorf("%s is too large for a certificate", path))
	}
	return data, err
}

func (a *app) added(added workspace.RemoteAdded) error {
	return a.term.answer(added, func(out io.Writer) {
		fmt.Fprintf(out, "%s is %s\n", a.term.paint(bold, added.Name), added.URL)
		if len(added.Words) > 0 {
			fmt.Fprintf(out, "\nThe service's words, which its operator sees too:\n\n  %s\n\n", a.term.paint(bold, strings.Join(added.Words, " ")))
		}
		switch {
		case added.Granted:
			fmt.Fprintf(out, "The service was granted the keys of the workspace: it can read the record and merges it.\nIf the words differ, run `fieldbook remote remove %s` before anything else.\n", added.Name)
		case added.Mode == workspace.ModeMerging:
			fmt.Fprintln(out, "It is the service that an owner granted the keys: it can read the record and merges it.")
		case added.Mode == workspace.ModeSealed:
			fmt.Fprintln(out, "It moves what it cannot read.")
		}
		if added.Unchecked != nil {
			fmt.Fprintf(out, "%s does not answer just now. It is not used until it has shown the same keys; each sync asks it.\n", oneLine(*added.Unchecked))
		}
		fmt.Fprintf(out, "Next: fieldbook sync %s\n", added.Name)
	})
}

func (a *app) remoteListCommand() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the remotes", Args: cobra.NoArgs, Example: "  fieldbook remote list --json",
		RunE: func(c *cobra.Command, _ []string) error {
			return a.with(c.Context(), func(w *workspace.Workspace) error {
				remotes, err := w.Remotes(c.Context())
				if err != nil {
					return err
				}
				return a.term.answer(remotes, func(out io.Writer) {
					if len(remotes) == 0 {
						fmt.Fprintln(out, "no remotes; `fieldbook remote add NAME URL` keeps one")
						return
					}
					a.term.remotes(out, remotes)
				})
			})
		},
	}
}

// remotes prints a table of remotes.
func (t *terminal) remotes(out io.Writer, remotes []workspace.RemoteView) {
	rows := make([][]string, 0, len(remotes))
	for _, r := range remotes {
		last := "never"
		if r.LastSync != nil {
			last = t.local(r.LastSync)
		}
		address := r.URL
		if r.Second != nil {
			address += " " + *r.Second
		}
		rows = append(rows, []string{r.Name, r.Mode, last, fmt.Sprint(r.Unsent), address})
	}
	t.table(out, []string{"remote", "mode", "last sync", "unsent", "address"}, rows)
	for _, r := range remotes {
		if r.Unchecked != nil {
			fmt.Fprintln(out, clean(r.Name+": "+*r.Unchecked+" has not answered yet, and is not used until it has shown the service's keys"))
		}
		for _, refused := range r.Refused {
			fmt.Fprintln(out, t.paint(red, clean(r.Name+", last sync: "+refused.Error())))
		}
	}
}

func (a *app) remoteRemoveCommand() *cobra.Command {
	return &cobra.Command{
		Use: "remove NAME", Short: "Forget a remote; an owner ends what it was granted", Args: cobra.ExactArgs(1),
		Long: `Forget a remote. If you are an owner and the service was granted the keys, the grant ends: a new key is made that the
service does not get, and what is written from then on is sealed under that. What the service has it keeps. The other
laptops hear of the new key through the service, if it can be reached, or any other remote.`,
		Example: "  fieldbook remote remove office",
		RunE: func(c *cobra.Command, args []string) error {
			return a.with(c.Context(), func(w *workspace.Workspace) error {
				done, err := w.RemoveRemote(c.Context(), args[0])
				if err != nil {
					return err
				}
				return a.term.answer(done, func(out io.Writer) {
					fmt.Fprintf(out, "%s is forgotten\n", oneLine(done.Name))
					switch {
					case done.Told:
						fmt.Fprintln(out, "Its grant has ended: what is written from now on is sealed under a new key. The other laptops get it with their next sync.")
					case done.Ended:
						fmt.Fprintf(out, "Its grant has ended, and a new key is made. The service was not told (%s): sync by another remote, so that the other laptops get the new key.\n", clean(*done.Reason))
					}
				})
			})
		},
	}
}

// errNoRemote says that there is nothing to sync with.
var errNoRemote = errors.New("there is no remote yet; keep one with `fieldbook remote add NAME URL`, or name a folder: `fieldbook sync DIR`")
