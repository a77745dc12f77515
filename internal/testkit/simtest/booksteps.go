package simtest

import (
	"errors"
	"fmt"
	"os"
	"time"

	"pgregory.net/rapid"

	"fieldbook/projections"
	"fieldbook/record"
	"fieldbook/workspace"
)

// Step lets one thing happen. What comes first is drawn most often.
func (b *Books) Step() {
	l := b.laptops[rapid.IntRange(0, len(b.laptops)-1).Draw(b.r, "laptop")]
	if l.busy {
		return
	}
	b.clock = b.clock.Add(time.Duration(rapid.IntRange(0, 400).Draw(b.r, "minutes pass")) * time.Minute)
	steps := []func(){
		func() { b.sync(l) }, func() { b.write(l) }, b.replicate, func() { b.write(l) },
		func() { b.sync(l) }, func() { b.disk(l) }, b.region, func() { b.remote(l) }, b.restart, b.another,
	}
	steps[rapid.IntRange(0, len(steps)-1).Draw(b.r, "step")]()
}

// meanwhile lets something else happen in the middle of a request.
func (b *Books) meanwhile() {
	if b.nested {
		return
	}
	b.nested = true
	defer func() { b.nested = false }()
	if rapid.Bool().Draw(b.r, "meanwhile a sync") {
		b.sync(b.laptops[rapid.IntRange(0, len(b.laptops)-1).Draw(b.r, "other laptop")])
	} else {
		b.replicate()
	}
}

// sync syncs with the service, which is added first if it is not there yet.
func (b *Books) sync(l *Book) {
	if l.busy {
		return
	}
	l.busy = true
	defer func() { l.busy = false }()
	if !b.added(l) {
		return
	}
	remote, err := l.w.Connect(b.ctx, remoteName)
	b.must(err)
	if !b.calm && rapid.Bool().Draw(b.r, "takes the pack only") { // a new laptop; others take none
		if _, taken, err := l.w.TakePack(b.ctx, remoteName, remote); taken || err != nil {
			b.say("%s takes the service's pack: %t", l.name, taken)
			b.cut(l, err)
			return
		}
	}
	done, err := l.w.SyncAs(b.ctx, remoteName, remote)
	b.say("%s syncs: sent %d, received %d, %v", l.name, done.Sent, done.Received, errors.Is(err, errCut))
	if p := done.Pack; p != nil {
		b.say("%s was offered a pack of %d documents, refused: %t", l.name, p.Documents, p.Refused != nil)
	}
	b.cut(l, err)
	if s := done.Service; s != nil && len(s.Diverged)+len(s.Failed) > 0 {
		b.t.Fatalf("%s: the service's documents diverge: %+v", l.name, s)
	}
	if err != nil || len(done.Refused) > 0 { // a service that lacks the founder's feed takes nobody's yet
		return
	}
	for _, reason := range l.fresh {
		b.durable[reason] = true
	}
	l.fresh = nil
}

// cut fails unless an exchange went well, or the network ended it.
func (b *Books) cut(l *Book, err error) {
	if err != nil && !errors.Is(err, errCut) {
		b.t.Fatalf("%s: sync: %v", l.name, err)
	}
}

// added adds the service if this laptop does not know it. The network may fail.
func (b *Books) added(l *Book) bool {
	if len(l.status().Remotes) > 0 {
		return true
	}
	_, err := l.w.AddRemote(b.ctx, workspace.RemoteSpec{Name: remoteName, URL: addresses[0], Second: addresses[1], Invitation: invitation})
	b.say("%s adds the service: %t", l.name, err == nil)
	if err != nil && !errors.Is(err, errCut) {
		b.t.Fatalf("%s: add the service: %v", l.name, err)
	}
	return err == nil
}

// remote removes the service: if an owner does, its grant ends with a new key.
func (b *Books) remote(l *Book) {
	if len(l.status().Remotes) == 0 {
		return
	}
	l.busy = true
	defer func() { l.busy = false }()
	done, err := l.w.RemoveRemote(b.ctx, remoteName)
	b.must(err)
	b.say("%s removes the service: ended %t, told %t", l.name, done.Ended, done.Told)
}

// write makes one random entry; a rule may refuse it.
func (b *Books) write(l *Book) {
	b.writes++
	reason := fmt.Sprintf("write %d", b.writes)
	err := b.act(l, workspace.Entry{Reason: reason})
	var refusal *record.Refusal
	var missing *projections.NotFound
	var ambiguous *projections.Ambiguous
	switch {
	case err == nil:
		b.say("%s: %s", l.name, reason)
		l.fresh = append(l.fresh, reason)
	case errors.As(err, &refusal), errors.As(err, &missing), errors.As(err, &ambiguous), errors.Is(err, errNothing):
	default:
		b.t.Fatalf("%s: %v", l.name, err)
	}
}

var errNothing = errors.New("nothing to do")

