package httpapi_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/oauth2-proxy/mockoidc"

	"fieldbook/syncproto"
	"fieldbook/syncserver/httpapi"
)

// provider runs an identity provider and gives a maker of its tokens.
func provider(t *testing.T) (*mockoidc.MockOIDC, func(cfg *mockoidc.Config, keys *mockoidc.Keypair, at time.Time) string) {
	t.Helper()
	m, err := mockoidc.Run()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.Shutdown() })
	return m, func(cfg *mockoidc.Config, keys *mockoidc.Keypair, at time.Time) string {
		session, err := m.SessionStore.NewSession("openid", "nonce", mockoidc.DefaultUser(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		token, err := session.IDToken(cfg, keys, at)
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
}

// Given a service with an identity provider, then a signed request needs its
// token besides: sound, for this service, and of today by the service's clock.
func TestTokensAreAskedForBesides(t *testing.T) {
	m, make := provider(t)
	b := newBench(t, func(c *httpapi.Config) {
		c.OIDC = &httpapi.OIDC{Issuer: m.Issuer(), Audience: m.ClientID}
	})
	foreign, err := mockoidc.RandomKeypair(2048)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere, other := *m.Config(), *m.Config()
	elsewhere.Issuer, other.ClientID = "https://elsewhere.example", "another"
	good := make(m.Config(), m.Keypair, now)
	for name, test := range map[string]struct {
		value string
		ok    bool
	}{
		"sound":              {"Bearer " + good, true},
		"sound, lower case":  {"bearer " + good, true},
		"none":               {"", false},
		"another scheme":     {"Basic " + good, false},
		"no token":           {"Bearer ", false},
		"no JWT":             {"Bearer abc", false},
		"changed":            {"Bearer " + good[:len(good)-8] + "AAAAAAAA", false},
		"unsigned":           {"Bearer " + "eyJhbGciOiJub25lIn0." + strings.Split(good, ".")[1] + ".", false},
		"endless":            {"Bearer " + strings.Repeat("a", 9<<10), false},
		"expired":            {"Bearer " + make(m.Config(), m.Keypair, now.Add(-time.Hour)), false},
		"not valid yet":      {"Bearer " + make(m.Config(), m.Keypair, now.Add(time.Hour)), false},
		"of another issuer":  {"Bearer " + make(&elsewhere, m.Keypair, now), false},
		"for another client": {"Bearer " + make(&other, m.Keypair, now), false},
		"by another key":     {"Bearer " + make(m.Config(), foreign, now), false},
	} {
		a := b.sync()
		if test.value != "" {
			a.header.Set("Authorization", test.value)
		}
		r := b.send(a)
		if test.ok && r.status != http.StatusOK || !test.ok && r.code != syncproto.CodeToken {
			t.Errorf("%s: %d %s", name, r.status, r.body)
		}
	}
	unsigned := b.sync()
	unsigned.unsigned = true
	unsigned.header.Set("Authorization", "Bearer "+good)
	b.refused("a token without a signature", unsigned, syncproto.CodeUnsigned)
	if strings.Contains(b.log.String(), good[:20]) {
		t.Error("the log holds a token")
	}
}

// Given a provider that cannot be reached, then that is told as a state of the
// service, and the service starts without it.
func TestMissingProviderIsTemporary(t *testing.T) {
	m, make := provider(t)
	token := make(m.Config(), m.Keypair, now)
	gone := newBench(t, func(c *httpapi.Config) {
		c.OIDC = &httpapi.OIDC{Issuer: "http://127.0.0.1:1", Audience: m.ClientID}
	})
	for range 2 {
		a := gone.sync()
		a.header.Set("Authorization", "Bearer "+token)
		if r := gone.send(a); r.code != syncproto.CodeTemporary {
			t.Errorf("%d %s", r.status, r.body)
		}
	}
	keyless := newBench(t, func(c *httpapi.Config) {
		c.OIDC = &httpapi.OIDC{Issuer: m.Issuer(), Audience: m.ClientID, Client: &http.Client{Transport: withoutKeys{}}}
	})
	a := keyless.sync()
	a.header.Set("Authorization", "Bearer "+token)
	if r := keyless.send(a); r.code != syncproto.CodeTemporary {
		t.Errorf("without keys: %d %s", r.status, r.body)
	}
	if _, err := httpapi.New(t.Context(), httpapi.Config{Replicas: gone.replicas, OIDC: &httpapi.OIDC{}}); err == nil {
		t.Error("a provider without an issuer was taken")
	}
}

// withoutKeys reaches everything of a provider but its keys.
type withoutKeys struct{}

func (withoutKeys) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.Contains(r.URL.Path, "jwks") {
		return nil, http.ErrHandlerTimeout
	}
	return http.DefaultTransport.RoundTrip(r)
}
