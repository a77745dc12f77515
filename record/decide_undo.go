package record

import (
	"strings"

	"fieldbook/wording"
)

// Undo sets back what an earlier event of the same document set. What others made of it since stands: then it is refused.
type Undo struct {
	Type    string // of the event
	Effects []Effect
	Reason  string
}

// Effect is what the event did to one key.
type Effect struct {
	Key    string
	Before []Value // what it replaced, the current one first; more than one were concurrent
	Text   bool    // the key is prose, which was BeforeText and became AfterText
	// Stands says that what the event set is still the one value of the key.
	Stands                bool
	BeforeText, AfterText string
}

// undone says what an event that can be undone is undone by.
var undone = map[string]string{
	"workspace.changed":   "workspace.changed",
	"member.named":        "member.named",
	"site.changed":        "site.changed",
	"asset.field_changed": "asset.field_changed",
	"asset.unit_swapped":  "asset.unit_swapped",
	"asset.retired":       "asset.reinstated",
	"asset.reinstated":    "asset.retired",
	"asset.voided":        "asset.voided",
	"asset.merged":        "asset.merged",
	"note.edited":         "note.edited",
	"note.voided":         "note.voided",
	"finding.settled":     "finding.settled",
}

// way is what to do about an event that cannot be undone, and by which command.
type way struct {
	said wording.Pattern
	by   string
}

var instead = map[string]way{
	"asset.registered":  {"a registration is not undone; strike the asset", "asset void"},
	"asset.imported":    {"a registration is not undone; strike the asset", "asset void"},
	"asset.described":   {"change the description instead", "asset set"},
	"site.registered":   {"a site stays; change its fields instead", ""},
	"note.written":      {"a draft is changed and not undone", "note edit"},
	"note.signed":       {"a signature stands; amend the note to correct it", "note amend"},
	"note.amended":      {"an amendment stands; amend it in turn", "note amend"},
	"conflict_resolved": {"a decision between values is not undone; set the field anew", "asset set"},
}

// Undoable tells whether there is an undoing of events of this type at all.
func Undoable(eventType string) bool { return undone[eventType] != "" }

// Decide gives the event that sets back. It keeps the rules of the command that it undoes, but for those of the state that it
// ends: what was struck by mistake comes back.
func (c Undo) Decide(s Snapshot) (Event, error) {
	if err := firstError(needReason(c.Reason), c.possible(), c.open(s)); err != nil {
		return Event{}, err
	}
	e := Event{Type: undone[c.Type], Schema: 1, Stream: s.ID}
	for _, f := range c.Effects {
		if c.stays(f) {
			continue
		}
		if err := c.restore(&e, f, s); err != nil {
			return Event{}, err
		}
	}
	if len(e.Edits)+len(e.Texts) == 0 {
		return Event{}, Refuse("state", "this entry changed nothing that could be set back")
	}
	return e, nil
}

func (c Undo) possible() error {
	if Undoable(c.Type) {
		return nil
	}
	_, action, _ := strings.Cut(c.Type, ".")
	for _, known := range []string{c.Type, action} {
		if way, ok := instead[known]; ok {
			return Refuse("state", way.said).By(way.by)
		}
	}
	return Refuse("state", "an entry of type {0} cannot be undone", clip(c.Type))
}

// open refuses what the command itself would: edits of what is struck, merged or retired, and of a signed note.
func (c Undo) open(s Snapshot) error {
	switch c.Type {
	case "asset.voided", "asset.merged", "note.voided":
		if !s.Exists {
			return present(s)
		}
		return nil
	case "asset.field_changed", "asset.unit_swapped":
		return editable(s)
	}
	if s.Entity == Note && len(s.Signers()) > 0 {
		return Refuse("signed", "the note was signed since; amend it").By("note amend")
	}
	return present(s)
}

// stays tells the facts of a unit that was put in: it is taken out again, and what it is stays true.
func (c Undo) stays(f Effect) bool {
	return c.Type == "asset.unit_swapped" && strings.HasPrefix(f.Key, prefixOf(Unit)) && len(f.Before) == 0
}

func (c Undo) restore(e *Event, f Effect, s Snapshot) error {
	name := NameOfKey(s.Entity, f.Key, s)
	switch {
	case f.Text && s.Texts[f.Key] != f.AfterText, !f.Text && !f.Stands:
		return Refuse("state", "it was changed since; look at its history and set it as it should be").At(name)
	case f.Text:
		e.Texts = append(e.Texts, TextEdit{Key: f.Key, Text: f.BeforeText})
		return nil
	case several(f.Before):
		return Refuse("state", "it had several values before, and this entry decided between them; set it as it should be").At(name)
	}
	before := NullValue()
	if len(f.Before) > 0 {
		before = f.Before[0]
	}
	if p, ok := locate(s.Entity, f.Key); ok && p.attr == "" && p.slug == "" && p.field.Required && before.IsNull() {
		return required(p.field)
	}
	e.Edits = append(e.Edits, Edit{Key: f.Key, Value: before})
	return nil
}

func several(values []Value) bool {
	for _, v := range values {
		if !v.Equal(values[0]) {
			return true
		}
	}
	return false
}
