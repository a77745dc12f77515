package localapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"fieldbook/workspace"
)

// Given a page that has a folder, then another start of the program reaches it by the folder's socket: its commands run on the
// open workspace, are refused while that is locked or waits, and its window comes to the front.
func TestOtherStartsWorkThroughTheHolder(t *testing.T) {
	raised := 0
	p := founded(t, func(cfg *Config, _ *Page) {
		cfg.Window = func() { raised++ }
		cfg.Command = func(ctx context.Context, dir string, w *workspace.Workspace, c Command, out, _ io.Writer) int {
			status, err := w.Status(ctx)
			fmt.Fprint(out, status.Workspace, strings.Join(c.Args, " "), err)
			return 5
		}
	})
	dir := p.dir()
	var out strings.Builder
	code, err := reach(t, dir).Command(t.Context(), Command{Args: []string{"status"}}, &out, io.Discard)
	if code != 5 || err != nil || out.String() != "Ravensmerestatus<nil>" {
		t.Errorf("%d, %v, %q", code, err, out.String())
	}
	if err := reach(t, dir).Raise(t.Context()); err != nil || raised != 1 {
		t.Errorf("raised %d times, %v", raised, err)
	}
	gives[none](p, post, "/lock", nil)
	var refused *Problem
	if _, err = reach(t, dir).Command(t.Context(), Command{}, io.Discard, io.Discard); !errors.As(err, &refused) || refused.Code != "locked" {
		t.Errorf("locked: %v", err)
	}
	asked := gives[Asked](p, post, "/workspaces/ask", map[string]any{"member": "Ada Okafor", "passphrase": secret})
	if _, err = reach(t, asked.State.Current.Dir).Command(t.Context(), Command{}, io.Discard, io.Discard); !errors.As(err, &refused) || refused.Code != "request" {
		t.Errorf("waiting for a grant: %v", err)
	}
	if _, err = Reach(t.Context(), dir); !errors.Is(err, ErrNobody) {
		t.Errorf("the folder before: %v", err)
	}
}

// Given a command that runs on the workspace, when that is locked, then the command is told to stop before the secrets go.
func TestLockEndsCommands(t *testing.T) {
	started := make(chan struct{})
	p := founded(t, func(cfg *Config, _ *Page) {
		cfg.Command = func(ctx context.Context, _ string, w *workspace.Workspace, _ Command, out, _ io.Writer) int {
			close(started)
			<-ctx.Done()
			_, err := w.Status(context.Background())
			fmt.Fprint(out, err)
			return 1
		}
	})
	var out strings.Builder
	ended := make(chan error)
	go func() {
		_, err := reach(t, p.dir()).Command(t.Context(), Command{}, &out, io.Discard)
		ended <- err
	}()
	<-started
	gives[none](p, post, "/lock", nil)
	if err := <-ended; err != nil || out.String() != "<nil>" {
		t.Errorf("%v, %q", err, out.String())
	}
}

// Given a folder that one server has, then no other one takes it, and both say so.
func TestOneHolderAFolder(t *testing.T) {
	p := founded(t)
	var held *HeldError
	if _, err := New(Config{Dir: p.dir()}); !errors.As(err, &held) || held.Dir != p.dir() {
		t.Errorf("a second start: %v", err)
	}
	other := newPage(t)
	other.refuses("busy", post, "/workspaces/select", Select{p.dir()})
	other.refuses("busy", post, "/workspaces/open", map[string]any{"dir": p.dir(), "passphrase": secret})
}

// Given the socket, then the API is behind it too, for who may name files, and a socket of a folder that was left answers no more.
func TestSocketServesTheAPI(t *testing.T) {
	p := founded(t)
	path, err := SocketPath(p.dir())
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", path)
	}}}
	defer client.CloseIdleConnections()
	ask := func() (*http.Response, error) { return client.Get("http://fieldbook/api/state") }
	answer, err := ask()
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%v, %v", answer, err)
	}
	text, err := io.ReadAll(answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil || !strings.Contains(string(text), `"native":true`) {
		t.Errorf("%s, %v", text, err)
	}
	gives[Founded](p, post, "/workspaces", map[string]any{"name": "Aldermoor", "member": "Ada Okafor", "zone": "", "passphrase": secret})
	if answer, err := ask(); err == nil {
		answer.Body.Close()
		t.Errorf("the socket of the folder before answers %s", answer.Status)
	}
}
