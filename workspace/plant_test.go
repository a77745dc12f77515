package workspace_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fieldbook/projections"
	"fieldbook/record"
	"fieldbook/syncclient"
	"fieldbook/syncserver"
	"fieldbook/workspace"
)

// tester is what a test and a rapid check have in common.
type tester interface {
	Helper()
	Fatalf(format string, args ...any)
}

// plant is a workspace with its laptops and one stick that they pass around.
type plant struct {
	t       tester
	ctx     context.Context
	dir     string
	stick   *syncserver.Memory
	remote  syncclient.Remote
	host    *host // what is between the laptops in place of the stick; nil if it is the stick
	laptops []*laptop
	clock   time.Time // of laptops whose own clock is right
	made    int
}

// laptop is one device.
type laptop struct {
	p    *plant
	w    *workspace.Workspace
	dir  string
	name string
	off  time.Duration // how wrong its clock is

	fresh []string // reasons of writes that no remote has yet
	old   string   // an older copy of its folder
}

// newPlant founds a workspace on one laptop; n-1 more join.
func newPlant(t tester, dir string, n int) *plant {
	t.Helper()
	p := &plant{t: t, ctx: context.Background(), dir: dir, stick: &syncserver.Memory{}, clock: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)}
	p.remote = syncserver.New(syncserver.Config{Store: p.stick})
	owner := p.laptop("Ada Okafor")
	w, recovery, err := workspace.Create(p.ctx, owner.config(), workspace.Founding{Name: "Ravensmere", Member: "Ada Okafor", Zone: "Europe/London"})
	p.must(err)
	if recovery == "" {
		t.Fatalf("no recovery key")
	}
	owner.w = w
	for i := 1; i < n; i++ {
		p.join(fmt.Sprintf("Engineer %d", i))
	}
	return p
}

func (p *plant) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatalf("%v", err)
	}
}

func (p *plant) laptop(name string) *laptop {
	p.made++
	l := &laptop{p: p, dir: filepath.Join(p.dir, fmt.Sprintf("laptop%d", p.made)), name: name}
	p.laptops = append(p.laptops, l)
	return l
}

// join lets a new laptop in and gives it the record.
func (p *plant) join(name string) *laptop {
	p.t.Helper()
	l := p.laptop(name)
	asked, err := workspace.Ask(p.ctx, l.config(), name)
	p.must(err)
	approved, err := p.laptops[0].w.Approve(p.ctx, asked.File, "")
	p.must(err)
	if !slices.Equal(asked.Words, approved.Words) {
		p.t.Fatalf("the two screens show different words: %v and %v", asked.Words, approved.Words)
	}
	words, err := workspace.Join(p.ctx, l.config(), approved.File)
	p.must(err)
	if !slices.Equal(words, approved.Joined) {
		p.t.Fatalf("the grant's words differ: %v and %v", words, approved.Joined)
	}
	l.open()
	return l
}

func (l *laptop) config() workspace.Config {
	return workspace.Config{
		Dir:        l.dir,
		Work:       1,
		Passphrase: func(context.Context) ([]byte, error) { return []byte("open sesame"), nil },
		Clock: func() time.Time {
			l.p.clock = l.p.clock.Add(time.Second)
			return l.p.clock.Add(l.off)
		},
	}
}

func (l *laptop) open() {
	l.p.t.Helper()
	w, err := workspace.Open(l.p.ctx, l.config())
	l.p.must(err)
	l.w = w
}

func (l *laptop) close() {
	l.p.t.Helper()
	l.p.must(l.w.Close())
}

// between is what the laptops pass entries by, and its name on this laptop: the
// stick, or a service that the laptop comes to know first.
func (l *laptop) between() (string, syncclient.Remote) {
	l.p.t.Helper()
	if l.p.host == nil {
		return "", l.p.remote
	}
	const name = "office"
	remotes, err := l.w.Remotes(l.p.ctx)
	l.p.must(err)
	if len(remotes) == 0 {
		l.addRemote(l.p.host.spec(name))
	}
	remote, err := l.w.Connect(l.p.ctx, name)
	l.p.must(err)
	return name, remote
}

