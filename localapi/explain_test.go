package localapi

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
	"fieldbook/syncclient"
	"fieldbook/workspace"
)

// codes are those of the description.
func codes(t *testing.T) []any {
	t.Helper()
	return description().Components.Schemas.Schema(reflect.TypeFor[Problem](), false, "").Properties["code"].Enum
}

// Given the errors that callers can act on, then each has a code of the description, a sentence and what to do, in words for a
// page and without a command of the command line.
func TestErrorsSayWhatToDo(t *testing.T) {
	known := codes(t)
	for _, s := range sentences {
		p, expected := describe(fmt.Errorf("doing something: %w", s.is))
		if !expected || p.Code != s.code || p.Status < 400 || p.Detail == "" || p.Hint == "" {
			t.Errorf("%v: %+v", s.is, p)
		}
		if !slices.Contains(known, any(p.Code)) {
			t.Errorf("%v: the description has no code %s", s.is, p.Code)
		}
		if text := p.Detail + p.Hint; strings.Contains(text, "`") || strings.Contains(text, "--") {
			t.Errorf("%v: %q is for the command line", s.is, text)
		}
	}
}

func TestErrorsHaveTheirCodes(t *testing.T) {
	for _, c := range []struct {
		err    error
		code   string
		status int
	}{
		{record.Refuse("format", `"{0}" is none of {1}`, "7", "0, 1").At("purdue"), "refused", 422},
		{record.Misuse("there is no field {0}", "x"), "usage", 400},
		{&projections.NotFound{What: "asset", Ref: "X", Near: []string{"Y"}}, "missing", 404},
		{&workspace.NotFound{What: "member", Ref: "X"}, "missing", 404},
		{&projections.Ambiguous{What: "asset", Ref: "X", Candidates: []projections.Candidate{{Label: "RAV/X"}}}, "ambiguous", 409},
		{&workspace.UnverifiedError{Doing: "signing", Documents: 3}, "unverified", 409},
		{&syncclient.ServiceError{Host: "h", Status: 503}, "service", 502},
		{&http.MaxBytesError{Limit: 1}, "too_large", 413},
		{fmt.Errorf("%w: %w", workspace.ErrIntegrity, eventstore.ErrDamaged), "integrity", 409},
		{fs.ErrNotExist, "missing", 404},
		{context.Canceled, "cancelled", 409},
		{errLocked, "locked", 423},
		{&HeldError{"/x"}, "busy", 409},
	} {
		p, expected := describe(fmt.Errorf("doing: %w", c.err))
		if !expected || p.Code != c.code || p.Status != c.status {
			t.Errorf("%v: %+v", c.err, p)
		}
	}
}

// Given an error that nobody expects, then the page hears that there was one, and only the log hears which.
func TestCausesGoToTheLogAlone(t *testing.T) {
	p := newPage(t)
	r := newRoutes("1", p.s.log)
	handle(r, operation{id: "fail", method: get, path: "/fail"}, func(context.Context, *none) (none, error) {
		return none{}, errors.New("the cause in " + p.home)
	})
	p.s.mux = r.mux
	w := p.send(p.request(get, "/api/fail", nil))
	if got := problemOf(t, w); got.Code != "internal" || strings.Contains(w.Body.String(), p.home) {
		t.Errorf("%s", w.Body)
	}
	if !strings.Contains(p.log.String(), "the cause in "+p.home) || !strings.Contains(p.log.String(), "operation=fail") {
		t.Errorf("the log: %s", p.log)
	}
}

// Given a request with several bad fields, then each is named at once.
func TestRefusalsNameAllFields(t *testing.T) {
	p := founded(t)
	fields := map[string]string{"purdue": "77", "ip_address": "no address", "vlan": "many", "zone": "Z1"}
	for key, value := range plc {
		fields[key] = value
	}
	got := p.refuses("refused", post, "/assets", map[string]any{"tag": "X-1", "fields": fields, "reason": "new"})
	var named []string
	for _, e := range got.Errors {
		named = append(named, e.Field)
		if strings.HasPrefix(e.Message, e.Field) || e.Message == "" {
			t.Errorf("%+v says the field again", e)
		}
	}
	slices.Sort(named)
	if !slices.Equal(named, []string{"ip_address", "purdue", "vlan"}) {
		t.Errorf("named %v", named)
	}
	got = p.refuses("refused", post, "/assets", map[string]any{"tag": "X-1", "fields": plc, "reason": " "})
	if len(got.Errors) != 1 || got.Errors[0].Field != "reason" {
		t.Errorf("%+v", got)
	}
}

// Given secrets in requests, good and bad, then no answer and no line of the log holds them.
func TestSecretsAreNotRepeated(t *testing.T) {
	const odd = "Zq8-never-to-be-seen"
	p := founded(t)
	dir := p.dir()
	for path, in := range map[string]any{
		"/workspaces/open":    map[string]any{"dir": dir, "passphrase": odd, "more": odd},
		"/workspaces":         map[string]any{"name": "", "member": "", "zone": "Nowhere", "passphrase": odd},
		"/workspaces/sample":  map[string]any{"passphrase": []string{odd}},
		"/workspaces/restore": map[string]any{"source": map[string]any{"upload": "x"}, "passphrase": odd, "recovery_key": odd},
		"/workspaces/join":    map[string]any{"grant": "AAAA", "passphrase": odd},
		"/passphrase":         map[string]any{"current": odd, "next": odd + odd},
		"/remotes":            map[string]any{"name": "x", "url": "ftp://x", "invitation": odd},
		"/session":            map[string]any{"token": odd},
	} {
		if w := p.ask(post, path, in); w.Code < 400 || strings.Contains(w.Body.String(), odd) {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	if strings.Contains(p.log.String(), odd) {
		t.Errorf("the log: %s", p.log)
	}
	for _, text := range []string{fmt.Sprint(Secret(odd)), fmt.Sprintf("%v %+v %#v", Found{Passphrase: Secret(odd)}, Found{Passphrase: Secret(odd)}, Secret(odd))} {
		if strings.Contains(text, odd) {
			t.Errorf("a secret prints as %s", text)
		}
	}
}
