package workspace

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"fieldbook/crdt"
	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

// Entry is what a person says about a write besides the write itself.
type Entry struct {
	// Reason says why; rules demand one for most writes.
	Reason string
	// Observed is when the engineer saw it, if that was not now.
	Observed *time.Time
}

// bodySchema is the version of the sealed body this program writes.
const bodySchema = 1

// source says how entries came about; the zero value is "typed by hand".
type source struct {
	kind  string
	batch []byte
	name  string
	count uint64
}

// batch collects the entries of one transaction: it authors, seals, chains and
// appends them. One signed head at the end covers all of them.
type batch struct {
	ctx    context.Context
	w      *Workspace
	tx     *eventstore.Tx
	entry  Entry
	source source
	member envelope.Member
	acl    []envelope.Hash
	branch eventstore.Branch
	index  uint64
	now    time.Time
	clock  clock

	envelopes []*envelope.Envelope
	opened    []projections.Opened
	pending   map[record.ID]bool   // documents of the collected entries
	controls  []*envelope.Envelope // replayed once the transaction has committed
}

// flushEvery bounds the memory of a large batch: so many entries are appended
// and projected at a time, still in one transaction.
const flushEvery = 2000

// write runs decide in one transaction and appends what it puts into the batch.
// A failure anywhere leaves log, read models and caches as they were.
func (w *Workspace) write(ctx context.Context, entry Entry, src source, decide func(*batch) error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.ensureKey(ctx); err != nil {
		return err
	}
	return w.writeLocked(ctx, entry, src, decide)
}

func (w *Workspace) writeLocked(ctx context.Context, entry Entry, src source, decide func(*batch) error) error {
	if w.met.Load() {
		if err := w.openEpoch(ctx); err != nil {
			return err
		}
	}
	var b *batch
	err := w.store.Update(ctx, func(tx *eventstore.Tx) (err error) {
		if b, err = w.newBatch(ctx, tx, entry, src); err != nil {
			return err
		}
		if err := decide(b); err != nil {
			return err
		}
		if err := b.finish(); err != nil {
			return err
		}
		return ctx.Err() // who has given up wants none of it
	})
	if err != nil {
		w.models.Forget()
		return err
	}
	w.committed(b)
	return nil
}

// committed takes over what a batch changed beside the log, and says that it did.
func (w *Workspace) committed(b *batch) {
	w.clock = b.clock
	if len(b.controls) > 0 {
		w.roster.Admit(b.controls...)
		// What this device wrapped for itself is at hand from now on. That it holds keys was so before.
		_ = w.roster.Take(w.identity)
	}
	w.revision.move()
}

func (w *Workspace) newBatch(ctx context.Context, tx *eventstore.Tx, entry Entry, src source) (*batch, error) {
	member, err := w.self()
	if err != nil {
		return nil, err
	}
	branch, err := w.tip(tx)
	if err != nil {
		return nil, err
	}
	if src.kind == "" {
		src.kind = "manual"
	}
	return &batch{
		ctx: ctx, w: w, tx: tx, entry: entry, source: src, member: member, acl: w.roster.Refs(nil),
		branch: branch, now: w.cfg.now(), clock: w.clock, pending: map[record.ID]bool{},
	}, nil
}

// env is what the domain's rules may know of their surroundings.
func (b *batch) env() record.Env {
	return record.Env{
		Now: b.now, Zone: b.w.Zone(), Member: record.ID(b.member.ID), MemberName: b.w.name,
		NewID: newID, Derive: func(parts ...string) record.ID { return b.w.roster.Derive(parts...) },
	}
}

func newID() (id record.ID) {
	rand.Read(id[:]) // never fails: crypto/rand crashes the program instead
	return id
}

// add authors the change of one decided event on its document and seals it
// onto the end of the feed.
func (b *batch) add(ev record.Event) error {
	if err := record.Allowed(record.ActOf(ev, string(b.member.Role), record.ID(b.member.ID))); err != nil {
		return err // nobody would let it count
	}
	body, err := b.author(ev)
	if err != nil {
		return fmt.Errorf("%s: %w", ev.Type, err)
	}
	e, err := b.seal(body)
	if err != nil {
		return err
	}
	b.chain(e, projections.Opened{Body: body})
	b.pending[ev.Stream] = true
	if len(b.envelopes) >= flushEvery {
		return b.flush()
	}
	return nil
}

// addAll adds events in their order.
func (b *batch) addAll(events []record.Event) error {
	for _, ev := range events {
		if err := b.add(ev); err != nil {
			return err
		}
	}
	return nil
}

// control chains a control event, which is signed but not sealed; what follows
// in the batch refers to it.
func (b *batch) control(c *envelope.Control) error {
	e := &envelope.Envelope{Header: b.header(envelope.KeyID{}), Body: envelope.EncodeControl(c)}
	b.chain(e, projections.Opened{Control: c})
	b.controls = append(b.controls, e)
	b.acl = []envelope.Hash{b.branch.Hash} // which refers to all that b.acl held
	return nil
}

