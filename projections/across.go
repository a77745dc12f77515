package projections

import (
	"slices"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/record"
)

// across brings up to date what depends on several documents: aliases of merged assets, duplicates, dangling references.
func (w *work) across() error {
	if err := w.resolveMerges(); err != nil {
		return err
	}
	if err := w.duplicates(); err != nil {
		return err
	}
	return w.references()
}

// resolveMerges decides anew which assets are aliases, in every group of assets linked by merging that was touched.
func (w *work) resolveMerges() error {
	if len(w.targets)+len(w.merges) == 0 {
		return nil
	}
	if len(w.merges) == 0 { // no merging came or went: is there one that could lead to those that did?
		some, err := w.t.one(func(*sqlite3.Stmt) error { return nil }, `SELECT 1 FROM $links WHERE kind = ?`, linkMerge)
		if err != nil || !some {
			return err
		}
	}
	for _, target := range sortedIDs(w.targets) {
		from, err := w.t.linked(linkMerge, target)
		if err != nil {
			return err
		}
		for _, id := range from {
			w.merges[id] = true
		}
	}
	seen := map[record.ID]bool{}
	queue := sortedIDs(w.merges)
	for len(queue) > 0 {
		id := queue[0]
		queue = queue[1:]
		if seen[id] {
			continue
		}
		seen[id] = true
		near, err := w.near(id)
		if err != nil {
			return err
		}
		queue = append(queue, near...)
	}
	for _, id := range sortedIDs(seen) {
		if err := w.restatus(id); err != nil {
			return err
		}
	}
	return nil
}

// near lists the assets merged into one, and the one it was merged into.
func (w *work) near(id record.ID) ([]record.ID, error) {
	list, err := w.t.linked(linkMerge, id)
	if err != nil {
		return nil, err
	}
	snap, _, err := w.t.snapshot(id)
	if target, ok := mergeTarget(snap); ok && err == nil {
		list = append(list, target)
	}
	return list, err
}

// linked lists the documents that point at a target.
func (t table) linked(kind int, target record.ID) (list []record.ID, err error) {
	err = t.each(func(s *sqlite3.Stmt) error {
		var id record.ID
		copy(id[:], s.ColumnRawBlob(0))
		list = append(list, id)
		return nil
	}, `SELECT d.stream FROM $links l JOIN $docs d ON d.id = l.doc WHERE l.kind = ? AND l.target = ? ORDER BY d.stream`, kind, target[:])
	return list, err
}

// restatus writes the rows of an asset that depend on whether it is an alias.
func (w *work) restatus(id record.ID) error {
	doc, row, err := w.t.readDoc(id)
	if err != nil || doc == 0 || row.entity != record.Asset {
		return err
	}
	survivor, err := w.t.survivor(id)
	if err != nil {
		return err
	}
	st, err := decodeState(id, row.state)
	if err != nil {
		return err
	}
	snap := st.snapshot()
	now, alias := ownStatus(snap), record.ID{}
	if now != voided && survivor != id {
		now, alias = absorbed, survivor
	}
	w.dangle[id] = true
	if now == row.status && alias == row.survivor {
		return nil
	}
	d := &document{id: doc, stream: id, row: row}
	old := derive(snap, row.status, row.survivor)
	d.row.status, d.row.survivor = now, alias
	if err := w.writeDoc(d); err != nil {
		return err
	}
	if cached := w.cache.get(id); cached != nil {
		cached.row.status, cached.row.survivor, cached.known = now, alias, nil
	}
	return w.writeFacts(d, old, derive(snap, now, alias))
}

// survivor follows merges to the asset that stands for this one. A merge into an unknown or voided asset does not count. Of a
// cycle the smallest id survives.
func (t table) survivor(id record.ID) (record.ID, error) {
	path := []record.ID{id}
	for {
		next, ok, err := t.mergedInto(path[len(path)-1])
		if err != nil || !ok {
			return path[len(path)-1], err
		}
		if at := slices.Index(path, next); at >= 0 {
			return slices.MinFunc(path[at:], compareIDs), nil
		}
		path = append(path, next)
	}
}

