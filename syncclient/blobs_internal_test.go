package syncclient

import "testing"

// Given addresses that a service hands out, then a service elsewhere cannot
// send requests into this machine, nor over an open line.
func TestAddressesThatAreTrusted(t *testing.T) {
	for _, test := range []struct {
		service, address string
		want             bool
	}{
		{"https://sync.example.org", "https://bucket.example.org/a?b", true},
		{"https://sync.example.org", "http://bucket.example.org/a", false},
		{"https://sync.example.org", "https://127.0.0.1/a", false},
		{"https://sync.example.org", "http://localhost:8080/a", false},
		{"http://127.0.0.1:1", "http://localhost:8080/a", true},
		{"http://127.0.0.1:1", "http://10.0.0.1/a", false},
		{"http://127.0.0.1:1", "https://a:b@bucket.example.org/a", false},
		{"http://127.0.0.1:1", "file:///etc/passwd", false},
		{"http://127.0.0.1:1", "", false},
	} {
		base, err := parseAddress(test.service)
		if err != nil {
			t.Fatal(err)
		}
		s := &Service{regions: []*region{{base: base}}}
		if got := s.trusts(test.address); got != test.want {
			t.Errorf("%s sends to %s: %v, want %v", test.service, test.address, got, test.want)
		}
	}
}
