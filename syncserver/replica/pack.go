package replica

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"fieldbook/envelope"
	"fieldbook/record"
	"fieldbook/syncserver"
)

// When a manifest is written: once this much is new since the last one. A
// replica that starts reads at most so many segments behind it.
const (
	packEvents   = 512
	packSegments = 64
	packControls = 16 // segments, if there are control events among them
)

// Bounds of rewriting older runs of documents with a new one: a run at most so
// many times as large is taken in, as long as the result is not larger than this.
const (
	mergeRatio = 2
	mergeBytes = 32 << 20
)

// packed is the pack that the state was loaded from or last written as.
type packed struct {
	name string // of the manifest; empty if there is none
	// runs are the parts with documents, the oldest run first; those of one run
	// by their first document.
	runs [][]envelope.PartRef
	// others are the other parts by the digest of their content.
	others map[envelope.Hash]envelope.PartRef
}

// newDue is how much must be new for another manifest.
func newDue(events, segments int) fresh {
	due := fresh{events: atLeast(events, packEvents), segments: atLeast(segments, packSegments)}
	due.controls = min(packControls, due.segments)
	return due
}

// due tells whether enough is new for another manifest.
func (r *Replica) due() bool {
	n, due := &r.state.fresh, &r.set.due
	return n.events >= due.events || n.segments >= due.segments || n.controls > 0 && n.segments >= due.controls
}

// pack writes what is new as a run of parts, and a manifest of everything. What
// another instance writes at the same time lies beside it.
func (r *Replica) pack(ctx context.Context) error {
	if err := r.merge(ctx); err != nil { // the pack covers all that was taken
		return err
	}
	r.shut() // a pack without the key has no room for documents
	if err := r.stands(ctx); err != nil {
		return err
	}
	w, err := r.newWriter(ctx)
	if err != nil {
		return err
	}
	defer w.puts.Wait()
	m := envelope.Manifest{Workspace: r.id, Service: r.self, Key: w.key, Segments: r.state.segments}
	next := packed{others: map[envelope.Hash]envelope.PartRef{}}
	if err := r.packDocuments(ctx, w, &m, &next); err != nil {
		return err
	}
	for _, part := range r.tables(!w.key.IsZero()) {
		ref, err := w.reuse(part, &next)
		if err != nil {
			return err
		}
		if part.Kind == envelope.PartControls {
			m.Controls = append(m.Controls, ref.Name)
		} else {
			m.Parts = append(m.Parts, ref)
		}
	}
	if err := w.wait(); err != nil {
		return err
	}
	if next.name, err = r.putManifest(ctx, &m, w.seal); err != nil {
		return err
	}
	s := r.state
	s.packed, s.fresh = next, fresh{}
	clear(s.tail)
	return nil
}

// stands checks that the pack which the next one builds on is still there: the
// store may have been wiped and refilled with the same segments.
func (r *Replica) stands(ctx context.Context) error {
	if r.state.packed.name == "" {
		return nil
	}
	path, err := envelope.PackPath(r.id, r.state.packed.name)
	if err != nil {
		return err
	}
	_, err = r.set.store.Note(ctx, path)
	if errors.Is(err, syncserver.ErrAbsent) {
		return fmt.Errorf("%w: %w", errPack, err)
	}
	return err
}

// packDocuments writes the run of new events, if this service has any.
func (r *Replica) packDocuments(ctx context.Context, w *writer, m *envelope.Manifest, next *packed) error {
	s := r.state
	if w.key.IsZero() {
		return nil
	}
	kept, taken := splitRuns(s.packed.runs, s.fresh.bytes)
	run, err := r.writeRun(ctx, w, taken)
	if err != nil {
		return err
	}
	next.runs = kept
	if len(run) > 0 {
		next.runs = append(kept[:len(kept):len(kept)], run)
	}
	for i, run := range next.runs {
		for j := range run {
			run[j].Run = uint64(i)
		}
		m.Parts = append(m.Parts, run...)
	}
	_, root := s.docs.sum()
	m.Events, m.Documents, m.Root = s.events, s.docs.merged, envelope.Hash(root)
	return nil
}

// splitRuns tells which runs stay as they are and which are written anew with the
// new events, so that the number of runs grows with the logarithm of events.
func splitRuns(runs [][]envelope.PartRef, fresh int) (kept, taken [][]envelope.PartRef) {
	at, size := len(runs), fresh
	for at > 0 {
		older := 0
		for i := range runs[at-1] {
			older += int(runs[at-1][i].Plain)
		}
		if older > mergeRatio*size || older+size > mergeBytes {
			break
		}
		size += older
		at--
	}
	kept = make([][]envelope.PartRef, at)
	for i := range kept {
		kept[i] = slices.Clone(runs[i])
	}
	return kept, runs[at:]
}

// putManifest signs and stores a manifest, and gives its name.
func (r *Replica) putManifest(ctx context.Context, m *envelope.Manifest, seal envelope.Seal) (string, error) {
	data, err := r.set.packer.EncodeManifest(m, seal, r.identity)
	if err != nil {
		return "", fmt.Errorf("write manifest: %w", err)
	}
	name := envelope.ManifestName(m.Segments, data)
	path, err := envelope.PackPath(r.id, name)
	if err != nil {
		return "", err
	}
	if err := r.set.store.Create(ctx, path, data, nil); err != nil && !errors.Is(err, syncserver.ErrExists) {
		return "", fmt.Errorf("write manifest: %w", err)
	}
	return name, nil
}

// tailDocuments are the new events by document, sorted.
func (s *state) tailDocuments() []envelope.PackDocument {
	docs := make([]envelope.PackDocument, 0, len(s.tail))
	for id, events := range s.tail {
		docs = append(docs, envelope.PackDocument{Stream: envelope.StreamID(id), Events: events})
	}
	slices.SortFunc(docs, func(a, b envelope.PackDocument) int { return compareStreams(record.ID(a.Stream), record.ID(b.Stream)) })
	return docs
}

func compareStreams(a, b record.ID) int { return slices.Compare(a[:], b[:]) }
