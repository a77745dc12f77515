package localapi

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"sync"
	"time"
)

// Command is a command line that a process was given and hands to the one that
// has the workspace open: the body of POST /api/command.
type Command struct {
	Args   []string `json:"args"`   // without the program's name
	Folder string   `json:"folder"` // the caller's working directory; relative paths start there
	Bars   bool     `json:"bars"`   // the caller's stderr is a terminal: progress is worth drawing
	Paint  bool     `json:"paint"`  // the caller's stdout shows colours
}

// maxCommand bounds a command's body in bytes: what systems allow a command line,
// as JSON.
const maxCommand = 8 << 20

// frame is one line of the answer: a piece of output, or the exit code at the end.
type frame struct {
	Out  []byte `json:"out,omitempty"`
	Err  []byte `json:"err,omitempty"`
	Code *int   `json:"code,omitempty"`
}

// framesType is the content type of an answer: a frame a line.
const framesType = "application/x-ndjson"

// readCommand reads the body of a request.
func readCommand(w http.ResponseWriter, r *http.Request) (c Command, err error) {
	err = json.NewDecoder(http.MaxBytesReader(w, r.Body, maxCommand)).Decode(&c)
	if err == nil {
		_, err = io.Copy(io.Discard, http.MaxBytesReader(w, r.Body, maxCommand))
	}
	return c, err
}

// farewell is how long a caller may take to hear a cancelled command's last words. One that reads no more must not keep
// the workspace open.
const farewell = 2 * time.Second

// streamCommand answers with what run writes, as it writes it, and with the code it
// gives. The context ends when the caller hangs up, or stops sending.
func streamCommand(ctx context.Context, w http.ResponseWriter, run func(ctx context.Context, out, errs io.Writer) int) {
	w.Header().Set("Content-Type", framesType)
	w.WriteHeader(http.StatusOK)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	f := &frames{w: w, flush: http.NewResponseController(w), broken: cancel}
	stop := context.AfterFunc(ctx, func() { _ = f.flush.SetWriteDeadline(time.Now().Add(farewell)) }) // a connection that is gone needs none
	defer stop()
	f.send(frame{}) // the caller learns at once that somebody is at work
	code := run(ctx, part{f, func(p []byte) frame { return frame{Out: p} }}, part{f, func(p []byte) frame { return frame{Err: p} }})
	f.send(frame{Code: &code})
}

// frames writes frames; a command may write from several goroutines.
type frames struct {
	mu     sync.Mutex
	w      io.Writer
	flush  *http.ResponseController
	broken func()
}

func (f *frames) send(v frame) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := json.NewEncoder(f.w).Encode(v)
	if err == nil {
		err = f.flush.Flush()
	}
	if err != nil {
		f.broken() // nobody reads any more
	}
	return err
}

// part is one of a command's two outputs.
type part struct {
	to *frames
	as func([]byte) frame
}

// Write sends a piece of output.
func (p part) Write(data []byte) (int, error) {
	if err := p.to.send(p.as(data)); err != nil {
		return 0, err
	}
	return len(data), nil
}
