package envelope

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/vectors anew")

// vector is one example of the format: bytes, and what a reader must make of them.
type vector struct {
	Name string `json:"name"`
	Why  string `json:"why"`
	Hex  string `json:"hex"`
	// Key is the Ed25519 public key that a signature is checked with, where there is one.
	Key string `json:"key,omitempty"`
	// Expect is "valid" or the class of failure: the text of an error of errors.go.
	Expect string `json:"expect"`
	// Fields are what is read, of valid ones; numbers are decimal text, since JSON readers round them.
	Fields map[string]any `json:"fields,omitempty"`
}

const vectorDir = "testdata/vectors"

// kinds are the readers that vectors are put through, by file name. Each gives the fields and the bytes written again.
func kinds() map[string]func(b []byte, key ed25519.PublicKey) (map[string]any, []byte, error) {
	return map[string]func(b []byte, key ed25519.PublicKey) (map[string]any, []byte, error){
		"envelope.json": readEnvelope, "body.json": readBody, "head.json": readHead,
		"segment.json": readSegment, "control.json": readControl, "receipt.json": readReceipt,
	}
}

func TestVectors(t *testing.T) {
	if *update {
		writeVectors(t)
	}
	for file, read := range kinds() {
		var vectors []vector
		load(t, file, &vectors)
		valid := 0
		for _, v := range vectors {
			t.Run(file+"/"+v.Name, func(t *testing.T) { checkVector(t, v, read) })
			if v.Expect == "valid" {
				valid++
			}
		}
		if valid == 0 || valid == len(vectors) {
			t.Errorf("%s: %d of %d valid", file, valid, len(vectors))
		}
	}
}

func load(t testing.TB, file string, into any) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(vectorDir, file))
	must(t, err)
	must(t, json.Unmarshal(b, into))
}

func checkVector(t *testing.T, v vector, read func([]byte, ed25519.PublicKey) (map[string]any, []byte, error)) {
	b, err := hex.DecodeString(v.Hex)
	must(t, err)
	key, err := hex.DecodeString(v.Key)
	must(t, err)
	fields, again, err := read(b, key)
	if got := classOf(err); got != v.Expect {
		t.Fatalf("%s: %s (%v), want %s", v.Why, got, err, v.Expect)
	}
	if err != nil {
		return
	}
	if !bytes.Equal(b, again) {
		t.Fatalf("written again:\n%x\nwas\n%x", again, b)
	}
	if fields = viaJSON(t, fields); !reflect.DeepEqual(fields, v.Fields) {
		t.Fatalf("read %v, want %v", fields, v.Fields)
	}
}

func viaJSON(t *testing.T, fields map[string]any) (out map[string]any) {
	t.Helper()
	b, err := json.Marshal(fields)
	must(t, err)
	must(t, json.Unmarshal(b, &out))
	return out
}

// classOf is how vectors name an outcome.
func classOf(err error) string {
	if err == nil {
		return "valid"
	}
	for _, class := range []error{
		ErrMalformed, ErrNotCanonical, ErrTooLarge, ErrChain, ErrType, ErrSignature, ErrNewer, ErrWorkspace,
		ErrWaiting, ErrNotAdmitted, ErrNotAllowed,
	} {
		if errors.Is(err, class) {
			return class.Error()
		}
	}
	return "unclassified"
}

func readEnvelope(b []byte, _ ed25519.PublicKey) (map[string]any, []byte, error) {
	e, err := Decode(b)
	if err != nil {
		return nil, nil, err
	}
	return map[string]any{
		"workspace": e.Workspace.String(), "device": e.Device.String(), "epoch": e.Epoch.String(), "seq": fmt.Sprint(e.Seq),
		"prev": e.Prev.String(), "key": e.Key.String(), "acl": names(e.ACL), "nonce": hexed(e.Nonce), "body": hexed(e.Body),
		"ad": hexed(e.AD()), "hash": e.Hash().String(),
	}, e.Encode(), nil
}

