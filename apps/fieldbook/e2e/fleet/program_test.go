package fleet

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fieldbook/internal/testkit/lambdatest"
)

// clockVariable says by how much the clock of a skewed laptop is wrong.
const clockVariable = "FLEET_CLOCK"

// clockFile is the one place where the program reads the wall clock.
const clockFile = "workspace/config.go"

// build makes the programs. A laptop with a wrong clock runs the same source but
// for the line that reads the clock: the Go runtime takes the time where nothing
// outside of the process can change it.
func build(t *testing.T) programs {
	t.Helper()
	dir := t.TempDir()
	p := programs{
		fieldbook: os.Getenv("FIELDBOOK_BIN"), skewed: filepath.Join(dir, "skewed"),
		bootstrap: lambdatest.Build(t, module),
	}
	if p.fieldbook == "" {
		p.fieldbook = filepath.Join(dir, "fieldbook")
		compile(t, "-o", p.fieldbook)
	}
	compile(t, "-overlay", overlay(t, dir), "-o", p.skewed)
	return p
}

func compile(t *testing.T, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", append(append([]string{"build"}, args...), "./apps/fieldbook")...)
	cmd.Dir = module
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build fieldbook: %v\n%s", err, out)
	}
}

// overlay writes what `go build -overlay` puts in the place of the clock's file.
func overlay(t *testing.T, dir string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(module, clockFile))
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed := string(source)
	for _, edit := range [][2]string{
		{"\treturn time.Now()\n", "\toff, _ := time.ParseDuration(os.Getenv(\"" + clockVariable + "\"))\n\treturn time.Now().Add(off)\n"},
		{"import (\n", "import (\n\t\"os\"\n"},
	} {
		if strings.Count(changed, edit[0]) != 1 {
			t.Fatalf("%s reads the clock in another way than this test knows: no single %q", clockFile, edit[0])
		}
		changed = strings.Replace(changed, edit[0], edit[1], 1)
	}
	other, list := filepath.Join(dir, "clock.go"), filepath.Join(dir, "overlay.json")
	data, err := json.Marshal(map[string]any{"Replace": map[string]string{path: other}})
	if err != nil {
		t.Fatal(err)
	}
	for file, content := range map[string][]byte{other: []byte(changed), list: data} {
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return list
}
