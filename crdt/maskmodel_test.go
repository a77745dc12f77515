package crdt

import (
	"slices"

	"pgregory.net/rapid"
)

// model reads a set of events the plain way: every operation in one table, no order of arrival.
type model struct {
	ops    map[OpID]Op
	masked map[OpID]bool
	texts  map[string]bool // keys that an allowed event wrote prose under
}

func newModel(t *rapid.T, events []event) *model {
	m := &model{ops: map[OpID]Op{}, masked: map[OpID]bool{}, texts: map[string]bool{}}
	for _, e := range events {
		c, err := Decode(e.raw)
		if err != nil {
			t.Fatal(err)
		}
		allowed := e.origin.Allowed(Writes{})
		for i, op := range c.Ops {
			id := OpID{c.StartOp + uint64(i), c.Actor}
			_, known := m.ops[id]
			m.ops[id], m.masked[id] = op, !allowed && (!known || m.masked[id])
			for _, key := range []string{"t", "u"} {
				m.texts[key] = m.texts[key] || allowed && (op.Obj.Actor == objectActor(key) || slices.Contains(e.origin.Texts, key))
			}
		}
	}
	return m
}

// replaced collects what an operation replaces, through masked ones.
func (m *model) replaced(id OpID, out map[OpID]bool) {
	for _, p := range m.ops[id].Pred {
		if m.masked[p] {
			m.replaced(p, out)
		}
		out[p] = true
	}
}

func (m *model) values(key string) (live []OpID) {
	gone := map[OpID]bool{}
	for id := range m.ops {
		if !m.masked[id] {
			m.replaced(id, gone)
		}
	}
	for id, op := range m.ops {
		if op.Key == key && op.Action == Put && !m.masked[id] && !gone[id] {
			live = append(live, id)
		}
	}
	slices.SortFunc(live, func(a, b OpID) int { return b.Compare(a) })
	return live
}

// text walks the tree of characters: behind each the ones put after it, the greatest id first.
func (m *model) text(key string, after OpID) (text string) {
	var next []OpID
	for id, op := range m.ops {
		if op.Insert && op.Obj.Actor == objectActor(key) && op.Elem == after {
			next = append(next, id)
		}
	}
	slices.SortFunc(next, func(a, b OpID) int { return b.Compare(a) })
	for _, id := range next {
		cut := m.masked[id]
		for other, op := range m.ops {
			cut = cut || op.Action == Delete && op.Elem == id && !m.masked[other]
		}
		if !cut {
			text += m.ops[id].Value.Str
		}
		text += m.text(key, id)
	}
	return text
}
