package syncclient

import (
	"context"
	"crypto/ed25519"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"fieldbook/syncproto"
)

// DeviceKeys are what a service may know of the device that asks.
type DeviceKeys struct {
	// ID is the device's id: the hash of both keys.
	ID [32]byte
	// Sign checks the device's signatures.
	Sign ed25519.PublicKey
	// Recipient is the age recipient that keys are wrapped to.
	Recipient string
}

// Signer signs with the device's key.
type Signer interface {
	Sign(message []byte) ([]byte, error)
}

// ServiceConfig is what speaking to a service takes.
type ServiceConfig struct {
	// URLs are the service's addresses, one or two: https, or http on loopback.
	// The second is that of another region.
	URLs []string
	// Workspace is the workspace to sync.
	Workspace syncproto.Workspace
	// Device and Signer are the device's.
	Device DeviceKeys
	Signer Signer
	// Service is the service's id in the workspace, as it was pinned when the
	// remote was added. All zero: it is asked and believed.
	Service [32]byte
	// Invitation is the service's invitation secret, shown if the service does
	// not know the device; empty: none.
	Invitation string
	// Token gives a token of the service's identity provider; nil: none.
	Token func(ctx context.Context) (string, error)
	// Proof gives a receipt of the service for the device's own feed, for a
	// service that lost its store; nil, or no bytes: none.
	Proof func(ctx context.Context) ([]byte, error)
	// Roots are the authorities whose certificates count, for a service whose
	// operator made its certificate; nil: the system's.
	Roots *x509.CertPool
	// Client sends the requests; nil: one with limits of its own. Redirects are
	// never followed. Roots then have no effect.
	Client *http.Client
	// Clock tells the time; nil: time.Now.
	Clock func() time.Time
	// Timeout bounds one request to one address; zero: 40 s, more than a service
	// behind Amazon's API Gateway takes.
	Timeout time.Duration
}

// ServiceKeys are what a service says of itself.
type ServiceKeys struct {
	// ID is the hash of the keys.
	ID [32]byte
	// Sign checks its receipts.
	Sign ed25519.PublicKey
	// Recipient is what an owner wraps keys to.
	Recipient string
	// Limits are those it holds devices to.
	Limits syncproto.ServiceLimits
}

// Service is a Remote that speaks to a sync service over HTTP. It is safe for
// concurrent use. It fails over between the service's addresses by itself and
// stays with the one that answered.
type Service struct {
	cfg    ServiceConfig
	client *http.Client

	mu sync.Mutex
	// regions are the addresses in the order of the configuration; at is the
	// index of the one that answered last.
	regions []*region
	at      int
	// id is the service's, once known.
	id [32]byte
	// shown says that the service did not know the device, so that requests show
	// its keys.
	shown bool
}

// region is one address of a service.
type region struct {
	base *url.URL
	// offset is what the device's clock lacks to the region's.
	offset time.Duration
}

// NewService checks the configuration. It sends nothing.
func NewService(cfg ServiceConfig) (*Service, error) {
	if len(cfg.URLs) < 1 || len(cfg.URLs) > 2 {
		return nil, errors.New("a service has one or two addresses")
	}
	if cfg.Signer == nil {
		return nil, errors.New("service without a signer")
	}
	keys := syncproto.PublicKeys{Sign: cfg.Device.Sign, Recipient: cfg.Device.Recipient}
	if id, err := keys.ID(); err != nil || id != cfg.Device.ID {
		return nil, errors.New("the device's id is not that of its keys")
	}
	if strings.ContainsFunc(cfg.Invitation, func(r rune) bool { return r < '!' || r > '~' }) {
		return nil, errors.New("an invitation secret is printable ASCII without spaces; check the secret file")
	}
	s := &Service{cfg: cfg, id: cfg.Service, client: client(cfg.Client, cfg.Roots)}
	for _, address := range cfg.URLs {
		base, err := parseAddress(address)
		if err != nil {
			return nil, err
		}
		s.regions = append(s.regions, &region{base: base})
	}
	if s.cfg.Clock == nil {
		s.cfg.Clock = time.Now
	}
	if s.cfg.Timeout == 0 {
		s.cfg.Timeout = 40 * time.Second
	}
	return s, nil
}

