package replica

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"

	"fieldbook/crdt"
)

// errKilled says that the engine's process was ended because of a deadline.
var errKilled = errors.New("ended by a deadline")

// patience is how long one document may take the engine before its process is
// ended. The slowest change that the guard lets through takes seconds.
const patience = 30 * time.Second

// Process is a Worker that runs this program once more as the engine's process
// (WorkerMain). When that dies it is started anew; a document that it dies of
// twice fails, and the others go on.
type Process struct {
	mu      sync.Mutex
	path    string
	env     []string
	running *child
}

// NewProcess makes a Process; nothing is started before the first Merge or Start.
func NewProcess() (*Process, error) {
	path, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	// Few arenas: the engine runs on one thread, and each arena keeps memory.
	return &Process{path: path, env: append(os.Environ(), "MALLOC_ARENA_MAX=1", "GOMAXPROCS=1", "GOMEMLIMIT=48MiB")}, nil
}

// child is one run of the engine's process.
type child struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	w       *bufio.Writer
	r       *bufio.Reader
	courier crdt.Courier
}

// Start starts the engine's process ahead of the first Merge.
func (p *Process) Start() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, err := p.child()
	return err
}

// child gives the running process, or starts one.
func (p *Process) child() (*child, error) {
	if p.running != nil {
		return p.running, nil
	}
	cmd := exec.Command(p.path, workerArg)
	cmd.Env = p.env
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start engine: %w", err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start engine: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start engine: %w", err)
	}
	var key [32]byte
	_, _ = rand.Read(key[:]) // does not fail: it ends the program rather than give weak bytes
	c := &child{cmd: cmd, in: in, w: bufio.NewWriterSize(in, 1<<16), r: bufio.NewReader(out), courier: crdt.NewCourier(key)}
	if err = send(c.w, key[:]); err == nil {
		err = c.w.Flush()
	}
	if err != nil {
		c.end()
		return nil, fmt.Errorf("start engine: %w", err)
	}
	p.running = c
	return c, nil
}

// end kills the process and waits for it.
func (c *child) end() {
	_ = c.in.Close()
	_ = c.cmd.Process.Kill() // it may have died already
	_ = c.cmd.Wait()         // says how it died, which is known
}

// Merge implements Worker.
func (p *Process) Merge(ctx context.Context, jobs []Job, done func(int, Result)) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for at, tried, deaths := 0, -1, 0; at < len(jobs); {
		c, err := p.child()
		if err != nil {
			return err
		}
		n, err := c.run(ctx, jobs[at:], func(i int, r Result) { done(at+i, r) })
		at += n
		if err == nil {
			continue
		}
		c.end()
		p.running = nil
		if ctx.Err() != nil {
			return fmt.Errorf("merge: %w", ctx.Err())
		}
		if at == len(jobs) || tried != at { // it may have died of something else: once more
			tried = at
			continue
		}
		done(at, Result{Err: fmt.Errorf("%w: its process died: %w", ErrEngine, err)})
		at++
		if deaths++; deaths > maxDeaths {
			return fmt.Errorf("%w: its process dies again and again", ErrEngine)
		}
	}
	return nil
}

// maxDeaths is how many documents of one Merge may end the engine's process.
const maxDeaths = 16

// run sends jobs and reads results until all are done or the process fails. It
// says how many results came.
func (c *child) run(ctx context.Context, jobs []Job, done func(int, Result)) (n int, err error) {
	late := time.AfterFunc(patience, func() { _ = c.cmd.Process.Kill() })
	stop := context.AfterFunc(ctx, func() { _ = c.cmd.Process.Kill() })
	defer func() {
		if ended, slow := !stop(), !late.Stop(); err == nil && (ended || slow) {
			err = errKilled
		}
	}()
	sent := make(chan error, 1)
	go func() { sent <- c.sendAll(jobs) }()
	for n < len(jobs) {
		frame, failed := receive(c.r)
		if failed != nil {
			err = failed
			break
		}
		r, failed := readResult(frame)
		if failed != nil {
			err = failed
			break
		}
		late.Reset(patience)
		done(n, r)
		n++
	}
	if err != nil {
		_ = c.cmd.Process.Kill() // ends a sender that waits for room in the pipe
	}
	if failed := <-sent; err == nil && n < len(jobs) {
		err = failed
	}
	return n, err
}

// sendAll writes jobs. It ends when the process does.
func (c *child) sendAll(jobs []Job) error {
	for i := range jobs {
		if err := sendJob(c.w, c.courier, &jobs[i]); err != nil {
			return err
		}
	}
	return c.w.Flush()
}

// Close implements Worker.
func (p *Process) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.running != nil {
		p.running.end()
		p.running = nil
	}
}
