package crdt

import "fieldbook/record"

// Action is Automerge's number for what an operation does.
type Action uint8

// The actions of the profile.
const (
	Put       Action = 1 // set a key of the root, or with Insert put a character into a Text
	Delete    Action = 3 // delete a character of a Text
	MakeText  Action = 4 // make the Text object of a key; only in a TextObject change
	Increment Action = 5 // add to a counter
)

// Op is one operation of a change.
type Op struct {
	Action  Action
	Obj     OpID         // zero for the root, else the Text object
	Key     string       // in the root
	Elem    OpID         // in a Text: the character to delete or to insert after; zero for the beginning
	Insert  bool         // Put in a Text
	Value   record.Value // of Put; the amount of Increment
	Counter bool         // the value put is a counter
	Pred    []OpID       // ascending
}

// Change is a decoded change. Decoding proves the encoding and the static part of the profile only; whether it fits its
// causal past is for History.Add to say.
type Change struct {
	Hash    Hash
	Actor   ActorID
	Seq     uint64
	StartOp uint64
	Time    int64  // milliseconds since 1970 UTC, by the author's clock; never trusted
	Message string // empty in the profile
	Deps    []Hash
	Ops     []Op
	Raw     []byte
}

// Caps of the format. They are part of its version: a change beyond one is malformed on every device.
const (
	MaxBytes = 1 << 20   // of one change chunk
	MaxOps   = 1 << 16   // operations of one change
	MaxDeps  = 1 << 10   // dependencies of one change
	MaxPreds = 1 << 17   // predecessors of all operations of one change
	MaxOther = 1 << 12   // other actors named by one change
	MaxKey   = 1 << 10   // bytes of a key
	MaxOp    = 1<<31 - 1 // greatest operation counter
	MaxInt   = 1 << 53   // greatest magnitude of an int, a timestamp in ms and a counter's beginning
	MaxStep  = 1 << 31   // greatest magnitude of an increment, so that no sum of them overflows
)
