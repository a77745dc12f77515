package localapi

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"fieldbook/keyring"
	"fieldbook/syncclient"
	"fieldbook/workspace"
)

// Config says what a Server gets from its surroundings. Only DataFolder and Folder are required.
type Config struct {
	// Version is the program's.
	Version string
	// DataFolder is where new workspaces go, each in a folder of its own.
	DataFolder string
	// Dir is a folder to begin with; empty takes the one opened last, or the only one there is.
	Dir string
	// Recent is a file in which folders outside the data folder are remembered; empty remembers none.
	Recent string
	// Folder opens a folder as a remote.
	Folder func(path string) (syncclient.Remote, error)
	// Reference opens a folder or a backup that a log is verified against.
	Reference func(ctx context.Context, path string) (syncclient.Remote, error)
	// Command runs another process's command line on the open workspace of a folder and gives its exit code.
	Command func(ctx context.Context, dir string, w *workspace.Workspace, c Command, out, errs io.Writer) int
	// Window brings the window to the front; nil where there is none.
	Window func()
	// Log hears the causes of errors that nobody expects, and never a secret; nil is the standard logger.
	Log *slog.Logger
	// Clock is the wall clock; nil means time.Now.
	Clock func() time.Time
	// Work is the cost of passphrases; zero means the keyring's default.
	Work keyring.Work
	// Dial makes the connection to a service; nil means over HTTP.
	Dial func(syncclient.ServiceConfig) (workspace.Service, error)
}

// Server is the API over at most one open workspace. Make one with New and end it with Close.
type Server struct {
	cfg      Config
	log      *slog.Logger
	mux      *http.ServeMux
	pulse    pulse
	sessions sessions
	vault    vault
	work     jobs
	idle     idle

	turn sync.Mutex // held while the folder or its phase changes; taken before mu

	mu      sync.Mutex // guards what follows
	dir     string     // the current folder; empty in phase none
	phase   string
	words   []string // of the request that this folder's device asked with
	held    *held
	socket  *Socket
	serving *http.Server
}

// The phases of a Server.
const (
	phaseNone      = "none"
	phaseLocked    = "locked"
	phaseRequested = "requested"
	phaseOpen      = "open"
)

// New makes a Server and takes the folder to begin with, locked. ErrHeld: another process has that folder.
func New(cfg Config) (*Server, error) {
	s := &Server{cfg: cfg, log: cfg.Log, phase: phaseNone}
	if s.log == nil {
		s.log = slog.Default()
	}
	if s.cfg.Clock == nil {
		s.cfg.Clock = time.Now
	}
	s.idle.fire = s.rest
	s.vault.now, s.work.now = s.cfg.Clock, s.cfg.Clock
	r := newRoutes(cfg.Version, s.log)
	r.register(s)
	s.mux = r.mux
	if dir := s.beginning(); dir != "" {
		if err := s.choose(dir); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Close locks the workspace, which ends what is being done on it, and lets go of its folder.
func (s *Server) Close() error {
	s.sessions.end()
	s.work.end()
	s.turn.Lock()
	defer s.turn.Unlock()
	return s.leave()
}
