package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/spf13/cobra"

	"fieldbook/keyring"
	"fieldbook/syncserver/httpapi"
	"fieldbook/syncserver/service"
)

// serviceKeyVariable is where the service's secret may come from.
const serviceKeyVariable = "FIELDBOOK_SERVICE_KEY"

// serving is what `fieldbook serve` was told.
type serving struct {
	listen, admin       string
	store, updates      string
	cert, key           string
	selfSigned          bool
	secretFile, keyFile string
	open                bool
	issuer, audience    string
	limitsFile          string
}

func (a *app) serveCommand() *cobra.Command {
	s := &serving{}
	c := &cobra.Command{
		Use: "serve --listen ADDR --store DIR|s3://BUCKET[/FOLDER]", Short: "Run a sync service for any number of workspaces", Args: cobra.NoArgs,
		Long: `Run a sync service: laptops exchange their entries through it, and where an owner granted it the keys it merges the
record, so that a new laptop is usable at once. It needs no database: all it keeps lies in the store, and any laptop can
fill an empty one again.

The service has one secret of its own, from which its keys in each workspace derive. It comes from --key-file, from the
variable ` + serviceKeyVariable + `, or from a file in your data folder that is made at the first start. Keep a copy: with another
secret it is another service.

Who has the invitation (--secret-file) may bring new workspaces and laptops; with --open everybody may. Plain HTTP is
served on loopback only; elsewhere give a certificate, or make one with --tls-self-signed and pass its file on.

A bucket's credentials are those that AWS tools find; AWS_ENDPOINT_URL_S3 names another S3 server.`,
		Example: `  fieldbook serve --listen 127.0.0.1:8080 --store ./store --open
  fieldbook serve --listen :8443 --store /srv/fieldbook --tls-self-signed --secret-file invitation.txt --admin 127.0.0.1:9090
  fieldbook serve --listen :443 --store s3://plant-sync --tls-cert cert.pem --tls-key key.pem --secret-file invitation.txt`,
		RunE: func(c *cobra.Command, _ []string) error { return a.serve(c.Context(), s) },
	}
	f := c.Flags()
	f.StringVar(&s.listen, "listen", "127.0.0.1:8080", "address to listen on")
	f.StringVar(&s.admin, "admin", "", "address of a listener for /healthz and /metrics, as 127.0.0.1:9090; none if empty")
	f.StringVar(&s.store, "store", "", "folder, or s3://BUCKET[/FOLDER], that keeps everything")
	f.StringVar(&s.updates, "updates", "", "folder, or s3://BUCKET[/FOLDER], of a TUF repository to serve under /v1/updates/")
	f.StringVar(&s.cert, "tls-cert", "", "file with the certificate and those above it (PEM)")
	f.StringVar(&s.key, "tls-key", "", "file with the certificate's key (PEM)")
	f.BoolVar(&s.selfSigned, "tls-self-signed", false, "make a certificate, and keep it in your data folder")
	f.StringVar(&s.secretFile, "secret-file", "", "file whose first line is the invitation")
	f.BoolVar(&s.open, "open", false, "let in everybody who can reach it, for trying")
	f.StringVar(&s.keyFile, "key-file", "", "file with the service's secret, as `fieldbook serve key` prints it")
	f.StringVar(&s.issuer, "oidc-issuer", "", "identity provider whose token is asked for besides the signature")
	f.StringVar(&s.audience, "oidc-audience", "", "whom the token must be made for")
	f.StringVar(&s.limitsFile, "limits-file", "", "JSON file of limits: Devices, StorageBytes, Rate, Burst, Workspaces, ...")
	c.AddCommand(alone(a.serveKeyCommand()))
	return c
}

func (a *app) serveKeyCommand() *cobra.Command {
	return &cobra.Command{
		Use: "key", Short: "Make the secret of a new service", Args: cobra.NoArgs,
		Long:    "Print a new service secret, one line. Whoever has it is the service: keep it as you keep a recovery key.",
		Example: "  (umask 077; fieldbook serve key > service.key)",
		RunE: func(*cobra.Command, []string) error {
			display, master, err := keyring.NewMaster()
			if err != nil {
				return err
			}
			defer master.Wipe()
			return a.term.answer(map[string]string{"service_key": display}, func(out io.Writer) { fmt.Fprintln(out, display) })
		},
	}
}

