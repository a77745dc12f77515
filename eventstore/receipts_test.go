package eventstore_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"fieldbook/envelope"
	"fieldbook/eventstore"
)

// signedReceipt stands for a receipt: this package leaves form and signature to its caller.
type signedReceipt struct {
	Head    envelope.Head
	Service byte
	Time    int64
}

// signReceipt makes a service's receipt for the end of an author's segment.
func signReceipt(a *author, name eventstore.SegmentName, service byte, time int64) eventstore.Receipt {
	head := a.head()
	head.Seq, head.Hash = name.Last, a.tips[name.Last]
	data, err := json.Marshal(signedReceipt{head, service, time})
	if err != nil {
		panic(err)
	}
	return eventstore.Receipt{Head: head, Service: [32]byte{service}, Time: time, Data: data}
}

func openReceipt(data []byte) (eventstore.Receipt, error) {
	var r signedReceipt
	err := json.Unmarshal(data, &r)
	return eventstore.Receipt{Head: r.Head, Service: [32]byte{r.Service}, Time: r.Time, Data: data}, err
}

func names(t testing.TB, s *eventstore.Store, branch int64) (list []eventstore.SegmentName) {
	view(t, s, func(tx *eventstore.Tx) (err error) {
		list, err = tx.SegmentNames(branch)
		return err
	})
	return list
}

// keep keeps a receipt and says whether its segment was there.
func keep(t testing.TB, s *eventstore.Store, branch int64, name eventstore.SegmentName, r eventstore.Receipt) (kept bool) {
	update(t, s, func(tx *eventstore.Tx) (err error) {
		kept, err = tx.AddReceipt(branch, name, r)
		return err
	})
	return kept
}

func checkReceipts(t testing.TB, s *eventstore.Store) (n int64, list []eventstore.Violation) {
	n, err := s.VerifyReceipts(t.Context(), openReceipt, func(v eventstore.Violation) { list = append(list, v) })
	if err != nil {
		t.Fatal(err)
	}
	return n, list
}

// Of one service's receipts for a segment the earliest counts; each service's own is handed out, else the earliest of all.
func TestTheEarliestReceiptIsKept(t *testing.T) {
	s, a := open(t, config(t)), newAuthor(1)
	a.append(t, s, 3)
	cut(t, s, 1, a)
	name := names(t, s, 1)[0]
	for _, r := range []eventstore.Receipt{
		signReceipt(a, name, 1, 300), signReceipt(a, name, 1, 200), signReceipt(a, name, 1, 250), signReceipt(a, name, 2, 150),
	} {
		if !keep(t, s, 1, name, r) {
			t.Fatal("the segment was not found")
		}
	}
	if keep(t, s, 1, eventstore.SegmentName{Number: 1}, signReceipt(a, name, 1, 1)) {
		t.Error("a receipt for a segment that is not held was kept")
	}
	update(t, s, func(tx *eventstore.Tx) error {
		for _, want := range []struct {
			time int64
			head envelope.Head
			kept bool
		}{{120, a.head(), true}, {90, newAuthor(2).head(), false}, {90, a.head2(2), false}} {
			r := signReceipt(a, name, 2, want.time)
			r.Head = want.head
			if kept := must(tx.PlaceReceipt(r))(t); kept != want.kept {
				t.Errorf("receipt for %+v: kept %v", want.head, kept)
			}
		}
		var times []int64
		err := tx.Receipts(func(data []byte) error {
			r, err := openReceipt(data)
			times = append(times, r.Time)
			return err
		})
		if !slices.Equal(times, []int64{200, 120}) {
			t.Errorf("receipts of times %v", times)
		}
		return err
	})
	foreign := signReceipt(a, name, 1, 1)
	foreign.Head.Hash = envelope.Hash{9}
	if keep(t, s, 1, name, foreign) {
		t.Error("a receipt for another head than the segment's end was kept")
	}
	view(t, s, func(tx *eventstore.Tx) error {
		for service, want := range map[byte]int64{1: 200, 2: 120, 9: 120} {
			r, err := openReceipt(must(tx.Receipt(1, name, [32]byte{service}))(t))
			if err != nil || r.Time != want {
				t.Errorf("service %d: %d, %v", service, r.Time, err)
			}
		}
		if data := must(tx.LastReceipt(a.feed.Device, [32]byte{9}))(t); data != nil {
			t.Errorf("a receipt of a service that gave none: %s", data)
		}
		if r, err := openReceipt(must(tx.LastReceipt(a.feed.Device, [32]byte{2}))(t)); err != nil || r.Time != 120 {
			t.Errorf("last receipt %+v, %v", r, err)
		}
		return nil
	})
}

