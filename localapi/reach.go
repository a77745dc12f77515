package localapi

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// ErrNobody says that no process answers for a folder.
var ErrNobody = errors.New("no window or program has this folder open")

// ErrSilent says that the process that has a folder does not answer.
var ErrSilent = errors.New("the window or program that has this folder open does not answer; close it, then try again")

// patience is how long a holder may take to answer at all; what it then does may
// take any time.
const patience = 10 * time.Second

// Holder is a connection to the process that has a folder. It takes one request.
type Holder struct{ conn *net.UnixConn }

// Reach connects to the process that has a device's folder. What that refuses to
// do is a *Problem. ErrNobody: there is
// none, or one that was killed.
func Reach(ctx context.Context, dir string) (*Holder, error) {
	path, err := SocketPath(dir)
	if err != nil {
		return nil, err
	}
	conn, err := (&net.Dialer{Timeout: patience}).DialContext(ctx, "unix", path)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNobody, err)
	}
	return &Holder{conn.(*net.UnixConn)}, nil
}

// Close hangs up.
func (h *Holder) Close() error { return h.conn.Close() }

// Raise asks for the holder's window to come to the front.
func (h *Holder) Raise(ctx context.Context) error {
	answer, err := h.post(ctx, "/api/window", struct{}{})
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

// Command has a command line run and passes its output on as it comes. When ctx
// ends, the holder cancels the command; what it says about that still comes.
func (h *Holder) Command(ctx context.Context, c Command, out, errs io.Writer) (code int, err error) {
	answer, err := h.post(ctx, "/api/command", c)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	stop := context.AfterFunc(ctx, func() { _ = h.conn.CloseWrite() }) // a connection that is gone already is cancelled too
	defer stop()
	for lines := json.NewDecoder(answer.Body); ; {
		var f frame
		if err := lines.Decode(&f); err != nil {
			return 0, fmt.Errorf("the program that has the workspace open went away in the middle: %w", err)
		}
		if f.Code != nil {
			return *f.Code, nil
		}
		if _, err := out.Write(f.Out); err != nil {
			return 0, err
		}
		if _, err := errs.Write(f.Err); err != nil {
			return 0, err
		}
	}
}

// post sends a request and gives the answer once it begins.
func (h *Holder) post(ctx context.Context, path string, body any) (*http.Response, error) {
	data, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://fieldbook"+path, bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	if err := h.conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return nil, err
	}
	if err := req.Write(h.conn); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSilent, err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(h.conn), req)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSilent, err)
	}
	if answer.StatusCode/100 == 2 {
		return answer, h.conn.SetDeadline(time.Time{})
	}
	defer answer.Body.Close()
	refused := &Problem{}
	if err := json.NewDecoder(io.LimitReader(answer.Body, 64<<10)).Decode(refused); err != nil || refused.Detail == "" {
		return nil, fmt.Errorf("the program that has the workspace open answers %s", answer.Status)
	}
	return nil, refused
}
