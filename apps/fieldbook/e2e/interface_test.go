package e2e

import (
	"strings"
	"testing"
)

// TestInterfaces: a further interface is added, found by its address, edited by its name, removed with a reason and brought back.
func TestInterfaces(t *testing.T) {
	t.Parallel()
	l := plant(t)
	addresses := func() string { return list(l.one("asset", "show", "RAV-PLC-004")["ip_addresses"].([]any)) }
	l.one("asset", "interface", "add", "RAV-PLC-004", "Gi0/2", "ip_address=10.20.9.4/24", "vlan=120", "ports=102/tcp", "--reason", "second port")
	equal(t, "added", addresses(), "10.20.1.13 10.20.9.4")
	equal(t, "found by its address", len(l.many("asset", "list", "--search", "10.20.9.4")), 1)
	l.one("asset", "interface", "set", "RAV-PLC-004", "gi0/2", "ip_address=10.20.9.5", "vlan=", "--reason", "readdressed")
	equal(t, "edited", addresses(), "10.20.1.13 10.20.9.5")
	if out := l.ok("asset", "show", "RAV-PLC-004").out; !strings.Contains(out, "Gi0/2") || !strings.Contains(out, "10.20.9.5") {
		t.Errorf("it is not shown:\n%s", out)
	}
	l.refuses(5, []string{"Gi0/2"}, "asset", "interface", "add", "RAV-PLC-004", "Gi0/2", "--reason", "r")
	l.refuses(5, []string{"10.20"}, "asset", "interface", "set", "RAV-PLC-004", "Gi0/2", "ip_address=10.20", "--reason", "r")
	l.refuses(5, []string{"reason"}, "asset", "interface", "remove", "RAV-PLC-004", "Gi0/2")
	l.refuses(2, []string{"interface"}, "asset", "interface", "set", "RAV-PLC-004", "Gi0/9", "vlan=1", "--reason", "r")
	l.one("asset", "interface", "remove", "RAV-PLC-004", "Gi0/2", "--reason", "card pulled")
	equal(t, "removed", addresses(), "10.20.1.13")
	l.one("asset", "interface", "restore", "RAV-PLC-004", "Gi0/2", "--reason", "put back")
	equal(t, "back", addresses(), "10.20.1.13 10.20.9.5")
}

func list(items []any) string {
	var texts []string
	for _, item := range items {
		texts = append(texts, item.(string))
	}
	return strings.Join(texts, " ")
}
