package httpapi_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"fieldbook/syncserver/httpapi"
)

// The description for machines has the handler's routes and codes, no fewer and
// no more. It is written with one path, method and code a line, which is all
// that is read here.
func TestTheDescriptionHasEveryRouteAndCode(t *testing.T) {
	text, err := os.ReadFile("../../docs/format/sync.openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var routes, codes []string
	path, enum := "", false
	for _, line := range strings.Split(string(text), "\n") {
		trimmed := strings.TrimSpace(line)
		depth := len(line) - len(strings.TrimLeft(line, " "))
		switch {
		case depth == 2 && strings.HasPrefix(trimmed, "/"):
			path = strings.TrimSuffix(trimmed, ":")
		case depth == 4 && slices.Contains([]string{"get:", "put:", "post:", "head:", "delete:", "patch:"}, trimmed):
			routes = append(routes, strings.ToUpper(strings.TrimSuffix(trimmed, ":"))+" "+path)
		case trimmed == "enum:":
			enum = true
		case enum && strings.HasPrefix(trimmed, "- "):
			codes = append(codes, trimmed[2:])
		default:
			enum = false
		}
	}
	var want []string
	for _, route := range httpapi.Routes() {
		want = append(want, strings.ReplaceAll(route, "...}", "}"))
	}
	slices.Sort(routes)
	slices.Sort(want)
	if !slices.Equal(routes, want) {
		t.Errorf("described are\n%s\nbut served are\n%s", strings.Join(routes, "\n"), strings.Join(want, "\n"))
	}
	var have []string
	for _, code := range httpapi.Codes() {
		have = append(have, string(code))
	}
	if !slices.Equal(codes, have) {
		t.Errorf("described are %v, but told are %v", codes, have)
	}
}
