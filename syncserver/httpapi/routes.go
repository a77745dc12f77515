package httpapi

import (
	"net/http"
	"slices"
	"strings"

	"fieldbook/syncproto"
)

// access says who may use a route.
type access uint8

const (
	// anybody: unsigned.
	anybody access = iota
	// guests: signed by a device of the workspace or by one with an invitation
	// or proof.
	guests
	// members: signed by a device that the members' state admits.
	members
)

// route is one method of one path. docs/format/sync.openapi.yaml lists the same.
type route struct {
	method string
	// pattern is the path; {name} stands for one element and {name...} for all
	// that follow.
	pattern string
	// name names the route in log and metrics.
	name   string
	access access
	// media is the content type of the request's body; empty: it has none.
	media string
	// limit bounds the request's body in bytes; zero: Limits.RequestBytes.
	limit int
	// heavy requests hold much memory: few are served at one time. They may take
	// long, as long ones may.
	heavy, long bool
	serve       func(*Handler, *call) error
}

// routes are all there are.
func routes() []route {
	const workspace = "/v1/workspaces/{workspace}"
	return slices.Concat([]route{
		{method: http.MethodPost, pattern: workspace + "/sync", name: "sync", access: guests, media: syncproto.TypeCBOR, serve: (*Handler).sync},
		{method: http.MethodPost, pattern: workspace + "/documents", name: "documents", access: members, media: syncproto.TypeCBOR, serve: (*Handler).documents},
		{method: http.MethodGet, pattern: workspace + "/packs", name: "manifest", access: members, serve: (*Handler).manifest},
		{method: http.MethodGet, pattern: workspace + "/packs/{name}", name: "pack", access: members, serve: (*Handler).pack},
		{method: http.MethodGet, pattern: workspace + "/service", name: "service", access: anybody, serve: (*Handler).service},
	}, blobRoutes(workspace), updateRoutes())
}

// maxPath bounds a path, in bytes.
const maxPath = 1024

// find sets the call's route. It takes a path in its one spelling only: what is
// signed is what is routed.
func (h *Handler) find(c *call) error {
	u := c.request.URL
	if len(u.Path) > maxPath || u.EscapedPath() != u.Path {
		return refuse(syncproto.CodeAbsent, "")
	}
	if u.RawQuery != "" || u.ForceQuery {
		return refuse(syncproto.CodeMalformed, "no path here takes a query")
	}
	var allowed []string
	for i := range h.routes {
		vars, ok := match(h.routes[i].pattern, u.Path)
		if !ok {
			continue
		}
		if h.routes[i].method != c.request.Method {
			allowed = append(allowed, h.routes[i].method)
			continue
		}
		c.route, c.vars = &h.routes[i], vars
		return h.admit(c)
	}
	if allowed != nil {
		slices.Sort(allowed)
		return refuse(syncproto.CodeMethod, strings.Join(allowed, ", "))
	}
	return refuse(syncproto.CodeAbsent, "")
}

// admit checks the workspace's name and the body's announced form.
func (h *Handler) admit(c *call) error {
	if name, has := c.vars["workspace"]; has {
		workspace, err := syncproto.ParseWorkspace(name)
		if err != nil {
			return refuse(syncproto.CodeAbsent, "a workspace is named by 64 lower hexadecimal digits")
		}
		c.workspace = workspace
	}
	header := c.request.Header
	if coding := header.Values("Content-Encoding"); len(coding) > 0 {
		return refuse(syncproto.CodeMedia, "bodies travel without a content encoding")
	}
	media := header.Values("Content-Type")
	switch {
	case c.route.media == "" && (c.request.ContentLength != 0 || len(c.request.TransferEncoding) > 0):
		return refuse(syncproto.CodeMedia, "this request has no body")
	case c.route.media != "" && (len(media) != 1 || media[0] != c.route.media):
		return refuse(syncproto.CodeMedia, "the body must be "+c.route.media)
	case c.request.ContentLength > int64(h.room(c)):
		return refuse(syncproto.CodeTooLarge, "")
	}
	return nil
}

// room is how large the call's body may be.
func (h *Handler) room(c *call) int {
	if c.route.limit > 0 {
		return c.route.limit
	}
	return h.limits.RequestBytes
}

// match says whether a path is one of a pattern, and names its parts.
func match(pattern, path string) (map[string]string, bool) {
	vars := map[string]string{}
	for pattern != "" {
		var want, got string
		want, pattern, _ = strings.Cut(pattern[1:], "/")
		if pattern != "" {
			pattern = "/" + pattern
		}
		if path == "" || path[0] != '/' {
			return nil, false
		}
		name, named := strings.CutPrefix(strings.TrimSuffix(want, "}"), "{")
		if rest, all := strings.CutSuffix(name, "..."); named && all {
			vars[rest] = path[1:]
			return vars, path != "/"
		}
		got, path, _ = cut(path[1:])
		switch {
		case got == "", !named && got != want:
			return nil, false
		case named:
			vars[name] = got
		}
	}
	return vars, path == ""
}

// cut splits a path before its next slash.
func cut(path string) (before, after string, found bool) {
	at := strings.IndexByte(path, '/')
	if at < 0 {
		return path, "", false
	}
	return path[:at], path[at:], true
}
