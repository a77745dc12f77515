package projections

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/crdt"
	"fieldbook/eventstore"
	"fieldbook/record"
)

// Notes lists notes, newest first. Those about an asset include those about assets merged into it.
func (m *Models) Notes(ctx context.Context, tx *eventstore.Tx, q NoteQuery) ([]NoteView, error) {
	t, err := m.live(tx)
	if err != nil {
		return nil, err
	}
	list, err := m.notes(ctx, t, q)
	if err != nil {
		return nil, fmt.Errorf("listing notes: %w", err)
	}
	return list, nil
}

// Note gives one note, also one that was struck.
func (m *Models) Note(tx *eventstore.Tx, stream record.ID) (NoteView, error) {
	t, err := m.live(tx)
	if err != nil {
		return NoteView{}, err
	}
	names, err := t.names()
	if err != nil {
		return NoteView{}, err
	}
	n, err := m.note(t, names, stream)
	if err != nil {
		return n, fmt.Errorf("showing note %s: %w", stream, err)
	}
	return n, nil
}

func (m *Models) notes(ctx context.Context, t table, q NoteQuery) ([]NoteView, error) {
	streams, err := t.noteStreams(q.Asset)
	if err != nil {
		return nil, err
	}
	names, err := t.names()
	if err != nil {
		return nil, err
	}
	list := []NoteView{}
	for _, stream := range streams {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		n, err := m.note(t, names, stream)
		if err != nil {
			return nil, err
		}
		if n.Void == nil || q.IncludeVoid {
			list = append(list, n)
		}
	}
	slices.SortFunc(list, func(a, b NoteView) int { return cmp.Or(cmp.Compare(b.hlc, a.hlc), cmp.Compare(a.ID, b.ID)) })
	if q.Limit > 0 && len(list) > q.Limit {
		list = list[:q.Limit]
	}
	return list, nil
}

func (t table) noteStreams(asset record.ID) (streams []record.ID, err error) {
	if asset.IsZero() {
		err = t.each(func(s *sqlite3.Stmt) error {
			var id record.ID
			copy(id[:], s.ColumnRawBlob(0))
			streams = append(streams, id)
			return nil
		}, `SELECT stream FROM $docs WHERE entity = 'note' AND entity <> 'asset'`)
		return streams, err
	}
	family, err := t.family(asset)
	for _, id := range family {
		about, err := t.linked(linkNote, id)
		if err != nil {
			return nil, err
		}
		streams = append(streams, about...)
	}
	slices.SortFunc(streams, compareIDs)
	return slices.Compact(streams), err
}

func (m *Models) note(t table, names *names, stream record.ID) (NoteView, error) {
	doc, row, err := t.readDoc(stream)
	if err != nil {
		return NoteView{}, err
	}
	st, err := decodeState(stream, row.state)
	if err != nil {
		return NoteView{}, err
	}
	snap := st.snapshot()
	n := NoteView{
		ID: stream.String(), Stream: stream, Kind: snap.Current("kind").Str, Text: snap.Texts["text"], State: "draft",
		Concurrent: snap.ConcurrentNames(), Heads: hexHeads(st), Amends: nullable(snap.Current("amends").Str), ObservedAt: nullable(snap.Current("observed_at").Display()),
		Void:   nullable(snap.Current("void").Str),
		Assets: []NoteAsset{}, AmendedBy: []string{}, Signatures: []NoteSignature{},
	}
	n.Measurement, _ = record.View(snap)["measurement"].(map[string]any)
	for _, id := range snap.NoteAssets() {
		_, about, err := t.readDoc(id)
		if err != nil {
			return NoteView{}, err
		}
		n.Assets = append(n.Assets, NoteAsset{ID: id.String(), Tag: nullable(about.tag)})
	}
	amended, err := t.linked(linkAmends, stream)
	if err != nil {
		return NoteView{}, err
	}
	for _, id := range amended {
		n.AmendedBy = append(n.AmendedBy, id.String())
	}
	if err := n.born(t, names, doc); err != nil {
		return NoteView{}, err
	}
	return n, m.signatures(t, snap, &n)
}

// born says who wrote the note and when: its first accepted event in the order of history.
func (n *NoteView) born(t table, names *names, doc int64) error {
	events, err := t.entries(doc)
	events = slices.DeleteFunc(events, func(e *entry) bool { return e.state != stateAccepted })
	if err != nil || len(events) == 0 {
		return err
	}
	first := slices.MinFunc(events, compareEntries)
	n.Member, n.hlc = names.member(first.member), first.hlc
	if first.recorded != nil {
		n.RecordedAt, n.recorded = stamp(*first.recorded), *first.recorded
	}
	return nil
}

// signatures reads what each signer signed, at the heads they signed.
func (m *Models) signatures(t table, snap record.Snapshot, n *NoteView) error {
	signers := snap.Signers()
	if len(signers) == 0 {
		return nil
	}
	d, err := m.load(t, snap.ID)
	if err != nil {
		return err
	}
	n.State = "signed"
	if len(n.AmendedBy) > 0 {
		n.State = "amended"
	}
	for _, signer := range signers {
		path := "signatures/" + signer.String() + "/"
		heads := splitHeads(snap.Current(path + "heads").Bytes)
		sig := NoteSignature{Member: signer.String(), Name: snap.Current(path + "name").Str, At: nullable(snap.Current(path + "at").Display()), Heads: []string{}}
		for _, h := range heads {
			sig.Heads = append(sig.Heads, h.String())
		}
		if then, err := d.history.At(heads); err == nil {
			sig.Text, _ = then.Text("text")
		}
		sig.Altered = slices.ContainsFunc(d.changes(), func(c crdt.Hash) bool { return !d.within(c, heads) && alters(d.history.Effects(c)) })
		n.Signatures = append(n.Signatures, sig)
	}
	return nil
}
