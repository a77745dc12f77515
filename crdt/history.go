package crdt

import (
	"fmt"
	"slices"
	"unsafe"

	"fieldbook/record"
)

// History holds the changes of one document and answers what the document says. It keeps the bytes of each change once and
// one small row an operation. It is not safe for concurrent use.
type History struct {
	stream  record.ID
	changes []change // every change that passed the guard, each after its dependencies
	rows    []row    // their operations, in the same order
	preds   []uint32 // rows replaced by rows
	keys    []key    // in order of appearance
	byKey   []uint32 // keys in order of their names
	writers []writer
	byActor []uint32 // writers in order of their ids
	byHash  []uint32 // changes in order of their hashes
	heads   []uint32 // changes that no accepted change depends on, in order of their hashes
	chains  []uint32 // last change of each chain, see clock
	forks   [][2]uint32
	fallen  int // number of changes that passed the guard but do not stand
	masks   int // number of masked changes
	max     uint64
	raw     int // bytes of all changes held
	late    *late
	moved   []Hash
	lifted  bool
}

// change is one that passed the guard. It stands unless it fell: a change of the same actor and seq has a smaller hash, or
// that happened to one of its ancestors.
type change struct {
	hash   Hash
	raw    string
	past   clock
	writer uint32
	seq    uint32
	start  uint32
	first  uint32 // row
	count  uint32
	fallen bool
	masked bool
}

// row is one operation. Links are row numbers plus one; zero ends a list.
type row struct {
	change uint32
	key    uint32
	link   uint32 // root: the key's previous row; character: next in order; delete: previous delete of its character
	cut    uint32 // character: its last delete
	dead   uint32 // how many standing operations replaced or deleted this one
	off    uint32 // value in the change's bytes
	size   uint32
	pred   uint32 // where its predecessors begin; they end where the next row's begin
	action Action
	kind   uint8
	insert bool
}

// key is one key of the root.
type key struct {
	name string
	last uint32 // newest row that put or incremented it, plus one
	live uint32 // number of its live values
	text uint32 // row that made its Text object, plus one
	head uint32 // first character in order, plus one
}

// writer is an actor and its changes in order of arrival, which is the order of seq as long as no two share one.
type writer struct {
	id      ActorID
	changes []uint32
}

// NewHistory gives the empty history of an entity.
func NewHistory(stream record.ID) *History { return &History{stream: stream} }

// find gives the number of a change that passed the guard.
func (h *History) find(hash Hash) (uint32, bool) {
	at, ok := slices.BinarySearchFunc(h.byHash, hash, func(i uint32, hash Hash) int { return h.changes[i].hash.Compare(hash) })
	if !ok {
		return 0, false
	}
	return h.byHash[at], true
}

// standing gives the number of an accepted change.
func (h *History) standing(hash Hash) (uint32, bool) {
	i, ok := h.find(hash)
	return i, ok && !h.changes[i].fallen
}

// Verdict gives the fate of a change by the changes added so far.
func (h *History) Verdict(hash Hash) Verdict {
	if i, ok := h.find(hash); ok {
		if h.changes[i].fallen {
			return Malformed
		}
		return Accepted
	}
	return h.late.verdict(hash)
}

// Contains tells whether the change is accepted.
func (h *History) Contains(hash Hash) bool {
	_, ok := h.standing(hash)
	return ok
}

// Heads gives the accepted changes that no accepted change depends on, ascending.
func (h *History) Heads() []Hash {
	out := make([]Hash, len(h.heads))
	for i, n := range h.heads {
		out[i] = h.changes[n].hash
	}
	return out
}

// Len is the number of accepted changes, implied TextObject changes included.
func (h *History) Len() int { return len(h.changes) - h.fallen }

// MaxOp is the greatest operation counter of the accepted changes; the next change starts one above.
func (h *History) MaxOp() uint64 { return h.max }

// Bytes is about how much memory the history takes, to bound what a cache of histories holds.
func (h *History) Bytes() int {
	const word = int(unsafe.Sizeof(uint32(0)))
	return h.raw + cap(h.changes)*int(unsafe.Sizeof(change{})) + cap(h.rows)*int(unsafe.Sizeof(row{})) +
		cap(h.keys)*int(unsafe.Sizeof(key{})) + (cap(h.preds)+cap(h.byKey)+cap(h.byHash))*word
}

// Ancestor tells whether a is in the causal past of b, both accepted. A change is not its own ancestor.
func (h *History) Ancestor(a, b Hash) bool {
	i, ok := h.standing(a)
	j, ok2 := h.standing(b)
	return ok && ok2 && h.changes[j].past.has(h.changes[i].past)
}

// Moved gives the changes, other than the added one, whose verdict the last Add changed: waiting ones that were promoted or
// turned out malformed, and ones that fell because a smaller hash of the same actor and seq arrived.
func (h *History) Moved() []Hash { return h.moved }

// At gives the document as of the heads: the history of those changes and all that they depend on.
func (h *History) At(heads []Hash) (*History, error) {
	at := make([]uint32, len(heads))
	for i, hash := range heads {
		n, ok := h.standing(hash)
		if !ok {
			return nil, fmt.Errorf("document at %v: %w", hash, ErrUnknown)
		}
		at[i] = n
	}
	old := NewHistory(h.stream)
	for i := range h.changes {
		if h.within(uint32(i), at) {
			if _, err := old.adopt(h.changes[i].raw, h.changes[i].masked); err != nil {
				return nil, fmt.Errorf("document at earlier heads: %w", err)
			}
		}
	}
	return old, nil
}

// within tells whether change n is one of heads or in their causal past.
func (h *History) within(n uint32, heads []uint32) bool {
	for _, head := range heads {
		if head == n || h.changes[head].past.has(h.changes[n].past) {
			return true
		}
	}
	return false
}

// adopt adds a change whose origin another History has checked.
func (h *History) adopt(raw string, masked bool) (Verdict, error) {
	c, err := parse([]byte(raw))
	if err != nil {
		return Malformed, err
	}
	c.masked = masked
	return h.place(c)
}
