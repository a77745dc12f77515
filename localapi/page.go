package localapi

import (
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// policy is the page's content security policy: everything comes from the program itself. Styles may be inline because the
// component library sets sizes and colours that way; scripts may not.
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// harden sets what every answer says to a browser: load nothing from elsewhere, tell nobody, be shown in nobody's frame.
func harden(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), usb=(), payment=()")
}

// unbuilt is the page of a program that was compiled without its user interface.
const unbuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Fieldbook</title>
<p>This program was built without its user interface. Build it with <code>make build</code>.</p></html>
`

// pageFiles serves the user interface. Its scripts and styles carry the hash of their content in their names, so that a
// browser may keep them; the page itself is asked for each time.
func pageFiles(files fs.FS) http.Handler {
	if files == nil {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { write(w, errNoSuch) })
	}
	if _, err := fs.Stat(files, "index.html"); err != nil {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write([]byte(unbuilt)) // who has hung up hears nothing
		})
	}
	server := http.FileServerFS(files)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			write(w, errNoSuch)
			return
		}
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		if info, err := fs.Stat(files, name); name != "" && (err != nil || info.IsDir()) {
			http.NotFound(w, r) // never a listing of a folder
			return
		}
		w.Header().Set("Cache-Control", "no-cache")
		if strings.HasPrefix(name, "assets/") {
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		server.ServeHTTP(w, r)
	})
}
