package cli

import (
	"reflect"
	"strings"
	"testing"

	"fieldbook/localapi"
	"fieldbook/workspace"
)

// TestAdviceForEveryCheck: whatever a check may find, the command line has words for it, with its count and what it is about.
func TestAdviceForEveryCheck(t *testing.T) {
	field, _ := reflect.TypeFor[localapi.Check]().FieldByName("Kind")
	kinds := append(strings.Split(field.Tag.Get("enum"), ","), string(workspace.NotOpened))
	if len(kinds) != len(advice) {
		t.Errorf("%d kinds, words for %d", len(kinds), len(advice))
	}
	for _, kind := range kinds {
		list, failed := advise([]workspace.Check{{Kind: workspace.CheckKind(kind), Count: 12, About: "/a/folder"}})
		if detail := list[0].Detail; failed != 1 || detail == "" || strings.ContainsAny(detail, "{}") {
			t.Errorf("%s: %q", kind, detail)
		}
	}
	list, failed := advise([]workspace.Check{{Kind: workspace.SomeFindings, OK: true, Count: 12}})
	if failed != 0 || !strings.Contains(list[0].Detail, "12; `fieldbook findings`") {
		t.Errorf("findings: %+v", list)
	}
}
