package projections

import (
	"slices"

	"fieldbook/eventstore"
	"fieldbook/record"
)

// Tagged lists the assets of a site that carry a tag, survivors in place of those merged into them; struck ones only when
// there are no others. Unlike FindAsset it looks for no similar tags, since an import asks for thousands that are new.
func (m *Models) Tagged(tx *eventstore.Tx, site, tag string) ([]record.ID, error) {
	t, err := m.live(tx)
	if err != nil {
		return nil, err
	}
	fit, err := t.tagged(record.NormTag(tag), site)
	if err != nil {
		return nil, err
	}
	var ids []record.ID
	for _, id := range fit {
		_, row, err := t.readDoc(id)
		if err != nil {
			return nil, err
		}
		if row.status == absorbed {
			id = row.survivor
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}
