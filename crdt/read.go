package crdt

import (
	"slices"
	"strings"

	"fieldbook/record"
)

// value gives what a row put. Of a counter it is the value it began with.
func (h *History) value(n uint32) record.Value {
	r := &h.rows[n]
	return decodeValue(r.kind, h.bytes(r))
}

func (h *History) bytes(r *row) string { return h.changes[r.change].raw[r.off : r.off+r.size] }

// everything is the causal past of a change that would be made now.
func (h *History) everything() causes { return causes{h: h, deps: h.heads, all: true} }

// Keys gives the keys that have a value or a text, ascending.
func (h *History) Keys() []string {
	out := make([]string, 0, len(h.keys))
	for _, k := range h.byKey {
		if h.says(k) {
			out = append(out, h.keys[k].name)
		}
	}
	return out
}

// Live gives the concurrent values of a key, the winner first: the one with the greatest OpID, as Automerge decides.
func (h *History) Live(name string) []Live {
	k := h.key(name)
	if k == none || h.keys[k].live == 0 {
		return nil
	}
	return h.live(k, make([]Live, 0, h.keys[k].live))
}

// live appends the concurrent values of a key.
func (h *History) live(k uint32, out []Live) []Live {
	all := h.everything()
	first := len(out)
	h.shown(k, &all, func(n uint32) {
		out = append(out, Live{ID: h.id(n), Value: h.total(n, &all), Change: h.changes[h.rows[n].change].hash,
			Counter: h.rows[n].kind == kindCounter})
	})
	slices.SortFunc(out[first:], func(a, b Live) int { return b.ID.Compare(a.ID) })
	return out
}

// Each gives all that the document says, ascending by key: value what Live gives, of keys that have any, and prose what Text
// gives. The slices belong to the caller.
func (h *History) Each(value func(key string, live []Live), prose func(key, text string)) {
	n := uint32(0)
	for i := range h.keys {
		n += h.keys[i].live
	}
	room := make([]Live, 0, n)
	for _, k := range h.byKey {
		switch {
		case h.prosed(k):
			prose(h.keys[k].name, h.text(k))
		case h.keys[k].live > 0:
			first := len(room)
			if room = h.live(k, room); len(room) > first {
				value(h.keys[k].name, room[first:len(room):len(room)])
			}
		}
	}
}

// total is the value of a row; of a counter the sum with the increments of the causal past.
func (h *History) total(n uint32, past *causes) record.Value {
	v := h.value(n)
	if h.rows[n].kind != kindCounter {
		return v
	}
	for at := h.keys[h.rows[n].key].last; at != 0 && at-1 > n; at = h.rows[at-1].link {
		if r := &h.rows[at-1]; r.action == Increment && past.has(r.change) && !h.changes[r.change].masked && slices.Contains(h.predsOf(at-1), n) {
			v.Int += h.value(at - 1).Int
		}
	}
	return v
}

// Text gives the prose of a key; false if the key has no Text object.
func (h *History) Text(name string) (string, bool) {
	k := h.key(name)
	if k == none || !h.prosed(k) {
		return "", false
	}
	return h.text(k), true
}

func (h *History) text(k uint32) string {
	var b strings.Builder
	for at := h.keys[k].head; at != 0; at = h.rows[at-1].link {
		if h.readable(&h.rows[at-1]) {
			r := &h.rows[at-1]
			b.WriteString(h.bytes(r))
		}
	}
	return b.String()
}

// Snapshot gives all live values, winner first, and all texts.
func (h *History) Snapshot() (values map[string][]record.Value, texts map[string]string) {
	values, texts = make(map[string][]record.Value, len(h.keys)), map[string]string{}
	room := make([]record.Value, 0, len(h.keys))
	for i := range h.keys {
		k := &h.keys[i]
		if h.prosed(uint32(i)) {
			texts[k.name] = h.text(uint32(i))
		}
		switch {
		case h.masks == 0 && k.live == 1 && len(room) < cap(room):
			all := h.everything()
			h.current(uint32(i), func(n uint32) { room = append(room, h.total(n, &all)) })
			values[k.name] = room[len(room)-1 : len(room) : len(room)]
		case k.live > 0:
			for _, live := range h.Live(k.name) {
				values[k.name] = append(values[k.name], live.Value)
			}
		}
	}
	return values, texts
}
