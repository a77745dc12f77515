package projections

import (
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
	return meant(fit), err
}
