package fleet

import (
	"bytes"
	"context"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"fieldbook/internal/testkit/lambdatest"
	"fieldbook/internal/testkit/s3test"
	"fieldbook/keyring"
)

// invitation lets workspaces in that the service does not know.
const invitation = "field-invitation-7"

// instances is how many processes of the function a region runs.
const instances = 2

// region is a bucket and the function over it.
type region struct {
	bucket   *s3test.Gateway
	function *lambdatest.Function
	journal  *journal
	lost     atomic.Bool // nothing of it answers

	life   sync.Mutex // held while processes are started or killed
	mu     sync.Mutex
	strike int // the processes are killed after so many more writes to the bucket; 0: they are not
}

// replication copies between the buckets when the test says so.
type replication struct{ *s3test.Replicator }

// journal is what processes wrote.
type journal struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.String()
}

// open starts two regions of one service.
func (w *world) open() {
	display, master, err := keyring.NewMaster()
	w.must(err)
	master.Wipe()
	kms := lambdatest.KMS(w.t)
	for side := range w.regions {
		r := &region{bucket: s3test.Start(w.t), journal: &journal{}}
		wire := httptest.NewServer(r.wire())
		w.t.Cleanup(wire.Close)
		env := append(r.bucket.Environ(), "AWS_ENDPOINT_URL_S3="+wire.URL, "AWS_ENDPOINT_URL_KMS="+kms,
			"FIELDBOOK_BUCKET="+s3test.Bucket, "FIELDBOOK_CONFIG="+lambdatest.Secrets(display, invitation))
		r.function = lambdatest.Start(w.t, lambdatest.Config{Binary: w.programs.bootstrap, Env: env, Instances: instances, Log: r.journal})
		w.regions[side] = r
	}
	w.links = &replication{s3test.NewReplicator(w.regions[0].bucket, w.regions[1].bucket)}
}

// wire stands between the function and its bucket, so that the processes can be
// killed right after what they wrote has been stored.
func (r *region) wire() http.Handler {
	target, err := url.Parse(r.bucket.URL)
	if err != nil {
		panic(err) // httptest made it
	}
	back := http.DefaultTransport.(*http.Transport).Clone()
	back.DisableCompression, back.ExpectContinueTimeout = true, time.Minute
	proxy := &httputil.ReverseProxy{
		Transport: back,
		Rewrite: func(p *httputil.ProxyRequest) {
			p.SetURL(target)
			p.Out.Host = p.In.Host // signatures cover it
		},
		ModifyResponse: func(answer *http.Response) error {
			if answer.Request.Method == http.MethodPut && answer.StatusCode == http.StatusOK && r.struck() {
				return r.die()
			}
			return nil
		},
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) },
	}
	return proxy
}

// struck tells whether this write is the one to be killed after.
func (r *region) struck() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.strike == 0 {
		return false
	}
	r.strike--
	return r.strike == 0
}

// kill has the processes die right after their n-th write from now.
func (r *region) kill(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.strike = n
}

// die kills all processes. As in Lambda others take the requests that follow.
func (r *region) die() error {
	r.life.Lock()
	defer r.life.Unlock()
	r.function.Kill()
	return r.function.Spawn()
}

// revive starts the processes that are missing.
func (r *region) revive() error {
	r.kill(0)
	r.life.Lock()
	defer r.life.Unlock()
	for len(r.function.PIDs()) < instances {
		if err := r.function.Spawn(); err != nil {
			return err
		}
	}
	return nil
}

// lose takes a region away, with its bucket and its processes.
func (r *region) lose() {
	r.lost.Store(true)
	r.life.Lock()
	defer r.life.Unlock()
	r.function.Kill()
	r.bucket.Stop()
}

// back brings a lost region back, with what its bucket had.
func (r *region) back() error {
	r.lost.Store(false)
	if err := r.bucket.Resume(); err != nil {
		return err
	}
	return r.revive()
}

// some lets a part of what is on its way between the regions arrive.
func (l *replication) some(ctx context.Context, random *rand.Rand) error {
	n, err := l.Scan(ctx)
	if err != nil || n == 0 {
		return err
	}
	return l.Deliver(ctx, 1+random.IntN(n), random)
}

// logs is what the functions wrote last.
func (w *world) logs() string {
	var out strings.Builder
	for _, r := range w.regions {
		text := r.journal.String()
		out.WriteString(text[max(0, len(text)-3000):] + "\n")
	}
	return out.String()
}
