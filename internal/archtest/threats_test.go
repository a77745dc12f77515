package archtest

import (
	"go/ast"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"testing"
)

// named is a test as docs/threat-model.md names it: the folder's last element
// and the function.
var named = regexp.MustCompile("`([a-z0-9]+)\\.((?:Test|Fuzz)[A-Za-z0-9]+)`")

// Given the threat model, then every test that it names is there: a promise
// without what shows it is none.
func TestThreatsAreShownByTests(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "docs", "threat-model.md"))
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, s := range ours(t) {
		for _, d := range s.file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil {
				there[path.Base(path.Dir(s.path))+"."+f.Name.Name] = true
			}
		}
	}
	found := named.FindAllStringSubmatch(string(text), -1)
	if len(found) < 60 {
		t.Fatalf("only %d tests are named", len(found))
	}
	for _, name := range found {
		if !there[name[1]+"."+name[2]] {
			t.Errorf("docs/threat-model.md names %s.%s, which is not there", name[1], name[2])
		}
	}
}
