package localapi

import (
	"testing"

	"fieldbook/workspace"
)

// TestRemotesTellWhichAddressIsUnchecked: the page can say that nothing is sent to an address that has shown no keys.
func TestRemotesTellWhichAddressIsUnchecked(t *testing.T) {
	second := "https://eu.example.com"
	list := remotes([]workspace.RemoteView{{Name: "cloud", Second: &second, Unchecked: &second}, {Name: "office"}})
	if list[0].Unchecked == nil || *list[0].Unchecked != second || list[1].Unchecked != nil {
		t.Errorf("told: %+v", list)
	}
}
