// Package s3test runs real S3 servers for tests: versitygw processes, one for
// each "region", and a Replicator between two of them.
//
// The program is the one that $FIELDBOOK_VERSITYGW names, or the pinned version
// that `scripts/setup.sh s3` builds into bin/tools, which this package runs when
// it is missing.
package s3test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	awss3 "github.com/aws/aws-sdk-go-v2/service/s3"

	"fieldbook/syncserver/s3"
)

// What every Gateway is set up with.
const (
	Bucket    = "fieldbook"
	AccessKey = "test"
	SecretKey = "test-secret"
	Region    = "us-east-1"
)

// Gateway is a versitygw process behind a listener of this process, so that its
// address stays the same when it is stopped and started again.
type Gateway struct {
	// URL is the endpoint, http://127.0.0.1:PORT.
	URL    string
	dir    string
	binary string
	front  *httptest.Server
	cut    atomic.Bool

	mu      sync.Mutex
	process *exec.Cmd
}

// Start runs a gateway with an empty bucket, with versions, until the test ends.
func Start(t testing.TB) *Gateway {
	t.Helper()
	dir, err := os.MkdirTemp("", "s3-") // short: it holds a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	g, err := Run(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(g.Close)
	return g
}

// Run runs a gateway over a folder that holds one already, or is empty.
func Run(ctx context.Context, dir string) (*Gateway, error) {
	binary, err := program(ctx)
	if err != nil {
		return nil, err
	}
	g := &Gateway{dir: dir, binary: binary}
	for _, sub := range []string{"data", "versions"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			return nil, fmt.Errorf("prepare the gateway's folder: %w", err)
		}
	}
	g.front = httptest.NewServer(g.forward())
	g.URL = g.front.URL
	if err := g.Resume(); err != nil {
		g.Close()
		return nil, err
	}
	if err := g.prepare(ctx); err != nil {
		g.Close()
		return nil, err
	}
	return g, nil
}

// Close ends the gateway.
func (g *Gateway) Close() {
	g.Stop()
	g.front.Close()
}

// Stop kills the process, as a region that is lost. Its data stay.
func (g *Gateway) Stop() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.process != nil {
		g.process.Process.Kill()
		g.process.Wait()
		g.process = nil
	}
	os.Remove(g.socket())
}

// Resume starts the process after Stop and returns when it answers.
func (g *Gateway) Resume() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.process != nil {
		return nil
	}
	process := exec.Command(g.binary, "--port", g.socket(), "--region", Region,
		"posix", "--versioning-dir", filepath.Join(g.dir, "versions"), filepath.Join(g.dir, "data"))
	process.Env = append(os.Environ(), "ROOT_ACCESS_KEY="+AccessKey, "ROOT_SECRET_KEY="+SecretKey)
	out, err := process.StdoutPipe()
	if err != nil {
		return fmt.Errorf("start versitygw: %w", err)
	}
	if err := process.Start(); err != nil {
		return fmt.Errorf("start versitygw: %w", err)
	}
	if err := errors.Join(ready(out), g.answers()); err != nil {
		process.Process.Kill()
		return errors.Join(err, process.Wait())
	}
	g.process = process
	return nil
}

// answers waits until the socket takes connections, which is a moment after the
// process says so.
func (g *Gateway) answers() error {
	end := time.Now().Add(10 * time.Second)
	for {
		conn, err := net.Dial("unix", g.socket())
		if err == nil {
			return conn.Close()
		}
		if time.Now().After(end) {
			return fmt.Errorf("versitygw does not listen: %w", err)
		}
		runtime.Gosched()
	}
}

// ready waits for the line that versitygw prints once it listens, and drops
// what follows.
func ready(out io.Reader) error {
	var seen strings.Builder
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "listening on") {
			go io.Copy(io.Discard, out)
			return nil
		}
		seen.WriteString(lines.Text() + "\n")
	}
	return fmt.Errorf("versitygw ended at once: %s", seen.String())
}