// An entry was received when the first service had any head behind it, also one on a branch that forks off later.
func TestReceivedTimes(t *testing.T) {
	s, a := open(t, config(t)), newAuthor(1)
	common := a.append(t, s, 10)
	fork := a.fork()
	a.append(t, s, 10)
	cut(t, s, 1, a)
	a.append(t, s, 10)
	cut(t, s, 1, a)
	a.append(t, s, 5)
	rows := must(addSegment(s, fork.segment(t, 1, append(common, fork.make(10)...))))(t)
	list := names(t, s, 1)
	keep(t, s, 1, list[0], signReceipt(a, list[0], 1, 900))
	keep(t, s, 1, list[1], signReceipt(a, list[1], 1, 700))
	forked := names(t, s, 2)[0]
	keep(t, s, 2, forked, signReceipt(fork, forked, 2, 500))
	view(t, s, func(tx *eventstore.Tx) error {
		times := must(tx.ReceivedTimes())(t)
		for _, want := range []struct {
			seq      uint64
			position eventstore.Position
			time     int64
		}{{1, 1, 500}, {10, 10, 500}, {11, 11, 700}, {20, 20, 700}, {30, 30, 700}, {31, 31, 0}, {11, rows[0].Position, 500}} {
			at, ok, err := times.At(a.feed, want.seq, want.position)
			if err != nil || at != want.time || ok != (want.time > 0) {
				t.Errorf("seq %d at position %d: %d %v %v, want %d", want.seq, want.position, at, ok, err, want.time)
			}
		}
		if _, ok, err := times.At(newAuthor(2).feed, 1, 1); ok || err != nil {
			t.Errorf("a feed that is not here was received: %v", err)
		}
		return nil
	})
}

// Whatever a log's holder changes behind a service's back, a receipt that is still there tells.
func TestReceiptsTellOfARewrittenLog(t *testing.T) {
	for name, c := range map[string]struct{ sql, want string }{
		"a last entry replaced":      {"UPDATE events SET body = zeroblob(60) WHERE branch = 2 AND seq = 30", "lacks"},
		"the last entries dropped":   {"DELETE FROM events WHERE branch = 2 AND seq > 20", "lacks"},
		"the last segment dropped":   {"DELETE FROM segments WHERE branch = 2 AND number = 2", "ends no segment"},
		"a segment moved":            {"UPDATE segments SET last = 29 WHERE branch = 2 AND number = 2", "ends no segment"},
		"a receipt's time":           {"UPDATE receipts SET time = 1 WHERE id = 2", "not the one"},
		"a receipt's service":        {"UPDATE receipts SET service = zeroblob(32) WHERE id = 2", "not the one"},
		"a receipt's bytes":          {"UPDATE receipts SET receipt = X'00' WHERE id = 2", "receipt 2"},
		"a receipt of another place": {"UPDATE receipts SET segment = segment + 7 WHERE id = 2", "ends no segment"},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := sample(t)
			tamper(t, cfg, c.sql)
			n, list := checkReceipts(t, open(t, cfg))
			if n != 2 || len(list) != 1 || list[0].Kind != eventstore.ReceiptViolation || !strings.Contains(list[0].Detail, c.want) {
				t.Errorf("%d checked, found %+v", n, list)
			}
		})
	}
}
