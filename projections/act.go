package projections

import "slices"

// unfolded is how many entries of one act a folding page still gives one by one.
const unfolded = 3

// Act is what one act of a person wrote in many entries, as an import does, given as its first entry in the order of the page.
type Act struct {
	Entries int      `json:"entries"` // that fit the query and stand next to each other
	Types   []string `json:"types"`   // of event among them, in the order they come
}

// act is the run of neighbouring entries, written by one act, that a folding page has reached.
type act struct {
	*Act
	first *entry
	start int     // place on the page of its first row
	rows  int     // of its first entry on the page
	ids   []actID // its names so far, maxIDs at most
	read  int     // entries since it began, or since the last leap
}

// has tells whether an entry belongs to the act: all that one act writes has one recorded time, to the millisecond, one source and
// one reason. Entries without a reason, such as those about members, stand alone.
func (a *act) has(e *entry) bool {
	f := a.first
	return f != nil && f.device == e.device && f.epoch == e.epoch && f.recorded != nil && e.recorded != nil && *f.recorded == *e.recorded &&
		f.source == e.source && f.name == e.name && f.reason != "" && f.reason == e.reason
}

func (a *act) folded() bool { return a.first != nil && a.Entries > unfolded }

// folds tells of a further entry of a folded act, without making its rows, that the page has nothing but to count it.
func (p *pager) folds(e *entry) bool {
	return p.q.Fold && p.act.folded() && len(p.fields) == 0 && p.act.has(e) && p.fits(e) && p.wanted(e)
}

// enter counts the entry at hand to its act, and folds the act when it has become long.
func (p *pager) enter() {
	a := &p.act
	if !a.has(p.at) {
		*a = act{Act: &Act{}, first: p.at, start: len(p.page.Items)}
	}
	if a.Entries++; !slices.Contains(a.Types, p.at.kind) {
		a.Types = append(a.Types, p.at.kind)
	}
	if a.read++; len(a.ids) < maxIDs && !slices.Contains(a.ids, p.at.act) {
		a.ids = append(a.ids, p.at.act)
	}
	if a.Entries == 2 {
		a.rows = len(p.page.Items) - a.start
	}
	if a.folded() && a.rows > 0 {
		p.page.Items = p.page.Items[:a.start+a.rows]
		p.page.Items[a.start].Act = a.Act
	}
}

// back is where the next page begins: before an act that this page has begun and can neither finish nor fold.
func (p *pager) back() cursor {
	if p.q.Fold && p.act.has(p.at) && !p.act.folded() {
		p.page.Items = p.page.Items[:p.act.start]
		return cursor{p.act.first, 0}
	}
	return cursor{p.at, p.given}
}

// full tells whether a further row is for the next page. The first act of a folding page goes beyond the limit, so that no page is empty.
func (p *pager) full() bool {
	return len(p.page.Items) >= p.limit && !(p.q.Fold && p.act.start == 0)
}
