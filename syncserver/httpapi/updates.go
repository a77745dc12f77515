package httpapi

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"path"
	"strings"
	"time"

	"fieldbook/syncproto"
)

// Linker is what Files may be besides: files that can be fetched past the
// service. A large one is then redirected to, since a function answers no more
// than 6 MB.
type Linker interface {
	// Link gives a URL that reads the file for a while.
	Link(ctx context.Context, path string, ttl time.Duration) (string, error)
}

// maxAnswered is the largest file that is answered by itself where it can be
// linked to, in bytes.
const maxAnswered = 4 << 20

// linkTime is how long a link to a file holds.
const linkTime = time.Hour

// updates serves a file of the repository of updates to anybody. Its metadata
// are signed, and clients check them; the service vouches for nothing.
func (h *Handler) updates(c *call) error {
	name := c.vars["path"]
	if h.cfg.Updates == nil || !plainPath(name) {
		return refuse(syncproto.CodeAbsent, "")
	}
	ctx := c.request.Context()
	file, size, err := h.cfg.Updates.Open(ctx, name)
	if err != nil {
		return fmt.Errorf("open update file: %w", err)
	}
	defer file.Close()
	if linker, ok := h.cfg.Updates.(Linker); ok && size > maxAnswered {
		return redirect(c, linker, name)
	}
	header := c.writer.Header()
	header.Set("Content-Type", mediaOf(name))
	header.Set("Content-Length", fmt.Sprint(size))
	header.Set("Cache-Control", cachingOf(name))
	c.writer.WriteHeader(http.StatusOK)
	if c.request.Method == http.MethodHead {
		return nil
	}
	if _, err := io.CopyN(c.writer, file, size); err != nil {
		return fmt.Errorf("send update file: %w", err)
	}
	return nil
}

// redirect sends the client to where the file is.
func redirect(c *call, linker Linker, name string) error {
	link, err := linker.Link(c.request.Context(), name, linkTime)
	if err != nil {
		return fmt.Errorf("link to update file: %w", err)
	}
	c.writer.Header().Set("Location", link)
	c.writer.WriteHeader(http.StatusTemporaryRedirect)
	return nil
}

// plainPath says whether a path is of a few elements of plain letters, none of
// them hidden, so that it means the same in every store.
func plainPath(name string) bool {
	elements := strings.Split(name, "/")
	if len(elements) > 8 {
		return false
	}
	for _, e := range elements {
		if e == "" || len(e) > 160 || e[0] == '.' || strings.ContainsFunc(e, foreign) {
			return false
		}
	}
	return true
}

// foreign says whether a rune does not belong in the name of an update file.
func foreign(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("-_.+", r)
}

// cachingOf says how long a file may be kept. A target of a consistent snapshot
// has the hash of its bytes in front of its name (TUF section 6) and never
// changes; everything else is asked for each time.
func cachingOf(name string) string {
	hash, _, _ := strings.Cut(path.Base(name), ".")
	if raw, err := hex.DecodeString(hash); err == nil && len(raw) >= 32 {
		return "public, max-age=31536000, immutable"
	}
	return "no-cache"
}

func mediaOf(name string) string {
	if strings.HasSuffix(name, ".json") {
		return syncproto.TypeJSON
	}
	return syncproto.TypeBytes
}

// updateRoutes are those of the repository of updates.
func updateRoutes() []route {
	const pattern = "/v1/updates/{path...}"
	return []route{
		{method: http.MethodGet, pattern: pattern, name: "update", access: anybody, long: true, serve: (*Handler).updates},
		{method: http.MethodHead, pattern: pattern, name: "update", access: anybody, serve: (*Handler).updates},
	}
}
