package fleet

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"fieldbook/workspace"
)

const passphrase = "correct horse battery staple"

// laptop is one device: a folder, and a way to each region.
type laptop struct {
	w         *world
	name      string
	home, dir string
	off       time.Duration // how wrong its clock is
	links     [2]*link
	first     int  // the region whose address it has as the first one
	connected bool // it has the service as a remote

	mu      sync.Mutex
	running *exec.Cmd
}

// laptop makes a device that is nobody's yet. The first one's clock is right.
func (w *world) laptop(name string) *laptop {
	l := &laptop{w: w, name: name, home: filepath.Join(w.dir, fmt.Sprint("laptop", w.made))}
	l.dir = filepath.Join(l.home, "record")
	w.must(os.Mkdir(l.home, 0o700))
	if w.made > 0 {
		l.off = time.Duration(w.r.IntN(241)-120) * time.Hour
	}
	w.made++
	l.first = w.r.IntN(2)
	for side := range w.regions {
		l.links[side] = w.link(l, side)
	}
	return l
}

// answer is what one run of the program came to.
type answer struct {
	args     []string
	code     int
	out, err string
}

// run starts the program and waits for its end. A code of -1 means that it was
// killed.
func (l *laptop) run(args ...string) answer {
	binary := l.w.programs.fieldbook
	if l.off != 0 {
		binary = l.w.programs.skewed
	}
	cmd := exec.Command(binary, append([]string{"--dir", l.dir, "--json"}, args...)...)
	cmd.Env = []string{"HOME=" + l.home, "PATH=" + os.Getenv("PATH"), "TMPDIR=" + os.TempDir(),
		"FIELDBOOK_PASSPHRASE=" + passphrase, clockVariable + "=" + l.off.String()}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	l.mu.Lock()
	err := cmd.Start()
	l.running = cmd
	l.mu.Unlock()
	if err != nil {
		return answer{args: args, code: 127, err: err.Error()}
	}
	_ = cmd.Wait() // the code says how it ended
	return answer{args: args, code: cmd.ProcessState.ExitCode(), out: out.String(), err: errs.String()}
}

// kill ends the program that runs, as a power cut does.
func (l *laptop) kill() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.running != nil {
		_ = l.running.Process.Kill() // it may have ended already
	}
}

// must runs a command that nothing can keep from succeeding.
func (l *laptop) must(args ...string) answer {
	l.w.t.Helper()
	a := l.run(args...)
	if a.code != 0 {
		l.fatal(a)
	}
	return a
}

func (l *laptop) fatal(a answer) {
	l.w.t.Helper()
	l.w.t.Fatalf("%s: fieldbook %s: exit %d\n%s\n%s\n%s", l.name, strings.Join(a.args, " "), a.code, clip(a.out), clip(a.err), l.w.logs())
}

func clip(s string) string { return s[:min(len(s), 2000)] }

// one decodes the answer of a command that must succeed.
func one[T any](l *laptop, args ...string) T {
	l.w.t.Helper()
	return decode[T](l, l.must(args...))
}

func decode[T any](l *laptop, a answer) (v T) {
	l.w.t.Helper()
	if err := json.Unmarshal([]byte(a.out), &v); err != nil {
		l.fatal(a)
	}
	return v
}

// cheapen gives the passphrase the lowest cost, so that commands start at once.
func (l *laptop) cheapen() {
	pass := func(context.Context) ([]byte, error) { return []byte(passphrase), nil }
	cfg := workspace.Config{Dir: l.dir, Passphrase: pass, Work: 1, Clock: func() time.Time { return time.Now().Add(l.off) }}
	opened, err := workspace.Open(l.w.t.Context(), cfg)
	l.w.must(err)
	l.w.must(opened.ChangePassphrase(l.w.t.Context(), pass))
	l.w.must(opened.Close())
}

// connect adds the service with both of its addresses. Each is asked for its keys
// and has to answer.
func (l *laptop) connect() {
	if l.connected {
		return
	}
	a := l.run("remote", "add", "cloud", l.links[l.first].url, "--second", l.links[1-l.first].url, "--secret-file", l.w.secret)
	switch {
	case a.code == 0:
		l.connected = true
	case a.code == 1 && !(l.links[0].sound() && l.links[1].sound()):
		l.w.say("%s does not reach both regions to connect", l.name)
	default:
		l.fatal(a)
	}
}

// merged is what a sync says of the service.
type merged struct {
	Mode             string
	Documents        int64
	Diverged, Failed []string
	Unopened         uint64
}

// synced is what a sync says.
type synced struct {
	Sent, Received int
	Refused        []struct{ Reason string }
	Waiting        int64
	Digest         string
	Service        *merged
}

// sync exchanges with the service. What the network does may end it; nothing
// else may. Holes are what a region has before what was written earlier.
func (l *laptop) sync() (done synced, ok bool) {
	l.w.t.Helper()
	if l.connect(); !l.connected {
		return done, false
	}
	return l.check(l.run("sync", "cloud"))
}

// check reads what a sync came to.
func (l *laptop) check(a answer) (done synced, ok bool) {
	l.w.t.Helper()
	switch {
	case a.code == 0 || a.code == 3:
		done = decode[synced](l, a)
		for _, r := range done.Refused {
			if !strings.HasPrefix(r.Reason, "hole") {
				l.fatal(a)
			}
		}
		return done, a.code == 0
	case a.code == 1 && !l.reaches(), a.code == -1:
		return done, false
	}
	l.fatal(a)
	return done, false
}
