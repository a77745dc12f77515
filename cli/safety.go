package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"fieldbook/envelope"
	"fieldbook/keyring"
	"fieldbook/workspace"
)

// errCannotAsk answers who would have to type a secret to a process without a
// terminal.
var errCannotAsk = usage(errors.New("the window that has the workspace open changes the passphrase in its settings; here, give --new-passphrase-file"))

func (a *app) passphraseCommand() *cobra.Command {
	c := &cobra.Command{Use: "passphrase", Short: "The passphrase of this laptop", Example: "  fieldbook passphrase change"}
	var next string
	change := &cobra.Command{
		Use: "change", Short: "Change the passphrase of this laptop", Args: cobra.NoArgs,
		Example: "  fieldbook passphrase change\n  fieldbook passphrase change --new-passphrase-file FILE",
		RunE: func(c *cobra.Command, _ []string) error {
			path, err := a.path(next)
			if err != nil {
				return err
			}
			return a.with(c.Context(), func(w *workspace.Workspace) error {
				err := w.ChangePassphrase(c.Context(), func(context.Context) ([]byte, error) {
					if path != "" {
						return secretFile(path)
					}
					if a.host != nil {
						return nil, errCannotAsk
					}
					return a.typeTwice()
				})
				if err != nil {
					return err
				}
				return a.term.answer(map[string]any{"changed": true}, func(out io.Writer) { fmt.Fprintln(out, "the passphrase is changed") })
			})
		},
	}
	change.Flags().StringVar(&next, "new-passphrase-file", "", "file whose first line is the new passphrase")
	c.AddCommand(change, alone(a.rememberCommand()), alone(a.forgetCommand()))
	return c
}

// deviceFile names this laptop's device in its folder, so that its entry in the
// keychain can be found before anything is unlocked. A device's id is no secret.
const deviceFile = "device"

func (a *app) rememberCommand() *cobra.Command {
	return &cobra.Command{
		Use: "remember", Short: "Keep the passphrase in this system's keychain", Args: cobra.NoArgs, Example: "  fieldbook passphrase remember",
		RunE: func(c *cobra.Command, _ []string) error {
			dir, err := a.folder()
			if err != nil {
				return err
			}
			secret, err := a.passphrase(c.Context())
			if err != nil {
				return err
			}
			defer clear(secret)
			given := func(context.Context) ([]byte, error) { return bytes.Clone(secret), nil }
			device, err := workspace.Identify(c.Context(), workspace.Config{Dir: dir, Passphrase: given})
			if err != nil {
				return err
			}
			if err := (keyring.System{}).Set(c.Context(), device, secret); err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(dir, deviceFile), []byte(device.String()), 0o600); err != nil {
				return err
			}
			return a.term.answer(map[string]any{"remembered": true}, func(out io.Writer) { fmt.Fprintln(out, "the keychain unlocks this workspace from now on") })
		},
	}
}

func (a *app) forgetCommand() *cobra.Command {
	return &cobra.Command{
		Use: "forget", Short: "Take the passphrase out of this system's keychain", Args: cobra.NoArgs, Example: "  fieldbook passphrase forget",
		RunE: func(c *cobra.Command, _ []string) error {
			device, ok := a.rememberedDevice()
			if ok {
				if err := (keyring.System{}).Delete(c.Context(), device); err != nil {
					return err
				}
			}
			return a.term.answer(map[string]any{"remembered": false}, func(out io.Writer) { fmt.Fprintln(out, "the keychain does not unlock this workspace") })
		},
	}
}

// rememberedDevice is the device whose passphrase the keychain may hold.
func (a *app) rememberedDevice() (device [32]byte, ok bool) {
	dir, err := a.folder()
	if err != nil {
		return device, false
	}
	text, err := os.ReadFile(filepath.Join(dir, deviceFile))
	if err != nil {
		return device, false
	}
	id, err := envelope.ParseDeviceID(string(text))
	return id, err == nil
}

func (a *app) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use: "backup FILE", Short: "Write all of this laptop's record to one file", Args: cobra.ExactArgs(1),
		Long: `Write all of this laptop's record to one new file. It is as secret as the laptop's own folder: the passphrase or
the recovery key opens it. Keep one where a fire cannot reach the laptop too.`,
		Example: "  fieldbook backup ravensmere-2026-03-01.fieldbook",
		RunE: func(c *cobra.Command, args []string) error {
			path, err := a.path(args[0])
			if err != nil {
				return err
			}
			return a.with(c.Context(), func(w *workspace.Workspace) error {
				done, err := w.Backup(c.Context(), path)
				if err != nil {
					return err
				}
				done.File = args[0]
				return a.term.answer(done, func(out io.Writer) {
					fmt.Fprintf(out, "%d entries of %s in %s (%s)\n", done.Events, plural(int(done.Feeds), "feed"), done.File, size(done.Bytes))
				})
			})
		},
	}
}

// restoring names the folder of a laptop whose workspace is still in the backup.
const restoring = "restored"

func (a *app) restoreCommand() *cobra.Command {
	var recoveryFile string
	c := &cobra.Command{
		Use: "restore FILE", Short: "Make this laptop's record from a backup", Args: cobra.ExactArgs(1),
		Long: `Make a record from a backup in a new folder. With the backup's passphrase this is the same laptop again. With the
recovery key it is a new laptop of the founder under a new passphrase: also the way out of a lost passphrase.`,
		Example: `  fieldbook restore ravensmere.fieldbook --dir ./restored
  fieldbook restore ravensmere.fieldbook --dir ./restored --recovery-key-file key.txt`,
		RunE: func(c *cobra.Command, args []string) error {
			dir, err := a.newFolder(restoring)
			if err != nil {
				return err
			}
			cfg := workspace.Config{Dir: dir, Passphrase: a.passphrase, Progress: a.term.progress}
			recovery := ""
			if recoveryFile != "" {
				secret, err := secretFile(recoveryFile)
				if err != nil {
					return err
				}
				recovery, cfg.Passphrase = string(secret), a.newPassphrase
			}
			w, err := workspace.Restore(c.Context(), cfg, args[0], recovery)
			if err != nil {
				return err
			}
			status, err := w.Status(c.Context())
			if err = errors.Join(err, w.Close()); err != nil {
				return err
			}
			dir = a.rename(dir, restoring, status.Workspace)
			return a.term.answer(status, func(out io.Writer) {
				fmt.Fprintf(out, "%s is restored in %s: %d entries, digest %s\nNext: fieldbook sync brings what was written since.\n", oneLine(status.Workspace), dir, status.Events, status.Digest)
			})
		},
	}
	c.Flags().StringVar(&recoveryFile, "recovery-key-file", "", "file whose first line is the recovery key")
	return c
}

func size(bytes int64) string {
	switch {
	case bytes >= 1<<30:
		return fmt.Sprintf("%.1f GiB", float64(bytes)/(1<<30))
	case bytes >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(bytes)/(1<<20))
	}
	return fmt.Sprintf("%.1f KiB", float64(bytes)/(1<<10))
}
