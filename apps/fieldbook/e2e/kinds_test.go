package e2e

import (
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"fieldbook/keyring"
	"fieldbook/syncserver"
	"fieldbook/syncserver/service"
)

// bothKinds runs a test of two laptops and the stick between them twice: with the
// stick as a folder, and with a service over the same folder, which the laptops
// then reach over HTTP and never by themselves.
func bothKinds(t *testing.T, test func(t *testing.T, ada, jo *laptop, stick string)) {
	t.Parallel()
	t.Run("folder", func(t *testing.T) {
		t.Parallel()
		ada, jo, stick := pair(t)
		test(t, ada, jo, stick)
	})
	t.Run("service", func(t *testing.T) {
		t.Parallel()
		ada, jo, stick := pair(t)
		serveStick(t, stick)
		for _, l := range []*laptop{ada, jo, ada} {
			l.ok("sync", stick)
		}
		test(t, ada, jo, stick)
	})
}

// sticks are the folders that are served instead: path and address.
var sticks sync.Map

// stickName is what laptops call the service of a stick.
const stickName = "stick"

// serveStick has every laptop that names the folder go to a service over it.
func serveStick(t *testing.T, stick string) {
	t.Helper()
	store, err := syncserver.OpenFolder(syncserver.FolderConfig{Path: stick})
	if err != nil {
		t.Fatal(err)
	}
	_, master, err := keyring.NewMaster()
	if err != nil {
		t.Fatal(err)
	}
	s, err := service.New(t.Context(), service.Config{Store: store, Master: master, Open: true})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	sticks.Store(stick, server.URL)
	t.Cleanup(func() {
		sticks.Delete(stick)
		server.Close()
		s.Close()
	})
}

// by puts the service's name in the place of a folder that is served, once the
// laptop knows the service.
func (l *laptop) by(args []string) []string {
	if args[0] != "sync" && args[0] != "verify" {
		return args
	}
	changed := append([]string(nil), args...)
	for i, arg := range args {
		url, served := sticks.Load(filepath.FromSlash(strings.TrimPrefix(arg, "file://")))
		if !served {
			continue
		}
		if l.knows != url {
			if known := finish(l.t, l.command("remote", "list"), nil); !strings.Contains(known.out, url.(string)) {
				finish(l.t, l.command("remote", "add", stickName, url.(string)), nil).exits(0)
			}
			l.knows = url.(string)
		}
		changed[i] = stickName
	}
	return changed
}
