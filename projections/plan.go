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
	verify []record.Assignment // decided on each document
	never  bool                // nothing can fit
}

func (p *plan) and(condition string, args ...any) {
	p.where = append(p.where, condition)
	p.args = append(p.args, args...)
}

func newPlan(q Query) (*plan, error) {
	p := &plan{}
	p.and(statusCondition(q))
	if q.Site != "" {
		p.and("a.site = ?", strings.ToUpper(strings.TrimSpace(q.Site)))
	}
	terms := match(q.Search)
	p.never = terms == "" && strings.TrimSpace(q.Search) != ""
	for _, name := range sortedKeys(q.Where) {
		more, err := p.field(record.Assignment{Field: name, Text: q.Where[name]})
		if err != nil {
			return nil, err
		}
		if more != "" {
			terms = strings.TrimPrefix(terms+" AND "+more, " AND ")
		}
	}
	if terms != "" {
		p.and("a.doc IN (SELECT rowid FROM $fts WHERE $fts MATCH ?)", terms)
	}
	if q.AsOf != nil {
		p.and("a.last <= ?", bound(q.AsOf))
	}
	return p, nil
}

// statusCondition leaves out what is in no list. A list without conditions is read from the index on status alone; the plus
// keeps the others from it, since they need the whole row.
func statusCondition(q Query) string {
	switch {
	case q.IncludeVoid:
		return "a.status IN (0, 1)"
	case len(q.Where) == 0 && q.Search == "" && q.Site == "" && q.AsOf == nil:
		return "a.status = 0"
	}
	return "+a.status = 0"
}

// field adds a condition on one field; the text it gives narrows the search where only the document decides.
func (p *plan) field(a record.Assignment) (terms string, err error) {
	f, ok := record.Lookup(record.Asset, a.Field)
	if !ok {
		_, err := record.Matches(record.Snapshot{Entity: record.Asset}, a) // names the fields it may mean
		return "", err
	}
	v, err := f.Parse(a.Text)
	if err != nil {
		return "", err
	}
	switch at := slices.IndexFunc(columns, func(c column) bool { return c.field.Name == f.Name }); {
	case f.Key == "tag" && f.Scope == record.Own:
		p.and("a.doc IN (SELECT doc FROM $keys WHERE kind = 1 AND value = ?)", record.NormTag(v.Display()))
	case f.Key == "site" && f.Scope == record.Own:
		p.and("a.site = ?", v.Display())
	case at >= 0 && v.IsNull():
		p.and("a." + columns[at].name + " IS NULL")
	case at >= 0:
		p.and("a."+columns[at].name+" = ?", columns[at].hash(v))
	case strings.HasPrefix(f.Key, ownPrefix) && !v.IsNull():
		return `"` + ownWord(f.Key, v) + `"`, nil
	default:
		p.verify = append(p.verify, a)
		if f.Type == record.Prose {
			return match(a.Text), nil
		}
	}
	return "", nil
}
