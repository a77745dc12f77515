package projections

import (
	"time"

	"fieldbook/crdt"
	"fieldbook/record"
)

// asOf is the document as of a time: the changes recorded up to then with all that they depend on, nil if there were none.
// It is the same on every device that holds the same events.
func (d *document) asOf(ms int64) (*crdt.History, error) {
	var heads []crdt.Hash
	for i := range d.refs {
		if r := &d.refs[i]; r.state == stateAccepted && !r.bare && r.recorded <= ms {
			heads = append(heads, r.change)
		}
	}
	if len(heads) == 0 {
		return nil, nil
	}
	return d.history.At(heads)
}

// snapshotAt is the document as of a time. Exists is false if there was none.
func (m *Models) snapshotAt(t table, stream record.ID, at time.Time) (record.Snapshot, []crdt.Hash, error) {
	d, err := m.load(t, stream)
	if err != nil {
		return record.Snapshot{}, nil, err
	}
	then, err := d.asOf(at.UnixMilli())
	if err != nil || then == nil {
		return record.Snapshot{ID: stream, Entity: d.row.entity}, nil, err
	}
	st := stateOf(stream, d.row.entity, then)
	return st.snapshot(), st.heads, nil
}

// bound is a time as rows keep it, null for none.
func bound(at *time.Time) any {
	if at == nil {
		return nil
	}
	return at.UnixMilli()
}
