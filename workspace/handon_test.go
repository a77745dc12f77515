package workspace_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// TestWhoWasLetInHandsOnWhatTheyBring: the approving laptop has not synced since, or was put back to before, and may have gone on from
// there, and yet the new one syncs: what it was let in by comes with it, and nobody misses anything.
func TestWhoWasLetInHandsOnWhatTheyBring(t *testing.T) {
	for name, c := range map[string]struct{ reached, hosted, forked, stick bool }{
		"a stick that knows the record": {reached: true}, "an empty stick": {}, "a service": {reached: true, hosted: true},
		"a stick with a longer branch": {forked: true}, "a service with a longer branch": {hosted: true, forked: true},
		"a service with a longer end":                  {reached: true, hosted: true, forked: true},
		"a stick, then a service with a longer branch": {hosted: true, forked: true, stick: true},
		"a stick, then a service with a longer end":    {reached: true, hosted: true, forked: true, stick: true},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlant(t, t.TempDir(), 1)
			if c.hosted {
				p.host = newHost(t)
			}
			owner := p.laptops[0]
			owner.add("A-1")
			if c.reached {
				owner.sync()
			}
			if c.reached && c.stick {
				owner.throughStick()
			}
			owner.close()
			p.must(os.CopyFS(owner.dir+"-copy", os.DirFS(owner.dir)))
			owner.open()
			owner.set("A-1", "only here", "firmware", "V2")
			joined := p.join("Engineer 1")
			owner.close()
			p.must(os.RemoveAll(owner.dir))
			p.must(os.CopyFS(owner.dir, os.DirFS(owner.dir+"-copy")))
			owner.open()
			if c.forked {
				for n := range 3 {
					owner.set("A-1", "the other branch", "name", fmt.Sprint(n))
					owner.sync()
				}
			}

			if c.stick {
				joined.throughStick()
			}
			joined.sync()
			if joined.show("A-1", "firmware") != "V2" {
				t.Error("what the owner wrote before she let the laptop in is not there")
			}
			joined.set("A-1", "by who was let in", "firmware", "V3")
			p.level()
			if owner.show("A-1", "firmware") != "V3" {
				t.Error("the owner does not see what the new laptop wrote")
			}
			for _, l := range p.laptops {
				if v := l.verify(); !v.OK {
					t.Errorf("%s: %+v", l.name, v.Violations)
				}
			}
		})
	}
}

// throughStick exchanges with the stick, which refuses nobody, whatever else is between the laptops.
func (l *laptop) throughStick() {
	l.p.t.Helper()
	_, err := l.w.SyncAs(l.p.ctx, "", l.p.remote)
	l.p.must(err)
}

// TestAGrantHandsOnNoMoreThanItHolds: the approving laptop has so much that nobody else has that a grant does not carry it. Then what
// the new laptop writes waits for its next sync.
func TestAGrantHandsOnNoMoreThanItHolds(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	owner := p.laptops[0]
	owner.sync()
	var list strings.Builder
	list.WriteString("site,tag,role,criticality,lifecycle,owner_department,vendor,model,description\n")
	random := rand.NewChaCha8([32]byte{})
	for i := range 750 {
		text := make([]byte, 6000)
		random.Read(text)
		fmt.Fprintf(&list, "RAV,PLC-%d,plc,high,in_service,Controls,Siemens,S7,%x\n", i, text)
	}
	owner.importText(list.String())
	joined := p.join("Engineer 1")
	joined.sync()
	if n := joined.status().Documents; n > 10 {
		t.Errorf("%d documents came with the grant", n)
	}
	owner.sync()
	joined.sync()
	owner.sync()
	p.agree()
}
