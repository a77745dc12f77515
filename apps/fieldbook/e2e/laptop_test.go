package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fieldbook/syncserver/replica"
)

// binary is the program under test; TestMain sets it.
var binary string

// TestMain is also the engine's process of the services under test.
func TestMain(m *testing.M) {
	replica.WorkerMain()
	os.Exit(testMain(m))
}

func testMain(m *testing.M) int {
	temp, err := os.MkdirTemp("", "fieldbook-e2e-*")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(temp)
	plants.dir = temp
	binary = os.Getenv("FIELDBOOK_BIN")
	if binary == "" {
		binary = filepath.Join(temp, "fieldbook")
		build := exec.Command("go", "build", "-o", binary, "fieldbook/apps/fieldbook")
		build.Stdout, build.Stderr = os.Stderr, os.Stderr
		if err := build.Run(); err != nil {
			return 1
		}
	}
	return m.Run()
}

const passphrase = "correct horse battery staple"

// laptop is one device: a folder and what its owner knows.
type laptop struct {
	t    *testing.T
	dir  string
	pass string
	env  []string
	in   string // what stdin holds

	knows string // address of the service that was added for a stick
}

// answer is what one run of the program came to.
type answer struct {
	t      *testing.T
	args   []string
	code   int
	out    string
	err    string
	maxRSS int64 // KiB
}

func newLaptop(t *testing.T, name string) *laptop {
	t.Helper()
	return &laptop{t: t, dir: filepath.Join(t.TempDir(), name), pass: passphrase}
}

func (l *laptop) command(args ...string) *exec.Cmd {
	cmd := exec.Command(binary, append([]string{"--dir", l.dir}, args...)...)
	cmd.Env = []string{"HOME=" + filepath.Dir(l.dir), "PATH=" + os.Getenv("PATH"), "TMPDIR=" + os.TempDir()}
	if l.pass != "" {
		cmd.Env = append(cmd.Env, "FIELDBOOK_PASSPHRASE="+l.pass)
	}
	cmd.Env = append(cmd.Env, l.env...)
	cmd.Stdin = strings.NewReader(l.in)
	return cmd
}

// run gives whatever came of it.
func (l *laptop) run(args ...string) answer {
	l.t.Helper()
	args = l.by(args)
	return finish(l.t, l.command(args...), args)
}

func finish(t *testing.T, cmd *exec.Cmd, args []string) answer {
	t.Helper()
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("running %v: %v", args, err)
	}
	a := answer{t: t, args: args, code: cmd.ProcessState.ExitCode(), out: out.String(), err: errs.String(), maxRSS: peak(cmd.ProcessState)}
	if strings.Contains(a.err, "panic:") || strings.Contains(a.err, "goroutine ") {
		t.Errorf("fieldbook %v panicked:\n%s", args, a.err)
	}
	return a
}

// ok runs a command that must succeed.
func (l *laptop) ok(args ...string) answer {
	l.t.Helper()
	return l.run(args...).exits(0)
}

// refuses runs a command that must end with the code and say each of the words on stderr.
func (l *laptop) refuses(code int, words []string, args ...string) answer {
	l.t.Helper()
	a := l.run(append(args, "--json")...)
	if a.code != code {
		l.t.Errorf("fieldbook %v: exit %d, want %d\nstdout: %s\nstderr: %s", args, a.code, code, clip(a.out), clip(a.err))
	}
	for _, word := range words {
		if !strings.Contains(strings.ToLower(a.err), strings.ToLower(word)) {
			l.t.Errorf("fieldbook %v: the error does not say %q:\n%s", args, word, a.err)
		}
	}
	if strings.TrimSpace(a.err) == "" {
		l.t.Errorf("fieldbook %v exits %d without a word on stderr", args, code)
	}
	a.validJSON()
	return a
}

func (a answer) exits(code int) answer {
	a.t.Helper()
	if a.code != code {
		a.t.Fatalf("fieldbook %v: exit %d, want %d\nstdout: %s\nstderr: %s", a.args, a.code, code, clip(a.out), clip(a.err))
	}
	return a
}

// validJSON checks that stdout is nothing or one JSON value.
func (a answer) validJSON() {
	a.t.Helper()
	if a.out != "" && !json.Valid([]byte(a.out)) {
		a.t.Errorf("fieldbook %v: stdout is no JSON:\n%s", a.args, clip(a.out))
	}
}

func clip(s string) string {
	if len(s) > 3000 {
		return s[:3000] + "..."
	}
	return s
}

// object is a JSON object.
type object = map[string]any

// one runs a command with --json that must succeed with an object.
func (l *laptop) one(args ...string) object {
	l.t.Helper()
	return decode[object](l.ok(append(args, "--json")...))
}

// many runs a command with --json that must succeed with an array of objects.
func (l *laptop) many(args ...string) []object {
	l.t.Helper()
	list := decode[[]object](l.ok(append(args, "--json")...))
	if list == nil {
		l.t.Errorf("fieldbook %v: null instead of an empty array", args)
	}
	return list
}

func decode[T any](a answer) T {
	a.t.Helper()
	var v T
	if err := json.Unmarshal([]byte(a.out), &v); err != nil {
		a.t.Fatalf("fieldbook %v: %v in\n%s", a.args, err, clip(a.out))
	}
	return v
}

// has checks that every named field is present, be it null.
func has(t *testing.T, what string, o object, fields ...string) {
	t.Helper()
	for _, f := range fields {
		if _, ok := o[f]; !ok {
			t.Errorf("%s lacks %q: %v", what, f, o)
		}
	}
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