// act makes one random entry. errNothing: none was made.
func (b *Books) act(l *Book, entry workspace.Entry) error {
	tag := rapid.SampledFrom([]string{"A-1", "A-2"}).Draw(b.r, "tag")
	value := rapid.SampledFrom([]string{"x", "y", "z"}).Draw(b.r, "value")
	switch rapid.IntRange(0, 6).Draw(b.r, "write") {
	case 1:
		return done(l.w.SetAsset(b.ctx, entry, tag, fields("firmware", value)))
	case 2:
		return done(l.w.SetAsset(b.ctx, entry, tag, fields("description", "text "+value+" of "+entry.Reason)))
	case 3:
		return done(l.w.AddNote(b.ctx, entry, workspace.NewNote{Text: "seen " + value, Assets: []string{tag}}))
	case 4:
		return b.resolve(l, entry)
	case 5:
		return done(l.w.Retire(b.ctx, entry, tag))
	}
	return done(l.w.AddAsset(b.ctx, entry, tag, fields("site", "RAV", "role", "plc", "criticality", "high", "lifecycle", "in_service",
		"owner_department", "Controls", "vendor", "Siemens", "model", "S7", "serial", value)))
}

// resolve decides about a conflict.
func (b *Books) resolve(l *Book, entry workspace.Entry) error {
	conflicts, err := l.w.Conflicts(b.ctx, projections.ConflictQuery{})
	if err != nil || len(conflicts) == 0 {
		return errors.Join(err, errNothing)
	}
	values := conflicts[0].Values
	return done(l.w.Resolve(b.ctx, entry, conflicts[0].ID, workspace.Choice{Keep: values[len(values)-1].Display}))
}

func done(written workspace.Written, err error) error {
	if err == nil && written.Events == 0 {
		return errNothing
	}
	return err
}

func fields(pairs ...string) (list []record.Assignment) {
	for n := 0; n < len(pairs); n += 2 {
		list = append(list, record.Assignment{Field: pairs[n], Text: pairs[n+1]})
	}
	return list
}

// disk closes and opens a laptop, copies its folder, puts the copy back, or uses
// it on one more laptop.
func (b *Books) disk(l *Book) {
	fate := rapid.IntRange(0, 3).Draw(b.r, "disk")
	if fate == 2 && l.old == "" || fate == 3 && len(b.laptops) > 5 {
		return
	}
	b.say("%s: disk %d", l.name, fate)
	l.close()
	switch fate {
	case 1:
		l.old, l.oldly = l.dir+"-copy", append([]string{}, l.fresh...)
		b.must(os.RemoveAll(l.old))
		b.must(os.CopyFS(l.old, os.DirFS(l.dir)))
	case 2:
		b.must(os.RemoveAll(l.dir))
		b.must(os.CopyFS(l.dir, os.DirFS(l.old)))
		l.fresh = append([]string{}, l.oldly...)
	case 3:
		copied := b.book(l.name + " copied")
		b.must(os.CopyFS(copied.dir, os.DirFS(l.dir)))
		copied.open()
	}
	l.open()
}

// another lets one more laptop in.
func (b *Books) another() {
	if len(b.laptops) < 6 && !b.laptops[0].busy {
		b.say("one more laptop is let in")
		b.join(fmt.Sprintf("Engineer %d", len(b.laptops)))
	}
}

// region loses a region, pauses replication, or empties both buckets: the laptop
// that has just synced with both refills them.
func (b *Books) region() {
	switch side := rapid.IntRange(0, 1).Draw(b.r, "region"); rapid.IntRange(0, 2).Draw(b.r, "region's fate") {
	case 0:
		b.pair.Lost[side] = !b.pair.Lost[side]
		b.say("region %d lost: %t", side, b.pair.Lost[side])
	case 1:
		b.pair.Paused = !b.pair.Paused
		b.say("replication paused: %t", b.pair.Paused)
	default:
		b.wipe()
	}
}

// wipe empties both buckets when one laptop holds all that they had. That one's
// disk is not put back any more.
func (b *Books) wipe() {
	l := b.laptops[0]
	if l.busy || b.nested || b.calm {
		return
	}
	b.calm = true
	b.pair.Drain()
	b.sync(l)
	b.calm = false
	b.say("both regions are wiped")
	l.old = ""
	b.pair.Wipe(0)
	b.pair.Wipe(1)
}

// restart is a cold start of an instance.
func (b *Books) restart() {
	side := b.servers[rapid.IntRange(0, 1).Draw(b.r, "region")]
	s := side[rapid.IntRange(0, len(side)-1).Draw(b.r, "instance")]
	if !s.busy {
		b.must(s.Restart())
	}
}

// replicate lets some objects reach the other region.
func (b *Books) replicate() {
	for range rapid.IntRange(1, 6).Draw(b.r, "objects") {
		if waiting := b.pair.Pending(func(string) bool { return true }); len(waiting) > 0 {
			b.pair.Deliver(waiting[rapid.IntRange(0, len(waiting)-1).Draw(b.r, "arrives")], rapid.IntRange(0, 7).Draw(b.r, "and again") == 7)
		}
	}
}
