package localapi

import (
	"bytes"
	"flag"
	"log/slog"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write openapi.json anew")

func TestDescriptionIsCurrent(t *testing.T) {
	r := newRoutes("1", slog.Default())
	r.register(&Server{})
	got, err := r.description()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("openapi.json", got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("openapi.json")
	if err != nil || !bytes.Equal(got, want) {
		t.Fatalf("openapi.json is not what the code says (%v); go generate ./localapi renews it", err)
	}
}
