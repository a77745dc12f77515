package e2e

import (
	"regexp"
	"strings"
	"testing"
)

// TestWhatWasSavedIsSaidInWords: tags and names of people and interfaces; of ids only the beginning of a note's, which signing it asks for. JSON has them whole.
func TestWhatWasSavedIsSaidInWords(t *testing.T) {
	t.Parallel()
	l := plant(t)
	note := l.one("note", "add", "--asset", "RAV-PLC-004", "CPU in STOP")["id"].(string)
	for _, c := range []struct {
		args []string
		want []string
	}{
		{[]string{"asset", "swap", "RAV-PLC-004", "serial=S-1", "--reason", "failed"}, []string{"saved: RAV-PLC-004\n", "another unit is installed", "serial: (empty) → S-1"}},
		{[]string{"asset", "interface", "add", "RAV-PLC-004", "X2", "vlan=7", "--reason", "r"}, []string{"interfaces/X2/vlan: (empty) → 7"}},
		{[]string{"asset", "merge", "RAV-PLC-005", "--into", "RAV-PLC-004", "--reason", "r"}, []string{"saved: RAV-PLC-005\n  merged into RAV-PLC-004 (RAV)\n"}},
		{[]string{"asset", "void", "RAV-PLC-006", "--reason", "typed twice"}, []string{"struck: typed twice"}},
		{[]string{"site", "set", "RAV", "name=Ravensmere WTW"}, []string{"saved: site RAV\n"}},
		{[]string{"note", "add", "--asset", "RAV-PLC-004", "SF lit"}, []string{"saved: note ", "  about RAV-PLC-004 (RAV)\n", "text: (empty) → SF lit"}},
		{[]string{"note", "sign", note}, []string{"saved: note " + note[:8] + "\n  signed by "}},
		{[]string{"note", "amend", note, "BF lit", "--reason", "r"}, []string{"amends note " + note[:8] + "\n"}},
	} {
		out := l.ok(c.args...).out
		for _, want := range c.want {
			if !strings.Contains(out, want) {
				t.Errorf("%v does not say %q:\n%s", c.args, want, out)
			}
		}
		if id := regexp.MustCompile(`[0-9a-f]{16,}`).FindString(out); id != "" {
			t.Errorf("%v says %s:\n%s", c.args, id, out)
		}
	}
}