// author makes the event's body around its Automerge change.
func (b *batch) author(ev record.Event) (*envelope.Body, error) {
	body := &envelope.Body{
		Type: ev.Type, Schema: bodySchema, Stream: envelope.StreamID(ev.Stream),
		HLC: b.clock.tick(b.now), Recorded: b.now.UnixMilli(), Reason: b.entry.Reason,
		Source: envelope.Source{Kind: b.source.kind, Batch: b.source.batch, Name: b.source.name, Count: b.source.count},
	}
	body.Source.Index = b.index
	if b.source.batch != nil {
		b.index++
	}
	if b.entry.Observed != nil {
		ms := b.entry.Observed.UnixMilli()
		body.Observed = &ms
	}
	var err error
	if ev.Deterministic {
		body.Change, body.Texts, err = authorDeterministic(ev)
		return body, err
	}
	h, err := b.w.models.History(b.tx, ev.Stream)
	if err != nil {
		return nil, err
	}
	body.Salt = b.w.salt
	actor := crdt.Actor(b.w.device, ev.Stream, b.w.salt)
	body.Change, body.Texts, err = h.Author(actor, b.now, ev.Edits, ev.Texts)
	if err != nil {
		return nil, err
	}
	own := projections.Opened{Feed: b.branch.Feed, Member: b.member.ID, Role: string(b.member.Role), Body: body}
	_, _, err = h.Add(body.Change, projections.OriginOf(&own))
	return body, err
}

func authorDeterministic(ev record.Event) (change []byte, texts []string, err error) {
	if len(ev.Texts) == 1 {
		change, err = crdt.AuthorText(ev.Stream, ev.Texts[0].Key, ev.Texts[0].Text)
		return change, []string{ev.Texts[0].Key}, err
	}
	change, err = crdt.AuthorNew(ev.Stream, ev.Edits)
	return change, nil, err
}

// seal encrypts a body under the sealing key with the envelope's header as
// associated data.
func (b *batch) seal(body *envelope.Body) (*envelope.Envelope, error) {
	if err := body.Check(); err != nil {
		return nil, fmt.Errorf("%s: %w", body.Type, err)
	}
	id, err := b.w.roster.Sealing()
	if err != nil {
		return nil, err
	}
	key, err := b.w.roster.Key(id)
	if err != nil {
		return nil, err
	}
	e := &envelope.Envelope{Header: b.header(id)}
	e.Nonce, e.Body, err = key.Seal(e.AD(), envelope.EncodeBody(body))
	return e, err
}

func (b *batch) header(key envelope.KeyID) envelope.Header {
	return envelope.Header{
		Workspace: b.w.id, Device: b.branch.Feed.Device, Epoch: b.branch.Feed.Epoch,
		Seq: b.branch.Seq + 1, Prev: b.branch.Hash, Key: key, ACL: b.acl,
	}
}

// chain makes e the new tip of the feed.
func (b *batch) chain(e *envelope.Envelope, o projections.Opened) {
	o.Feed, o.Seq, o.Hash, o.Fate = e.Feed(), e.Seq, e.Hash(), projections.Accepted
	o.Member, o.Role = b.member.ID, string(b.member.Role)
	b.branch.Seq, b.branch.Hash = e.Seq, o.Hash
	b.envelopes = append(b.envelopes, e)
	b.opened = append(b.opened, o)
}

// finish appends what is left and remembers the clock.
func (b *batch) finish() error {
	if err := b.flush(); err != nil {
		return err
	}
	return setMetaUint(b.tx, metaClock, b.clock.last)
}

// flush appends and projects what was collected, under a signed head.
func (b *batch) flush() error {
	if len(b.envelopes) == 0 {
		return nil
	}
	if err := b.project(); err != nil {
		return err
	}
	if err := b.append(); err != nil {
		return err
	}
	b.envelopes, b.opened = b.envelopes[:0], b.opened[:0]
	clear(b.pending)
	if b.source.count > 0 {
		b.w.cfg.report(b.ctx, "saving", int64(b.index), int64(b.source.count))
	}
	return nil
}

// project brings the read models up to date with the entries, at the positions
// that they are about to take.
func (b *batch) project() error {
	last, err := b.tx.Last()
	if err != nil {
		return err
	}
	for i := range b.opened {
		b.opened[i].Position = last + 1 + eventstore.Position(i)
	}
	if err := b.w.models.Apply(b.tx, b.opened); err != nil {
		return fmt.Errorf("projecting: %w", err)
	}
	return nil
}

// append signs the head of the feed and puts the entries into the log, at the
// positions for which they were projected. Signing beside the projection would take
// longer: to wake another core costs as much as a signature.
func (b *batch) append() error {
	sig, err := envelope.SignHead(envelope.Head{
		Workspace: b.w.id, Device: b.branch.Feed.Device, Epoch: b.branch.Feed.Epoch,
		Seq: b.branch.Seq, Hash: b.branch.Hash,
	}, b.w.identity)
	if err != nil {
		return err
	}
	positions, err := b.tx.Append(b.envelopes, sig)
	if err != nil {
		return fmt.Errorf("appending: %w", err)
	}
	if at := b.opened[0].Position; positions[0] != at {
		return fmt.Errorf("appending: position %d, projected as %d", positions[0], at)
	}
	return nil
}