// Exchange implements Remote.
func (s *Service) Exchange(ctx context.Context, req *syncproto.Request) (*syncproto.Answer, error) {
	if req.Workspace != s.cfg.Workspace {
		return nil, fmt.Errorf("sync with service: %w: request for another workspace", syncproto.ErrMalformed)
	}
	var answer *syncproto.Answer
	err := s.message(ctx, http.MethodPost, "sync", req, func(body []byte) (err error) {
		answer, err = syncproto.DecodeAnswer(body)
		return err
	})
	return answer, err
}

// Documents asks for the service's documents in those buckets that differ from
// a tree. Of a service with more than fit an answer only the first are told.
func (s *Service) Documents(ctx context.Context, tree syncproto.Tree) (*syncproto.DocumentsAnswer, error) {
	var answer *syncproto.DocumentsAnswer
	req := &syncproto.DocumentsRequest{Workspace: s.cfg.Workspace, Tree: tree}
	err := s.message(ctx, http.MethodPost, "documents", req, func(body []byte) (err error) {
		answer, err = syncproto.DecodeDocumentsAnswer(body)
		return err
	})
	return answer, err
}

// Manifest gives the newest manifest of the service's packs; no name if there
// is none. Name and bytes are the service's word: check them.
func (s *Service) Manifest(ctx context.Context) (name string, data []byte, err error) {
	answer, err := s.pack(ctx, "packs")
	if err != nil {
		return "", nil, err
	}
	return answer.Name, answer.Data, nil
}

// Pack gives an object of the packs.
func (s *Service) Pack(ctx context.Context, name string) ([]byte, error) {
	if err := syncproto.CheckPackName(name); err != nil {
		return nil, fmt.Errorf("get pack: %w", err)
	}
	answer, err := s.pack(ctx, "packs/"+name)
	if err != nil {
		return nil, err
	}
	if answer.Name != name {
		return nil, fmt.Errorf("get pack: %w: it handed out another one", ErrProtocol)
	}
	return answer.Data, nil
}

func (s *Service) pack(ctx context.Context, path string) (*syncproto.PackAnswer, error) {
	var answer *syncproto.PackAnswer
	err := s.message(ctx, http.MethodGet, path, nil, func(body []byte) (err error) {
		answer, err = syncproto.DecodePackAnswer(body)
		return err
	})
	return answer, err
}

// Keys asks the service for its keys and checks that they are those of its id.
func (s *Service) Keys(ctx context.Context) (ServiceKeys, error) {
	var info *syncproto.ServiceInfo
	err := s.send(ctx, &exchange{
		method: http.MethodGet, path: s.path("service"), unsigned: true, accept: syncproto.TypeJSON,
		read: func(body []byte) (err error) {
			info, err = syncproto.DecodeServiceInfo(body)
			return err
		},
	})
	if err != nil {
		return ServiceKeys{}, err
	}
	if err := s.pin(info.ID); err != nil {
		return ServiceKeys{}, err
	}
	return ServiceKeys{ID: info.ID, Sign: info.Keys.Sign, Recipient: info.Keys.Recipient, Limits: info.Limits}, nil
}

// pin notes the service's id, or refuses another one than was noted.
func (s *Service) pin(id [32]byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.id != [32]byte{} && s.id != id {
		return ErrAnotherService
	}
	s.id = id
	return nil
}

// known gives the service's id, asking for it if it was not pinned.
func (s *Service) known(ctx context.Context) ([32]byte, error) {
	s.mu.Lock()
	id := s.id
	s.mu.Unlock()
	if id != [32]byte{} {
		return id, nil
	}
	keys, err := s.Keys(ctx)
	return keys.ID, err
}

// path gives the path of something in the workspace.
func (s *Service) path(rest string) string {
	return "/v1/workspaces/" + s.cfg.Workspace.String() + "/" + rest
}

// message sends a message, or none, and reads the answer's.
func (s *Service) message(ctx context.Context, method, path string, message interface{ Encode() ([]byte, error) }, read func([]byte) error) error {
	x := &exchange{method: method, path: s.path(path), accept: syncproto.TypeCBOR, read: read}
	if message != nil {
		body, err := message.Encode()
		if err != nil {
			return err
		}
		x.body, x.media = body, syncproto.TypeCBOR
	}
	return s.send(ctx, x)
}