// sync exchanges with what is between the laptops and expects nothing refused.
func (l *laptop) sync() workspace.Synced {
	l.p.t.Helper()
	name, remote := l.between()
	done, err := l.w.SyncAs(l.p.ctx, name, remote)
	l.p.must(err)
	if s := done.Service; s != nil && len(s.Diverged)+len(s.Failed) > 0 {
		l.p.t.Fatalf("%s and the service differ: %+v", l.name, s)
	}
	if len(done.Refused) > 0 {
		l.p.t.Fatalf("%s: refused %v", l.name, done.Refused)
	}
	return done
}

// level passes the stick around until everybody has everything.
func (p *plant) level() {
	p.t.Helper()
	for range 3 {
		for _, l := range p.laptops {
			l.sync()
		}
	}
	p.agree()
}

// agree checks that all laptops show one digest and miss nothing.
func (p *plant) agree() {
	p.t.Helper()
	first := p.laptops[0].status()
	for _, l := range p.laptops {
		s := l.status()
		if s.Digest != first.Digest || s.Events != first.Events || s.Feeds != first.Feeds {
			p.t.Fatalf("%s differs from %s: %+v and %+v", l.name, p.laptops[0].name, s, first)
		}
		if s.Waiting != 0 || s.Unsent != 0 {
			p.t.Fatalf("%s: %d waiting, %d unsent after everybody synced", l.name, s.Waiting, s.Unsent)
		}
	}
}

func (l *laptop) status() workspace.Status {
	l.p.t.Helper()
	s, err := l.w.Status(l.p.ctx)
	l.p.must(err)
	return s
}

func because(reason string) workspace.Entry { return workspace.Entry{Reason: reason} }

func fields(pairs ...string) []record.Assignment {
	var list []record.Assignment
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, record.Assignment{Field: pairs[i], Text: pairs[i+1]})
	}
	return list
}

// plc is what a new asset needs at least.
func plc(more ...string) []record.Assignment {
	return append(fields("site", "RAV", "role", "plc", "criticality", "high", "lifecycle", "in_service",
		"owner_department", "Controls", "vendor", "Siemens", "model", "S7-300"), fields(more...)...)
}

func (l *laptop) add(tag string, more ...string) string {
	l.p.t.Helper()
	done, err := l.w.AddAsset(l.p.ctx, because("new"), tag, plc(more...))
	l.p.must(err)
	return done.ID
}

func (l *laptop) set(ref, reason string, pairs ...string) {
	l.p.t.Helper()
	_, err := l.w.SetAsset(l.p.ctx, because(reason), ref, fields(pairs...))
	l.p.must(err)
}

// show gives a field of an asset as people read it.
func (l *laptop) show(ref, field string) string {
	l.p.t.Helper()
	detail, err := l.w.ShowAsset(l.p.ctx, ref, nil)
	l.p.must(err)
	f, ok := record.Lookup(record.Asset, field)
	if !ok {
		l.p.t.Fatalf("no field %s", field)
	}
	return record.Show(detail.Snapshot, f)
}

func (l *laptop) conflicts() []projections.Conflict {
	l.p.t.Helper()
	list, err := l.w.Conflicts(l.p.ctx, projections.ConflictQuery{})
	l.p.must(err)
	return list
}

// kinds lists the kinds of open findings, sorted.
func (l *laptop) kinds() []string {
	l.p.t.Helper()
	list, err := l.w.Findings(l.p.ctx, false)
	l.p.must(err)
	kinds := []string{}
	for _, f := range list {
		kinds = append(kinds, f.Kind)
	}
	slices.Sort(kinds)
	return kinds
}

func (l *laptop) log(ref string) []projections.LogRow {
	l.p.t.Helper()
	rows := []projections.LogRow{}
	l.p.must(l.w.Log(l.p.ctx, workspace.LogQuery{Asset: ref}, func(r projections.LogRow) error {
		rows = append(rows, r)
		return nil
	}))
	return rows
}

// verify checks the laptop's folder deeply while it is closed.
func (l *laptop) verify() workspace.Verified {
	l.p.t.Helper()
	l.close()
	done, err := workspace.Verify(l.p.ctx, l.config(), workspace.VerifyOptions{Deep: true})
	l.p.must(err)
	l.open()
	return done
}

func copyFolder(t *testing.T, from, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

func newNote(text string, assets ...string) workspace.NewNote {
	return workspace.NewNote{Text: text, Assets: assets}
}
