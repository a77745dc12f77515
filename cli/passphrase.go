package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/term"

	"fieldbook/keyring"
	"fieldbook/workspace"
)

// passphraseVariable is read and removed from the environment at start, so that
// no child process inherits it.
const passphraseVariable = "FIELDBOOK_PASSPHRASE"

// maxSecretFile bounds a file that holds a passphrase or recovery key.
const maxSecretFile = 4096

// passphrase gives the passphrase from the file, the environment, the system's
// keychain or the person at the terminal, in this order. ErrLocked: none of them.
func (a *app) passphrase(ctx context.Context) ([]byte, error) {
	switch {
	case a.passphraseFile != "":
		return secretFile(a.passphraseFile)
	case len(a.given) > 0:
		return bytes.Clone(a.given), nil // whoever gets it wipes it
	}
	if device, ok := a.rememberedDevice(); ok {
		if secret, err := (keyring.System{}).Get(ctx, device); err == nil {
			return secret, nil
		}
	}
	return a.ask("Passphrase: ")
}

// newPassphrase is passphrase for a new identity file: typed, it is asked for twice.
func (a *app) newPassphrase(ctx context.Context) ([]byte, error) {
	if a.passphraseFile != "" || len(a.given) > 0 {
		return a.passphrase(ctx)
	}
	return a.typeTwice()
}

func (a *app) typeTwice() ([]byte, error) {
	first, err := a.ask("New passphrase: ")
	if err != nil {
		return nil, err
	}
	again, err := a.ask("The same again: ")
	if err != nil {
		return nil, err
	}
	defer clear(again)
	if !bytes.Equal(first, again) {
		clear(first)
		return nil, usage(errors.New("the two passphrases differ; nothing was changed"))
	}
	return first, nil
}

// ask reads a secret from the terminal without echo.
func (a *app) ask(prompt string) ([]byte, error) {
	file, ok := a.term.in.(*os.File)
	if !a.term.asks || !ok {
		return nil, workspace.ErrLocked
	}
	fmt.Fprint(a.term.err, prompt)
	secret, err := term.ReadPassword(int(file.Fd()))
	fmt.Fprintln(a.term.err)
	return secret, err
}

// secretFile reads a secret's first line. The file's name may be told, its
// content never.
func secretFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, usage(fmt.Errorf("reading the secret file: %w", err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxSecretFile+1))
	if err != nil {
		return nil, fmt.Errorf("reading the secret file: %w", err)
	}
	if len(data) > maxSecretFile {
		return nil, usage(fmt.Errorf("%s is larger than %d bytes: not a passphrase file", path, maxSecretFile))
	}
	line, _, _ := bytes.Cut(data, []byte("\n"))
	return bytes.TrimRight(line, "\r"), nil
}
