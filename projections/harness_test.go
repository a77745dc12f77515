package projections_test

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fieldbook/crdt"
	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

// laptop is a device with a log and read models of its own. Its envelopes are not sealed: the key id tells the opener what
// to do with them.
type laptop struct {
	t      testing.TB
	store  *eventstore.Store
	models *projections.Models
	feed   envelope.FeedID
	seq    uint64
	prev   envelope.Hash
	now    time.Time
	wall   time.Time // recorded time, if the wall clock is not right
	hlc    uint64
	reason string
	source envelope.Source
	ids    uint64
	member envelope.MemberID
	shut   bool // what the shut key seals is waiting
	path   string
	wait   int // documents whose words may wait for the full-text index; 0 for the usual number
}

var (
	plainKey = envelope.KeyID{7}
	shutKey  = envelope.KeyID{8}
)

var begin = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

func newLaptop(t testing.TB, number byte) *laptop {
	t.Helper()
	return newLaptopWith(t, number, 0)
}

// newLaptopWith is a laptop on which the words of so many documents wait.
func newLaptopWith(t testing.TB, number byte, wait int) *laptop {
	t.Helper()
	l := &laptop{t: t, now: begin, reason: "because", wait: wait, path: filepath.Join(t.TempDir(), "fieldbook.db")}
	l.feed = envelope.FeedID{Device: envelope.DeviceID{number, 0xdd}, Epoch: envelope.Epoch(number)}
	l.member = envelope.MemberID{number, 0xaa}
	l.open()
	t.Cleanup(func() { l.store.Close() })
	return l
}

func (l *laptop) open() {
	l.t.Helper()
	store, err := eventstore.Open(l.t.Context(), eventstore.Config{Path: l.path})
	if err != nil {
		l.t.Fatal(err)
	}
	l.store = store
	l.models, err = projections.Open(l.t.Context(), store, l.opener, projections.Config{Unindexed: l.wait, Clock: func() time.Time { return begin.Add(48 * time.Hour) }})
	if err != nil {
		l.t.Fatal(err)
	}
}

func (l *laptop) opener(row eventstore.Row) (projections.Opened, error) {
	e := row.Envelope
	o := projections.Opened{Position: row.Position, Feed: e.Feed(), Seq: e.Seq, Hash: row.Hash}
	o.Member, o.Role = envelope.MemberID{e.Device[0], 0xaa}, roleOf(e.Device)
	if e.IsControl() {
		c, err := envelope.DecodeControl(e.Body)
		o.Control = c
		return o, err
	}
	if e.Key == shutKey && l.shut {
		o.Fate = projections.Waiting
		return o, nil
	}
	body, err := envelope.DecodeBody(e.Body[:len(e.Body)-envelope.TagSize])
	o.Body = body
	if errors.Is(err, envelope.ErrNewer) {
		o.Fate, err = projections.Newer, nil
	}
	if err != nil {
		o.Fate, o.Body, err = projections.Malformed, nil, nil
	}
	return o, err
}

// as gives the laptop's member a role, which the device's id says.
func (l *laptop) as(role string) *laptop {
	l.feed.Device[2] = byte(slices.Index(roleNames, role))
	return l
}

var roleNames = []string{record.Owner, record.Engineer, record.Reviewer, record.Auditor}

func roleOf(d envelope.DeviceID) string { return roleNames[d[2]] }

func (l *laptop) update(fn func(*eventstore.Tx) error) {
	l.t.Helper()
	if err := l.store.Update(l.t.Context(), fn); err != nil {
		l.t.Fatalf("update: %+v", err)
	}
}

func view[T any](l *laptop, fn func(context.Context, *eventstore.Tx) (T, error)) T {
	l.t.Helper()
	var out T
	err := l.store.View(l.t.Context(), func(tx *eventstore.Tx) (err error) {
		out, err = fn(l.t.Context(), tx)
		return err
	})
	if err != nil {
		l.t.Fatalf("view: %v", err)
	}
	return out
}

func (l *laptop) env() record.Env {
	return record.Env{
		Now: l.now, Member: record.ID(l.member), MemberName: fmt.Sprintf("Member %d", l.member[0]), Derive: derive,
		NewID: func() record.ID {
			l.ids++
			return derive("new", fmt.Sprint(l.feed.Device[0]), fmt.Sprint(l.ids))
		},
	}
}

func derive(parts ...string) record.ID {
	sum := sha256.Sum256(fmt.Append(nil, parts))
	return record.ID(sum[:16])
}

func (l *laptop) snapshot(id record.ID) record.Snapshot {
	l.t.Helper()
	return view(l, func(_ context.Context, tx *eventstore.Tx) (record.Snapshot, error) { return l.models.Snapshot(tx, id) })
}

// write authors events on their documents and appends them in one transaction.
func (l *laptop) write(events ...record.Event) {
	l.t.Helper()
	l.update(func(tx *eventstore.Tx) error {
		var bodies []*envelope.Body
		for _, ev := range events {
			body, err := l.author(tx, ev)
			if err != nil {
				return err
			}
			bodies = append(bodies, body)
		}
		return l.append(tx, plainKey, bodies...)
	})
}

func (l *laptop) author(tx *eventstore.Tx, ev record.Event) (*envelope.Body, error) {
	body := l.body(ev)
	var err error
	switch {
	case ev.Deterministic && len(ev.Texts) == 1:
		body.Texts = []string{ev.Texts[0].Key}
		body.Change, err = crdt.AuthorText(ev.Stream, ev.Texts[0].Key, ev.Texts[0].Text)
		return body, err
	case ev.Deterministic:
		body.Change, err = crdt.AuthorNew(ev.Stream, ev.Edits)
		return body, err
	}
	h, err := l.models.History(tx, ev.Stream)
	if err != nil {
		return nil, err
	}
	body.Salt = []byte{1, 2, 3, 4, byte(l.feed.Epoch)}
	body.Change, body.Texts, err = h.Author(crdt.Actor(l.feed.Device, ev.Stream, body.Salt), l.now, ev.Edits, ev.Texts)
	if err != nil {
		return nil, err
	}
	own := projections.Opened{Feed: l.feed, Member: l.member, Role: roleOf(l.feed.Device), Body: body}
	_, _, err = h.Add(body.Change, projections.OriginOf(&own))
	return body, err
}

