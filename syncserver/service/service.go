// Package service puts the sync service together: the HTTP side over the
// replicas of its workspaces over a store. `fieldbook serve` and the Lambda
// function run the same Service.
package service

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"fieldbook/keyring"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/httpapi"
	"fieldbook/syncserver/replica"
)

// Config is what a Service needs. Store and Master are required; what the other
// fields mean is said where they go.
type Config struct {
	// Store keeps all that the service holds.
	Store syncserver.Store
	// Master is the service's one secret. The Service wipes it when it closes.
	Master keyring.Master
	// Updates is the repository of updates; nil: there is none.
	Updates httpapi.Files
	// Invitation, Open, OIDC and Limits say who may come, see httpapi.Config.
	Invitation string
	Open       bool
	OIDC       *httpapi.OIDC
	Limits     httpapi.Limits
	// Clock tells the time; nil: time.Now.
	Clock func() time.Time
	// Log is told what an operator should know; nil: nobody is.
	Log *slog.Logger
	// Metrics takes the metrics; nil: nobody does.
	Metrics prometheus.Registerer
}

// Service is the sync service as one http.Handler. Safe for concurrent use.
//
// Documents are merged by the engine in a process of its own: the program must
// call replica.WorkerMain first in main.
type Service struct {
	handler *httpapi.Handler
	set     *replica.Set
	master  keyring.Master
}

// New makes a Service and starts the engine's process, so that the first
// request need not wait for it.
func New(ctx context.Context, cfg Config) (*Service, error) {
	if cfg.Master.IsZero() {
		return nil, errors.New("sync service without a key")
	}
	worker, err := replica.NewProcess()
	if err != nil {
		return nil, err
	}
	set, err := replica.New(replica.Config{
		Store: cfg.Store, Identity: cfg.Master.Service, Worker: worker, Clock: cfg.Clock, Log: cfg.Log,
	})
	if err != nil {
		return nil, err
	}
	handler, err := httpapi.New(ctx, httpapi.Config{
		Store: cfg.Store, Replicas: replicas{set}, Updates: cfg.Updates,
		Invitation: cfg.Invitation, Open: cfg.Open, OIDC: cfg.OIDC, Limits: cfg.Limits,
		Clock: cfg.Clock, Log: cfg.Log, Metrics: cfg.Metrics,
	})
	if err == nil {
		err = worker.Start()
	}
	if err != nil {
		set.Close()
		return nil, fmt.Errorf("make the sync service: %w", err)
	}
	return &Service{handler: handler, set: set, master: cfg.Master}, nil
}

// ServeHTTP implements http.Handler.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Close ends the engine's process and wipes the keys. No request may be running.
func (s *Service) Close() {
	s.handler.Close()
	s.set.Close()
	s.master.Wipe()
}

// replicas are a replica.Set as the HTTP side sees it.
type replicas struct{ *replica.Set }

// Open implements httpapi.Replicas.
func (r replicas) Open(ctx context.Context, id syncproto.Workspace) (httpapi.Replica, error) {
	view, err := r.Set.Open(ctx, id)
	if err != nil {
		return nil, err
	}
	return workspace{view}, nil
}

// workspace is a replica.View as the HTTP side sees it.
type workspace struct{ *replica.View }

// Usage implements httpapi.Replica.
func (w workspace) Usage() httpapi.Usage {
	devices, bytes := w.View.Usage()
	return httpapi.Usage{Devices: devices, Bytes: bytes}
}
