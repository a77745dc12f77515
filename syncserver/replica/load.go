package replica

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"slices"

	"fieldbook/crdt"
	"fieldbook/envelope"
	"fieldbook/record"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// candidates is how many manifests are tried: several instances may have written
// one at the same time, and some may not be usable here.
const candidates = 8

// loadPacks begins the state from the fullest manifest that is whole and covers
// nothing that the listing lacks. Without one the state stays empty, and
// everything is read from the segments.
func (r *Replica) loadPacks(ctx context.Context, listing *syncserver.Listing) error {
	entries, err := r.set.store.List(ctx, envelope.ManifestFolder(r.id), "", candidates)
	if err != nil {
		return fmt.Errorf("list manifests: %w", err)
	}
	for _, entry := range entries {
		if entry.Damaged {
			continue
		}
		err := r.loadManifest(ctx, entry.Name, listing)
		if err == nil {
			return nil
		}
		r.set.log.Info("manifest passed over", "workspace", r.id.String()[:8], "error", err)
		r.state = newState(r.id, r.identity)
		if !errors.Is(err, errPack) {
			return err
		}
	}
	return nil
}

// loadManifest begins the state from one manifest. errPack: it cannot be used.
func (r *Replica) loadManifest(ctx context.Context, name string, listing *syncserver.Listing) error {
	path, err := envelope.PackPath(r.id, name)
	if err != nil {
		return fmt.Errorf("%w: %w", errPack, err)
	}
	data, _, err := r.set.store.Get(ctx, path, envelope.MaxManifest)
	switch {
	case errors.Is(err, syncserver.ErrAbsent), errors.Is(err, syncserver.ErrDamaged), errors.Is(err, syncserver.ErrSize):
		return fmt.Errorf("%w: %w", errPack, err)
	case err != nil:
		return fmt.Errorf("read manifest: %w", err)
	}
	signed, err := r.set.packer.DecodeManifest(r.id, data, func(service envelope.DeviceID) (ed25519.PublicKey, bool) {
		return r.keys.Sign, service == r.self
	})
	if err != nil {
		return fmt.Errorf("%w: %w", errPack, err)
	}
	r.state.packed = packed{name: name, others: map[envelope.Hash]envelope.PartRef{}}
	if err := r.loadControls(ctx, signed.Controls); err != nil {
		return err
	}
	m, err := r.set.packer.Open(signed, r.open)
	if err != nil {
		return fmt.Errorf("%w: %w", errPack, err)
	}
	if m.Key.IsZero() && r.state.merging {
		return fmt.Errorf("%w: it holds no documents", errPack)
	}
	return r.loadTables(ctx, m, listing)
}

// loadControls replays the control events of a pack. They were checked before
// the manifest was signed.
func (r *Replica) loadControls(ctx context.Context, names []envelope.Hash) error {
	s := r.state
	for _, name := range names {
		part, err := r.part(ctx, envelope.PartControls, name)
		if err != nil {
			return err
		}
		for _, data := range part.Controls {
			e, err := envelope.Decode(data)
			if err != nil {
				return fmt.Errorf("%w: %w", errPack, err)
			}
			s.controls = append(s.controls, data)
			s.roster.Admit(e)
		}
		s.packed.others[part.Digest()] = envelope.PartRef{Kind: part.Kind, Name: name}
	}
	s.unsettled = true
	s.settle()
	s.retry = false
	return nil
}

// loadTables reads the parts that every start needs, all at once.
func (r *Replica) loadTables(ctx context.Context, m *envelope.Manifest, listing *syncserver.Listing) error {
	s := r.state
	refs := slices.DeleteFunc(slices.Clone(m.Parts), func(ref envelope.PartRef) bool { return ref.Kind == envelope.PartDocuments })
	parts, errs := make([]*envelope.Part, len(refs)), make([]error, len(refs))
	each(len(refs), r.set.parallel, func(i int) { parts[i], errs[i] = r.part(ctx, refs[i].Kind, refs[i].Name) })
	if err := errors.Join(errs...); err != nil {
		return err
	}
	for i, part := range parts {
		s.packed.others[part.Digest()] = refs[i]
		for _, line := range part.Cover {
			if err := s.cover(&line, listing); err != nil {
				return err
			}
		}
		for _, d := range part.Heads {
			s.docs.set(record.ID(d.ID), crdt.Hash(d.Heads))
		}
	}
	s.events, s.partial = m.Events, m.Key.IsZero()
	s.packed.runs = runsOf(m.Parts)
	for _, f := range s.feeds { // the pack may have been written while they were being opened
		s.retry = s.retry || slices.ContainsFunc(f.waits, func(w wait) bool { return s.openable(&w) })
	}
	return nil
}

// cover takes what a pack says to be taken of a feed. A pack that is ahead of
// the listing is of no use: what is in it beyond that could not be told apart
// from what no store holds any more.
func (s *state) cover(line *envelope.CoverLine, listing *syncserver.Listing) error {
	f := s.feed(line.Feed)
	listed := listing.Feeds[syncproto.Feed{Device: line.Feed.Device, Epoch: uint64(line.Feed.Epoch)}]
	full := make(map[envelope.SegmentName]syncproto.Name, len(line.Tips)+len(line.Waiting))
	for _, name := range line.Names {
		known, ok := resolve(listed, name)
		if !ok {
			return fmt.Errorf("%w: it is ahead of the listing", errPack)
		}
		f.names = append(f.names, known)
	}
	s.segments += uint64(len(line.Names))
	find := func(name envelope.SegmentName) syncproto.Name {
		if _, ok := full[name]; !ok {
			full[name], _ = resolve(f.names, name)
		}
		return full[name]
	}
	for _, t := range line.Tips {
		f.tips[find(t.Name)] = tip{seq: t.Seq, hash: t.Hash, acl: t.ACL}
	}
	for _, w := range line.Waiting {
		f.waits = append(f.waits, wait{name: find(w.Name), first: w.First, last: w.Last, count: w.Count, key: w.Key})
	}
	f.faults += line.Faults
	return nil
}

// resolve finds the whole name of a segment.
func resolve(names []syncproto.Name, name envelope.SegmentName) (syncproto.Name, bool) {
	at, found := slices.BinarySearchFunc(names, name, func(n syncproto.Name, want envelope.SegmentName) int { return short(n).Compare(want) })
	if !found {
		return syncproto.Name{}, false
	}
	return names[at], true
}

// runsOf sorts the parts with documents into their runs.
func runsOf(parts []envelope.PartRef) (runs [][]envelope.PartRef) {
	for _, ref := range parts {
		if ref.Kind != envelope.PartDocuments {
			continue
		}
		if n := len(runs); n > 0 && runs[n-1][0].Run == ref.Run {
			runs[n-1] = append(runs[n-1], ref)
		} else {
			runs = append(runs, []envelope.PartRef{ref})
		}
	}
	slices.SortStableFunc(runs, func(a, b []envelope.PartRef) int { return cmp.Compare(a[0].Run, b[0].Run) })
	return runs
}

// each calls fn for 0 to n-1, at most so many at once.
func each(n, most int, fn func(i int)) {
	room, wait := make(chan struct{}, most), make(chan struct{})
	for i := range n {
		room <- struct{}{}
		go func() {
			fn(i)
			<-room
			wait <- struct{}{}
		}()
	}
	for range n {
		<-wait
	}
}