// body stamps an event with the clocks.
func (l *laptop) body(ev record.Event) *envelope.Body {
	l.now = l.now.Add(time.Second)
	wall := l.now
	if !l.wall.IsZero() {
		wall = l.wall
	}
	l.hlc = max(l.hlc+1, uint64(l.now.UnixMilli())<<16)
	source := l.source
	if source.Kind == "" {
		source.Kind = "manual"
	}
	return &envelope.Body{Type: ev.Type, Schema: 1, Stream: envelope.StreamID(ev.Stream), HLC: l.hlc, Recorded: wall.UnixMilli(), Reason: l.reason, Source: source}
}

// append puts bodies at the end of the feed and projects them.
func (l *laptop) append(tx *eventstore.Tx, key envelope.KeyID, bodies ...*envelope.Body) error {
	return l.take(tx, l.seal(key, bodies...))
}

func (l *laptop) seal(key envelope.KeyID, bodies ...*envelope.Body) (envs []*envelope.Envelope) {
	for _, b := range bodies {
		l.seq++
		e := &envelope.Envelope{
			Header: envelope.Header{Workspace: envelope.WorkspaceID{1}, Device: l.feed.Device, Epoch: l.feed.Epoch, Seq: l.seq, Prev: l.prev, Key: key},
			Nonce:  make([]byte, envelope.NonceSize), Body: append(envelope.EncodeBody(b), make([]byte, envelope.TagSize)...),
		}
		binary.BigEndian.PutUint64(e.Nonce, l.seq)
		envs, l.prev = append(envs, e), e.Hash()
	}
	return envs
}

// take appends envelopes of one feed and projects them.
func (l *laptop) take(tx *eventstore.Tx, envs []*envelope.Envelope) error {
	positions, err := tx.Append(envs, []byte("a signature is not checked here"))
	if err != nil {
		return err
	}
	opened := make([]projections.Opened, len(envs))
	for i, e := range envs {
		if opened[i], err = l.opener(eventstore.Row{Position: positions[i], Envelope: e, Hash: e.Hash()}); err != nil {
			return err
		}
	}
	return l.models.Apply(tx, opened)
}

func (l *laptop) log() (envs []*envelope.Envelope) {
	l.t.Helper()
	return view(l, func(_ context.Context, tx *eventstore.Tx) ([]*envelope.Envelope, error) {
		err := tx.Scan(0, func(row eventstore.Row) error {
			envs = append(envs, row.Envelope)
			return nil
		})
		return envs, err
	})
}

// pull takes what from has and l lacks, in the order in which from has it.
func (l *laptop) pull(from *laptop) {
	l.t.Helper()
	have := map[envelope.Hash]bool{}
	for _, e := range l.log() {
		have[e.Hash()] = true
	}
	for _, e := range from.log() {
		if !have[e.Hash()] {
			l.update(func(tx *eventstore.Tx) error { return l.take(tx, []*envelope.Envelope{e}) })
			l.hlc = max(l.hlc, from.hlc)
		}
	}
}

func (l *laptop) digest() [32]byte {
	l.t.Helper()
	return view(l, func(_ context.Context, tx *eventstore.Tx) ([32]byte, error) { return l.models.Digest(tx, [32]byte{}) })
}

func (l *laptop) findings() []projections.FindingView {
	l.t.Helper()
	return view(l, func(ctx context.Context, tx *eventstore.Tx) ([]projections.FindingView, error) {
		return l.models.Findings(ctx, tx, false)
	})
}

// kinds lists the kinds of open findings, each once.
func (l *laptop) kinds() []string {
	l.t.Helper()
	kinds := []string{}
	for _, f := range l.findings() {
		kinds = append(kinds, f.Kind)
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

func (l *laptop) conflicts() []projections.Conflict {
	l.t.Helper()
	return view(l, func(ctx context.Context, tx *eventstore.Tx) ([]projections.Conflict, error) {
		return l.models.Conflicts(ctx, tx, projections.ConflictQuery{})
	})
}

func (l *laptop) assets(q projections.Query) projections.Page {
	l.t.Helper()
	return view(l, func(ctx context.Context, tx *eventstore.Tx) (projections.Page, error) {
		return l.models.Assets(ctx, tx, q)
	})
}

func (l *laptop) history(q projections.LogQuery) (rows []projections.LogRow) {
	l.t.Helper()
	return view(l, func(ctx context.Context, tx *eventstore.Tx) ([]projections.LogRow, error) {
		err := l.models.Log(ctx, tx, q, func(row projections.LogRow) error {
			rows = append(rows, row)
			return nil
		})
		return rows, err
	})
}

// sound checks that a rebuild gives the same rows and the same digest.
func (l *laptop) sound() {
	l.t.Helper()
	c, err := l.models.Compare(l.t.Context(), nil)
	if err != nil {
		l.t.Fatal(err)
	}
	if !c.Same() {
		l.t.Fatalf("rebuilt tables differ: %v", c.Tables)
	}
	before := l.digest()
	if err := l.models.Rebuild(l.t.Context(), nil); err != nil {
		l.t.Fatal(err)
	}
	if l.digest() != before {
		l.t.Fatal("the digest changed in a rebuild")
	}
}
