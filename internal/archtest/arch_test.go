package archtest

import (
	"os"
	"testing"
)

// root is the module's folder.
const root = "../.."

// report fails the test with every problem.
func report(t *testing.T, problems []string) {
	t.Helper()
	for _, p := range problems {
		t.Error(p)
	}
}

// ours parses this module once for a test.
func ours(t *testing.T) []*source {
	t.Helper()
	sources, err := load(os.DirFS(root))
	if err != nil {
		t.Fatal(err)
	}
	if len(sources) < 20 {
		t.Fatalf("only %d files found", len(sources))
	}
	return sources
}

func TestImportsKeepToTheTable(t *testing.T)          { report(t, imports(ours(t))) }
func TestEverythingExportedSaysWhatItIs(t *testing.T) { report(t, docs(ours(t))) }
func TestNothingIsTooLongToSee(t *testing.T)          { report(t, sizes(ours(t))) }
func TestNoTestStepsAside(t *testing.T)               { report(t, skips(ours(t))) }

func TestNothingIsLeftHalfDone(t *testing.T) {
	problems, err := marks(os.DirFS(root))
	if err != nil {
		t.Fatal(err)
	}
	report(t, problems)
}
