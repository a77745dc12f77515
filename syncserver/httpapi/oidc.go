package httpapi

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"

	"fieldbook/syncproto"
)

// OIDC asks for a token of an identity provider (OpenID Connect) with each
// signed request, besides its signature.
type OIDC struct {
	// Issuer is the provider's address, as its tokens name it. Its keys are read
	// from there and kept.
	Issuer string
	// Audience is whom tokens must be made for: the client id.
	Audience string
	// Client speaks to the provider; nil: http.DefaultClient.
	Client *http.Client
}

func (o *OIDC) check() error {
	if o.Issuer == "" || o.Audience == "" {
		return errors.New("OIDC needs an issuer and an audience")
	}
	return nil
}

// Limits of tokens.
const (
	// maxToken bounds a token, in bytes.
	maxToken = 8 << 10
	// patience is how long after a failure the provider is left alone.
	patience = 5 * time.Second
	// issuerTime bounds one look at the provider.
	issuerTime = 10 * time.Second
)

// tokens checks tokens. The provider is asked for its description when the
// first token comes, so that a service starts without it.
type tokens struct {
	cfg    *OIDC
	clock  func() time.Time
	ctx    context.Context
	cancel context.CancelFunc

	mu       sync.Mutex
	verifier *oidc.IDTokenVerifier
	failed   time.Time
}

// newTokens gives nil, which asks for none, without a configuration.
func newTokens(cfg *OIDC, clock func() time.Time) *tokens {
	if cfg == nil {
		return nil
	}
	client := cfg.Client
	if client == nil {
		client = http.DefaultClient
	}
	bounded := *client
	if bounded.Timeout == 0 {
		bounded.Timeout = issuerTime
	}
	ctx, cancel := context.WithCancel(oidc.ClientContext(context.Background(), &bounded))
	return &tokens{cfg: cfg, clock: clock, ctx: ctx, cancel: cancel}
}

func (t *tokens) close() {
	if t != nil {
		t.cancel()
	}
}

// check checks the token of a request.
func (t *tokens) check(r *http.Request) error {
	if t == nil {
		return nil
	}
	values := r.Header.Values("Authorization")
	if len(values) == 0 {
		return refuse(syncproto.CodeToken, "send one as Authorization: Bearer")
	}
	scheme, token, _ := strings.Cut(values[0], " ")
	if len(values) > 1 || !strings.EqualFold(scheme, "Bearer") || token == "" || len(token) > maxToken {
		return refuse(syncproto.CodeToken, "send one as Authorization: Bearer")
	}
	verifier, err := t.provider()
	if err != nil {
		return away(err)
	}
	if _, err := verifier.Verify(r.Context(), token); err != nil {
		if strings.Contains(err.Error(), "fetching keys") { // the library tells it no other way
			return away(err)
		}
		return &fault{code: syncproto.CodeToken, detail: "it does not hold or has expired; get a new one", cause: err}
	}
	return nil
}

func away(err error) error {
	return &fault{code: syncproto.CodeTemporary, detail: "the identity provider cannot be reached", retry: patience, cause: err}
}

// provider gives what checks tokens, from the provider's description.
func (t *tokens) provider() (*oidc.IDTokenVerifier, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.verifier != nil {
		return t.verifier, nil
	}
	if time.Since(t.failed) < patience {
		return nil, errors.New("identity provider failed a moment ago")
	}
	provider, err := oidc.NewProvider(t.ctx, t.cfg.Issuer)
	if err != nil {
		t.failed = time.Now()
		return nil, err
	}
	t.verifier = provider.VerifierContext(t.ctx, &oidc.Config{ClientID: t.cfg.Audience, Now: t.clock})
	return t.verifier, nil
}
