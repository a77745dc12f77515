package keyring

import "testing"

// plain256 is the size of an ordinary event's body.
var plain256 = make([]byte, 256)

func BenchmarkSeal256(b *testing.B) {
	key, ad := NewKey(), make([]byte, 160)
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := key.Seal(ad, plain256); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen256(b *testing.B) {
	key, ad := NewKey(), make([]byte, 160)
	nonce, sealed, _ := key.Seal(ad, plain256)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := key.Open(ad, nonce, sealed); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkName(b *testing.B) {
	key := NewKey()
	b.ReportAllocs()
	for b.Loop() {
		key.Name("asset", "RAV", "RAVPLC004")
	}
}

func BenchmarkSign(b *testing.B) {
	id := fixed()
	for b.Loop() {
		if _, err := id.Sign(plain256); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkUnlock is what a person waits for: it has to stay under half a second.
func BenchmarkUnlock(b *testing.B) {
	file := must(lock(fixed(), []byte(phrase), 0))
	for b.Loop() {
		if _, err := unlock(file, []byte(phrase)); err != nil {
			b.Fatal(err)
		}
	}
}
