package localapi

import (
	"context"
	"strings"

	"fieldbook/projections"
	"fieldbook/record"
	"fieldbook/workspace"
)

func listFindings(ctx context.Context, w *workspace.Workspace, in *findingsInput) (page FindingPage, err error) {
	found, err := w.FindingPage(ctx, projections.FindingQuery{Settled: in.Settled, Kind: in.Kind, Limit: in.Limit})
	if err != nil {
		return page, err
	}
	page.Items, page.Kinds = []Finding{}, []FindingCount{}
	for _, k := range found.Kinds {
		page.Kinds = append(page.Kinds, FindingCount{k.Kind, k.Count})
	}
	if len(found.Items) == 0 {
		return page, nil
	}
	names, err := gatherNames(ctx, w)
	if err != nil {
		return page, err
	}
	for _, f := range found.Items {
		page.Items = append(page.Items, Finding{
			ID: f.ID, Kind: f.Kind, Sentence: record.FindingKind(f.Kind).Sentence(), Subjects: names.subjects(f), More: f.More, Tags: f.Tags,
			Detail: f.Said.Full(), Said: f.Said, Settled: f.Settled, Reason: f.Reason,
		})
	}
	return page, nil
}

func settleFinding(ctx context.Context, w *workspace.Workspace, in *byID[Reason]) (Written, error) {
	return written(w.Settle(ctx, workspace.Entry{Reason: in.Body.Reason}, in.ID))
}

// names are what people call the things of a record that are no assets, by id.
type names struct {
	documents map[string]Subject
	devices   map[string]string
}

func gatherNames(ctx context.Context, w *workspace.Workspace) (n names, err error) {
	n = names{documents: map[string]Subject{}, devices: map[string]string{}}
	stream := record.WorkspaceStream().String()
	n.documents[stream] = Subject{"workspace", stream, "workspace"}
	notes, err := w.Notes(ctx, workspace.NoteQuery{Void: true})
	if err != nil {
		return n, err
	}
	for _, note := range notes {
		n.documents[note.ID] = Subject{"note", note.ID, firstWords(note.Text)}
	}
	sites, err := w.Sites(ctx)
	if err != nil {
		return n, err
	}
	for _, site := range sites {
		n.documents[site.ID] = Subject{"site", site.ID, site.Code}
	}
	members, err := w.Members(ctx)
	if err != nil {
		return n, err
	}
	for _, m := range members {
		n.documents[m.ID] = Subject{"member", m.ID, m.Name}
	}
	devices, err := w.Devices(ctx)
	for _, d := range devices {
		n.devices[d.Device] = d.Member
	}
	return n, err
}

// deviceDigits is how long a device's id is in hexadecimal; those of documents are half as long.
const deviceDigits = 64

// shortID is how much of a device's id tells it from others on a screen.
const shortID = 8

// subjects names what a finding is about. Its tags are those of the assets among its subjects, in the same order.
func (n names) subjects(f projections.FindingView) (list []Subject) {
	tags := f.Tags
	for _, id := range f.Subjects {
		device, _, feed := strings.Cut(id, "-")
		known, other := n.documents[id]
		switch {
		case len(device) == deviceDigits:
			label := strings.TrimSpace(n.devices[device] + " " + device[:shortID])
			kind := "device"
			if feed {
				kind = "feed"
			}
			list = append(list, Subject{kind, id, label})
		case other:
			list = append(list, known)
		case len(tags) > 0:
			list = append(list, Subject{"asset", id, tags[0]})
			tags = tags[1:]
		default:
			list = append(list, Subject{"document", id, id[:min(len(id), shortID)]})
		}
	}
	return list
}

// maxLabel is how many characters of a note stand for it.
const maxLabel = 60

func firstWords(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	if letters := []rune(line); len(letters) > maxLabel {
		return string(letters[:maxLabel-1]) + "…"
	}
	return line
}
