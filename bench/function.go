package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"fieldbook/internal/testkit/lambdatest"
	"fieldbook/internal/testkit/s3test"
	"fieldbook/keyring"
)

// cloud is the Lambda function as a process over a real S3 server, with a meter
// at either end of it.
type cloud struct {
	party
	function *lambdatest.Function
	s3       *meter
}

// lambda measures the bootstrap of the Lambda function.
func (b *bench) lambda(ctx context.Context) (_ row, err error) {
	c, err := b.cloud(ctx)
	if err != nil {
		return row{}, err
	}
	defer func() { err = joined(err, c.close()) }()
	if err := b.gather(ctx, &c.party, "lambda", b.assets, 2); err != nil {
		return row{}, err
	}
	started, err := repeat(2*b.rounds+1, func(int) (time.Duration, error) {
		c.function.Kill()
		return timed(c.function.Spawn)
	})
	if err != nil {
		return row{}, err
	}
	cold, warm, bucket, err := c.idle(ctx, b.single/4+1)
	if err != nil {
		return row{}, err
	}
	peak, notes, err := b.load(ctx, c)
	return row{
		what:     "Lambda bootstrap: start to ready, warm no-op, peak memory",
		measured: fmt.Sprintf("%s, %s without S3's own %s, %s at %s documents", span(started), span(warm), span(bucket), mega(peak), count(b.assets)),
		target:   "under 100 ms, under 10 ms without S3's own time, under 128 MB", met: met(started < 100*time.Millisecond && warm < 10*time.Millisecond && peak < 128_000_000),
		notes: append(notes,
			fmt.Sprintf("start to ready: from the start of the process to its first poll for a request, configuration decrypted and engine started; its first request, which opens the workspace from packs, took %s with S3", span(cold)),
			"memory: the most that each process had resident, at whatever time, the program's own pages counted once",
			"no-op: from the API's side of the Runtime API, event in JSON and base64 included, less the time that the requests to S3 (versitygw) took"),
	}, err
}

// cloud starts the function.
func (b *bench) cloud(ctx context.Context) (c *cloud, err error) {
	c = &cloud{}
	defer func() {
		if err != nil {
			err = joined(err, c.close())
		}
	}()
	gateway, err := s3test.Run(ctx, filepath.Join(b.dir, "lambda-s3"))
	if err != nil {
		return c, err
	}
	c.until(gateway.Close)
	if c.s3, err = proxy(gateway.URL); err != nil {
		return c, err
	}
	bucket, kms := httptest.NewServer(c.s3), httptest.NewServer(lambdatest.Decrypter())
	c.until(bucket.Close)
	c.until(kms.Close)
	binary := filepath.Join(b.dir, "bootstrap")
	if err := lambdatest.Compile(ctx, "..", binary); err != nil {
		return c, err
	}
	secret, master, err := keyring.NewMaster()
	if err != nil {
		return c, err
	}
	master.Wipe()
	const invitation = "measured-in-the-cloud"
	c.invitation = invitation
	env := append(gateway.Environ(), "AWS_ENDPOINT_URL_S3="+bucket.URL, "AWS_ENDPOINT_URL_KMS="+kms.URL,
		"FIELDBOOK_BUCKET="+s3test.Bucket, "FIELDBOOK_CONFIG="+lambdatest.Secrets(secret, invitation))
	if c.function, err = lambdatest.Run(lambdatest.Config{Binary: binary, Env: env}); err != nil {
		return c, err
	}
	c.until(c.function.Close)
	if c.meter, err = proxy(c.function.URL); err != nil {
		return c, err
	}
	front := httptest.NewServer(c.meter)
	c.until(front.Close)
	c.url = front.URL
	return c, nil
}

// proxy is a meter before another server. Signatures to S3 cover the host.
func proxy(address string) (*meter, error) {
	target, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	back := http.DefaultTransport.(*http.Transport).Clone()
	back.DisableCompression, back.ExpectContinueTimeout, back.MaxIdleConnsPerHost = true, time.Minute, 64
	return &meter{handler: &httputil.ReverseProxy{Transport: back, Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(target)
		r.Out.Host = r.In.Host
	}}}, nil
}

// idle syncs with nothing to do, and gives what the first one took, and of the
// others the median time that is not S3's and that which is.
func (c *cloud) idle(ctx context.Context, rounds int) (cold, warm, bucket time.Duration, err error) {
	var own, theirs []time.Duration
	for n := range rounds {
		c.meter.take()
		c.s3.take()
		if _, err := c.sync(ctx, c.laptops[0]); err != nil {
			return 0, 0, 0, err
		}
		whole, s3 := total(c.meter.take()), total(c.s3.take())
		if n == 0 {
			cold = whole
			continue
		}
		own, theirs = append(own, whole-s3), append(theirs, s3)
	}
	return cold, median(own), median(theirs), nil
}

func total(all []took) (sum time.Duration) {
	for _, r := range all {
		sum += r.time
	}
	return sum
}

// load gives the most memory that the function and its engine had, in bytes:
// started over all documents, with an edit of each pushed and pulled.
func (b *bench) load(ctx context.Context, c *cloud) (peak int64, notes []string, err error) {
	c.function.Kill()
	if err := c.function.Spawn(); err != nil {
		return 0, nil, err
	}
	note := func(what string) error {
		self, engine, err := residents(c.function.PIDs()[0])
		peak = max(peak, self+engine)
		notes = append(notes, fmt.Sprintf("peak memory %s: %s, of which %s the engine's process", what, mega(self+engine), mega(engine)))
		return err
	}
	if _, err := c.sync(ctx, c.laptops[0]); err != nil {
		return 0, nil, err
	}
	if err := note("after a start and a no-op"); err != nil {
		return 0, nil, err
	}
	if _, err := c.laptops[0].SetAssets(ctx, entry, nil, change(0)); err != nil {
		return 0, nil, err
	}
	if err := c.level(ctx); err != nil {
		return 0, nil, err
	}
	return peak, notes, note(fmt.Sprintf("with %s edits pushed, merged and pulled besides", count(b.assets)))
}

// residents gives the greatest memory that a process had, and what its children
// had besides, in bytes. They run the same program, whose pages are there once.
func residents(pid int) (self, children int64, err error) {
	if self, err = status(pid, "VmHWM"); err != nil {
		return 0, 0, err
	}
	list, err := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range list {
		data, err := os.ReadFile(path)
		_, after, found := strings.Cut(string(data), ") ") // the name before may hold anything
		fields := strings.Fields(after)
		if err != nil || !found || len(fields) < 2 || fields[1] != strconv.Itoa(pid) {
			continue // processes end while this looks
		}
		id, err := strconv.Atoi(filepath.Base(filepath.Dir(path)))
		if err != nil {
			return 0, 0, err
		}
		used, err := status(id, "VmHWM")
		if err != nil {
			return 0, 0, err
		}
		shared, err := status(id, "RssFile")
		if err != nil {
			return 0, 0, err
		}
		children += used - shared
	}
	return self, children, err
}

// status gives a size that proc(5) has of a process, in bytes.
func status(pid int, name string) (int64, error) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(data)) {
		var kib int64
		if _, err := fmt.Sscanf(line, name+": %d kB", &kib); err == nil {
			return kib << 10, nil
		}
	}
	return 0, fmt.Errorf("process %d says nothing of its %s", pid, name)
}

// mega is a size in MB.
func mega(bytes int64) string { return fmt.Sprintf("%.0f MB", float64(bytes)/1e6) }
