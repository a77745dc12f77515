package projections

import (
	"github.com/ncruces/go-sqlite3"

	"fieldbook/record"
)

// references checks what points at something that came, went or was struck, and what points anew.
func (w *work) references() error {
	if err := w.fromNotes(); err != nil {
		return err
	}
	for _, code := range sortedKeys(w.places) {
		if err := w.fromSite(code); err != nil {
			return err
		}
	}
	for _, code := range sortedKeys(w.arrivals) {
		if err := w.arrived(code); err != nil {
			return err
		}
	}
	for _, id := range sortedIDs(w.dangle) {
		if err := w.dangling(id); err != nil {
			return err
		}
	}
	return nil
}

// fromNotes adds the notes about assets that came, went or were struck, and the assets merged into them.
func (w *work) fromNotes() error {
	if len(w.targets) == 0 {
		return nil
	}
	some, err := w.t.one(func(*sqlite3.Stmt) error { return nil }, `SELECT 1 FROM $links LIMIT 1`)
	if err != nil || !some {
		return err
	}
	for _, target := range sortedIDs(w.targets) {
		for _, kind := range []int{linkNote, linkMerge} {
			from, err := w.t.linked(kind, target)
			if err != nil {
				return err
			}
			for _, id := range from {
				w.dangle[id] = true
			}
		}
	}
	return nil
}

// fromSite adds all assets that name a site which came or went.
func (w *work) fromSite(code string) error {
	return w.t.each(func(s *sqlite3.Stmt) error {
		var id record.ID
		copy(id[:], s.ColumnRawBlob(0))
		w.dangle[id] = true
		return nil
	}, `SELECT d.stream FROM $assets a JOIN $docs d ON d.id = a.doc WHERE a.site = ?`, code)
}

// arrived adds the new assets of a site if it is unknown.
func (w *work) arrived(code string) error {
	known, err := w.site(code)
	if err != nil || known {
		return err
	}
	for _, id := range w.arrivals[code] {
		w.dangle[id] = true
	}
	return nil
}

// dangling makes the findings about references of one document the stored ones.
func (w *work) dangling(id record.ID) error {
	doc, row, err := w.t.readDoc(id)
	if err != nil || doc == 0 {
		return err
	}
	found, err := w.referencesOf(id, row)
	if err != nil {
		return err
	}
	return w.replaceFindings(found, doc, `SELECT id FROM $findings WHERE doc = ? AND kind = 'dangling_reference'`, doc)
}

func (w *work) referencesOf(id record.ID, row docRow) (found []finding, err error) {
	if row.entity == record.Asset && row.status != voided {
		known, err := w.site(row.site)
		if err != nil {
			return nil, err
		}
		if !known {
			found = append(found, finding{Kind: kindDangling, Subjects: []string{id.String()}, Key: "site", Value: row.site})
		}
	}
	st, err := decodeState(id, row.state)
	if err != nil {
		return nil, err
	}
	snap := st.snapshot()
	switch {
	case row.entity == record.Note:
		for _, asset := range snap.NoteAssets() {
			if found, err = w.reference(found, id, "assets/"+asset.String(), asset); err != nil {
				return nil, err
			}
		}
	case row.entity == record.Asset && row.status != voided:
		if target, ok := mergeTarget(snap); ok {
			return w.reference(found, id, "merged_into", target)
		}
	}
	return found, nil
}

func (w *work) reference(found []finding, id record.ID, key string, target record.ID) ([]finding, error) {
	ok, err := w.t.stands(target)
	if err != nil || ok {
		return found, err
	}
	return append(found, finding{Kind: kindDangling, Subjects: []string{id.String()}, Key: key, Value: target.String()}), nil
}

// site tells whether a site of that code is known.
func (w *work) site(code string) (bool, error) {
	known, asked := w.sites[code]
	if asked {
		return known, nil
	}
	known, err := w.t.one(func(*sqlite3.Stmt) error { return nil }, `SELECT 1 FROM $docs WHERE entity = 'site' AND entity <> 'asset' AND site = ?`, code)
	w.sites[code] = known
	return known, err
}
