package httpapi_test

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sigstore/sigstore/pkg/signature"
	"github.com/theupdateframework/go-tuf/v2/metadata"
	"github.com/theupdateframework/go-tuf/v2/metadata/config"
	"github.com/theupdateframework/go-tuf/v2/metadata/updater"

	"fieldbook/internal/testkit/s3test"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/httpapi"
)

// repository is a TUF repository with one program in it, made on the spot.
type repository struct {
	testing.TB
	root  *metadata.Metadata[metadata.RootType]
	key   signature.Signer
	files map[string][]byte
}

// newRepository signs a repository; one key signs for all roles.
func newRepository(t testing.TB, program []byte) *repository {
	t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	must(t, err)
	signer, err := signature.LoadSigner(private, crypto.Hash(0))
	must(t, err)
	key, err := metadata.KeyFromPublicKey(public)
	must(t, err)
	expires := time.Now().Add(time.Hour)
	r := &repository{TB: t, root: metadata.Root(expires), key: signer, files: map[string][]byte{}}
	for _, role := range []string{"root", "targets", "snapshot", "timestamp"} {
		must(t, r.root.Signed.AddKey(key, role))
	}
	targets := metadata.Targets(expires)
	target, err := metadata.TargetFile().FromBytes("fieldbook", program, "sha256")
	must(t, err)
	targets.Signed.Targets["fieldbook"] = target
	r.files["targets/"+target.Hashes["sha256"].String()+".fieldbook"] = program
	sign(r, "1.root.json", r.root)
	sign(r, "1.targets.json", targets)
	sign(r, "1.snapshot.json", metadata.Snapshot(expires))
	sign(r, "timestamp.json", metadata.Timestamp(expires))
	return r
}

func sign[T metadata.Roles](r *repository, name string, meta *metadata.Metadata[T]) {
	r.Helper()
	_, err := meta.Sign(r.key)
	must(r, err)
	r.files[name], err = meta.ToBytes(false)
	must(r, err)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// folder writes the repository into a folder.
func (r *repository) folder() httpapi.Files {
	dir := r.TempDir()
	for name, data := range r.files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		must(r, os.MkdirAll(filepath.Dir(path), 0o755))
		must(r, os.WriteFile(path, data, 0o644))
	}
	return syncserver.NewFiles(dir)
}

// bucket writes the repository into a bucket.
func (r *repository) bucket(t *testing.T) httpapi.Files {
	gateway := s3test.Start(t)
	for name, data := range r.files {
		gateway.Put(t, "updates/"+name, data)
	}
	return gateway.Store(t, "updates").Files()
}

// fetch updates a client that trusts a root and gives the program.
func fetch(t *testing.T, url string, root []byte) ([]byte, error) {
	t.Helper()
	cfg, err := config.New(url+"/v1/updates", root)
	must(t, err)
	cfg.DisableLocalCache = true
	client, err := updater.New(cfg)
	if err != nil {
		return nil, err
	}
	if err := client.Refresh(); err != nil {
		return nil, err
	}
	target, err := client.GetTargetInfo("fieldbook")
	if err != nil {
		return nil, err
	}
	_, data, err := client.DownloadTarget(target, "", "")
	return data, err
}

// Given a repository in a folder or bucket, then a TUF client that trusts its
// root gets the program from the service, however large, and one that trusts
// another root does not.
func TestUpdatesReachARealClient(t *testing.T) {
	for _, size := range []int{1000, 5 << 20} {
		program := bytes.Repeat([]byte("program "), size/8)
		r := newRepository(t, program)
		for kind, files := range map[string]httpapi.Files{"folder": r.folder(), "bucket": r.bucket(t)} {
			b := newBench(t, func(cfg *httpapi.Config) { cfg.Updates = files })
			got, err := fetch(t, b.server.URL, r.files["1.root.json"])
			if err != nil || !bytes.Equal(got, program) {
				t.Errorf("%s: %d bytes, %v", kind, len(got), err)
			}
			if _, err := fetch(t, b.server.URL, newRepository(t, program).files["1.root.json"]); err == nil {
				t.Errorf("%s: a client that trusts another root took it", kind)
			}
		}
	}
}

// Given the paths of a repository and others, then metadata are asked for each
// time, targets named by their hash may be kept, and nothing else is there.
func TestUpdatesPathsAndCaching(t *testing.T) {
	r := newRepository(t, []byte("program"))
	r.files["secret/.hidden"] = []byte("x")
	b := newBench(t, func(cfg *httpapi.Config) { cfg.Updates = r.folder() })
	for name, data := range r.files {
		if strings.Contains(name, ".hidden") {
			continue
		}
		want := "no-cache"
		if strings.HasPrefix(name, "targets/") {
			want = "public, max-age=31536000, immutable"
		}
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			resp := b.plain(method, "/v1/updates/"+name)
			if resp.status != http.StatusOK || resp.header.Get("Cache-Control") != want || resp.header.Get("Content-Length") == "" {
				t.Errorf("%s %s: status %d, %v", method, name, resp.status, resp.header)
			}
			if method == http.MethodGet && !bytes.Equal(resp.body, data) {
				t.Errorf("%s: other bytes", name)
			}
		}
	}
	for _, path := range []string{
		"", "none.json", "targets", "targets/", "secret/.hidden", "../etc/passwd", "targets/../1.root.json", "./1.root.json",
		"%2e%2e/1.root.json", "1.root.json%00", "targets//x", strings.Repeat("a/", 9) + "a", "c:x", "a%5cb",
	} {
		if resp := b.plain(http.MethodGet, "/v1/updates/"+path); resp.status != http.StatusNotFound {
			t.Errorf("%q: status %d", path, resp.status)
		}
	}
	if resp := b.plain(http.MethodPost, "/v1/updates/1.root.json"); resp.status != http.StatusMethodNotAllowed {
		t.Errorf("post: status %d", resp.status)
	}
	without := newBench(t, nil)
	if resp := without.plain(http.MethodGet, "/v1/updates/timestamp.json"); resp.code != syncproto.CodeAbsent {
		t.Errorf("a service without updates: %q", resp.code)
	}
}

// plain sends an unsigned request with its path as it is.
func (b *bench) plain(method, path string) result {
	b.Helper()
	req, err := http.NewRequestWithContext(b.Context(), method, b.server.URL+path, http.NoBody)
	must(b, err)
	resp, err := b.server.Client().Transport.RoundTrip(req)
	must(b, err)
	defer resp.Body.Close()
	out := result{status: resp.StatusCode, header: resp.Header}
	if method != http.MethodHead && resp.StatusCode == http.StatusOK {
		out.body, err = io.ReadAll(resp.Body)
		must(b, err)
		return out
	}
	return b.result(resp)
}
