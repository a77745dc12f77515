package projections

import (
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/record"
)

// names puts ids and keys into a person's words while a query runs.
type names struct {
	t       table
	members map[record.ID]string
	docs    map[int64]*docNames
}

// docNames is what an answer says of a document.
type docNames struct {
	stream record.ID
	entity record.Entity
	tag    string // empty unless an asset
	snap   record.Snapshot
	fields map[string]string
}

// maxNamed bounds the documents remembered during one query.
const maxNamed = 2048

func (t table) names() (*names, error) {
	n := &names{t: t, members: map[record.ID]string{}, docs: map[int64]*docNames{}}
	err := t.each(func(s *sqlite3.Stmt) error {
		var id record.ID
		copy(id[:], s.ColumnRawBlob(0))
		n.members[id] = s.ColumnText(1)
		return nil
	}, `SELECT stream, tag FROM $docs WHERE entity = 'member' AND entity <> 'asset'`)
	return n, err
}

// member is a person's name, or the id where there is no name.
func (n *names) member(id record.ID) string {
	if name := n.members[id]; name != "" {
		return name
	}
	if id.IsZero() {
		return ""
	}
	return id.String()
}

// doc names a document by its row number.
func (n *names) doc(id int64) (*docNames, error) {
	if d := n.docs[id]; d != nil {
		return d, nil
	}
	d := &docNames{fields: map[string]string{}}
	var state []byte
	_, err := n.t.one(func(s *sqlite3.Stmt) error {
		copy(d.stream[:], s.ColumnRawBlob(0))
		d.entity, state = record.Entity(s.ColumnText(1)), s.ColumnBlob(3, nil)
		if d.entity == record.Asset {
			d.tag = s.ColumnText(2)
		}
		return nil
	}, `SELECT stream, entity, tag, state FROM $docs WHERE id = ?`, id)
	if err != nil {
		return nil, err
	}
	if len(state) > 0 {
		st, err := decodeState(d.stream, state)
		if err != nil {
			return nil, err
		}
		d.snap = st.snapshot()
	}
	if len(n.docs) >= maxNamed {
		clear(n.docs)
	}
	n.docs[id] = d
	return d, nil
}

// field is what history calls a key. Fields of any unit of the position are named bare, as time tells them apart; further
// interfaces by what they are called now.
func (d *docNames) field(key string) string {
	if name, ok := d.fields[key]; ok {
		return name
	}
	snap := d.snap
	if rest, ok := strings.CutPrefix(key, "units/"); ok {
		id, _, _ := strings.Cut(rest, "/")
		snap = record.Snapshot{Entity: record.Asset, Values: map[string][]record.Value{"unit": {record.StringValue(id)}}}
	}
	name := record.NameOfKey(d.entity, key, snap)
	if called, ok := record.InterfaceField(d.snap, name); ok {
		name = called
	}
	d.fields[key] = name
	return name
}

// stamp writes milliseconds since 1970 as RFC 3339 UTC.
func stamp(ms int64) *string {
	text := time.UnixMilli(ms).UTC().Format(time.RFC3339Nano)
	return &text
}

func nullable(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// plain shows values of one key: one as itself, several joined, none as null.
func plain(values []record.Value) any {
	switch len(values) {
	case 0:
		return nil
	case 1:
		return values[0].JSON()
	}
	var shown []string
	for _, v := range values {
		shown = append(shown, v.Display())
	}
	return strings.Join(shown, " | ")
}
