package localapi

import (
	"encoding/json"
	"errors"

	"github.com/danielgtaylor/huma/v2"
)

// maxSecret bounds a passphrase or recovery key, in bytes.
const maxSecret = 4096

// Secret is a passphrase or recovery key. It is read into bytes that can be wiped, and never written.
type Secret []byte

// errSecret says nothing of what was sent.
var errSecret = errors.New("a passphrase is a text of at most 4096 bytes")

// UnmarshalJSON reads a JSON string.
func (s *Secret) UnmarshalJSON(data []byte) error {
	var text string
	if len(data) > 6*maxSecret || json.Unmarshal(data, &text) != nil || len(text) > maxSecret {
		return errSecret
	}
	*s = []byte(text)
	return nil
}

// MarshalJSON hides it, wherever it may end up.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"***"`), nil }

// String hides it in logs.
func (s Secret) String() string { return "***" }

// GoString hides it in logs.
func (s Secret) GoString() string { return "***" }

// Schema says that it is a text.
func (s Secret) Schema(huma.Registry) *huma.Schema {
	limit := maxSecret
	return &huma.Schema{Type: huma.TypeString, Format: "password", MaxLength: &limit, WriteOnly: true}
}
