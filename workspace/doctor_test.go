package workspace_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"fieldbook/workspace"
)

// found looks at a laptop from inside, or at its folder when it is closed.
func (l *laptop) found() map[workspace.CheckKind]workspace.Check {
	l.p.t.Helper()
	checks, err := l.w.Doctor(l.p.ctx)
	if err != nil {
		checks = workspace.Doctor(l.p.ctx, l.config())
	}
	kinds := map[workspace.CheckKind]workspace.Check{}
	for _, c := range checks {
		kinds[c.Kind] = c
	}
	return kinds
}

// TestDoctor: each thing that may be wrong is found, with how much of it and where, and what is well is said to be.
func TestDoctor(t *testing.T) {
	p := newPlant(t, t.TempDir(), 2)
	a, b := p.laptops[0], p.laptops[1]
	p.level()
	well := a.found()
	for _, kind := range []workspace.CheckKind{
		workspace.FilesFound, workspace.Opened, workspace.ClockRight, workspace.NoneWaiting, workspace.NoneNewer,
		workspace.AllVerified, workspace.AllSent, workspace.NoFindings,
	} {
		if c, ok := well[kind]; !ok || !c.OK {
			t.Errorf("a sound laptop is not %s: %+v", kind, well)
		}
	}
	if c := well[workspace.FilesFound]; c.About != a.dir || c.Count == 0 {
		t.Errorf("the files: %+v", c)
	}
	a.add("PLC-1", "serial", "S-1") // and its site
	b.off = 2 * time.Hour
	b.add("PLC-2", "serial", "S-1")
	if c := a.found()[workspace.SomeUnsent]; !c.OK || c.Count != 2 {
		t.Errorf("unsent: %+v", c)
	}
	p.level()
	if c := a.found()[workspace.SomeFindings]; !c.OK || c.Count != 1 {
		t.Errorf("findings: %+v", c)
	}
	if c, ok := a.found()[workspace.ClockBehind]; !ok || c.OK || c.Count < 110 || c.Count > 120 {
		t.Errorf("the clock: %+v", a.found())
	}
}

// TestDoctorOfABrokenFolder: what keeps a folder from opening is named with its place.
func TestDoctorOfABrokenFolder(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a := p.laptops[0]
	a.close()
	identity, database := filepath.Join(a.dir, "identity.age"), filepath.Join(a.dir, "fieldbook.db")
	if runtime.GOOS != "windows" {
		p.must(os.Chmod(identity, 0o644))
		if c, ok := a.found()[workspace.FilesReadable]; !ok || c.OK || c.About != identity {
			t.Errorf("readable by others: %+v", a.found())
		}
		p.must(os.Chmod(identity, 0o600))
	}
	p.must(os.Rename(database, database+".away"))
	if c, ok := a.found()[workspace.DatabaseMissing]; !ok || c.About != a.dir {
		t.Errorf("no database: %+v", a.found())
	}
	p.must(os.Remove(identity))
	seen := a.found()
	if c := seen[workspace.NotOpened]; seen[workspace.FilesMissing].About != a.dir || c.OK || c.About == "" {
		t.Errorf("no keys: %+v", seen)
	}
}