// check refuses what does not go together before anything is opened.
func (s *serving) check() error {
	switch {
	case s.store == "":
		return usage(errors.New("say where to keep everything: --store DIR or --store s3://BUCKET"))
	case s.open == (s.secretFile != ""):
		return usage(errors.New("say who may come: --secret-file F for those with the invitation, or --open for everybody"))
	case (s.cert == "") != (s.key == ""):
		return usage(errors.New("--tls-cert and --tls-key belong together"))
	case s.cert != "" && s.selfSigned:
		return usage(errors.New("give a certificate, or have one made with --tls-self-signed; not both"))
	case (s.issuer == "") != (s.audience == ""):
		return usage(errors.New("--oidc-issuer and --oidc-audience belong together"))
	case !s.encrypted() && !loopback(s.listen):
		return usage(fmt.Errorf("%s can be reached by others, and plain HTTP shows them everything: give --tls-cert and --tls-key or --tls-self-signed", s.listen))
	case s.admin != "" && !loopback(s.admin):
		return usage(fmt.Errorf("%s can be reached by others; health and metrics are for this machine: use 127.0.0.1", s.admin))
	}
	return nil
}

func (s *serving) encrypted() bool { return s.cert != "" || s.selfSigned }

// serve runs the service until the program is told to stop, and then finishes
// the requests it has.
func (a *app) serve(ctx context.Context, s *serving) error {
	if err := s.check(); err != nil {
		return err
	}
	log := slog.New(slog.NewJSONHandler(a.term.err, nil))
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	cfg := service.Config{Open: s.open, Log: log, Metrics: registry}
	if err := s.fill(ctx, &cfg); err != nil {
		return err
	}
	handler, err := service.New(ctx, cfg)
	if err != nil {
		return err
	}
	defer handler.Close()
	w := &web{serving: s, log: log, handler: handler, store: cfg.Store, registry: registry}
	if err := w.bind(); err != nil {
		return err
	}
	if err := a.term.answer(w.listening(), w.tell); err != nil {
		return err
	}
	return w.run(ctx)
}

// fill opens what the flags name.
func (s *serving) fill(ctx context.Context, cfg *service.Config) (err error) {
	if s.issuer != "" {
		cfg.OIDC = &httpapi.OIDC{Issuer: s.issuer, Audience: s.audience}
	}
	if s.secretFile != "" {
		line, err := secretFile(s.secretFile)
		if err != nil {
			return err
		}
		if cfg.Invitation = string(line); cfg.Invitation == "" {
			return usage(fmt.Errorf("%s holds no invitation in its first line", s.secretFile))
		}
	}
	if s.limitsFile != "" {
		if cfg.Limits, err = readLimits(s.limitsFile); err != nil {
			return err
		}
	}
	if cfg.Store, err = openStore(ctx, s.store); err != nil {
		return err
	}
	if s.updates != "" {
		if cfg.Updates, err = openUpdates(ctx, s.updates); err != nil {
			return err
		}
	}
	cfg.Master, err = s.master()
	return err
}

// master is the service's secret: from the file named, the environment, or the
// file in the data folder, which is made at the first start.
func (s *serving) master() (keyring.Master, error) {
	path := s.keyFile
	text := os.Getenv(serviceKeyVariable)
	if path == "" && text == "" {
		var err error
		if path, err = ownServiceKey(); err != nil {
			return keyring.Master{}, err
		}
	}
	if path != "" {
		line, err := secretFile(path)
		if err != nil {
			return keyring.Master{}, err
		}
		text = string(line)
		clear(line)
	}
	master, err := keyring.ParseMaster(text)
	if err != nil {
		return keyring.Master{}, fmt.Errorf("%s: %w", cmp.Or(path, serviceKeyVariable), err)
	}
	return master, nil
}

// readLimits reads a file of limits; a name that is none of them is a slip.
func readLimits(path string) (limits httpapi.Limits, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return limits, fmt.Errorf("reading the limits: %w", err)
	}
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.DisallowUnknownFields()
	if err := d.Decode(&limits); err != nil {
		return limits, usage(fmt.Errorf("%s: %w", path, err))
	}
	return limits, nil
}
