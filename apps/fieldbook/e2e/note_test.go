package e2e

import "testing"

func TestNotes(t *testing.T) { bothKinds(t, notes) }

func notes(t *testing.T, ada, jo *laptop, stick string) {
	id := ada.one("note", "add", "--asset", "RAV-PLC-004", "--kind", "fault", "CPU in STOP")["id"].(string)
	other := ada.one("note", "add", "general remark")["id"]
	for _, n := range ada.many("note", "list") {
		has(t, "note", n, "id", "kind", "text", "assets", "observed_at", "recorded_at", "member", "state", "amends", "signatures")
	}
	equal(t, "default kind", row(t, ada.many("note", "list"), "id", other)["kind"], any("observation"))
	equal(t, "of the asset", len(ada.many("note", "list", "--asset", "RAV-PLC-004")), 1)
	equal(t, "of a kind", len(ada.many("note", "list", "--kind", "fault")), 1)
	equal(t, "of another kind", len(ada.many("note", "list", "--kind", "visit")), 0)
	ada.refuses(2, []string{"fault", "visit"}, "note", "list", "--kind", "gossip")
	equal(t, "of another", len(ada.many("note", "list", "--asset", "RAV-PLC-005")), 0)
	equal(t, "edit answers the id", ada.one("note", "edit", id[:8], "CPU in STOP, SF lit")["id"], any(id))
	equal(t, "sign answers the id", ada.one("note", "sign", id)["id"], any(id))
	ada.refuses(5, []string{"amend"}, "note", "edit", id, "something else")
	ada.refuses(5, nil, "note", "amend", other.(string), "not signed yet")
	amendment := ada.one("note", "amend", id, "BF lit, not SF")["id"].(string)
	if amendment == id {
		t.Error("an amendment has the id of the note it amends")
	}
	for _, l := range []*laptop{ada, jo} {
		l.ok("sync", stick)
	}
	for _, l := range []*laptop{ada, jo} {
		signed := row(t, l.many("note", "list"), "id", id)
		equal(t, "text", signed["text"], any("CPU in STOP, SF lit"))
		equal(t, "state", signed["state"], any("amended"))
		equal(t, "signatures", len(signed["signatures"].([]any)), 1)
		equal(t, "amends", row(t, l.many("note", "list"), "id", amendment)["amends"], any(id))
		equal(t, "shown with the asset", len(objects(l.one("asset", "show", "RAV-PLC-004")["notes"])), 2)
	}
	equal(t, "second signature", jo.one("note", "sign", id)["id"], any(id))
	jo.ok("sync", stick)
	ada.ok("sync", stick)
	equal(t, "both", len(row(t, ada.many("note", "list"), "id", id)["signatures"].([]any)), 2)
	digests(t, ada, jo)
}

// TestProseMerges: text that two people write into one description at the same
// time is all there.
func TestProseMerges(t *testing.T) { bothKinds(t, proseMerges) }

func proseMerges(t *testing.T, ada, jo *laptop, stick string) {
	ada.ok("asset", "set", "RAV-PLC-004", "description=pump station", "--reason", "r")
	ada.ok("sync", stick)
	jo.ok("sync", stick)
	ada.ok("asset", "set", "RAV-PLC-004", "description=old pump station", "--reason", "r")
	jo.ok("asset", "set", "RAV-PLC-004", "description=pump station north", "--reason", "r")
	for _, l := range []*laptop{ada, jo, ada} {
		l.ok("sync", stick)
	}
	for _, l := range []*laptop{ada, jo} {
		equal(t, "description", l.one("asset", "show", "RAV-PLC-004")["description"], any("old pump station north"))
	}
	digests(t, ada, jo)
}
