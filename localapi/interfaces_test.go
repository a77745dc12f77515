package localapi

import (
	"net/http"
	"testing"
)

// Given an asset, when an interface is added, edited and removed, then each step is seen, a refused value is told at the name
// that was used, and what was removed comes back.
func TestInterfacesAreAddedEditedAndRemoved(t *testing.T) {
	p := founded(t)
	gives[Written](p, post, "/assets", map[string]any{"tag": "RAV-PLC-001", "fields": plc, "reason": "new panel"})
	plug := func(name, ip string) map[string]any {
		return map[string]any{"fields": map[string]string{"interface_name": name, "ip_address": ip}, "reason": "second port"}
	}
	gives[Written](p, post, "/assets/RAV-PLC-001/interfaces", plug("X1", "10.20.1.13/24"))
	gives[Written](p, post, "/assets/RAV-PLC-001/interfaces", plug("X2", "10.20.1.14"))
	refused := p.refuses("refused", post, "/assets/RAV-PLC-001/interfaces", plug("X3", "10.20"))
	if refused.Errors[0].Field != "ip_address" {
		t.Errorf("refused: %+v", refused.Errors)
	}
	list := func() []Interface { return gives[Asset](p, get, "/assets/RAV-PLC-001", nil).Interfaces }
	edit := func(fields map[string]string) map[string]any {
		return map[string]any{"fields": fields, "reason": "visit"}
	}
	x1, x2 := list()[0], list()[1]
	if x1.Names["ip_address"] != "ip_address" || x2.Names["ip_address"] == "ip_address" || x2.Fields["ip_address"] != "10.20.1.14" {
		t.Fatalf("interfaces: %+v %+v", x1, x2)
	}
	ip, vlan := x2.Names["ip_address"], x2.Names["vlan"]
	refused = p.refuses("refused", http.MethodPatch, "/assets/RAV-PLC-001", edit(map[string]string{ip: "10.20", vlan: "5000"}))
	if len(refused.Errors) != 2 || refused.Errors[0].Field != ip || refused.Errors[1].Field != vlan {
		t.Errorf("refused: %+v", refused.Errors)
	}
	gives[Written](p, http.MethodPatch, "/assets/RAV-PLC-001", edit(map[string]string{ip: "10.20.1.15", vlan: "7", "zone": "Z1"}))
	gives[Written](p, http.MethodPatch, "/assets/RAV-PLC-001", edit(map[string]string{x2.Removal: "yes"}))
	if last := list()[1]; !last.Removed || last.ID != x2.ID || last.Fields["ip_address"] != "10.20.1.15" || last.Fields["vlan"] != "7" {
		t.Errorf("removed: %+v", last)
	}
	gives[Written](p, http.MethodPatch, "/assets/RAV-PLC-001", edit(map[string]string{x2.Removal: "no"}))
	if last := list()[1]; last.Removed {
		t.Errorf("it did not come back: %+v", last)
	}
}
