package archtest

import (
	"encoding/json"
	"go/ast"
	"go/constant"
	"go/types"
	"os"
	"regexp"
	"slices"
	"testing"

	"golang.org/x/tools/go/packages"
)

// patterns collects the constants of type wording.Pattern that the program is made of, with the place of one use of each.
func patterns(t *testing.T) map[string]string {
	t.Helper()
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedImports | packages.NeedExportFile,
		Dir:  "../..",
	}, "./...")
	if err != nil || packages.PrintErrors(loaded) > 0 {
		t.Fatalf("loading the program: %v", err)
	}
	found := map[string]string{}
	for _, p := range loaded {
		for _, file := range p.Syntax {
			ast.Inspect(file, func(n ast.Node) bool {
				expr, ok := n.(ast.Expr)
				if !ok || !isPattern(p.TypesInfo.Types[expr]) {
					return true
				}
				if text := constant.StringVal(p.TypesInfo.Types[expr].Value); words.MatchString(text) {
					found[text] = p.Fset.Position(expr.Pos()).String()
				}
				return false // the parts of a sum are no patterns of their own
			})
		}
	}
	return found
}

func isPattern(v types.TypeAndValue) bool {
	named, ok := v.Type.(*types.Named)
	return ok && v.Value != nil && named.Obj().Name() == "Pattern" && named.Obj().Pkg().Name() == "wording"
}

// words tell a pattern that says something from one that only puts values beside each other, as "{0}: {1}" does.
var words = regexp.MustCompile(`\pL`)

var places = regexp.MustCompile(`\{\d\}`)

// placesOf are the places of a text that values are put in, each once.
func placesOf(text string) []string {
	list := places.FindAllString(text, -1)
	slices.Sort(list)
	return slices.Compact(list)
}

// Given the sentences of the program, then the page says each in German, with the same values, and no other.
func TestGermanSaysWhatTheProgramSays(t *testing.T) {
	data, err := os.ReadFile("../../frontend/src/i18n/de/sentences.json")
	if err != nil {
		t.Fatal(err)
	}
	var german map[string]string
	if err := json.Unmarshal(data, &german); err != nil {
		t.Fatal(err)
	}
	english := patterns(t)
	if len(english) < 200 {
		t.Fatalf("only %d sentences were found", len(english))
	}
	for text, place := range english {
		switch translated, ok := german[text]; {
		case !ok || translated == "":
			t.Errorf("%s: no German for %q", place, text)
		case !slices.Equal(placesOf(text), placesOf(translated)):
			t.Errorf("%s: %q and %q hold different values", place, text, translated)
		}
	}
	for text := range german {
		if _, said := english[text]; !said {
			t.Errorf("nothing says %q", text)
		}
	}
}
