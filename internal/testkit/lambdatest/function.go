// Package lambdatest runs the real bootstrap of a Lambda function: it answers
// the Runtime API that the program polls, stands before it as API Gateway does
// (HTTP API, payload format 2.0), and keeps a KMS that decrypts its configuration.
//
// Runtime API: docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html.
package lambdatest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
)

// deadline is how long an invocation may take; the function's own timeout in
// the deployment is a second less than API Gateway's 30.
const deadline = 29 * time.Second

// Config says what to run.
type Config struct {
	// Binary is the bootstrap, see Build.
	Binary string
	// Env is added to the environment of the function.
	Env []string
	// Instances is how many processes take requests; 0 means one.
	Instances int
	// Log takes what the processes write; nil drops it.
	Log io.Writer
}

// Function is a running function behind an HTTP API.
type Function struct {
	// URL is the HTTP API's address.
	URL string

	cfg   Config
	front *httptest.Server
	queue chan *invocation

	mu        sync.Mutex
	instances []*instance
}

// invocation is one request on its way.
type invocation struct {
	payload []byte
	done    chan []byte // the response; nil when the function failed
}

// Start runs a function until the test ends.
func Start(t testing.TB, cfg Config) *Function {
	t.Helper()
	f, err := Run(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	return f
}

// Run runs a function until it is closed.
func Run(cfg Config) (*Function, error) {
	f := &Function{cfg: cfg, queue: make(chan *invocation)}
	f.front = httptest.NewServer(http.HandlerFunc(f.gateway))
	f.URL = f.front.URL
	for range max(cfg.Instances, 1) {
		if err := f.Spawn(); err != nil {
			f.Close()
			return nil, err
		}
	}
	return f, nil
}

// Spawn starts one more process and returns when it asks for its first request.
func (f *Function) Spawn() error {
	i, err := start(f.cfg, f.queue)
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.instances = append(f.instances, i)
	return nil
}

// Kill ends all processes at once, as Lambda may between two requests.
func (f *Function) Kill() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, i := range f.instances {
		i.kill()
	}
	f.instances = nil
}

// PIDs are the ids of the processes.
func (f *Function) PIDs() []int {
	f.mu.Lock()
	defer f.mu.Unlock()
	ids := make([]int, len(f.instances))
	for at, i := range f.instances {
		ids[at] = i.cmd.Process.Pid
	}
	return ids
}

// Close ends the function.
func (f *Function) Close() {
	f.Kill()
	f.front.CloseClientConnections()
	f.front.Close()
}

// gateway is the HTTP API before the function.
func (f *Function) gateway(w http.ResponseWriter, r *http.Request) {
	payload, err := event(r)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	i := &invocation{payload: payload, done: make(chan []byte, 1)}
	ctx, cancel := context.WithTimeout(r.Context(), deadline)
	defer cancel()
	select {
	case f.queue <- i:
	case <-ctx.Done():
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	select {
	case body := <-i.done:
		var response events.APIGatewayV2HTTPResponse
		if body == nil || json.Unmarshal(body, &response) != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		reply(w, response)
	case <-ctx.Done():
		w.WriteHeader(http.StatusGatewayTimeout)
	}
}

// Build builds the bootstrap of this machine's architecture from the module's
// root folder, once a test binary.
func Build(t testing.TB, root string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bootstrap")
	if err := Compile(t.Context(), root, path); err != nil {
		t.Fatal(err)
	}
	return path
}

// Compile builds the bootstrap to a path.
func Compile(ctx context.Context, root, path string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-tags", "lambda.norpc", "-o", path, "./apps/synclambda")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build the function: %w: %s", err, out)
	}
	return nil
}
