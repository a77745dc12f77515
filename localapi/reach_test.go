package localapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
)

// holding serves a handler on a folder's socket and gives the folder.
func holding(t *testing.T, handler http.Handler) string {
	t.Helper()
	dir := folder(t)
	socket := listen(t, dir)
	server := &http.Server{Handler: handler}
	go server.Serve(socket)
	t.Cleanup(func() { server.Close() })
	return dir
}

// running is a holder that runs commands with a function.
func running(t *testing.T, run func(ctx context.Context, c Command, out, errs io.Writer) int) string {
	t.Helper()
	return holding(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := readCommand(w, r)
		if err != nil {
			t.Error(err)
		}
		streamCommand(r.Context(), w, func(ctx context.Context, out, errs io.Writer) int { return run(ctx, c, out, errs) })
	}))
}

func reach(t *testing.T, dir string) *Holder {
	t.Helper()
	holder, err := Reach(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { holder.Close() })
	return holder
}

// TestCommandComesBackAsItIs: arguments go over and output and code come back
// byte for byte.
func TestCommandComesBackAsItIs(t *testing.T) {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	sent := Command{Args: []string{"asset", "set", "é\n", "--reason", ""}, Folder: "/a b", Bars: true}
	dir := running(t, func(_ context.Context, c Command, out, errs io.Writer) int {
		if !slices.Equal(c.Args, sent.Args) || c.Folder != sent.Folder || !c.Bars || c.Paint {
			t.Errorf("got %+v", c)
		}
		for range 3 {
			fmt.Fprintf(out, "%s", all)
			fmt.Fprint(errs, "wait\r")
		}
		return 5
	})
	var out, errs bytes.Buffer
	code, err := reach(t, dir).Command(t.Context(), sent, &out, &errs)
	if err != nil || code != 5 {
		t.Errorf("code %d, %v", code, err)
	}
	if !bytes.Equal(out.Bytes(), bytes.Repeat(all, 3)) || errs.String() != "wait\rwait\rwait\r" {
		t.Errorf("got %q and %q", out.Bytes(), errs.Bytes())
	}
}

// TestInterruptedCommandIsCancelled: the holder learns of it, and what the command
// says at its end still arrives.
func TestInterruptedCommandIsCancelled(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	dir := running(t, func(ctx context.Context, _ Command, _, errs io.Writer) int {
		fmt.Fprintln(errs, "begun")
		<-ctx.Done()
		fmt.Fprintln(errs, "rolled back")
		return 1
	})
	var errs bytes.Buffer
	said := writer(func(p []byte) {
		errs.Write(p)
		if strings.Contains(errs.String(), "begun") {
			interrupt()
		}
	})
	code, err := reach(t, dir).Command(ctx, Command{}, io.Discard, said)
	if err != nil || code != 1 || errs.String() != "begun\nrolled back\n" {
		t.Errorf("code %d, %v, %q", code, err, errs.String())
	}
}

// writer is a function to write to.
type writer func([]byte)

func (w writer) Write(p []byte) (int, error) {
	w(p)
	return len(p), nil
}

// TestKilledCallerCancels: a command ends when nobody is there to hear of it.
func TestKilledCallerCancels(t *testing.T) {
	ended := make(chan struct{})
	begun := make(chan struct{})
	dir := running(t, func(ctx context.Context, _ Command, _, _ io.Writer) int {
		close(begun)
		<-ctx.Done()
		close(ended)
		return 1
	})
	holder := reach(t, dir)
	go holder.Command(context.Background(), Command{}, io.Discard, io.Discard)
	<-begun
	holder.Close()
	<-ended
}

// TestCallerThatReadsNoMore: when the workspace is locked, a command ends whose caller is there and takes nothing.
func TestCallerThatReadsNoMore(t *testing.T) {
	lock, ended := make(chan struct{}), make(chan struct{})
	dir := holding(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithCancel(r.Context())
		go func() {
			<-lock
			cancel()
		}()
		streamCommand(ctx, w, func(_ context.Context, out, _ io.Writer) int {
			defer close(ended)
			for piece := make([]byte, 1<<16); ; {
				if _, err := out.Write(piece); err != nil {
					return 1
				}
			}
		})
	}))
	holder := reach(t, dir)
	var once sync.Once
	go holder.Command(t.Context(), Command{}, writer(func([]byte) {
		once.Do(func() { close(lock) })
		<-ended
	}), io.Discard)
	<-ended
}

// TestHolderThatGoesAway: a command whose holder dies has failed.
func TestHolderThatGoesAway(t *testing.T) {
	dir := holding(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(frame{Out: []byte("half")})
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}))
	var out bytes.Buffer
	_, err := reach(t, dir).Command(t.Context(), Command{}, &out, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "went away") || out.String() != "half" {
		t.Errorf("%v after %q", err, out.String())
	}
}

// TestHolderThatRefuses: its problem is the error, with its code.
func TestHolderThatRefuses(t *testing.T) {
	dir := holding(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusConflict)
		_ = json.NewEncoder(w).Encode(problem(http.StatusConflict, "locked", "The workspace is locked.", "Unlock it."))
	}))
	var refused *Problem
	if err := reach(t, dir).Raise(t.Context()); !errors.As(err, &refused) || refused.Code != "locked" {
		t.Errorf("raising: %v", err)
	}
	if _, err := reach(t, dir).Command(t.Context(), Command{}, io.Discard, io.Discard); !errors.As(err, &refused) {
		t.Errorf("a command: %v", err)
	}
}

// TestHolderThatTalksNonsense: no answer of a holder is more than an error.
func TestHolderThatTalksNonsense(t *testing.T) {
	for _, body := range []string{"", "no json", `{"out":"%%"}`, strings.Repeat("[", 1000)} {
		for _, status := range []int{http.StatusOK, http.StatusTeapot} {
			dir := holding(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(status)
				fmt.Fprint(w, body)
			}))
			if _, err := reach(t, dir).Command(t.Context(), Command{}, io.Discard, io.Discard); err == nil {
				t.Errorf("%d with %q is no error", status, body)
			}
		}
	}
}
