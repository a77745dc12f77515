package workspace_test

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/projections"
	"fieldbook/record"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
	"fieldbook/syncserver/replica"
	"fieldbook/workspace"
)

// TestMain is also the engine's process of the services under test.
func TestMain(m *testing.M) {
	replica.WorkerMain()
	flag.Parse()
	if err := flag.Set("rapid.checks", cmp.Or(os.Getenv("FIELDBOOK_SIM_RUNS"), "12")); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// TestSimConverge: whatever three to five laptops do apart, with syncs that are
// cut, repeated and in any order, restarts, older copies put back and folders
// used twice, they end with one digest, which is also that of a record made from
// the feeds alone; every write that was acknowledged and not rolled back by hand
// is in every log.
func TestSimConverge(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) { simulate(r, false) })
}

// TestSimConvergeOverHTTP: the same with a service between the laptops, whose
// documents are theirs whenever both hold the same.
func TestSimConvergeOverHTTP(t *testing.T) {
	checks := flag.Lookup("rapid.checks").Value
	all, err := strconv.Atoi(checks.String())
	if err != nil {
		t.Fatal(err)
	}
	if err := checks.Set(strconv.Itoa(max(1, all/4))); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = checks.Set(strconv.Itoa(all)) }) // it was this before
	rapid.Check(t, func(r *rapid.T) { simulate(r, true) })
}

// simulate plays one history.
func simulate(r *rapid.T, served bool) {
	dir, err := os.MkdirTemp("", "fieldbook-sim-*")
	if err != nil {
		r.Fatal(err)
	}
	defer os.RemoveAll(dir)
	s := &sim{plant: newPlant(r, dir, rapid.IntRange(3, 5).Draw(r, "laptops")), r: r, durable: map[string]bool{}}
	defer s.closeAll()
	if served {
		s.host = newHost(r)
	}
	for range rapid.IntRange(8, 40).Draw(r, "steps") {
		s.step()
	}
	s.finish()
}

type sim struct {
	*plant
	r       *rapid.T
	writes  int
	durable map[string]bool // reasons that must be in every log
	clones  int
}

func (s *sim) closeAll() {
	for _, l := range s.laptops {
		_ = l.w.Close() // a failed history may leave one closed already
	}
}

// step lets one laptop do one thing.
func (s *sim) step() {
	l := s.laptops[rapid.IntRange(0, len(s.laptops)-1).Draw(s.r, "laptop")]
	switch rapid.IntRange(0, 19).Draw(s.r, "what") {
	case 0, 1, 2, 3:
		s.exchange(l, true)
	case 4:
		l.close()
		l.open()
	case 5:
		s.keepCopy(l)
	case 6:
		s.putBack(l)
	case 7:
		s.clone(l)
	case 8:
		s.importList(l)
	default:
		s.write(l)
	}
}

// exchange syncs and tells whether anything moved; a cut is no failure, the next sync goes on.
func (s *sim) exchange(l *laptop, cut bool) bool {
	name, remote := l.between()
	if cut {
		remote = s.cutting(remote)
	}
	done, err := l.w.SyncAs(s.ctx, name, remote)
	if by := done.Service; by != nil && len(by.Diverged)+len(by.Failed) > 0 {
		s.r.Fatalf("%s and the service differ: %+v", l.name, by)
	}
	if err != nil && !errors.Is(err, errCut) {
		s.r.Fatalf("%s: sync: %v", l.name, err)
	}
	if err == nil {
		s.carried(l)
	}
	return done.Sent+done.Received > 0
}

func (s *sim) carried(l *laptop) {
	for _, reason := range l.fresh {
		s.durable[reason] = true
	}
	l.fresh = nil
}

// write does something to a random asset; a rule may refuse it.
func (s *sim) write(l *laptop) {
	s.writes++
	reason := fmt.Sprintf("write %d", s.writes)
	err := s.act(l, workspace.Entry{Reason: reason})
	var refusal *record.Refusal
	var missing *projections.NotFound
	var ambiguous *projections.Ambiguous
	switch {
	case err == nil:
		l.fresh = append(l.fresh, reason)
	case errors.As(err, &refusal), errors.As(err, &missing), errors.As(err, &ambiguous), errors.Is(err, errNothing):
	default:
		s.r.Fatalf("%s: %v", l.name, err)
	}
}

