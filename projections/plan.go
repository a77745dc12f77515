package projections

import (
	"slices"
	"strings"

	"fieldbook/record"
)

// plan is a query as SQL over the narrow asset table, and what SQL cannot decide.
type plan struct {
	where  []string
	args   []any
	terms  []term              // decided by the full-text index
	verify []record.Assignment // decided on each document
	never  bool                // nothing can fit
	wide   bool                // conditions are on more than the index on status has
}

func (p *plan) and(condition string, args ...any) {
	p.where = append(p.where, condition)
	p.args = append(p.args, args...)
}

func newPlan(q Query) (*plan, error) {
	p := &plan{wide: q.Site != "" || q.AsOf != nil}
	if q.Site != "" {
		p.and("a.site = ?", strings.ToUpper(strings.TrimSpace(q.Site)))
	}
	p.terms = termsOf(q.Search)
	p.never = len(p.terms) == 0 && strings.TrimSpace(q.Search) != ""
	for _, name := range sortedKeys(q.Where) {
		if err := p.field(record.Assignment{Field: name, Text: q.Where[name]}); err != nil {
			return nil, err
		}
	}
	if q.AsOf != nil {
		p.and("a.last <= ?", bound(q.AsOf))
	}
	p.and(p.statusCondition(q))
	return p, nil
}

// statusCondition leaves out what is in no list. A list or a search is read from the index on status alone, a tenth of the
// table; the plus keeps the others from it, since they need the whole row.
func (p *plan) statusCondition(q Query) string {
	switch {
	case q.IncludeVoid:
		return "a.status IN (0, 1)"
	case p.wide:
		return "+a.status = 0"
	}
	return "a.status = 0"
}

// field adds a condition on one field. Where only the document decides, the words of the text narrow the search.
func (p *plan) field(a record.Assignment) error {
	f, ok := record.Lookup(record.Asset, a.Field)
	if !ok {
		_, err := record.Matches(record.Snapshot{Entity: record.Asset}, a) // names the fields it may mean
		return err
	}
	v, err := f.Parse(a.Text)
	if err != nil {
		return err
	}
	switch at := slices.IndexFunc(columns, func(c column) bool { return c.field.Name == f.Name }); {
	case f.Key == "tag" && f.Scope == record.Own:
		p.and("a.doc IN (SELECT doc FROM $keys WHERE kind = 1 AND value = ?)", record.NormTag(v.Display()))
	case f.Key == "site" && f.Scope == record.Own:
		p.and("a.site = ?", v.Display())
	case at >= 0 && v.IsNull():
		p.wide = true
		p.and("a." + columns[at].name + " IS NULL")
	case at >= 0:
		p.wide = true
		p.and("a."+columns[at].name+" = ?", columns[at].of(v))
	case strings.HasPrefix(f.Key, ownPrefix) && !v.IsNull():
		p.terms = append(p.terms, term{word: ownWord(f.Key, v), whole: true})
	default:
		p.verify = append(p.verify, a)
		if f.Type == record.Prose {
			p.terms = append(p.terms, termsOf(a.Text)...)
		}
	}
	return nil
}
