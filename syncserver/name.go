package syncserver

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// Limits of store names: what every file system and S3 take.
const (
	maxElement  = 160
	maxElements = 8
)

// CheckName says whether a store may use a name. It admits nothing that leads
// out of the store, that is hidden, that two file systems spell differently, or
// that lies below the name of an object.
func CheckName(name string) error {
	elements := strings.Split(name, "/")
	if len(elements) > maxElements {
		return fmt.Errorf("%w: too deep", ErrName)
	}
	for i, element := range elements {
		if !plain(element) || i < len(elements)-1 && hashed(element) {
			return fmt.Errorf("%w: %q", ErrName, element)
		}
	}
	return nil
}

// CheckFolder says whether a store may list a folder.
func CheckFolder(folder string) error { return CheckName(folder + "/x") }

// CheckObject says whether data with a note may be stored under name.
func CheckObject(name string, data, note []byte) error {
	if err := CheckName(name); err != nil {
		return err
	}
	if len(note) > MaxNote {
		return fmt.Errorf("%w: a note of %d bytes, at most %d", ErrSize, len(note), MaxNote)
	}
	if !Matches(name, data) {
		return fmt.Errorf("%w: it does not end in the hash of the bytes", ErrName)
	}
	return nil
}

// Matches says whether a name ends in the hash of data.
func Matches(name string, data []byte) bool {
	sum := sha256.Sum256(data)
	return strings.HasSuffix(name, "-"+hex.EncodeToString(sum[:]))
}

// IsObject says whether a name is one that an object can have, so that a
// listing shows it.
func IsObject(name string) bool {
	return CheckName(name) == nil && hashed(name[strings.LastIndexByte(name, '/')+1:])
}

// HashOf gives the hash that an object's name ends in.
func HashOf(name string) (hash [sha256.Size]byte, err error) {
	if !IsObject(name) {
		return hash, fmt.Errorf("%w: %q", ErrName, name)
	}
	_, err = hex.Decode(hash[:], []byte(name[len(name)-2*sha256.Size:]))
	return hash, err
}

// hashed says whether an element ends as the last one of an object's name does.
func hashed(element string) bool {
	at := strings.LastIndexByte(element, '-')
	return at > 0 && len(element)-at-1 == 2*sha256.Size && strings.Trim(element[at+1:], "0123456789abcdef") == ""
}

// plain says whether an element of a name is of lower letters, digits, dashes
// and dots and begins with a letter or digit.
func plain(element string) bool {
	if element == "" || len(element) > maxElement || element[0] == '.' || element[0] == '-' {
		return false
	}
	for i := 0; i < len(element); i++ {
		c := element[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '.' {
			return false
		}
	}
	return true
}
