package projections

import (
	"crypto/sha256"
	"slices"

	"github.com/ncruces/go-sqlite3"
)

// actID names what an entry has in common with its neighbours of the same act, type and author. The index on clocks has it too, so
// that a page finds the end of a long act without its entries. It is half of SHA-256: nobody can hide one act in another.
type actID [16]byte

// actOf names the act of an event with a body, nil if it stands alone.
func actOf(o *Opened) []byte {
	body := o.Body
	if body.Reason == "" {
		return nil
	}
	b := appendBytes(appendHead(make([]byte, 0, 256), majorArray, 8), o.Feed.Device[:])
	b = appendBytes(appendHead(b, majorUint, uint64(o.Feed.Epoch)), o.Member[:])
	b = appendInt(b, body.Recorded)
	for _, text := range []string{body.Type, body.Source.Kind, body.Source.Name, body.Reason} {
		b = appendText(b, text)
	}
	sum := sha256.Sum256(b)
	return sum[:len(actID{})]
}

const (
	// maxIDs is how many types of event an act may have and still be leapt over; an import has two, for facts and for prose.
	maxIDs = 4
	// leapAfter is how many entries of an act a page reads one by one before it leaps, which costs about as much as reading them.
	leapAfter = 32
)

// leaps tells whether the page, in place of visiting an entry, may leap from it over the rest of its act: all that the entry and
// those like it do is to be counted. It must be the first of its clock, for a leap is from clock to clock.
func (p *pager) leaps(e *entry) bool {
	return p.q.Fold && p.act.read >= leapAfter && e.hlc != p.at.hlc && len(p.fields) == 0 && p.state == "" && slices.Contains(p.act.ids, e.act)
}

const (
	others     = `SELECT hlc FROM $events INDEXED BY $events_hlc WHERE act IS NOT ?3 AND act IS NOT ?4 AND act IS NOT ?5 AND act IS NOT ?6 AND hlc BETWEEN `
	othersUp   = others + `?1 AND ?2 ORDER BY hlc LIMIT 1`
	othersDown = others + `?2 AND ?1 ORDER BY hlc DESC LIMIT 1`
	passed     = `SELECT count(*) FROM $events INDEXED BY $events_hlc WHERE hlc BETWEEN min(?1, ?2) AND max(?1, ?2) AND hlc IS NOT ?3`
)

// leap counts the entries of the act at hand from one clock to the next that any other entry has, and gives that as the place to go
// on from, nil at the end.
func (p *pager) leap(near, far int64) (place []any, err error) {
	text, ids := othersDown, p.act.ids
	if p.q.Oldest {
		text = othersUp
	}
	args := []any{near, far}
	for i := range maxIDs {
		args = append(args, ids[min(i, len(ids)-1)][:])
	}
	counted := []any{near, far, nil}
	_, err = p.t.one(func(s *sqlite3.Stmt) error {
		at := s.ColumnInt64(0)
		place, counted = []any{at, far, nil, nil, nil, nil}, []any{near, at, at}
		return nil
	}, text, args...)
	if err != nil {
		return nil, err
	}
	p.act.read = 0
	_, err = p.t.one(func(s *sqlite3.Stmt) error { p.act.Entries += s.ColumnInt(0); return nil }, passed, counted...)
	return place, err
}
