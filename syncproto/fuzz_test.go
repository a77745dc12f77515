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
		if again, err := r.Encode(); err != nil || !bytes.Equal(again, data) {
			t.Errorf("read %x, wrote %x, %v", data, again, err)
		}
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
		if again, err := a.Encode(); err != nil || !bytes.Equal(again, data) {
			t.Errorf("read %x, wrote %x, %v", data, again, err)
		}
	})
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
