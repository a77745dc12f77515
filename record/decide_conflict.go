package record

import (
	"slices"
	"strings"
)

// ResolveConflict decides between the concurrent values of one key, or for a new one. It is allowed on a retired asset too:
// what collided before must not stay open for ever.
type ResolveConflict struct {
	Key    string   // document key
	Keep   string   // one of the values as shown, or a new one
	Seen   []string // the values before the eyes of who decides, as shown; nil if nobody says
	Reason string
}

// Decide gives the event that replaces all live values of the key by the one kept.
func (c ResolveConflict) Decide(env Env, s Snapshot) (Event, error) {
	if err := needReason(c.Reason); err != nil {
		return Event{}, err
	}
	p, ok := locate(s.Entity, c.Key)
	if !ok {
		return Event{}, Misuse("there is no field {0}", clip(c.Key))
	}
	name := NameOfKey(s.Entity, c.Key, s)
	if s.Concurrent(c.Key) == nil {
		return Event{}, Refuse("state", "it has one value; there is nothing to resolve").At(name)
	}
	if err := c.looked(s, name); err != nil {
		return Event{}, err
	}
	v, err := c.kept(env, s, p)
	if err != nil {
		return Event{}, err
	}
	return Event{Type: string(s.Entity) + ".conflict_resolved", Schema: 1, Stream: s.ID, Edits: []Edit{{Key: c.Key, Value: v}}}, nil
}

// looked refuses a decision that would replace a value which arrived while it was being made: nobody has weighed that one.
func (c ResolveConflict) looked(s Snapshot, name string) error {
	if c.Seen == nil {
		return nil
	}
	for _, v := range s.Concurrent(c.Key) {
		if !slices.Contains(c.Seen, v.Display()) {
			return Refuse("state", `another value arrived meanwhile: "{0}"; look at all of them and decide again`, clip(v.Display())).At(name)
		}
	}
	return nil
}

// kept finds the value meant: a live one as shown, for the installed unit also its serial number, else a new one by the
// rules of the field.
func (c ResolveConflict) kept(env Env, s Snapshot, p place) (Value, error) {
	keep := strings.TrimSpace(c.Keep)
	for _, v := range s.Concurrent(c.Key) {
		if v.Display() == keep || c.Key == keyUnit && keep != "" && NormSerial(s.Current(prefixOf(Unit)+v.Str+"/serial").Str) == NormSerial(keep) {
			return v, nil
		}
	}
	f := p.valueField()
	if f.Name == "" {
		return Value{}, Refuse("format", "keep one of the values shown")
	}
	v, err := f.ParseIn(c.Keep, env.Zone)
	if err != nil {
		return Value{}, err
	}
	if v.IsNull() && f.Required {
		return Value{}, required(f)
	}
	return v, nil
}