// mergedInto is the asset that one was merged into, if the merge counts.
func (t table) mergedInto(id record.ID) (record.ID, bool, error) {
	snap, _, err := t.snapshot(id)
	target, ok := mergeTarget(snap)
	if err != nil || !ok || ownStatus(snap) == voided {
		return record.ID{}, false, err
	}
	ok, err = t.stands(target)
	return target, ok, err
}

// stands tells whether an asset exists and was not struck.
func (t table) stands(id record.ID) (bool, error) {
	snap, _, err := t.snapshot(id)
	return err == nil && snap.Exists && snap.Entity == record.Asset && ownStatus(snap) != voided, err
}

// duplicates looks at every key that came or went: assets in lists must not share one.
func (w *work) duplicates() error {
	for _, group := range sortedKeys(w.groups) {
		k := w.groups[group]
		several, err := w.t.one(func(*sqlite3.Stmt) error { return nil },
			`SELECT 1 FROM $keys WHERE kind = ? AND value = ? AND scope = ? AND counted = 1 LIMIT 1 OFFSET 1`, k.kind, k.value, k.scope)
		if err != nil {
			return err
		}
		var found []finding
		if several {
			if found, err = w.duplicate(k); err != nil {
				return err
			}
		}
		if several || w.grouped() {
			if err := w.replaceFindings(found, 0, `SELECT id FROM $findings WHERE grp = ?`, group); err != nil {
				return err
			}
		}
	}
	return nil
}

// grouped tells whether there is any finding of duplicates that may have to go.
func (w *work) grouped() bool {
	if w.anyGroup == nil {
		some, err := w.t.one(func(*sqlite3.Stmt) error { return nil }, `SELECT 1 FROM $findings WHERE grp IS NOT NULL LIMIT 1`)
		some = some || err != nil
		w.anyGroup = &some
	}
	return *w.anyGroup
}

// duplicate describes the assets that share a key, if they are several. Its causes are the changes that asserted the values.
func (w *work) duplicate(k keyRow) ([]finding, error) {
	type holder struct {
		stream record.ID
		part   string
	}
	var holders []holder
	err := w.t.each(func(s *sqlite3.Stmt) error {
		h := holder{part: s.ColumnText(1)}
		copy(h.stream[:], s.ColumnRawBlob(0))
		holders = append(holders, h)
		return nil
	}, `SELECT d.stream, k.part FROM $keys k JOIN $docs d ON d.id = k.doc
		WHERE k.kind = ? AND k.value = ? AND k.scope = ? AND k.counted = 1 ORDER BY d.stream, k.part`, k.kind, k.value, k.scope)
	if err != nil {
		return nil, err
	}
	f := finding{Kind: duplicateKinds[k.kind], Value: k.value, group: k.groupOf()}
	for _, h := range holders {
		f.Subjects = append(f.Subjects, h.stream.String())
		change, err := w.assertedBy(h.stream, keyPath(k.kind, h.part))
		if err != nil {
			return nil, err
		}
		f.Causes = append(f.Causes, change)
	}
	f.Subjects = slices.Compact(f.Subjects)
	slices.Sort(f.Causes)
	f.Causes = slices.Compact(f.Causes)
	if len(f.Subjects) < 2 {
		return nil, nil
	}
	return []finding{f}, nil
}

func keyPath(kind int, part string) string {
	switch kind {
	case keySerial:
		return "units/" + part + "/serial"
	case keyIP:
		return "interfaces/" + part + "/ip"
	case keyMAC:
		return "interfaces/" + part + "/mac"
	}
	return "tag"
}

// assertedBy is the change that set the current value of a key.
func (w *work) assertedBy(stream record.ID, key string) (string, error) {
	_, row, err := w.t.readDoc(stream)
	if err != nil {
		return "", err
	}
	st, err := decodeState(stream, row.state)
	if err != nil {
		return "", err
	}
	if ops := st.live(key); len(ops) > 0 {
		return ops[0].Change.String(), nil
	}
	return "", nil
}

func sortedIDs(set map[record.ID]bool) []record.ID {
	ids := make([]record.ID, 0, len(set))
	for id := range set {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, compareIDs)
	return ids
}
