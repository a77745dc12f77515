package archtest

import (
	"strings"
	"testing"
	"testing/fstest"
)

// given makes a source tree of one file.
func given(t *testing.T, name, text string) []*source {
	t.Helper()
	sources, err := load(fstest.MapFS{name: {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	if len(sources) != 1 {
		t.Fatalf("%d files read", len(sources))
	}
	return sources
}

// importing is a file with one import.
func importing(name string) string { return "package p\nimport _ \"" + name + "\"\n" }

func TestForbiddenImportsAreFound(t *testing.T) {
	for _, c := range []struct{ file, imports string }{
		{"record/a.go", "fieldbook/keyring"},
		{"record/sub/a.go", "fieldbook/crdt"},
		{"record/a.go", "os"},
		{"envelope/a.go", "net/http"},
		{"eventstore/a.go", "fieldbook/projections"},
		{"workspace/a.go", "fieldbook/syncserver"},
		{"workspace/a.go", "fieldbook/syncserver/s3"},
		{"workspace/a.go", "fieldbook/internal/testkit"},
		{"workspace/a_test.go", "fieldbook/apps/fieldbook"},
		{"apps/desktop/a.go", "fieldbook/apps/fieldbook"},
		{"cli/a.go", "fieldbook/apps/fieldbook"},
		{"workspace/a.go", "github.com/ncruces/go-sqlite3"},
		{"workspace/a_test.go", "github.com/ncruces/go-sqlite3/driver"},
		{"crdt/a.go", "filippo.io/age"},
		{"keyring/a.go", "github.com/automerge/automerge-go"},
		{"syncserver/folder.go", "github.com/aws/aws-sdk-go-v2/service/s3"},
		{"apps/fieldbook/a.go", "github.com/wailsapp/wails/v2"},
		{"workspace/a.go", "github.com/spf13/cobra"},
		{"workspace/a.go", "github.com/xuri/excelize/v2"},
		{"keyring/a.go", "pgregory.net/rapid"},
		{"keyring/a.go", "golang.org/x/text/encoding"},
		{"keyring/a.go", "C"},
		{"sheet/a.go", "example.org/unheard/of"},
		{"helpers/a.go", "fmt"},
		{"internal/helpers/a.go", "fmt"},
	} {
		if got := imports(given(t, c.file, importing(c.imports))); len(got) != 1 {
			t.Errorf("%s importing %s: %q", c.file, c.imports, got)
		}
	}
}

func TestAllowedImportsPass(t *testing.T) {
	for _, c := range []struct{ file, imports string }{
		{"record/a.go", "time"},
		{"record/a_test.go", "os"},
		{"record/a_test.go", "pgregory.net/rapid"},
		{"record/sub/a.go", "fieldbook/record"},
		{"keyring/a.go", "filippo.io/age"},
		{"keyring/a.go", "golang.org/x/text/unicode/norm"},
		{"crdt/a.go", "C"},
		{"eventstore/a.go", "github.com/ncruces/go-sqlite3/vfs"},
		{"eventstore/a_test.go", "fieldbook/internal/testkit"},
		{"syncclient/a_test.go", "fieldbook/syncserver"},
		{"internal/testkit/synctest/a.go", "fieldbook/workspace"},
		{"syncserver/s3/a.go", "github.com/aws/aws-sdk-go-v2/service/s3"},
		{"cli/a.go", "fieldbook/syncserver"},
		{"apps/desktop/a.go", "fieldbook/cli"},
	} {
		if got := imports(given(t, c.file, importing(c.imports))); len(got) != 0 {
			t.Errorf("%s importing %s: %q", c.file, c.imports, got)
		}
	}
}

func TestMissingCommentsAreFound(t *testing.T) {
	const head = "// Package p is.\npackage p\n"
	for text, want := range map[string]int{
		"package p":                      1,
		head:                             0,
		head + "func F() {}":             1,
		head + "// F does.\nfunc F() {}": 0,
		head + "func f() {}":             0,
		head + "type T int":              1,
		head + "// Two types.\ntype (\nA int\nB int\n)":                  2,
		head + "// t is.\ntype t int\nfunc (t) M() {}":                   0,
		head + "// T is.\ntype T int\nfunc (T) M() {}":                   1,
		head + "// T is.\ntype T int\nfunc (*T) M() {}":                  1,
		head + "const C = 1":                                             1,
		head + "// Errors.\nvar (\nA = 1\nB = 2\n)":                      0,
		head + "var (\nA = 1 // first\nB = 2\n)":                         1,
		head + "// T is.\ntype T[K any] struct{}\nfunc (t *T[K]) M() {}": 1,
	} {
		if got := docs(given(t, "record/a.go", text)); len(got) != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestLongAndSkippingAndUnfinishedCodeIsFound(t *testing.T) {
	long := "package p\nfunc f() {" + strings.Repeat("\n", maxFuncLines) + "}\n"
	if got := sizes(given(t, "record/a.go", long)); len(got) != 1 {
		t.Errorf("long function: %q", got)
	}
	if got := sizes(given(t, "record/a.go", "package p"+strings.Repeat("\n//", maxFileLines))); len(got) != 1 {
		t.Errorf("long file: %q", got)
	}
	skip := "package p\nimport \"testing\"\nfunc TestX(t *testing.T) { t.Skip() }\n"
	if got := skips(given(t, "record/a_test.go", skip)); len(got) != 1 {
		t.Errorf("skip: %q", got)
	}
	for _, mark := range unfinished {
		got, err := marks(fstest.MapFS{
			"docs/a.md":               {Data: []byte("one\n" + mark + ": two\n")},
			"node_modules/a/index.js": {Data: []byte(mark)},
			"bench/go.mod":            {},
			"bench/a.go":              {Data: []byte(mark)},
			"record/testdata/a.md":    {Data: []byte(mark)},
			".git/description.md":     {Data: []byte(mark)},
		})
		if err != nil || len(got) != 1 || !strings.HasPrefix(got[0], "docs/a.md:2") {
			t.Errorf("%s: %q, %v", mark, got, err)
		}
	}
}

func TestUnreadableSourceIsAnError(t *testing.T) {
	if _, err := load(fstest.MapFS{"a.go": {Data: []byte("package")}}); err == nil {
		t.Error("a file that does not parse was passed over")
	}
}