var errNothing = errors.New("nothing to do")

// act makes one random write. It says errNothing where nothing was written.
func (s *sim) act(l *laptop, entry workspace.Entry) error {
	tag := rapid.SampledFrom([]string{"A-1", "A-2", "A-3"}).Draw(s.r, "tag")
	value := rapid.SampledFrom([]string{"x", "y", "z"}).Draw(s.r, "value")
	switch rapid.IntRange(0, 10).Draw(s.r, "write") {
	case 0:
		_, err := l.w.AddAsset(s.ctx, entry, tag, plc("serial", value))
		return err
	case 1:
		return done(l.w.SwapUnit(s.ctx, entry, tag, fields("serial", entry.Reason)))
	case 2:
		return done(l.w.Retire(s.ctx, entry, tag))
	case 3:
		return done(l.w.Reinstate(s.ctx, entry, tag))
	case 4:
		return done(l.w.Merge(s.ctx, entry, tag, rapid.SampledFrom([]string{"A-1", "A-2", "A-3"}).Draw(s.r, "into")))
	case 5:
		return done(l.w.AddNote(s.ctx, entry, workspace.NewNote{Text: "seen " + value, Assets: []string{tag}}))
	case 6:
		return s.onNote(l, entry, value)
	case 7:
		return s.decideOne(l, entry, value)
	case 8:
		return done(l.w.SetAsset(s.ctx, entry, tag, fields("description", "text "+value+" of "+entry.Reason)))
	}
	field := rapid.SampledFrom([]string{"firmware", "custodian", "ip_address", "criticality", "lifecycle", "software"}).Draw(s.r, "field")
	values := map[string]string{"ip_address": "10.0.0." + fmt.Sprint(len(value)), "criticality": "low", "lifecycle": "spare", "software": "Step7@" + value}
	return done(l.w.SetAsset(s.ctx, entry, tag, fields(field, cmp.Or(values[field], value))))
}

func done(written workspace.Written, err error) error {
	if err == nil && written.Events == 0 {
		return errNothing
	}
	return err
}

func (s *sim) onNote(l *laptop, entry workspace.Entry, value string) error {
	notes, err := l.w.Notes(s.ctx, workspace.NoteQuery{})
	if err != nil || len(notes) == 0 {
		return cmp.Or(err, errNothing)
	}
	id := notes[rapid.IntRange(0, len(notes)-1).Draw(s.r, "note")].ID
	if value == "x" {
		return done(l.w.SignNote(s.ctx, entry, id, nil))
	}
	return done(l.w.EditNote(s.ctx, entry, id, "edited "+entry.Reason, nil))
}

func (s *sim) decideOne(l *laptop, entry workspace.Entry, keep string) error {
	if conflicts := l.conflicts(); len(conflicts) > 0 {
		return done(l.w.Resolve(s.ctx, entry, conflicts[0].ID, workspace.Choice{Keep: conflicts[0].Values[len(conflicts[0].Values)-1].Display}))
	}
	findings, err := l.w.Findings(s.ctx, false)
	if err != nil || len(findings) == 0 {
		return cmp.Or(err, errNothing)
	}
	return done(l.w.Settle(s.ctx, entry, findings[0].ID))
}

// importList imports one of two lists that overlap.
func (s *sim) importList(l *laptop) {
	list := rapid.SampledFrom([]string{
		"tag,site,role,criticality,lifecycle,owner_department,vendor,model,firmware,notes\nI-1,RAV,plc,high,in_service,Controls,Siemens,S7,V1,first\nI-2,RAV,hmi,low,in_service,Controls,Siemens,TP,V1,\n",
		"tag,site,role,criticality,lifecycle,owner_department,vendor,model,firmware\nI-2,RAV,hmi,low,in_service,Controls,Siemens,TP,V2\nI-3,ALD,rtu,low,spare,Telecontrol,ABB,RTU,V1\n",
	}).Draw(s.r, "list")
	path := filepath.Join(s.dir, "list.csv")
	s.must(os.WriteFile(path, []byte(list), 0o600))
	_, err := l.w.ImportAssets(s.ctx, workspace.Entry{}, workspace.ImportOptions{File: path})
	s.must(err)
}

