package sample

import (
	"bytes"
	"io"
	"os"
	"testing"
)

func TestListIsTheOneThatTestsImport(t *testing.T) {
	want, err := os.ReadFile("../testdata/inventory/assets.csv")
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(List())
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("sample/assets.csv is not testdata/inventory/assets.csv (%v)", err)
	}
}
