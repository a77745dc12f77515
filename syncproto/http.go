package syncproto

// Names of the HTTP side of the protocol (docs/format/sync.md).
const (
	// TypeCBOR is the content type of messages, TypeProblem that of problems,
	// TypeJSON that of ServiceKeys.
	TypeCBOR    = "application/cbor"
	TypeProblem = "application/problem+json"
	TypeJSON    = "application/json"

	// HeaderService names the service a request is for, by its id in hex.
	HeaderService = "Fieldbook-Service"
	// HeaderDevice carries the public keys of a device that the service does not
	// know: base64 of the signing key (32 bytes) and the recipient.
	HeaderDevice = "Fieldbook-Device"
	// HeaderInvitation carries the service's invitation secret.
	HeaderInvitation = "Fieldbook-Invitation"
	// HeaderProof carries, as base64, a receipt of this service for the device's
	// own feed.
	HeaderProof = "Fieldbook-Proof"
	// HeaderRequest names a request in the service's log.
	HeaderRequest = "Fieldbook-Request"

	// SignatureLabel, SignatureTag and SignatureAlgorithm are those of the
	// signature of a request (RFC 9421).
	SignatureLabel     = "fieldbook"
	SignatureTag       = "fieldbook-sync"
	SignatureAlgorithm = "ed25519"
	// SignatureFields are the covered components, in this order.
	SignatureFields = `("@method" "@path" "@query" "content-digest" "fieldbook-service")`
)

// Limits of signatures, in seconds.
const (
	// MaxSkew bounds how far a signature's time may be from the service's.
	MaxSkew = 60
	// MaxValidity bounds how long a signature may be valid.
	MaxValidity = 300
)

// MaxRecipient bounds a recipient, in bytes.
const MaxRecipient = 4096
