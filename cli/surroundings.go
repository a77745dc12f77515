package cli

import (
	"os"
	"path/filepath"

	"fieldbook/localapi"
)

// Surroundings are what the user interface gets on this computer, in a window as in a browser: where records lie, folders
// as remotes, and the commands that it runs for others.
func Surroundings(version string) (localapi.Config, error) {
	data, err := dataFolder()
	if err != nil {
		return localapi.Config{}, err
	}
	config, err := os.UserConfigDir()
	if err != nil {
		return localapi.Config{}, err
	}
	a := &app{}
	return localapi.Config{
		Version:    version,
		DataFolder: data,
		Recent:     filepath.Join(config, "fieldbook", "recent.json"),
		Folder:     a.folderRemote,
		Reference:  a.referenceRemote,
		Command:    Host{Version: version}.Run,
	}, nil
}

// TakePassphrase moves the passphrase out of the environment, so that no child process inherits it. Empty: there is none.
func TakePassphrase() []byte {
	secret := os.Getenv(passphraseVariable)
	_ = os.Unsetenv(passphraseVariable) // fails only for names that no variable can have
	return []byte(secret)
}
