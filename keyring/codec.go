package keyring

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/fxamacker/cbor/v2"
)

// Limits of CBOR input. The byte caps of each format bound memory; these bound shapes.
const (
	maxElements = 1 << 16
	maxPairs    = 16
	maxNested   = 4
)

// errCanonical says that bytes decode, but are not the one encoding their content has.
var errCanonical = errors.New("not in canonical form")

// encMode writes core deterministic CBOR (RFC 8949, 4.2.1); nil slices are empty strings, never null.
var encMode = func() cbor.EncMode {
	opts := cbor.CoreDetEncOptions()
	opts.NilContainers = cbor.NilContainerAsEmpty
	mode, err := opts.EncMode()
	if err != nil {
		panic("keyring: " + err.Error()) // constant options
	}
	return mode
}()

// decMode reads CBOR from outside: no duplicate or unknown keys, no indefinite lengths, no tags.
var decMode = func() cbor.DecMode {
	mode, err := cbor.DecOptions{
		DupMapKey:         cbor.DupMapKeyEnforcedAPF,
		IndefLength:       cbor.IndefLengthForbidden,
		TagsMd:            cbor.TagsForbidden,
		ExtraReturnErrors: cbor.ExtraDecErrorUnknownField,
		MaxArrayElements:  maxElements,
		MaxMapPairs:       maxPairs,
		MaxNestedLevels:   maxNested,
	}.DecMode()
	if err != nil {
		panic("keyring: " + err.Error()) // constant options
	}
	return mode
}()

// encode writes v, one of the fixed structs of this package, as deterministic CBOR.
func encode(v any) ([]byte, error) {
	data, err := encMode.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	return data, nil
}

// decode reads v from data and refuses any encoding but the canonical one. Errors say nothing about the content.
func decode(data []byte, v any) error {
	if err := decMode.Unmarshal(data, v); err != nil {
		return errors.New("malformed CBOR")
	}
	again, err := encMode.Marshal(v)
	defer clear(again)
	if err != nil || !bytes.Equal(again, data) {
		return errCanonical
	}
	return nil
}

// version is the first field of every payload. It is read alone first, so that a newer version's unknown fields don't
// look like damage.
type version struct {
	Version uint64 `cbor:"1,keyasint"`
}

// peekMode reads past fields it does not know; the strict decoding comes after it.
var peekMode = func() cbor.DecMode {
	mode, err := cbor.DecOptions{
		IndefLength:      cbor.IndefLengthForbidden,
		MaxArrayElements: maxElements,
		MaxMapPairs:      maxElements,
	}.DecMode()
	if err != nil {
		panic("keyring: " + err.Error()) // constant options
	}
	return mode
}()

// peek reads the version of a payload: nil if it is want, ErrNewer if it is above.
func peek(data []byte, want uint64) error {
	var v version
	if err := peekMode.Unmarshal(data, &v); err != nil {
		return errors.New("malformed CBOR")
	}
	switch {
	case v.Version > want:
		return fmt.Errorf("%w (format %d)", ErrNewer, v.Version)
	case v.Version < want:
		return fmt.Errorf("unknown format %d", v.Version)
	}
	return nil
}
