package record

import (
	"crypto/sha256"
	"time"
)

// Snapshot is the state of one document as decisions need it.
type Snapshot struct {
	ID     ID
	Entity Entity
	Exists bool
	Values map[string][]Value // live values of a key, the winner first; more than one were set concurrently
	Texts  map[string]string  // prose
}

// Current is the value of a key after policy: of concurrent lifecycles retired wins, otherwise the winner stands. A key
// never set is null.
func (s Snapshot) Current(key string) Value {
	live := s.Values[key]
	if len(live) == 0 {
		return NullValue()
	}
	if key == keyLifecycle && s.Entity == Asset {
		for _, v := range live {
			if v.Str == Retired {
				return v
			}
		}
	}
	return live[0]
}

// Concurrent gives the different live values of a key when there are several, the current one first, else nil. The same
// value twice is agreement.
func (s Snapshot) Concurrent(key string) []Value {
	live := s.Values[key]
	if len(live) < 2 {
		return nil
	}
	distinct := []Value{s.Current(key)}
	for _, v := range live {
		if !contains(distinct, v) {
			distinct = append(distinct, v)
		}
	}
	if len(distinct) < 2 {
		return nil
	}
	return distinct
}

// With is the snapshot after events of its own stream, as if they followed on it. Events of other streams are passed over.
func (s Snapshot) With(events ...Event) Snapshot {
	after := Snapshot{ID: s.ID, Entity: s.Entity, Exists: s.Exists, Values: make(map[string][]Value, len(s.Values)), Texts: make(map[string]string, len(s.Texts))}
	for k, v := range s.Values {
		after.Values[k] = v
	}
	for k, v := range s.Texts {
		after.Texts[k] = v
	}
	for _, e := range events {
		if e.Stream == s.ID {
			after.apply(e)
		}
	}
	return after
}

func (s *Snapshot) apply(e Event) {
	s.Exists, s.Entity = true, EntityOf(e.Type)
	for _, edit := range e.Edits {
		s.Values[edit.Key] = []Value{edit.Value}
	}
	for _, text := range e.Texts {
		s.Texts[text.Key] = text.Text
	}
}

func contains(values []Value, v Value) bool {
	for _, w := range values {
		if w.Equal(v) {
			return true
		}
	}
	return false
}

// Env is what a decision needs from outside. Derive names things by the workspace's HMAC naming key, so that the same parts
// give the same id on every device and nobody else can guess it.
type Env struct {
	Now        time.Time
	Zone       *time.Location // for input without an offset; nil is UTC
	Member     ID
	MemberName string
	NewID      func() ID
	Derive     func(parts ...string) ID
}

// WorkspaceStream is the stream of the one workspace document: the first 16 bytes of SHA-256("workspace settings").
func WorkspaceStream() ID {
	sum := sha256.Sum256([]byte("workspace settings"))
	return ID(sum[:16])
}