func (s *sim) keepCopy(l *laptop) {
	l.close()
	l.old = l.dir + "-copy" // each laptop's own
	if os.RemoveAll(l.old) == nil {
		s.must(os.CopyFS(l.old, os.DirFS(l.dir)))
	}
	l.open()
}

// putBack replaces a laptop's folder by an older copy of it: what it wrote since
// and gave to nobody is gone, as when a disk image is restored.
func (s *sim) putBack(l *laptop) {
	if l.old == "" {
		return
	}
	l.close()
	s.must(os.RemoveAll(l.dir))
	s.must(os.CopyFS(l.dir, os.DirFS(l.old)))
	l.fresh = nil
	l.open()
}

// clone lets a copy of a laptop's folder be used on one more laptop.
func (s *sim) clone(l *laptop) {
	if s.clones == 2 {
		return
	}
	s.clones++
	l.close()
	copied := s.laptop(l.name + " copied")
	s.must(os.CopyFS(copied.dir, os.DirFS(l.dir)))
	l.open()
	copied.open()
}

// finish has everybody come to the same and checks each laptop. A deep verify compares the read models, kept up to date edit by
// edit and sync by sync, with those of a rebuild.
func (s *sim) finish() {
	s.settle()
	for _, l := range s.laptops {
		s.hasAll(l)
		if found := l.withheld(); len(found) != 0 {
			s.r.Fatalf("%s: everybody has everything, and yet: %+v", l.name, found)
		}
		v := l.verify()
		if !v.OK {
			s.r.Fatalf("%s: %+v", l.name, v.Violations)
		}
		if *v.Digest != l.status().Digest {
			s.r.Fatalf("%s: a verify finds another digest", l.name)
		}
	}
	s.fromFeeds()
}

// settle passes the stick around until nothing is new.
func (s *sim) settle() {
	for range 8 {
		moved := false
		for _, l := range s.laptops {
			moved = s.exchange(l, false) || moved
		}
		if !moved {
			s.agree()
			return
		}
	}
	s.r.Fatalf("after many rounds there is still something new")
}

func (s *sim) hasAll(l *laptop) {
	seen := map[string]bool{}
	for _, row := range l.log("") {
		if row.Reason != nil {
			seen[*row.Reason] = true
		}
	}
	for reason := range s.durable {
		if !seen[reason] {
			s.r.Fatalf("%s: %q was acknowledged and is not in the log", l.name, reason)
		}
	}
}

// fromFeeds joins one more laptop, which gets nothing but the feeds.
func (s *sim) fromFeeds() {
	fresh := s.join("Late Comer")
	s.settle()
	if fresh.status().Events != s.laptops[0].status().Events {
		s.r.Fatalf("the late comer holds %d events", fresh.status().Events)
	}
}

// flaky loses requests before or after they did something, and repeats them.
type flaky struct {
	syncclient.Remote
	r *rapid.T
}

var errCut = errors.New("the stick was pulled")

// cutting makes a remote flaky; a service stays one.
func (s *sim) cutting(remote syncclient.Remote) syncclient.Remote {
	f := &flaky{Remote: remote, r: s.r}
	if service, ok := remote.(workspace.Service); ok {
		return flakyService{service, f}
	}
	return f
}

// flakyService is a service whose exchanges are flaky.
type flakyService struct {
	workspace.Service
	flaky *flaky
}

// Exchange implements syncclient.Remote.
func (f flakyService) Exchange(ctx context.Context, req *syncproto.Request) (*syncproto.Answer, error) {
	return f.flaky.Exchange(ctx, req)
}

// Exchange implements syncclient.Remote.
func (f *flaky) Exchange(ctx context.Context, req *syncproto.Request) (*syncproto.Answer, error) {
	switch rapid.IntRange(0, 7).Draw(f.r, "fault") {
	case 0:
		return nil, errCut
	case 1:
		if _, err := f.Remote.Exchange(ctx, req); err != nil {
			return nil, err
		}
		return nil, errCut
	case 2:
		if _, err := f.Remote.Exchange(ctx, req); err != nil {
			return nil, err
		}
	}
	return f.Remote.Exchange(ctx, req)
}
