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
// out of the store, that is hidden, or that two file systems spell differently.
func CheckName(name string) error {
	elements := strings.Split(name, "/")
	if len(elements) > maxElements {
		return fmt.Errorf("%w: too deep", ErrName)
	}
	for _, element := range elements {
		if !plain(element) {
			return fmt.Errorf("%w: %q", ErrName, element)
		}
	}
	return nil
}

// CheckObject says whether data may be stored under name.
func CheckObject(name string, data []byte) error {
	if err := CheckName(name); err != nil {
		return err
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

// object says whether the last element of a name can be that of an object.
func object(element string) bool {
	at := strings.LastIndexByte(element, '-')
	if at <= 0 || len(element)-at-1 != 2*sha256.Size || !plain(element) {
		return false
	}
	return strings.Trim(element[at+1:], "0123456789abcdef") == ""
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
