package fleet

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"

	"fieldbook/syncproto"
)

// fault is what the network does to one request.
type fault int

// Faults.
const (
	none        fault = iota
	lostBefore        // the request never arrives
	lostAfter         // the answer never arrives
	twice             // the request arrives twice, the first answer counts
	twiceSecond       // the same, the second answer counts
	late              // the request arrives some steps later, its answer nowhere
	power             // the laptop's power is cut when the answer comes
)

// link is one laptop's way to one region. It has an address of its own.
type link struct {
	w    *world
	l    *laptop
	side int
	url  string

	mu      sync.Mutex
	cut     bool
	rough   bool // faults were asked for since the last calm
	next    []fault
	service *syncproto.Service // what the region said of itself last
}

// held is a request that the network holds back.
type held struct {
	link *link
	r    *http.Request
	body []byte
}

// hold keeps a request back.
func (w *world) hold(h *held) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.late = append(w.late, h)
}

// arrive lets the requests that were held back reach their regions.
func (w *world) arrive() {
	w.mu.Lock()
	list := w.late
	w.late = nil
	w.mu.Unlock()
	for _, h := range list {
		h.link.forward(h.r, h.body)
	}
	w.say("%d requests arrive late", len(list))
}

// link makes a laptop's way to a region.
func (w *world) link(l *laptop, side int) *link {
	k := &link{w: w, l: l, side: side}
	server := httptest.NewServer(k)
	w.t.Cleanup(server.Close)
	k.url = server.URL
	return k
}

// suffer has the next exchanges over this link meet these faults.
func (k *link) suffer(list ...fault) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.next, k.rough = list, len(list) > 0
}

// sound tells whether a request over this link meets no trouble.
func (k *link) sound() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return !k.cut && !k.rough && !k.w.regions[k.side].lost.Load()
}

// reaches tells whether a region is there for a laptop without trouble on the
// way: it must find that region by itself.
func (l *laptop) reaches() bool { return l.links[0].sound() || l.links[1].sound() }

func (k *link) sever(cut bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.cut = cut
}

// said is what the region said of itself last over this link.
func (k *link) said() *syncproto.Service {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.service
}

// fate takes what happens to a request.
func (k *link) fate(r *http.Request) (f fault, open bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.cut {
		return none, false
	}
	if len(k.next) > 0 && strings.HasSuffix(r.URL.Path, "/sync") {
		f, k.next = k.next[0], k.next[1:]
	}
	return f, true
}

// ServeHTTP implements http.Handler.
func (k *link) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	f, open := k.fate(r)
	if err != nil || !open || f == lostBefore {
		panic(http.ErrAbortHandler)
	}
	if f == late {
		k.w.hold(&held{k, r, body})
		panic(http.ErrAbortHandler)
	}
	answer, content := k.forward(r, body)
	if f == twice || f == twiceSecond {
		again, other := k.forward(r, body)
		if f == twiceSecond {
			answer, content = again, other
		}
	}
	if f == power {
		k.l.kill()
	}
	if answer == nil || f == lostAfter || f == power {
		panic(http.ErrAbortHandler)
	}
	for name, values := range answer.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.StatusCode)
	_, _ = w.Write(content) // a laptop that went away needs no answer
}

// forward asks the region; nil if it does not answer.
func (k *link) forward(r *http.Request, body []byte) (*http.Response, []byte) {
	if k.w.regions[k.side].lost.Load() {
		return nil, nil
	}
	address := k.w.regions[k.side].function.URL + r.URL.RequestURI()
	out, err := http.NewRequest(r.Method, address, bytes.NewReader(body))
	if err != nil {
		return nil, nil
	}
	out.Header = r.Header.Clone()
	answer, err := http.DefaultClient.Do(out)
	if err != nil {
		return nil, nil
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, nil
	}
	if said, err := syncproto.DecodeAnswer(content); err == nil && said.Service != nil {
		k.mu.Lock()
		k.service = said.Service
		k.mu.Unlock()
	}
	return answer, content
}
