package projections

import "fieldbook/record"

// exactly takes a reference for the whole id of an asset, if it is one. Commands that a list or a window gives carry it.
func (m *Models) exactly(t table, ref string) (record.ID, bool, error) {
	id, err := record.ParseID(ref)
	if err != nil {
		return id, false, nil
	}
	row, ok := docRow{}, false
	if writes(t.tx) {
		row, ok = m.cachedRow(id)
	}
	if !ok {
		if _, row, err = t.readDoc(id); err != nil {
			return id, false, err
		}
	}
	if row.status == absorbed {
		id = row.survivor
	}
	return id, row.entity == record.Asset, nil
}
