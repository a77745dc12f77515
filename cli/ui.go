package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"fieldbook/frontend"
	"fieldbook/localapi"
)

func (a *app) uiCommand() *cobra.Command {
	var listen string
	var noBrowser bool
	c := &cobra.Command{
		Use: "ui", Short: "Show the record in a browser of this computer", Args: cobra.NoArgs,
		Long: `Show the record in a browser of this computer, for machines without the desktop program's window. The address that is
printed works once, from this computer only, and until the command ends (Ctrl+C). While it runs, other commands work
through it.`,
		Example: "  fieldbook ui\n  fieldbook ui --listen 127.0.0.1:8080 --no-browser --json",
		RunE: func(c *cobra.Command, _ []string) error {
			if !loopback(listen) {
				return usage(errors.New("--listen takes an address of this computer only, such as 127.0.0.1:8080: who can reach it could try to use the record"))
			}
			listener, err := (&net.ListenConfig{}).Listen(c.Context(), "tcp", listen)
			if err != nil {
				return fmt.Errorf("listening: %w", err)
			}
			server, err := a.uiServer()
			if err != nil {
				return errors.Join(err, listener.Close())
			}
			return errors.Join(a.showUI(c.Context(), server, listener, !noBrowser), server.Close())
		},
	}
	c.Flags().StringVar(&listen, "listen", "127.0.0.1:0", "address to listen on, of this computer only; port 0 takes a free one")
	c.Flags().BoolVar(&noBrowser, "no-browser", false, "print the address and open nothing")
	return c
}

// uiServer takes the folder that the flags name, or the one opened last.
func (a *app) uiServer() (*localapi.Server, error) {
	cfg, err := Surroundings(a.version)
	if err != nil {
		return nil, err
	}
	cfg.Dir = a.dir
	if a.workspace != "" && a.dir == "" {
		if cfg.Dir, err = a.folder(); err != nil {
			return nil, err
		}
	}
	return localapi.New(cfg)
}

// uiPatience is how long a browser may take to say what it wants.
const uiPatience = 10 * time.Second

// showUI serves the page until the context ends.
func (a *app) showUI(ctx context.Context, server *localapi.Server, listener net.Listener, browse bool) error {
	host := listener.Addr().String()
	_, port, err := net.SplitHostPort(host)
	if err != nil {
		return err
	}
	page := localapi.Page{
		Files:   frontend.Files(),
		Hosts:   []string{host, "localhost:" + port},
		Origins: []string{"http://" + host, "http://localhost:" + port},
	}
	serving := &http.Server{Handler: server.Handler(page), ReadHeaderTimeout: uiPatience}
	stop := context.AfterFunc(ctx, func() { _ = serving.Close() }) // Serve returns and says what there is to say
	defer stop()
	address := "http://" + host + "/#token=" + server.Token()
	if err := a.tellAddress(address); err != nil {
		return err
	}
	if browse {
		defer a.browse(ctx, address)()
	}
	if err := serving.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving the page: %w", err)
	}
	return nil
}

// tellAddress prints the address on one line, also in JSON: who starts the program reads one and goes on.
func (a *app) tellAddress(address string) error {
	if !a.term.json {
		_, err := fmt.Fprintln(a.term.out, address)
		return err
	}
	return json.NewEncoder(a.term.out).Encode(map[string]string{"url": address})
}
