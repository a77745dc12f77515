package archtest

import (
	"bytes"
	"fmt"
	"go/ast"
	"io/fs"
	"slices"
	"strings"
)

// docs lists packages without a package comment and exported names without a comment above them.
func docs(sources []*source) (problems []string) {
	said := map[string]bool{}
	for _, s := range sources {
		said[s.dir()] = said[s.dir()] || s.file.Doc != nil
		if s.test {
			continue
		}
		for _, d := range s.file.Decls {
			for _, name := range silent(d) {
				problems = append(problems, fmt.Sprintf("%s: %s has no comment", s.at(name.Pos()), name.Name))
			}
		}
	}
	for dir, ok := range said {
		if !ok {
			problems = append(problems, dir+": no package comment")
		}
	}
	slices.Sort(problems)
	return problems
}

// silent gives the exported names of a declaration that nothing is said about.
func silent(d ast.Decl) []*ast.Ident {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && receiver(d) && d.Doc == nil {
			return []*ast.Ident{d.Name}
		}
	case *ast.GenDecl:
		return silentSpecs(d)
	}
	return nil
}

// silentSpecs does so for types, constants and variables. A comment above a group speaks for its constants and variables,
// not for its types.
func silentSpecs(d *ast.GenDecl) (out []*ast.Ident) {
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if spec.Name.IsExported() && spec.Doc == nil && (d.Doc == nil || d.Lparen.IsValid()) {
				out = append(out, spec.Name)
			}
		case *ast.ValueSpec:
			for _, name := range spec.Names {
				if name.IsExported() && spec.Doc == nil && spec.Comment == nil && d.Doc == nil {
					out = append(out, name)
				}
			}
		}
	}
	return out
}

// receiver reports whether a function has no receiver or one of an exported type.
func receiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	exported := false
	ast.Inspect(d.Recv.List[0].Type, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			exported = exported || id.IsExported()
		}
		return true
	})
	return exported
}

// sizes lists files and functions that are too long to be seen as a whole.
func sizes(sources []*source) (problems []string) {
	for _, s := range sources {
		if n := s.fset.File(s.file.Pos()).LineCount(); n > maxFileLines {
			problems = append(problems, fmt.Sprintf("%s: %d lines", s.path, n))
		}
		for _, d := range s.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := s.fset.Position(f.End()).Line - s.fset.Position(f.Pos()).Line + 1; n > maxFuncLines {
				problems = append(problems, fmt.Sprintf("%s: %s has %d lines", s.at(f.Pos()), f.Name.Name, n))
			}
		}
	}
	return problems
}

// skips lists tests that can step aside: a test that did not run must not look like one that passed.
func skips(sources []*source) (problems []string) {
	for _, s := range sources {
		if !s.test {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			call, ok := n.(*ast.SelectorExpr)
			if ok && slices.Contains([]string{"Skip", "Skipf", "SkipNow"}, call.Sel.Name) {
				problems = append(problems, s.at(call.Pos())+": skips")
			}
			return true
		})
	}
	return problems
}

// marks lists places that say that something is left to do.
func marks(root fs.FS) (problems []string, err error) {
	err = walk(root, func(name string, text []byte) error {
		for i, line := range bytes.Split(text, []byte("\n")) {
			for _, mark := range unfinished {
				if strings.Contains(string(line), mark) {
					problems = append(problems, fmt.Sprintf("%s:%d: %s", name, i+1, mark))
				}
			}
		}
		return nil
	})
	return problems, err
}
