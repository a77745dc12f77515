package record

// Refusal is a local rule that refuses a command. Message is a sentence that says what to do.
type Refusal struct {
	Field   string // public name, empty when the rule is about the whole entity
	Rule    string // a stable word: required, format, reason, retired, void, signed, immutable, state, role, key
	Message string
}

// Error gives the message alone: it is meant for people.
func (r *Refusal) Error() string { return r.Message }

// UsageError is a command that cannot be understood, such as one with an unknown field name.
type UsageError struct{ Message string }

// Error gives the message alone.
func (u *UsageError) Error() string { return u.Message }
