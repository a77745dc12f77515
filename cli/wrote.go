package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"fieldbook/record"
	"fieldbook/workspace"
)

// beginning is how much of an id people are shown and type again.
const beginning = 8

// wrote prints what a write to one entity did: JSON with ids, or words of people. An asset goes by its tag, anything else by
// what it is; where that ends in a blank, as "note ", the beginning of the id follows, which the next command asks for.
func (a *app) wrote(ctx context.Context, w *workspace.Workspace, what string, done workspace.Written, err error) error {
	if err != nil {
		return err
	}
	return a.term.answer(done, func(out io.Writer) {
		name := oneLine(what)
		switch {
		case done.Tag != nil:
			name = oneLine(*done.Tag)
		case what == "" || strings.HasSuffix(what, " "):
			name += done.ID[:beginning]
		}
		if done.Events == 0 {
			fmt.Fprintf(out, "nothing to change: %s is so already\n", name)
			return
		}
		fmt.Fprintf(out, "saved: %s\n", name)
		say := sayer{ctx: ctx, w: w, id: done.ID}
		for _, change := range done.Changes {
			if line := say.line(change); line != "" {
				fmt.Fprintf(out, "  %s\n", line)
			}
		}
	})
}

// sayer puts changes of one entity into words.
type sayer struct {
	ctx context.Context
	w   *workspace.Workspace
	id  string
}

// line is one change, or nothing where another line of the same write says it.
func (p sayer) line(c record.Difference) string {
	switch head, rest, _ := strings.Cut(c.Field, "/"); head {
	case "unit":
		return "another unit is installed"
	case "void":
		if c.After == "" {
			return "stands again"
		}
		return "struck: " + oneLine(c.After)
	case "assets":
		return "about " + p.asset(rest)
	case "merged_into":
		if c.After == "" {
			return "stands by itself again"
		}
		return "merged into " + p.asset(c.After)
	case "amends":
		return "amends note " + c.After[:min(beginning, len(c.After))]
	case "signatures":
		if strings.HasSuffix(rest, "/name") {
			return "signed by " + oneLine(c.After)
		}
		return ""
	case "interfaces":
		id, field, _ := strings.Cut(rest, "/")
		c.Field = "interfaces/" + p.port(id) + "/" + field
	}
	return fmt.Sprintf("%s: %s → %s", oneLine(c.Field), quote(c.Before), quote(c.After))
}

// asset is an asset's tag and site, or its id where there is no such asset here.
func (p sayer) asset(id string) string {
	found, err := p.w.ShowAsset(p.ctx, id, nil)
	if err != nil {
		return id
	}
	return fmt.Sprintf("%s (%s)", oneLine(found.Tag), oneLine(found.Site))
}

// port is the name of an interface of the asset, or its id where it has none.
func (p sayer) port(id string) string {
	found, err := p.w.ShowAsset(p.ctx, p.id, nil)
	field, _ := record.Lookup(record.Asset, "interface_name")
	if err == nil {
		if name := record.ShowPart(found.Snapshot, field, id); name != "" {
			return name
		}
	}
	return id
}