func readBody(b []byte, _ ed25519.PublicKey) (map[string]any, []byte, error) {
	p, err := DecodeBody(b)
	if err != nil {
		return nil, nil, err
	}
	s, observed := p.Source, ""
	if p.Observed != nil {
		observed = fmt.Sprint(*p.Observed)
	}
	return map[string]any{
		"type": p.Type, "schema": fmt.Sprint(p.Schema), "stream": p.Stream.String(), "change": hexed(p.Change), "salt": hexed(p.Salt),
		"texts": p.Texts, "hlc": fmt.Sprint(p.HLC), "recorded": fmt.Sprint(p.Recorded), "observed": observed, "reason": p.Reason,
		"change_record": hexed(p.ChangeRecord),
		"source":        map[string]any{"kind": s.Kind, "batch": hexed(s.Batch), "index": fmt.Sprint(s.Index), "count": fmt.Sprint(s.Count), "name": s.Name},
	}, EncodeBody(p), nil
}

func headFields(h Head) map[string]any {
	return map[string]any{
		"workspace": h.Workspace.String(), "device": h.Device.String(), "epoch": h.Epoch.String(), "seq": fmt.Sprint(h.Seq), "hash": h.Hash.String(),
	}
}

func readHead(b []byte, key ed25519.PublicKey) (map[string]any, []byte, error) {
	h, sig, err := DecodeHead(b)
	if err == nil {
		err = VerifyHead(h, key, sig)
	}
	return headFields(h), EncodeHead(h, sig), err
}

func readReceipt(b []byte, key ed25519.PublicKey) (map[string]any, []byte, error) {
	r, sig, err := DecodeReceipt(b)
	if err == nil {
		err = VerifyReceipt(r, key, sig)
	}
	fields := headFields(r.Head)
	fields["service"], fields["time"] = r.Service.String(), fmt.Sprint(r.Time)
	return fields, appendSign1(nil, typeReceipt, r.payload(), sig), err
}

func readSegment(b []byte, key ed25519.PublicKey) (map[string]any, []byte, error) {
	s, err := DecodeSegment(b)
	if err != nil {
		return nil, nil, err
	}
	fields := headFields(s.Head())
	var witnesses []map[string]any
	for _, w := range s.Witnesses {
		witnesses = append(witnesses, headFields(w))
	}
	fields["number"], fields["first"], fields["prev"], fields["witnesses"] = fmt.Sprint(s.Number), fmt.Sprint(s.First), s.Prev.String(), witnesses
	fields["path"] = SegmentPath(s.Workspace, s.Feed(), s.Number, s.Hash())
	return fields, s.Encode(), s.Verify(key)
}

func readControl(b []byte, _ ed25519.PublicKey) (map[string]any, []byte, error) {
	c, err := DecodeControl(b)
	if err != nil {
		return nil, nil, err
	}
	fields := map[string]any{"type": c.Type, "salt": hexed(c.Salt), "request": c.Request.String()}
	for name, g := range map[string]*Grant{"founder": c.Founder, "recovery": c.Recovery, "grant": c.Grant} {
		if g != nil {
			fields[name] = map[string]any{
				"member": g.Member.String(), "role": g.Role, "device": g.Keys.ID().String(),
				"sign": hexed(g.Keys.Sign), "recipient": g.Keys.Recipient,
			}
		}
	}
	if c.Type == WorkspaceCreated {
		fields["workspace"] = NewWorkspaceID(c).String()
	}
	if c.Continues != nil {
		fields["continues"] = map[string]any{"feed": c.Continues.Feed.String(), "seq": fmt.Sprint(c.Continues.Seq), "hash": c.Continues.Hash.String()}
	}
	if c.Service != nil {
		fields["service"] = map[string]any{"id": c.Service.ID().String(), "sign": hexed(c.Service.Sign), "recipient": c.Service.Recipient}
	}
	if c.Type == ServiceEnded {
		fields["ended"] = c.Ended.String()
	}
	wraps := map[string]string{}
	for _, w := range c.Wraps {
		wraps[w.Device.String()+" "+w.Key.String()] = hexed(w.Data)
	}
	fields["wraps"] = wraps
	return fields, EncodeControl(c), nil
}

func hexed(b []byte) string { return hex.EncodeToString(b) }

func names(hashes []Hash) []string {
	out := []string{}
	for _, h := range hashes {
		out = append(out, h.String())
	}
	return out
}
