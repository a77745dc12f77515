package projections

import (
	"fieldbook/crdt"
	"fieldbook/record"
)

// Limits within which an event's row keeps what the event replaced. Long changes, such as those that create an asset, are
// expanded when history is read. They depend on the event alone, so that a rebuild keeps the same.
const (
	maxKeptChange  = 400  // bytes of the raw change
	maxKeptEffects = 2048 // bytes of the encoded effects
)

// effects encodes what an accepted event changed, nil when that is left to reading.
func (d *document) effects(r *ref, o *Opened) []byte {
	if r.bare || r.state != stateAccepted || len(o.Body.Change) > maxKeptChange {
		return nil
	}
	return kept(d.history.Effects(r.change))
}

// kept encodes effects, nil if they are too long to keep.
func kept(effects []crdt.Effect) []byte {
	b := encodeEffects(effects)
	if len(b) > maxKeptEffects {
		return nil
	}
	return b
}

// encodeEffects writes an array of [key, before, after] for values and [key, before, after, true] for prose; before of values
// is an array, winner first.
func encodeEffects(effects []crdt.Effect) []byte {
	b := appendHead(make([]byte, 0, 64*len(effects)), majorArray, uint64(len(effects)))
	for _, e := range effects {
		if e.Text {
			b = appendText(appendHead(b, majorArray, 4), e.Key)
			b = append(appendText(appendText(b, e.BeforeText), e.AfterText), cborTrue)
			continue
		}
		b = appendText(appendHead(b, majorArray, 3), e.Key)
		b = appendHead(b, majorArray, uint64(len(e.Before)))
		for _, v := range e.Before {
			b = appendValue(b, v)
		}
		b = appendValue(b, e.After)
	}
	return b
}

func decodeEffects(b []byte) ([]crdt.Effect, error) {
	r := &reader{b: b}
	effects := make([]crdt.Effect, r.array())
	for i := range effects {
		e := &effects[i]
		n := r.array()
		e.Key, e.Text = r.text(), n == 4
		if e.Text {
			e.BeforeText, e.AfterText = r.text(), r.text()
			r.value()
			continue
		}
		e.Before = make([]record.Value, r.array())
		for j := range e.Before {
			e.Before[j] = r.value()
		}
		e.After = r.value()
	}
	if r.bad {
		return nil, errRow
	}
	return effects, nil
}
