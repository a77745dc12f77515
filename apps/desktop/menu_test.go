package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wailsapp/wails/v2/pkg/menu"
)

// sources are the TypeScript files of the page.
func sources(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	root := os.DirFS(filepath.Join("..", "..", "frontend", "src"))
	err := fs.WalkDir(root, ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(strings.TrimSuffix(path, "x"), ".ts") || strings.Contains(path, ".test.") {
			return err
		}
		data, err := fs.ReadFile(root, path)
		all.Write(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// TestMenuAsksForActionsThatExist: the page knows every action by its id. Those of screens and themes it makes of a list.
func TestMenuAsksForActionsThatExist(t *testing.T) {
	page := sources(t)
	for _, it := range slices.Concat(fileItems, editItems, themeItems, goItems, helpItems) {
		if it == line {
			continue
		}
		marker := `id: "` + it.action + `"`
		if screen, ok := strings.CutPrefix(it.action, "go."); ok {
			marker = `screen: "` + screen + `"`
		}
		if theme, ok := strings.CutPrefix(it.action, "app.theme."); ok {
			marker = `id: "` + theme + `"`
		}
		if !strings.Contains(page, marker) {
			t.Errorf("%s asks for %s, and the page has no %s", it.label, it.action, marker)
		}
	}
}

// TestNoTwoEntriesShareKeys: one of them would never be reached.
func TestNoTwoEntriesShareKeys(t *testing.T) {
	taken := map[string]string{}
	var walk func(*menu.Menu)
	walk = func(m *menu.Menu) {
		for _, it := range m.Items {
			if it.SubMenu != nil {
				walk(it.SubMenu)
			}
			if it.Accelerator == nil {
				continue
			}
			key := it.Accelerator.Key
			for _, modifier := range it.Accelerator.Modifiers {
				key += "+" + string(modifier)
			}
			if other, ok := taken[key]; ok {
				t.Errorf("%s and %s are both %s", other, it.Label, key)
			}
			taken[key] = it.Label
		}
	}
	walk(newWindow("v1").menu())
	if len(taken) < len(goItems) {
		t.Errorf("only %d entries have keys", len(taken))
	}
}
