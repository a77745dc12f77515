package envelope

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// examples reads the blocks of a document that follow a line "Vector `file/name`:".
func examples(t *testing.T, doc string) map[string][]byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../docs/format", doc))
	must(t, err)
	found := map[string][]byte{}
	for _, part := range strings.Split(string(text), "\nVector `")[1:] {
		name, rest, _ := strings.Cut(part, "`")
		_, rest, _ = strings.Cut(rest, "```text\n")
		block, _, ok := strings.Cut(rest, "\n```")
		if !ok {
			t.Fatalf("%s: no block after %s", doc, name)
		}
		var digits strings.Builder
		for _, line := range strings.Split(block, "\n") {
			code, _, _ := strings.Cut(line, "#")
			digits.WriteString(strings.ReplaceAll(code, " ", ""))
		}
		found[name] = unhex(t, digits.String())
	}
	return found
}
