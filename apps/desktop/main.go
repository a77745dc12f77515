// Command fieldbook-desktop is the record in a window: package localapi under Wails' asset server, without a port, and what
// only a window can do. It needs the build tags desktop, production and webkit2_41; a program built without them says so when
// it is started.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"

	"github.com/wailsapp/wails/v2"

	"fieldbook/cli"
	"fieldbook/frontend"
	"fieldbook/localapi"
)

// version is set by the build to what git describes.
var version = "dev"

func main() {
	dir := flag.String("dir", "", "folder of this laptop's record (default: the one opened last)")
	asked := flag.Bool("version", false, "say which version this is")
	flag.Parse()
	if *asked {
		fmt.Println("fieldbook-desktop version " + version)
		return
	}
	if err := run(*dir); err != nil {
		fmt.Fprintln(os.Stderr, "fieldbook-desktop: "+err.Error())
		os.Exit(1)
	}
}

// run shows the window until it is closed, by a person or by a signal, which Wails turns into the same; or it raises the one
// that has the folder already.
func run(dir string) error {
	passphrase := cli.TakePassphrase()
	defer clear(passphrase)
	if err := closeInspector(); err != nil {
		return err
	}
	w := newWindow(version)
	cfg, err := cli.Surroundings(version)
	if err != nil {
		return err
	}
	cfg.Dir, cfg.Window = dir, w.raise
	server, err := localapi.New(cfg)
	var held *localapi.HeldError
	if errors.As(err, &held) {
		return raise(held)
	}
	if err != nil {
		return err
	}
	if len(passphrase) > 0 {
		if err := server.Unlock(context.Background(), passphrase); err != nil {
			return errors.Join(err, server.Close())
		}
	}
	w.session = server.Session()
	return errors.Join(wails.Run(w.options(server.Handler(page()))), server.Close())
}

// page is how Wails' page reaches the API: without a port, under a scheme and name that nothing else has.
func page() localapi.Page {
	return localapi.Page{Files: frontend.Files(), Hosts: []string{"wails"}, Origins: []string{"wails://wails"}, Native: true}
}

// raise asks the process that has a folder for its window.
func raise(held *localapi.HeldError) error {
	holder, err := localapi.Reach(context.Background(), held.Dir)
	if err == nil {
		defer holder.Close()
		err = holder.Raise(context.Background())
	}
	return err
}
