package workspace

import (
	"context"
	"path/filepath"
	"time"

	"fieldbook/keyring"
	"fieldbook/syncclient"
)

// Names of the files of a device in its folder.
const (
	identityFile = "identity.age"
	databaseFile = "fieldbook.db"
)

// Config says where a device lives and what it gets from its surroundings.
// Only Dir and Passphrase are required.
type Config struct {
	// Dir is the folder that holds all of this device's files.
	Dir string
	// Passphrase is asked for when the identity file has to be opened or
	// written. The bytes are wiped after use.
	Passphrase func(context.Context) ([]byte, error)
	// Clock is the wall clock; nil means time.Now. It is recorded, never
	// trusted for order.
	Clock func() time.Time
	// Progress, if set, hears of the long work of every call; see WithProgress.
	Progress Progress
	// Work is the cost of the passphrase; zero means the keyring's default.
	Work keyring.Work
	// Dial makes the connection to a service; nil means over HTTP.
	Dial func(syncclient.ServiceConfig) (Service, error)
	// CacheKiB bounds the database's page cache; zero means the default.
	CacheKiB int
}

func (c Config) now() time.Time {
	if c.Clock != nil {
		return c.Clock()
	}
	return time.Now()
}

func (c Config) identityPath() string { return filepath.Join(c.Dir, identityFile) }
func (c Config) databasePath() string { return filepath.Join(c.Dir, databaseFile) }
