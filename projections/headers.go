package projections

import (
	"context"
	"slices"
	"strings"

	"fieldbook/eventstore"
)

// customPrefix begins the names of custom fields.
const customPrefix = "custom."

// maxHeaders bounds how many custom fields beyond the usual ones are known by name.
const maxHeaders = 1000

// Headers lists the titles of the custom fields that assets have, in natural order: what columns and filters can be made of
// beside the fields of the record. It costs what a list costs. Of very many, a title may be told that no asset has any more.
func (m *Models) Headers(ctx context.Context, tx *eventstore.Tx) (headers []string, err error) {
	l := &lister{ctx: ctx, m: m, tx: tx}
	err = l.with(func(g *grid, _ []int32) error {
		for name, c := range g.fields {
			if header, own := strings.CutPrefix(name, customPrefix); own && g.uses(c) {
				headers = append(headers, header)
			}
		}
		for name := range g.more {
			if g.fields[name] == nil {
				headers = append(headers, strings.TrimPrefix(name, customPrefix))
			}
		}
		return nil
	})
	slices.SortFunc(headers, compareNatural)
	return headers, err
}

// uses tells whether an asset of now has a text in a column.
func (g *grid) uses(c *gridColumn) bool {
	for row, code := range c.codes[:min(len(c.codes), g.present)] {
		if code != 0 && g.rows[row].status != gone {
			return true
		}
	}
	return false
}
