package projections

import (
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/crdt"
	"fieldbook/eventstore"
	"fieldbook/record"
	"fieldbook/wording"
)

// ConflictQuery selects fields with several live values. Its zero value is all of them.
type ConflictQuery struct {
	Stream record.ID // of one document; zero is all
	Limit  int       // how many are given at most; 0 is all
}

// Conflicts lists the fields with several live values, by site, tag and field. Those of struck and of merged assets are left
// out: nobody need decide them.
func (m *Models) Conflicts(ctx context.Context, tx *eventstore.Tx, q ConflictQuery) ([]Conflict, error) {
	t, err := m.live(tx)
	if err != nil {
		return nil, err
	}
	// Of one document the index on documents finds them, whatever else is open.
	limit, only, of := int64(cmp.Or(q.Limit, -1)), "", []any{}
	if !q.Stream.IsZero() {
		doc, _, err := t.readDoc(q.Stream)
		if err != nil || doc == 0 {
			return []Conflict{}, err
		}
		only, of = "AND f.doc = ?", append(of, doc)
	}
	stored, err := t.findings(`SELECT f.id, f.kind, f.subjects, f.cause, f.doc, ifnull(d.status, 0) FROM $findings f LEFT JOIN $docs d ON d.id = f.doc
		WHERE f.kind = 'concurrent_values' AND d.status = 0 `+only+` ORDER BY d.site, d.tag, f.id LIMIT ?`, append(of, limit)...)
	if err != nil {
		return nil, fmt.Errorf("listing conflicts: %w", err)
	}
	names, err := t.names()
	if err != nil {
		return nil, fmt.Errorf("listing conflicts: %w", err)
	}
	list := []Conflict{}
	for i := range stored {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c, err := t.conflict(names, &stored[i])
		if err != nil {
			return nil, fmt.Errorf("listing conflicts: %w", err)
		}
		list = append(list, c)
	}
	return list, nil
}

// FindConflict resolves a conflict's id or a unique beginning of one.
func (m *Models) FindConflict(tx *eventstore.Tx, ref string) (Conflict, error) {
	t, err := m.live(tx)
	if err != nil {
		return Conflict{}, err
	}
	f, err := t.findingByID("conflict", ref, `f.kind = 'concurrent_values'`)
	if err != nil {
		return Conflict{}, err
	}
	names, err := t.names()
	if err != nil {
		return Conflict{}, err
	}
	return t.conflict(names, f)
}

// conflict shows one field with its live values, the current one first.
func (t table) conflict(names *names, f *storedFinding) (Conflict, error) {
	d, err := names.doc(f.doc)
	if err != nil {
		return Conflict{}, err
	}
	st, err := t.stateOf(f.doc)
	if err != nil {
		return Conflict{}, err
	}
	current := d.snap.Current(f.Key)
	c := Conflict{
		ID: hex.EncodeToString(f.full[:]), Entity: string(d.entity), Tag: nullable(d.tag), Field: record.NameOfKey(d.entity, f.Key, d.snap),
		Current: current.JSON(), Stream: d.stream, Key: f.Key,
	}
	if f.Key == "unit" {
		c.Field = "unit"
	}
	entries, err := t.entries(f.doc)
	if err != nil {
		return Conflict{}, err
	}
	slices.SortFunc(entries, compareEntries)
	for _, op := range st.live(f.Key) {
		c.Values = append(c.Values, asserted(names, d.snap, f.Key, op, entries))
	}
	slices.SortStableFunc(c.Values, func(a, b ConflictValue) int { return cmp.Compare(rank(a, current), rank(b, current)) })
	return c, nil
}

func rank(v ConflictValue, current record.Value) int {
	if v.Raw.Equal(current) {
		return 0
	}
	return 1
}

// asserted is one live value with who said so: the first event, in the order of history, that carries the change.
func asserted(names *names, snap record.Snapshot, key string, op crdt.Live, entries []*entry) ConflictValue {
	v := ConflictValue{Value: op.Value.JSON(), Display: op.Value.Display(), Raw: op.Value}
	if key == "unit" {
		v.Display = describeUnit(snap, op.Value.Str)
	}
	at := slices.IndexFunc(entries, func(e *entry) bool { return e.state == stateAccepted && !e.bare && e.change == op.Change })
	if at < 0 {
		return v
	}
	e := entries[at]
	v.Member, v.Device, v.Reason = names.member(e.member), e.device.String(), nullable(e.reason)
	if e.recorded != nil {
		v.RecordedAt = stamp(*e.recorded)
	}
	return v
}

// describeUnit names a unit by vendor, model and serial number.
func describeUnit(snap record.Snapshot, id string) string {
	var parts []string
	for _, key := range []string{"vendor", "model", "serial"} {
		if v := snap.Current("units/" + id + "/" + key).Display(); v != "" {
			parts = append(parts, v)
		}
	}
	if len(parts) == 0 {
		return id
	}
	return strings.Join(parts, " ")
}

// storedFinding is a row of findings.
type storedFinding struct {
	finding
	full   [32]byte
	doc    int64
	status status
}

func (t table) findings(query string, args ...any) (list []storedFinding, err error) {
	err = t.query(func(s *sqlite3.Stmt) error {
		f, err := readFinding(s)
		list = append(list, f)
		return err
	}, query, args...)
	return list, err
}

// findingByID resolves an id or a unique beginning of one among findings that meet a condition.
func (t table) findingByID(what wording.Pattern, ref, condition string) (*storedFinding, error) {
	ref = strings.ToLower(strings.TrimSpace(ref))
	from, to, ok := hexRange(ref, 32)
	if !ok {
		return nil, &NotFound{What: what, Ref: ref}
	}
	fit, err := t.findings(`SELECT f.id, f.kind, f.subjects, f.cause, f.doc, ifnull(d.status, 0) FROM $findings f LEFT JOIN $docs d ON d.id = f.doc
		WHERE f.id BETWEEN ? AND ? AND `+condition+` ORDER BY f.id LIMIT 20`, from, to)
	if err != nil {
		return nil, err
	}
	switch len(fit) {
	case 0:
		return nil, &NotFound{What: what, Ref: ref}
	case 1:
		return &fit[0], nil
	}
	a := &Ambiguous{What: what, Ref: ref}
	for i := range fit {
		a.Candidates = append(a.Candidates, Candidate{ID: hex.EncodeToString(fit[i].full[:]), Label: fit[i].Kind})
	}
	return nil, a
}
