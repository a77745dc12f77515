package httpapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// Config is what a Handler needs.
type Config struct {
	// Store keeps the blobs; replicas have their own way to it. Required for
	// the routes of blobs.
	Store syncserver.Store
	// Replicas are the workspaces. Required.
	Replicas Replicas
	// Updates is the repository of updates; nil: the service has none.
	Updates Files
	// Invitation is the secret that lets unknown devices and workspaces in;
	// empty: none does.
	Invitation string
	// Open lets in whoever comes, for trying.
	Open bool
	// OIDC asks for a token of an identity provider besides; nil does not.
	OIDC *OIDC
	// Limits hold devices to measure.
	Limits Limits
	// Clock tells the time; nil: time.Now.
	Clock func() time.Time
	// Log is told about each request; nil: nobody is. It gets no names, tags,
	// keys, tokens or document ids, and only the beginnings of other ids.
	Log *slog.Logger
	// Metrics takes the handler's metrics; nil: they are kept to itself.
	Metrics prometheus.Registerer
}

// Files are read-only files, such as those of a repository of updates.
type Files interface {
	// Open gives a file by its slash-separated path, with its size. It wraps
	// syncserver.ErrAbsent where there is none.
	Open(ctx context.Context, path string) (file io.ReadCloser, size int64, err error)
}

// Limits hold devices to measure. Zero fields mean the defaults.
type Limits struct {
	// RequestBytes bounds the body of a request; by default a full message.
	RequestBytes int
	// Devices bounds the devices that may push to a workspace uninvited by its
	// members; 500 by default.
	Devices int
	// StorageBytes bounds the segments stored of a workspace; 50 GiB by default.
	StorageBytes int64
	// Rate is how many requests per second a device may send in a workspace on
	// average, Burst how many at once; 100 and 400 by default.
	Rate  float64
	Burst int
	// StrangerRate and StrangerBurst are the same for one network address and
	// requests that are unsigned or fail to tell who asks; 100 and 2,000.
	StrangerRate  float64
	StrangerBurst int
	// Workspaces bounds how many new workspaces one process lets in; 10,000 by
	// default.
	Workspaces int
	// Requests bounds the requests served at one time; 256 by default.
	Requests int
	// BodyTime is how long the body of a request may take to arrive, and its
	// answer to leave; a minute by default.
	BodyTime time.Duration
}

// full gives the limits with defaults in place of zeros.
func (l Limits) full() Limits {
	or(&l.RequestBytes, syncproto.MaxMessage)
	or(&l.Devices, 500)
	or(&l.StorageBytes, 50<<30)
	or(&l.Rate, 100)
	or(&l.Burst, 400)
	or(&l.StrangerRate, 100)
	or(&l.StrangerBurst, 2000)
	or(&l.Workspaces, 10_000)
	or(&l.Requests, 256)
	or(&l.BodyTime, time.Minute)
	return l
}

// or puts a default in place of a zero.
func or[T comparable](value *T, otherwise T) {
	var zero T
	if *value == zero {
		*value = otherwise
	}
}

// check says what is wrong with a configuration.
func (c *Config) check() error {
	l := c.Limits
	switch {
	case c.Replicas == nil:
		return errors.New("http handler without replicas")
	case min(l.RequestBytes, l.Devices, l.Burst, l.StrangerBurst, l.Workspaces, l.Requests) < 0,
		l.StorageBytes < 0, l.Rate < 0, l.StrangerRate < 0, l.BodyTime < 0:
		return errors.New("http handler with a limit below zero")
	case c.OIDC != nil:
		if err := c.OIDC.check(); err != nil {
			return fmt.Errorf("http handler: %w", err)
		}
	}
	return nil
}
