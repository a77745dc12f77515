package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fieldbook/localapi"
	"fieldbook/workspace"
)

// folder is the device's folder: --dir, or the one of the workspace named, or
// the only one there is.
func (a *app) folder() (string, error) {
	if a.host != nil {
		return a.host.dir, nil
	}
	if a.dir != "" {
		return a.dir, nil
	}
	home, err := dataFolder()
	if err != nil {
		return "", err
	}
	entries, err := os.ReadDir(home)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	var names []string
	for _, e := range entries {
		if _, err := os.Stat(filepath.Join(home, e.Name(), "identity.age")); err == nil {
			names = append(names, e.Name())
		}
	}
	switch {
	case a.workspace != "" && slices.Contains(names, localapi.FolderName(a.workspace)):
		return filepath.Join(home, localapi.FolderName(a.workspace)), nil
	case len(names) == 0:
		return "", workspace.ErrNone
	case a.workspace != "":
		return "", usage(fmt.Errorf("there is no workspace %q here, but %s", a.workspace, strings.Join(names, ", ")))
	case len(names) == 1:
		return filepath.Join(home, names[0]), nil
	}
	return "", usage(fmt.Errorf("there are several workspaces here; choose one with --workspace: %s", strings.Join(names, ", ")))
}

// newFolder is where a new device goes when --dir says nothing.
func (a *app) newFolder(name string) (string, error) {
	if a.host != nil {
		return "", errAlone
	}
	if a.dir != "" {
		return a.dir, nil
	}
	if a.workspace != "" {
		name = a.workspace
	}
	home, err := dataFolder()
	return filepath.Join(home, localapi.FolderName(name)), err
}

// rename gives a folder that was made before the workspace's name was known the
// one it should have, if that is free. Where it stays is no error: it works there.
func (a *app) rename(dir, provisional, name string) string {
	if a.dir != "" || filepath.Base(dir) != provisional {
		return dir
	}
	better := filepath.Join(filepath.Dir(dir), localapi.FolderName(name))
	if _, err := os.Lstat(better); err == nil || os.Rename(dir, better) != nil {
		return dir
	}
	return better
}

// dataFolder is where the operating system wants programs to keep their data.
func dataFolder() (string, error) {
	if dir := os.Getenv("XDG_DATA_HOME"); dir != "" {
		return filepath.Join(dir, "fieldbook"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	if config, err := os.UserConfigDir(); err == nil && !strings.HasPrefix(config, filepath.Join(home, ".config")) {
		return filepath.Join(config, "fieldbook"), nil // macOS and Windows keep data beside settings
	}
	return filepath.Join(home, ".local", "share", "fieldbook"), nil
}
