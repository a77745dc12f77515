package main

import (
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"fieldbook/envelope"
	"fieldbook/internal/testkit/lambdatest"
	"fieldbook/internal/testkit/planttest"
	"fieldbook/internal/testkit/s3test"
	"fieldbook/keyring"
	"fieldbook/record"
	"fieldbook/roster"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
)

const invitation = "come-in-and-find-out"

// logs is what the processes of a function wrote.
type logs struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// function runs the real bootstrap over a bucket.
func function(t *testing.T, gateway *s3test.Gateway, secret string, log *logs) *lambdatest.Function {
	env := append(gateway.Environ(), "FIELDBOOK_BUCKET="+s3test.Bucket, "FIELDBOOK_CONFIG="+lambdatest.Secrets(secret, invitation),
		"AWS_ENDPOINT_URL_KMS="+lambdatest.KMS(t))
	return lambdatest.Start(t, lambdatest.Config{Binary: lambdatest.Build(t, "../.."), Env: env, Log: log})
}

// remote is the function as a device speaks to it.
func remote(t *testing.T, url string, p *planttest.Plant, d *planttest.Device) *syncclient.Service {
	keys := roster.PublicKeys(d.Identity)
	s, err := syncclient.NewService(syncclient.ServiceConfig{
		URLs: []string{url}, Workspace: syncproto.Workspace(p.ID), Invitation: invitation, Signer: d.Identity,
		Device: syncclient.DeviceKeys{ID: d.ID, Sign: keys.Sign, Recipient: keys.Recipient},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The program that runs in Lambda, driven as Lambda drives it, over a real S3
// server: it founds a workspace, opens and merges what it was granted, signs
// receipts, and after it was killed serves the same from the bucket alone.
func TestBootstrapServesAWorkspace(t *testing.T) {
	secret, master, err := keyring.NewMaster()
	if err != nil {
		t.Fatal(err)
	}
	gateway, log := s3test.Start(t), &logs{}
	f := function(t, gateway, secret, log)
	p := planttest.New(t)
	service, err := master.Service(p.ID)
	if err != nil {
		t.Fatal(err)
	}
	p.Founder.Grant(roster.PublicKeys(service))
	id := record.ID{1}
	p.Founder.Create(id, record.Edit{Key: "tag", Value: record.StringValue("PLC-SECRET-1")})
	segments := p.Founder.Cut()

	s := remote(t, f.URL, p, p.Founder)
	answer, err := s.Exchange(t.Context(), &syncproto.Request{Workspace: syncproto.Workspace(p.ID), Segments: segments})
	if err != nil {
		t.Fatalf("%v\n%s", err, log)
	}
	if answer.Stored != uint64(len(segments)) || len(answer.Receipts) != len(segments) {
		t.Fatalf("stored %d with %d receipts, want %d; refused %v", answer.Stored, len(answer.Receipts), len(segments), answer.Refused)
	}
	receipt, _, err := envelope.DecodeReceipt(answer.Receipts[0].Receipt)
	if err != nil || receipt.Head.Device != p.Founder.ID {
		t.Errorf("receipt %+v, %v", receipt, err)
	}
	if answer.Service == nil || answer.Service.Mode != syncproto.Merging || answer.Service.Documents != 1 || !answer.Service.Complete {
		t.Errorf("service %+v", answer.Service)
	}

	f.Kill()
	if err := f.Spawn(); err != nil {
		t.Fatal(err)
	}
	again, err := s.Exchange(t.Context(), &syncproto.Request{Workspace: syncproto.Workspace(p.ID)})
	if err != nil || len(again.Segments) != len(segments) || again.Service.Digest != answer.Service.Digest {
		t.Fatalf("after a cold start: %+v, %v", again, err)
	}
	for _, word := range []string{"PLC-SECRET-1", secret, invitation, p.ID.String()} {
		if strings.Contains(log.String(), word) {
			t.Errorf("the log holds %q:\n%s", word, log)
		}
	}
}

// Configuration that is wrong ends the program with a sentence that holds no
// secret, rather than serving without one.
func TestBootstrapRefusesABadConfiguration(t *testing.T) {
	binary, kms := lambdatest.Build(t, "../.."), lambdatest.KMS(t)
	good, _, err := keyring.NewMaster()
	if err != nil {
		t.Fatal(err)
	}
	for name, env := range map[string][]string{
		"no secrets":       {"FIELDBOOK_BUCKET=b"},
		"not decryptable":  {"FIELDBOOK_BUCKET=b", "FIELDBOOK_CONFIG=AAAA"},
		"no key in it":     {"FIELDBOOK_BUCKET=b", "FIELDBOOK_CONFIG=" + lambdatest.Secrets("hush hush", "")},
		"no bucket":        {"FIELDBOOK_CONFIG=" + lambdatest.Secrets(good, "")},
		"misspelled limit": {"FIELDBOOK_BUCKET=b", "FIELDBOOK_CONFIG=" + lambdatest.Secrets(good, ""), `FIELDBOOK_LIMITS={"Devises":3}`},
	} {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command(binary)
			cmd.Env = append(os.Environ(), append(env, "AWS_LAMBDA_RUNTIME_API=127.0.0.1:1", "AWS_ENDPOINT_URL_KMS="+kms, "AWS_REGION=us-east-1",
				"AWS_ACCESS_KEY_ID=a", "AWS_SECRET_ACCESS_KEY=b", "AWS_MAX_ATTEMPTS=1", "AWS_EC2_METADATA_DISABLED=true")...)
			out, err := cmd.CombinedOutput()
			if err == nil || !strings.Contains(string(out), "does not start") || strings.Contains(string(out), "hush hush") || strings.Contains(string(out), good) {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

// What the handler does not serve is not found, through the bridge too.
func TestBootstrapAnswersNotFound(t *testing.T) {
	secret, _, err := keyring.NewMaster()
	if err != nil {
		t.Fatal(err)
	}
	log := &logs{}
	f := function(t, s3test.Start(t), secret, log)
	for _, path := range []string{"/", "/v1", filepath.ToSlash("/v1/workspaces/none/sync")} {
		response, err := http.Get(f.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode/100 != 4 {
			t.Errorf("%s: %s", path, response.Status)
		}
	}
}
