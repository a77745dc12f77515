package lambdatest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"time"
)

// instance is one process of a function with the Runtime API that it polls. As
// in Lambda it has one request at a time, and one that dies takes that with it.
type instance struct {
	cmd    *exec.Cmd
	api    *httptest.Server
	queue  <-chan *invocation
	polled chan struct{} // closed by the first poll
	ended  chan struct{} // closed when the process has ended

	mu      sync.Mutex
	first   sync.Once
	serial  int
	current *invocation
}

// start runs a process and returns when it asks for its first request.
func start(cfg Config, queue <-chan *invocation) (*instance, error) {
	i := &instance{queue: queue, polled: make(chan struct{}), ended: make(chan struct{})}
	i.api = httptest.NewServer(i.runtime())
	i.cmd = exec.Command(cfg.Binary)
	i.cmd.Env = append(append(os.Environ(), "AWS_LAMBDA_RUNTIME_API="+i.api.Listener.Addr().String(), "AWS_LAMBDA_FUNCTION_NAME=fieldbook"), cfg.Env...)
	i.cmd.Stdout, i.cmd.Stderr = cfg.Log, cfg.Log
	if err := i.cmd.Start(); err != nil {
		i.api.Close()
		return nil, fmt.Errorf("start the function: %w", err)
	}
	go i.wait()
	select {
	case <-i.polled:
		return i, nil
	case <-i.ended:
		return nil, fmt.Errorf("the function ended before its first request: %s", i.cmd.ProcessState)
	}
}

// wait fails the request that a process had when it ended.
func (i *instance) wait() {
	_ = i.cmd.Wait() // the state says how it ended
	close(i.ended)
	i.finish(i.serialNow(), nil)
	i.api.CloseClientConnections()
	i.api.Close()
}

// kill ends the process and waits for that.
func (i *instance) kill() {
	_ = i.cmd.Process.Kill() // it may have ended already
	<-i.ended
}

// runtime is the Runtime API.
func (i *instance) runtime() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /2018-06-01/runtime/invocation/next", func(w http.ResponseWriter, r *http.Request) {
		i.first.Do(func() { close(i.polled) })
		select {
		case <-i.ended:
		case <-r.Context().Done():
		case next := <-i.queue:
			i.give(w, next)
		}
	})
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/{what}", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		serial, bad := strconv.Atoi(r.PathValue("id"))
		if r.PathValue("what") != "response" {
			body = nil
		}
		if err != nil || bad != nil || !i.finish(serial, body) {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		w.WriteHeader(http.StatusAccepted)
	})
	return mux
}

// give hands the process its next request, or fails it if the process ended.
func (i *instance) give(w http.ResponseWriter, next *invocation) {
	i.mu.Lock()
	i.serial++
	i.current = next
	serial := i.serial
	i.mu.Unlock()
	select {
	case <-i.ended:
		i.finish(serial, nil)
		return
	default:
	}
	w.Header().Set("Lambda-Runtime-Aws-Request-Id", strconv.Itoa(serial))
	w.Header().Set("Lambda-Runtime-Deadline-Ms", strconv.FormatInt(time.Now().Add(deadline).UnixMilli(), 10))
	w.Header().Set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:000000000000:function:fieldbook")
	_, _ = w.Write(next.payload) // wait answers for a process that was killed
}

// finish answers the request in hand.
func (i *instance) finish(serial int, body []byte) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.current == nil || i.serial != serial {
		return false
	}
	i.current.done <- body
	i.current = nil
	return true
}

func (i *instance) serialNow() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.serial
}
