package keyring

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
)

// granted is a signed grant and its approver.
func granted(t testing.TB) (*Identity, *Grant, []byte) {
	t.Helper()
	id := must(Generate())
	g := &Grant{
		Workspace: [32]byte{1},
		Request:   [32]byte{2},
		Approver:  id.SignPublic(),
		Member:    [16]byte{3},
		Control:   [][]byte{{4}, {5, 6}},
		Wraps:     [][]byte{must(Wrap(id.Recipient(), [32]byte{1}, NewKey()))},
		Name:      "Ravnholt waterworks",
	}
	return id, g, must(SignGrant(g, id))
}

func TestGrantComesBackWhole(t *testing.T) {
	id, g, _ := granted(t)
	for _, segments := range [][][]byte{nil, {{7}, make([]byte, MaxHanded-1)}} {
		g.Segments = segments
		if got := must(ParseGrant(must(SignGrant(g, id)))); !reflect.DeepEqual(got, g) {
			t.Errorf("got %+v", got)
		}
	}
}

func TestGrantWordsCoverWorkspaceApproverAndRequest(t *testing.T) {
	_, g, _ := granted(t)
	for name, change := range map[string]func(*Grant){
		"workspace": func(g *Grant) { g.Workspace[31] ^= 1 },
		"approver":  func(g *Grant) { g.Approver = must(Generate()).SignPublic() },
		"request":   func(g *Grant) { g.Request[0] ^= 1 },
	} {
		changed := *g
		change(&changed)
		if strings.Join(changed.Words(), " ") == strings.Join(g.Words(), " ") {
			t.Errorf("%s: the words stayed", name)
		}
	}
	if len(g.Words()) != 8 {
		t.Errorf("%d words", len(g.Words()))
	}
}

func TestParseGrantRefuses(t *testing.T) {
	id, g, file := granted(t)
	base := grantPayload{1, g.Workspace[:], g.Request[:], g.Approver, g.Member[:], g.Control, g.Wraps, g.Name, nil}
	with := func(change func(*grantPayload)) []byte {
		p := base
		change(&p)
		return must(signTyped(grantType, must(encode(p)), id))
	}
	many := func(n int) [][]byte { return make([][]byte, n) }
	for name, bad := range map[string][]byte{
		"empty":               nil,
		"trailing byte":       append(bytes.Clone(file), 0),
		"another type":        must(signTyped(requestType, must(encode(base)), id)),
		"another signer":      must(signTyped(grantType, must(encode(base)), must(Generate()))),
		"short workspace":     with(func(p *grantPayload) { p.Workspace = p.Workspace[1:] }),
		"short request":       with(func(p *grantPayload) { p.Request = p.Request[1:] }),
		"short member":        with(func(p *grantPayload) { p.Member = p.Member[1:] }),
		"no approver":         with(func(p *grantPayload) { p.Approver = nil }),
		"no control events":   with(func(p *grantPayload) { p.Control = nil }),
		"too many events":     with(func(p *grantPayload) { p.Control = many(maxControl + 1) }),
		"too many segments":   with(func(p *grantPayload) { p.Segments = many(maxSegments + 1) }),
		"large segments":      with(func(p *grantPayload) { p.Segments = [][]byte{make([]byte, MaxHanded), {0}} }),
		"no wraps":            with(func(p *grantPayload) { p.Wraps = nil }),
		"too many wraps":      with(func(p *grantPayload) { p.Wraps = many(MaxWraps + 1) }),
		"large wrap":          with(func(p *grantPayload) { p.Wraps = [][]byte{make([]byte, maxWrap+1)} }),
		"no name":             with(func(p *grantPayload) { p.Name = "" }),
		"name of two lines":   with(func(p *grantPayload) { p.Name = "a\rb" }),
		"version 0":           with(func(p *grantPayload) { p.Version = 0 }),
		"larger than allowed": make([]byte, MaxGrant+1),
	} {
		if _, err := ParseGrant(bad); !errors.Is(err, ErrGrant) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ParseGrant(with(func(p *grantPayload) { p.Version = 2 })); !errors.Is(err, ErrNewer) {
		t.Errorf("newer: %v", err)
	}
}

func TestDamagedGrantIsRefusedEverywhere(t *testing.T) {
	_, _, file := granted(t)
	for i := range file {
		flipped := bytes.Clone(file)
		flipped[i] ^= 1
		for _, damaged := range [][]byte{flipped, file[:i]} {
			if _, err := ParseGrant(damaged); !errors.Is(err, ErrGrant) && !errors.Is(err, ErrNewer) {
				t.Fatalf("damaged at %d: %v", i, err)
			}
		}
	}
}

func TestSignGrantRefuses(t *testing.T) {
	id, g, _ := granted(t)
	if _, err := SignGrant(g, must(Generate())); err == nil {
		t.Error("signed in another approver's name")
	}
	g.Control = [][]byte{make([]byte, MaxGrant)}
	if _, err := SignGrant(g, id); err == nil {
		t.Error("signed a grant that nobody reads")
	}
	g.Control = nil
	if _, err := SignGrant(g, id); err == nil {
		t.Error("signed a grant without control events")
	}
}
