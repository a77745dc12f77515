package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"fieldbook/keyring"
	"fieldbook/syncserver"
	"fieldbook/syncserver/service"
	"fieldbook/workspace"
)

// party is laptops of one workspace around a service that merges it.
type party struct {
	url        string
	invitation string
	meter      *meter
	wire       *wire // nil if the service is another process
	laptops    []*workspace.Workspace
	ends       []func() error
}

// until has something end with the party, before what was there before it.
func (p *party) until(end func()) {
	p.ends = append(p.ends, func() error { end(); return nil })
}

// meter stands before a service and keeps what its requests took.
type meter struct {
	handler http.Handler

	mu       sync.Mutex
	requests []took
}

// took is what one request took at the service.
type took struct {
	time    time.Duration
	in, out int64 // bytes of the bodies
}

// ServeHTTP implements http.Handler.
func (m *meter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	counted := &counted{ResponseWriter: w}
	spent, _ := timed(func() error { m.handler.ServeHTTP(counted, r); return nil })
	m.mu.Lock()
	defer m.mu.Unlock()
	m.requests = append(m.requests, took{spent, r.ContentLength, counted.bytes})
}

// take gives what was kept since the last take.
func (m *meter) take() []took {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := m.requests
	m.requests = nil
	return all
}

// counted counts the bytes of an answer's body.
type counted struct {
	http.ResponseWriter
	bytes int64
}

// Write implements http.ResponseWriter.
func (c *counted) Write(data []byte) (int, error) {
	n, err := c.ResponseWriter.Write(data)
	c.bytes += int64(n)
	return n, err
}

// Unwrap is for http.ResponseController.
func (c *counted) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// wire is a listener that counts the bytes of its connections, both ways.
type wire struct {
	net.Listener
	bytes atomic.Int64
}

// Accept implements net.Listener.
func (w *wire) Accept() (net.Conn, error) {
	conn, err := w.Listener.Accept()
	return &counting{conn, &w.bytes}, err
}

type counting struct {
	net.Conn
	bytes *atomic.Int64
}

// Read implements net.Conn.
func (c *counting) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.bytes.Add(int64(n))
	return n, err
}

// Write implements net.Conn.
func (c *counting) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	c.bytes.Add(int64(n))
	return n, err
}

// host starts a service over a store, in this process but for its engine.
func (p *party) host(ctx context.Context, store syncserver.Store) error {
	_, master, err := keyring.NewMaster()
	if err != nil {
		return err
	}
	s, err := service.New(ctx, service.Config{Store: store, Master: master, Open: true})
	if err != nil {
		return err
	}
	p.meter = &meter{handler: s}
	server := httptest.NewUnstartedServer(p.meter)
	p.wire = &wire{Listener: server.Listener}
	server.Listener = p.wire
	server.Start()
	p.url = server.URL
	p.until(s.Close)
	p.until(server.Close)
	return nil
}

// gather has an owner with a list of assets and some more laptops, which all hold
// the same as the service.
func (b *bench) gather(ctx context.Context, p *party, name string, assets, laptops int) error {
	owner, _, err := b.found(ctx, name+"-owner")
	if err != nil {
		return err
	}
	p.join(owner)
	if err := b.fill(ctx, owner, assets); err != nil {
		return err
	}
	for n := range laptops {
		l := owner
		if n > 0 {
			dir := filepath.Join(b.dir, fmt.Sprintf("%s-%d", name, n))
			if err := admit(ctx, owner, dir); err != nil {
				return err
			}
			if l, err = workspace.Open(ctx, config(dir, cheap)); err != nil {
				return err
			}
			p.join(l)
		}
		if _, err := l.AddRemote(ctx, workspace.RemoteSpec{Name: remoteName, URL: p.url, Invitation: p.invitation}); err != nil {
			return err
		}
	}
	return p.level(ctx)
}

func (p *party) join(w *workspace.Workspace) {
	p.laptops = append(p.laptops, w)
	p.ends = append(p.ends, w.Close)
}

// sync exchanges a laptop with the service; neither may refuse anything.
func (p *party) sync(ctx context.Context, w *workspace.Workspace) (workspace.Synced, error) {
	remote, err := w.Connect(ctx, remoteName)
	if err != nil {
		return workspace.Synced{}, err
	}
	done, err := w.SyncAs(ctx, remoteName, remote)
	if err == nil && len(done.Refused) > 0 {
		err = fmt.Errorf("refused: %v", done.Refused)
	}
	return done, err
}

// level syncs until everybody has everything.
func (p *party) level(ctx context.Context) error {
	for moved := true; moved; {
		moved = false
		for _, w := range p.laptops {
			done, err := p.sync(ctx, w)
			if err != nil {
				return err
			}
			moved = moved || done.Sent+done.Received > 0
		}
	}
	return p.same(ctx)
}

// same checks that the laptops have one record, and the service the same
// documents.
func (p *party) same(ctx context.Context) error {
	var digest string
	for _, w := range p.laptops {
		done, err := p.sync(ctx, w)
		if err != nil {
			return err
		}
		if digest == "" {
			digest = done.Digest
		}
		s := done.Service
		if done.Digest != digest || s == nil || s.Mode != workspace.ModeMerging || s.Unopened > 0 || len(s.Diverged)+len(s.Failed) > 0 {
			return fmt.Errorf("laptops and service differ: %+v, service %+v", done, s)
		}
	}
	return nil
}

func (p *party) close() error {
	var errs []error
	for n := len(p.ends) - 1; n >= 0; n-- {
		errs = append(errs, p.ends[n]())
	}
	return errors.Join(errs...)
}
