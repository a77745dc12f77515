package record

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// AddNote writes a journal entry.
type AddNote struct {
	Kind   string // observation when empty
	Text   string
	Assets []ID
	Fields []Assignment // observed_at, measurement.*
}

// Decide gives the event on a new stream.
func (c AddNote) Decide(env Env) (Event, error) {
	return c.write(env, "note.written")
}

func (c AddNote) write(env Env, eventType string, edits ...Edit) (Event, error) {
	d := newDraft(env, Snapshot{ID: env.NewID(), Entity: Note})
	d.edits = edits
	for _, asset := range c.Assets {
		d.put("assets/"+asset.String(), BoolValue(true))
	}
	fields := append([]Assignment{{Field: "kind", Text: cmp.Or(c.Kind, "observation")}, {Field: keyText, Text: c.Text}}, c.Fields...)
	if err := firstError(d.setAll(fields), d.complete()); err != nil {
		return Event{}, err
	}
	e, _ := d.event(eventType)
	return e, nil
}

// EditNote changes a draft; a signed note is amended instead.
type EditNote struct {
	Text   *string // nil leaves the text
	Fields []Assignment
}

// Decide gives no event when nothing changes.
func (c EditNote) Decide(env Env, s Snapshot) ([]Event, error) {
	if err := present(s); err != nil {
		return nil, err
	}
	if len(s.Signers()) > 0 {
		return nil, Refuse("signed", "a signed note is never edited; amend it").By("note amend")
	}
	d, fields := newDraft(env, s), c.Fields
	if c.Text != nil {
		fields = append([]Assignment{{Field: keyText, Text: *c.Text}}, fields...)
	}
	if err := firstError(d.setAll(fields), d.complete()); err != nil {
		return nil, err
	}
	e, changed := d.event("note.edited")
	if !changed {
		return nil, nil
	}
	return []Event{e}, nil
}

// SignNote binds the author's name to the note as it is at the given heads.
type SignNote struct{ Heads [][32]byte }

// Decide writes under the signer's own member id, so that nobody signs for another.
func (c SignNote) Decide(env Env, s Snapshot) (Event, error) {
	if err := present(s); err != nil {
		return Event{}, err
	}
	if len(c.Heads) == 0 {
		return Event{}, Refuse("state", "there is nothing to sign")
	}
	heads := slices.Clone(c.Heads)
	slices.SortFunc(heads, func(a, b [32]byte) int { return bytes.Compare(a[:], b[:]) })
	var bound []byte
	for _, h := range heads {
		bound = append(bound, h[:]...)
	}
	if slices.Contains(s.Signers(), env.Member) {
		return Event{}, Refuse("signed", "{0} has signed this note already; amend it to say more", cmp.Or(env.MemberName, env.Member.String())).By("note amend")
	}
	path := keySignatures + env.Member.String() + "/"
	return Event{Type: "note.signed", Schema: 1, Stream: s.ID, Edits: []Edit{
		{Key: path + "heads", Value: BytesValue(bound)}, {Key: path + "at", Value: TimeValue(env.Now)}, {Key: path + "name", Value: StringValue(env.MemberName)},
	}}, nil
}

// AmendNote corrects a signed note by a new one that names it, of its kind and about its assets unless it says otherwise.
type AmendNote struct {
	Text   string
	Fields []Assignment
}

// Decide refuses to amend a draft: that can be edited.
func (c AmendNote) Decide(env Env, original Snapshot) (Event, error) {
	if err := present(original); err != nil {
		return Event{}, err
	}
	if len(original.Signers()) == 0 {
		return Event{}, Refuse("state", "only a signed note is amended; edit this one").By("note edit")
	}
	note := AddNote{Kind: original.Current("kind").Str, Text: c.Text, Assets: original.NoteAssets(), Fields: c.Fields}
	return note.write(env, "note.amended", Edit{Key: keyAmends, Value: StringValue(original.ID.String())})
}

// Signers lists the members who signed a note, sorted.
func (s Snapshot) Signers() []ID {
	var signers []ID
	for key := range s.Values {
		if rest, ok := strings.CutPrefix(key, keySignatures); ok {
			text, attr, _ := strings.Cut(rest, "/")
			if id, err := ParseID(text); err == nil && attr == "heads" && !s.Current(key).IsNull() {
				signers = append(signers, id)
			}
		}
	}
	slices.SortFunc(signers, compareIDs)
	return signers
}

// NoteAssets lists the assets that a note is about, sorted.
func (s Snapshot) NoteAssets() []ID {
	var assets []ID
	for key := range s.Values {
		text, ok := strings.CutPrefix(key, "assets/")
		id, err := ParseID(text)
		if ok && err == nil && s.Current(key).Bool && !s.Current(key+"/"+keyRemoved).Bool {
			assets = append(assets, id)
		}
	}
	slices.SortFunc(assets, compareIDs)
	return assets
}

func compareIDs(a, b ID) int { return bytes.Compare(a[:], b[:]) }
