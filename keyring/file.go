package keyring

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"
	"golang.org/x/text/unicode/norm"
)

// Layout of an identity file (docs/format/keys.md): magic, version, SHA-256 of what follows, age file.
const (
	fileMagic   = "fieldbook-ident\n"
	fileVersion = 1
	fileHeader  = len(fileMagic) + 1 + sha256.Size
)

// Caps of an identity file.
const (
	// MaxExtra is the greatest length of Identity.Extra in bytes.
	MaxExtra = 64 << 10
	// MaxPassphrase is the greatest length of a passphrase in bytes.
	MaxPassphrase = 1024

	maxPlain = MaxExtra + 1024
	maxFile  = MaxExtra + 8192
)

// Work is the cost of unlocking an identity file: scrypt runs with N = 2^Work, r = 8, p = 1 (RFC 7914) and takes
// 2^Work KiB of memory.
type Work int

// The work factors that this package writes and reads.
const (
	// DefaultWork takes 64 MiB and about 0.19 s on the slow 2-core machine it was tuned on: the promise is under half a
	// second, and twice as much (0.39 s) left no margin there.
	DefaultWork Work = 16
	// MaxWork is the greatest factor that Load accepts (256 MiB): a planted file must not eat the machine.
	MaxWork Work = 18
)

// plain is the encrypted content of an identity file.
type plain struct {
	Version uint64 `cbor:"1,keyasint"`
	Sign    []byte `cbor:"2,keyasint"`
	KEM     []byte `cbor:"3,keyasint"`
	DB      []byte `cbor:"4,keyasint"`
	Extra   []byte `cbor:"5,keyasint"`
}

// lock encrypts id under the passphrase and returns the bytes of an identity file.
func lock(id *Identity, passphrase []byte, work Work) ([]byte, error) {
	if id.seeds == nil {
		return nil, ErrWiped
	}
	if len(id.Extra) > MaxExtra {
		return nil, fmt.Errorf("extra data is %d bytes, at most %d fit", len(id.Extra), MaxExtra)
	}
	if work == 0 {
		work = DefaultWork
	}
	if work < 1 || work > MaxWork {
		return nil, fmt.Errorf("work factor %d is outside 1 to %d", work, MaxWork)
	}
	secret, err := prepare(passphrase)
	if err != nil {
		return nil, err
	}
	recipient, err := age.NewScryptRecipient(secret)
	if err != nil {
		return nil, err
	}
	recipient.SetWorkFactor(int(work))
	s := id.seeds
	content, err := encode(plain{fileVersion, s.sign[:], s.kem[:], s.db[:], id.Extra})
	if err != nil {
		return nil, err
	}
	defer clear(content)
	body, err := encrypt(content, recipient)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body)
	file := append([]byte(fileMagic), fileVersion)
	return append(append(file, sum[:]...), body...), nil
}

// unlock undoes lock. Magic, version and checksum are checked in this order before the passphrase is tried, so a damaged
// file is never reported as a wrong passphrase.
func unlock(file, passphrase []byte) (*Identity, error) {
	body, err := unframe(file)
	if err != nil {
		return nil, err
	}
	secret, err := prepare(passphrase)
	if err != nil {
		return nil, err
	}
	key, err := age.NewScryptIdentity(secret)
	if err != nil {
		return nil, err
	}
	key.SetMaxWorkFactor(int(MaxWork))
	content, err := decrypt(body, maxPlain, key)
	defer clear(content)
	var mismatch *age.NoIdentityMatchError
	if errors.As(err, &mismatch) && len(mismatch.StanzaTypes) == 1 && mismatch.StanzaTypes[0] == "scrypt" {
		return nil, ErrPassphrase
	}
	if err != nil {
		return nil, classify(ErrIdentity, err)
	}
	return parsePlain(content)
}

// unframe checks everything of a file that needs no passphrase and returns the age file in it.
func unframe(file []byte) ([]byte, error) {
	switch {
	case len(file) > maxFile:
		return nil, fmt.Errorf("%w: larger than %d bytes", ErrIdentity, maxFile)
	case len(file) < fileHeader || string(file[:len(fileMagic)]) != fileMagic:
		return nil, fmt.Errorf("%w: it does not start like one", ErrIdentity)
	}
	switch v := file[len(fileMagic)]; {
	case v > fileVersion:
		return nil, fmt.Errorf("identity file: %w (format %d)", ErrNewer, v)
	case v < fileVersion:
		return nil, fmt.Errorf("%w: unknown format %d", ErrIdentity, v)
	}
	body := file[fileHeader:]
	if sum := sha256.Sum256(body); !bytes.Equal(sum[:], file[len(fileMagic)+1:fileHeader]) {
		return nil, fmt.Errorf("%w: the checksum does not match", ErrIdentity)
	}
	return body, nil
}

// parsePlain reads the decrypted content.
func parsePlain(content []byte) (*Identity, error) {
	if err := peek(content, fileVersion); err != nil {
		return nil, classify(ErrIdentity, err)
	}
	var p plain
	if err := decode(content, &p); err != nil {
		return nil, classify(ErrIdentity, err)
	}
	if len(p.Sign) != 32 || len(p.KEM) != 32 || len(p.DB) != 32 || len(p.Extra) > MaxExtra {
		return nil, fmt.Errorf("%w: a field has the wrong length", ErrIdentity)
	}
	s := &seeds{[32]byte(p.Sign), [32]byte(p.KEM), [32]byte(p.DB)}
	for _, b := range [][]byte{p.Sign, p.KEM, p.DB} {
		clear(b)
	}
	id, err := expand(s)
	if err != nil {
		return nil, classify(ErrIdentity, err)
	}
	id.Extra = p.Extra
	return id, nil
}

// prepare checks a passphrase and brings it to Unicode NFC (as RFC 8265, 4.2 does): macOS and Linux keyboards encode the
// same umlaut differently, and a backup must open on both.
func prepare(passphrase []byte) (string, error) {
	switch {
	case len(passphrase) == 0:
		return "", fmt.Errorf("%w: it is empty", ErrPassphrase)
	case len(passphrase) > MaxPassphrase:
		return "", fmt.Errorf("%w: it is longer than %d bytes", ErrPassphrase, MaxPassphrase)
	}
	return string(norm.NFC.Bytes(passphrase)), nil
}

// encrypt makes a binary age file of content.
func encrypt(content []byte, to age.Recipient) ([]byte, error) {
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to)
	if err != nil {
		return nil, fmt.Errorf("encrypt: %w", err)
	}
	if _, err := w.Write(content); err != nil {
		return nil, fmt.Errorf("encrypt: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("encrypt: %w", err)
	}
	return out.Bytes(), nil
}

// decrypt opens a binary age file of at most limit bytes of content.
func decrypt(file []byte, limit int64, with age.Identity) ([]byte, error) {
	r, err := age.Decrypt(bytes.NewReader(file), with)
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(content)) > limit {
		return nil, fmt.Errorf("more than %d bytes", limit)
	}
	return content, nil
}
