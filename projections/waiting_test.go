package projections_test

import (
	"context"
	"testing"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

func (l *laptop) counts() projections.Counts {
	l.t.Helper()
	return view(l, func(_ context.Context, tx *eventstore.Tx) (projections.Counts, error) { return l.models.Counts(tx) })
}

func TestEditBeforeItsDependencyWaits(t *testing.T) {
	a, b, c := newLaptop(t, 1), newLaptop(t, 2), newLaptop(t, 3)
	a.site("RAV")
	id := plc(a)
	b.pull(a)
	b.set(id, "firmware=V9")
	own := b.log()[len(b.log())-1]
	c.update(func(tx *eventstore.Tx) error { return c.take(tx, []*envelope.Envelope{own}) })
	if got := c.counts().Waiting; got != 1 {
		t.Fatalf("%d waiting", got)
	}
	c.sound()
	c.pull(a)
	if got := c.counts().Waiting; got != 0 || c.current(id, "firmware") != "V9" {
		t.Fatalf("%d waiting, firmware %s", got, c.current(id, "firmware"))
	}
	a.pull(b)
	if a.digest() != c.digest() {
		t.Fatal("laptops differ")
	}
	c.sound()
}

func TestUnreadableWaitsForItsKey(t *testing.T) {
	a, b := newLaptop(t, 1), newLaptop(t, 2)
	a.site("RAV")
	ev, err := record.AddAsset{Tag: "PLC-1", Fields: assignments([]string{"site=RAV", "role=plc", "criticality=high", "lifecycle=spare", "owner_department=C", "vendor=V", "model=M"}), Reason: "r"}.Decide(a.env())
	must(t, err)
	a.update(func(tx *eventstore.Tx) error {
		body, err := a.author(tx, ev)
		if err != nil {
			return err
		}
		return a.append(tx, shutKey, body)
	})
	b.shut = true
	b.pull(a)
	if got := b.counts(); got.Waiting != 1 {
		t.Fatalf("%+v", got)
	}
	b.shut = false
	b.update(func(tx *eventstore.Tx) error {
		n, err := b.models.Retry(tx)
		if n != 1 {
			t.Errorf("%d retried", n)
		}
		return err
	})
	if b.counts().Waiting != 0 || b.digest() != a.digest() {
		t.Fatal("not taken up")
	}
	b.sound()
}

func TestMalformedChangeIsKeptAsEvidence(t *testing.T) {
	l := newLaptop(t, 1)
	l.site("RAV")
	id := plc(l)
	before := l.snapshot(id)
	l.update(func(tx *eventstore.Tx) error {
		body := l.body(record.Event{Type: "asset.field_changed", Stream: id})
		body.Change, body.Salt = []byte("no change at all"), []byte{1}
		return l.append(tx, plainKey, body)
	})
	l.expectKinds(t, "malformed")
	if l.counts().Malformed != 1 || len(before.Values) != len(l.snapshot(id).Values) {
		t.Fatalf("%+v", l.counts())
	}
	l.sound()
}

func TestRestoredDevice(t *testing.T) {
	a := newLaptop(t, 1)
	a.site("RAV")
	control := envelope.Control{Type: envelope.EpochOpened, Continues: &envelope.Tip{Feed: a.feed, Seq: a.seq, Hash: a.prev}}
	again := envelope.FeedID{Device: a.feed.Device, Epoch: 99}
	a.update(func(tx *eventstore.Tx) error {
		e := &envelope.Envelope{Header: envelope.Header{Workspace: envelope.WorkspaceID{1}, Device: again.Device, Epoch: again.Epoch, Seq: 1}, Body: envelope.EncodeControl(&control)}
		return a.take(tx, []*envelope.Envelope{e})
	})
	a.expectKinds(t, "restored_device")
	a.sound()
	rows := a.history(projections.LogQuery{})
	if rows[0].Type != envelope.EpochOpened || rows[0].Field != nil || rows[0].Source != "control" {
		t.Fatalf("%+v", rows[0])
	}
}

// signer signs for nobody: signatures are not checked here.
type signer struct{}

func (signer) Sign([]byte) ([]byte, error) { return make([]byte, 64), nil }

// receive takes the whole feed of another laptop as one segment.
func (l *laptop) receive(from *laptop) {
	l.t.Helper()
	var encoded [][]byte
	for _, e := range from.log() {
		encoded = append(encoded, e.Encode())
	}
	l.update(func(tx *eventstore.Tx) error {
		seg, err := envelope.CutSegment(1, encoded, nil, signer{})
		if err != nil {
			return err
		}
		rows, err := tx.AddSegment(seg)
		if err != nil {
			return err
		}
		var opened []projections.Opened
		for _, row := range rows {
			o, err := l.opener(row)
			if err != nil {
				return err
			}
			opened = append(opened, o)
		}
		return l.models.Apply(tx, opened)
	})
}

func TestOneFolderUsedOnTwoLaptops(t *testing.T) {
	a, b := newLaptop(t, 1), newLaptop(t, 1)
	a.site("RAV")
	b.pull(a)
	b.seq, b.prev, b.now = a.seq, a.prev, a.now
	a.add("PLC-1")
	b.ids = 100
	b.add("PLC-2")
	first, second := a.log(), b.log()
	if first[1].Seq != second[1].Seq || first[1].Hash() == second[1].Hash() {
		t.Fatal("not two envelopes of one name")
	}
	a.receive(b)
	a.expectKinds(t, "fork")
	if a.assets(projections.Query{}).Total != 2 {
		t.Fatal("an entry was lost")
	}
	a.sound()
}

func TestForgetAfterRollback(t *testing.T) {
	l := newLaptop(t, 1)
	l.site("RAV")
	id := plc(l)
	digest := l.digest()
	seq, prev := l.seq, l.prev
	err := l.store.Update(t.Context(), func(tx *eventstore.Tx) error {
		body, err := l.author(tx, record.Event{Type: "asset.field_changed", Stream: id, Edits: []record.Edit{{Key: "custodian", Value: record.StringValue("x")}}})
		if err != nil {
			return err
		}
		if err := l.append(tx, plainKey, body); err != nil {
			return err
		}
		return context.Canceled
	})
	if err == nil {
		t.Fatal("the transaction was to fail")
	}
	l.models.Forget()
	l.seq, l.prev = seq, prev
	if l.digest() != digest {
		t.Fatal("what was rolled back is still there")
	}
	l.set(id, "custodian=y")
	l.sound()
}

func TestOpenCatchesUpAndSurvivesAnInterruptedRebuild(t *testing.T) {
	l := newLaptop(t, 1)
	l.site("RAV")
	id := plc(l)
	digest := l.digest()
	ctx, cancel := context.WithCancel(t.Context())
	err := l.models.Rebuild(ctx, func(done, total int64) {
		if done > total/2 {
			cancel()
		}
	})
	if err == nil {
		t.Fatal("the rebuild was to be interrupted")
	}
	must(t, l.store.Close())
	l.open()
	if l.digest() != digest {
		t.Fatal("the live read models were touched")
	}
	l.set(id, "firmware=V3")
	l.sound()
}
