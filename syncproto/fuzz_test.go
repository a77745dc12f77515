package syncproto

import (
	"bytes"
	"testing"
)

// Whatever is read is within the limits and is written back byte for byte.
func FuzzRequest(f *testing.F) {
	seed(f, fullRequest())
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := DecodeRequest(data)
		if err != nil {
			return
		}
		same(t, r, data)
	})
}

// Whatever is read is within the limits and is written back byte for byte.
func FuzzAnswer(f *testing.F) {
	seed(f, fullAnswer())
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := DecodeAnswer(data)
		if err != nil {
			return
		}
		same(t, a, data)
	})
}

// Whatever is read is within the limits and is written back byte for byte.
func FuzzDocuments(f *testing.F) {
	seed(f, &DocumentsRequest{Tree: NewTree(testDocuments())})
	seed(f, &DocumentsAnswer{Documents: testDocuments(), More: true})
	f.Fuzz(func(t *testing.T, data []byte) {
		if r, err := DecodeDocumentsRequest(data); err == nil {
			same(t, r, data)
		}
		if a, err := DecodeDocumentsAnswer(data); err == nil {
			same(t, a, data)
		}
	})
}

// Whatever is read is within the limits and is written back byte for byte.
func FuzzPackAnswer(f *testing.F) {
	seed(f, &PackAnswer{Name: "part-00", Data: []byte("pack")})
	seed(f, &PackAnswer{})
	f.Fuzz(func(t *testing.T, data []byte) {
		if a, err := DecodePackAnswer(data); err == nil {
			same(t, a, data)
		}
	})
}

func same(t *testing.T, message interface{ Encode() ([]byte, error) }, data []byte) {
	t.Helper()
	if again, err := message.Encode(); err != nil || !bytes.Equal(again, data) {
		t.Errorf("read %x, wrote %x, %v", data, again, err)
	}
}

func seed(f *testing.F, message interface{ Encode() ([]byte, error) }) {
	data, err := message.Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(data[:len(data)/2])
	f.Add([]byte{0xa1, 0x00, 0x01})
	f.Add([]byte{})
}
