package localapi

import (
	"context"
	"strings"

	"fieldbook/projections"
	"fieldbook/workspace"
)

func listNotes(ctx context.Context, w *workspace.Workspace, in *notesInput) (page NotePage, err error) {
	found, err := w.Notes(ctx, workspace.NoteQuery{Asset: in.Asset, Kind: in.Kind, Void: true})
	if err != nil {
		return page, err
	}
	search := strings.Fields(strings.ToLower(in.Search))
	for _, n := range found {
		if !inState(n, in.State) || !mentions(n, search) {
			continue
		}
		if page.Total >= in.Offset && len(page.Items) < in.Limit {
			page.Items = append(page.Items, noteOf(n))
		}
		page.Total++
	}
	return page, nil
}

func getNote(ctx context.Context, w *workspace.Workspace, in *noteInput) (Note, error) {
	found, err := w.Note(ctx, in.Ref)
	if err != nil {
		return Note{}, err
	}
	return noteOf(found), nil
}

// inState tells whether a note is in a state that a list asks for. Struck notes are in the state void alone.
func inState(n projections.NoteView, state string) bool {
	if n.Void != nil || state == "void" {
		return n.Void != nil && state == "void"
	}
	return state == "" || n.State == state
}

// mentions tells whether a note has all of some words, in lower case, in its text, kind, author's name or assets' tags.
func mentions(n projections.NoteView, search []string) bool {
	if len(search) == 0 {
		return true
	}
	said := n.Text + " " + n.Kind + " " + n.Member
	for _, a := range n.Assets {
		if a.Tag != nil {
			said += " " + *a.Tag
		}
	}
	said = strings.ToLower(said)
	for _, word := range search {
		if !strings.Contains(said, word) {
			return false
		}
	}
	return true
}

func noteOf(n projections.NoteView) Note {
	out := Note{
		ID: n.ID, Kind: n.Kind, Text: n.Text, ObservedAt: instant(n.ObservedAt), RecordedAt: instant(n.RecordedAt), Member: n.Member,
		State: n.State, Void: n.Void, Measurement: map[string]string{}, Amends: n.Amends, AmendedBy: n.AmendedBy, Concurrent: n.Concurrent, Heads: n.Heads,
	}
	for name, v := range n.Measurement {
		if v != nil {
			out.Measurement[name] = words(v)
		}
	}
	for _, a := range n.Assets {
		out.Assets = append(out.Assets, NoteAsset(a))
	}
	for _, s := range n.Signatures {
		out.Signatures = append(out.Signatures, NoteSignature{s.Member, s.Name, instant(s.At), s.Heads, s.Text, s.Altered})
	}
	return out
}

func addNote(ctx context.Context, w *workspace.Workspace, in *body[NewNote]) (Written, error) {
	entry, err := entryOf(w, in.Body.Reason, in.Body.ObservedAt)
	if err != nil {
		return Written{}, err
	}
	return written(w.AddNote(ctx, entry, workspace.NewNote{
		Kind: in.Body.Kind, Text: in.Body.Text, Assets: in.Body.Assets, Fields: assignments(in.Body.Fields),
	}))
}

func editNote(ctx context.Context, w *workspace.Workspace, in *at[NoteEdit]) (Written, error) {
	return written(w.EditNote(ctx, workspace.Entry{Reason: in.Body.Reason}, in.Ref, in.Body.Text, in.Body.Seen))
}

func signNote(ctx context.Context, w *workspace.Workspace, in *at[Signing]) (Written, error) {
	return written(w.SignNote(ctx, workspace.Entry{Reason: in.Body.Reason}, in.Ref, in.Body.Seen))
}

func amendNote(ctx context.Context, w *workspace.Workspace, in *at[Amendment]) (Written, error) {
	return written(w.AmendNote(ctx, workspace.Entry{Reason: in.Body.Reason}, in.Ref, in.Body.Text))
}

func voidNote(ctx context.Context, w *workspace.Workspace, in *at[Reason]) (Written, error) {
	return written(w.VoidNote(ctx, workspace.Entry{Reason: in.Body.Reason}, in.Ref))
}