// Cut makes every connection to the gateway break, or mends it, as a partition.
func (g *Gateway) Cut(broken bool) {
	g.cut.Store(broken)
	if broken {
		g.front.CloseClientConnections()
	}
}

func (g *Gateway) socket() string { return filepath.Join(g.dir, "s") }

// forward passes requests on as they are: signatures cover the host.
func (g *Gateway) forward() http.Handler {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", g.socket())
	}
	// No connection is kept: one that outlives its process would fail the first request after Resume.
	back := &http.Transport{DialContext: dial, DisableKeepAlives: true, DisableCompression: true, ExpectContinueTimeout: time.Minute}
	proxy := &httputil.ReverseProxy{
		Transport: back,
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(&url.URL{Scheme: "http", Host: "gateway"})
			r.Out.Host = r.In.Host
		},
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) },
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if g.cut.Load() {
			panic(http.ErrAbortHandler)
		}
		proxy.ServeHTTP(w, r)
	})
}

// Config opens the gateway's bucket as a store.
func (g *Gateway) Config() s3.Config {
	return s3.Config{Bucket: Bucket, Region: Region, Endpoint: g.URL, PathStyle: true,
		Credentials: credentials.NewStaticCredentialsProvider(AccessKey, SecretKey, "")}
}

// Store opens a folder of the gateway's bucket as a store; "" is all of it.
func (g *Gateway) Store(t testing.TB, prefix string) *s3.Store {
	t.Helper()
	cfg := g.Config()
	cfg.Prefix = prefix
	store, err := s3.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// Environ is what a program needs in its environment to use the gateway with
// the SDK's own configuration.
func (g *Gateway) Environ() []string {
	return []string{"AWS_ACCESS_KEY_ID=" + AccessKey, "AWS_SECRET_ACCESS_KEY=" + SecretKey, "AWS_REGION=" + Region,
		"AWS_ENDPOINT_URL_S3=" + g.URL, "AWS_EC2_METADATA_DISABLED=true"}
}

// Client gives a plain client, for what a Store does not do.
func (g *Gateway) Client() *awss3.Client {
	return awss3.New(awss3.Options{
		Region: Region, BaseEndpoint: &g.URL, UsePathStyle: true,
		Credentials: credentials.NewStaticCredentialsProvider(AccessKey, SecretKey, ""),
	})
}

// Put puts an object into the bucket, whatever is there, as others than a Store
// do.
func (g *Gateway) Put(t testing.TB, key string, data []byte) {
	t.Helper()
	_, err := g.Client().PutObject(t.Context(), &awss3.PutObjectInput{
		Bucket: aws.String(Bucket), Key: &key, Body: bytes.NewReader(data)})
	if err != nil {
		t.Fatal(err)
	}
}

// Wipe removes every object from the bucket.
func (g *Gateway) Wipe(ctx context.Context) error {
	client := g.Client()
	keys, err := list(ctx, client)
	if err != nil {
		return fmt.Errorf("wipe bucket: %w", err)
	}
	for key := range keys {
		if _, err := client.DeleteObject(ctx, &awss3.DeleteObjectInput{Bucket: aws.String(Bucket), Key: &key}); err != nil {
			return fmt.Errorf("wipe bucket: delete %s: %w", key, err)
		}
	}
	return nil
}

// prepare makes the bucket unless it is there.
func (g *Gateway) prepare(ctx context.Context) error {
	client := g.Client()
	if _, err := client.HeadBucket(ctx, &awss3.HeadBucketInput{Bucket: aws.String(Bucket)}); err == nil {
		return nil
	}
	if _, err := client.CreateBucket(ctx, &awss3.CreateBucketInput{Bucket: aws.String(Bucket)}); err != nil {
		return fmt.Errorf("make bucket: %w", err)
	}
	return nil
}
