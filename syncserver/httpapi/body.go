package httpapi

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"os"

	"fieldbook/syncproto"
)

// read reads the body of a request whose signature holds and checks that it is
// the one that was signed.
func (h *Handler) read(c *call) error {
	limit := h.room(c)
	if c.route.media == "" {
		limit = 0
	}
	body, err := readAll(http.MaxBytesReader(c.writer.ResponseWriter, c.request.Body, int64(limit)), c.request.ContentLength)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return refuse(syncproto.CodeTooLarge, "")
	case errors.Is(err, os.ErrDeadlineExceeded):
		return &fault{code: syncproto.CodeSlow, detail: "send it faster or in smaller parts", cause: err}
	case err != nil: // the other side is gone or breaks HTTP
		return &fault{code: syncproto.CodeMalformed, detail: "the body ends early", cause: err}
	}
	if c.request.Header.Get("Content-Digest") != contentDigest(body) {
		return refuse(syncproto.CodeDigest, "")
	}
	c.body = body
	return nil
}

// readAll reads a body of announced length; -1 if none was announced. It
// reserves no more than has arrived, but for the first MiB.
func readAll(body io.Reader, announced int64) ([]byte, error) {
	const first = 1 << 20
	data := make([]byte, 0, min(max(announced, 512), first)+1)
	for {
		n, err := body.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		switch {
		case err == io.EOF:
			return data, nil
		case err != nil:
			return nil, err
		case len(data) == cap(data):
			data = append(data, 0)[:len(data)]
		}
	}
}

// contentDigest is the header Content-Digest of a body, in the one spelling
// that is taken (RFC 9530).
func contentDigest(body []byte) string {
	sum := sha256.Sum256(body)
	return "sha-256=:" + base64.StdEncoding.EncodeToString(sum[:]) + ":"
}
