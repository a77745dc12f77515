package envelope

// Body is an event in the clear: what is sealed into an envelope's body.
type Body struct {
	// Type is the event's type, "asset.field_changed".
	Type string
	// Schema is the version of that type's meaning.
	Schema uint
	// Stream is the entity the event is about.
	Stream StreamID
	// Change is one raw Automerge change of the entity's document.
	Change []byte
	// Salt is what the change's actor was derived with; empty for a deterministic change.
	Salt []byte
	// Texts are the prose keys whose text objects the change needs: a set, written sorted.
	Texts []string
	// HLC is the hybrid logical clock: milliseconds since 1970 in the upper 48 bits, a counter in the lower 16.
	HLC uint64
	// Recorded is the author's wall clock in milliseconds since 1970.
	Recorded int64
	// Observed is when the engineer saw it, in milliseconds since 1970; nil if not said.
	Observed *int64
	// Reason is why, in the author's words.
	Reason string
	// Source is where the values come from.
	Source Source
	// ChangeRecord is the id of the change record this belongs to; empty if none.
	ChangeRecord []byte
}

// Source says where an event's values come from.
type Source struct {
	// Kind is "manual", "import", "scan" or "template".
	Kind string
	// Batch is the id shared by all events of one import; empty outside one.
	Batch []byte
	// Index and Count are the event's place in its batch, from 0, and the batch's size.
	Index, Count uint64
	// Name is what was read, a file name.
	Name string
}
