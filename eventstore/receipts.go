package eventstore

import (
	"context"
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/envelope"
)

// Receipt is a service's word, at a time of its own, that it holds everything up to the end of a segment. The caller has
// checked the signature.
type Receipt struct {
	// Head is the end of the segment.
	Head envelope.Head
	// Service is the id of the service that signed.
	Service [32]byte
	// Time is the service's clock in ms since 1970 UTC.
	Time int64
	// Data is the receipt as it was signed (docs/format/receipt.md).
	Data []byte
}

// AddReceipt keeps a receipt beside the segment of that name that ends in a branch. Of several that one service gave, the
// earliest stays. False: there is no such segment, or it does not end in the receipt's head, and nothing was kept.
func (t *Tx) AddReceipt(branch int64, name SegmentName, r Receipt) (bool, error) {
	if !t.writes {
		return false, ErrReadOnly
	}
	kept, err := t.addReceipt(branch, name, &r)
	return kept, fail("keep a receipt", err)
}

func (t *Tx) addReceipt(branch int64, name SegmentName, r *Receipt) (bool, error) {
	b, err := t.byID(branch)
	if err != nil {
		return false, err
	}
	id, err := t.segmentID(branch, name)
	if err != nil || id == 0 {
		return false, err
	}
	last, err := t.conn.count("SELECT last FROM segments WHERE id = ?", id)
	if err != nil {
		return false, err
	}
	end := b.Tip()
	end.Seq = uint64(last)
	if end.Hash, _, err = t.hashAt(b, end.Seq); err != nil || r.Head != end {
		return false, err
	}
	return true, t.conn.exec(`INSERT INTO receipts (segment, service, time, receipt) VALUES (?, ?, ?, ?) ON CONFLICT (segment, service)
			DO UPDATE SET time = excluded.time, receipt = excluded.receipt WHERE excluded.time < time`, id, r.Service[:], r.Time, r.Data)
}

// Receipt returns what a service signed for a segment, else the earliest receipt of any service, nil if there is none.
func (t *Tx) Receipt(branch int64, name SegmentName, service [32]byte) ([]byte, error) {
	id, err := t.segmentID(branch, name)
	if err != nil {
		return nil, fail("read a receipt", err)
	}
	data, err := t.receipt("SELECT receipt FROM receipts WHERE segment = ? ORDER BY service = ? DESC, time, service LIMIT 1", id, service[:])
	return data, fail("read a receipt", err)
}

// LastReceipt returns the newest receipt that a service gave for a feed of a device, nil if there is none.
func (t *Tx) LastReceipt(device envelope.DeviceID, service [32]byte) ([]byte, error) {
	data, err := t.receipt(`SELECT r.receipt FROM receipts r JOIN segments s ON s.id = r.segment JOIN branches b ON b.id = s.branch
		WHERE r.service = ? AND b.device = ? ORDER BY r.id DESC LIMIT 1`, service[:], device[:])
	return data, fail("read the last receipt", err)
}

// Receipts calls fn with each receipt kept, in the order in which they came.
func (t *Tx) Receipts(fn func(data []byte) error) error {
	for id := int64(0); ; {
		var data []byte
		err := t.conn.query("SELECT id, receipt FROM receipts WHERE id > ? ORDER BY id LIMIT 1", []any{id}, func(s *sqlite3.Stmt) (bool, error) {
			id, data = s.ColumnInt64(0), s.ColumnBlob(1, []byte{})
			return false, nil
		})
		if err != nil || data == nil {
			return fail("read the receipts", err)
		}
		if err := fn(data); err != nil {
			return err
		}
	}
}

// PlaceReceipt is AddReceipt for a receipt that comes without the name of its segment: the branch that holds its head, and a
// segment there that ends in it, are looked up.
func (t *Tx) PlaceReceipt(r Receipt) (bool, error) {
	list, err := t.ofFeed(r.Head.Feed())
	if err != nil {
		return false, fail("place a receipt", err)
	}
	for _, b := range list {
		name := SegmentName{Last: r.Head.Seq}
		err := t.conn.query("SELECT number, hash FROM segments WHERE branch = ? AND last = ? ORDER BY number, hash LIMIT 1", []any{b.ID, int64(name.Last)},
			func(s *sqlite3.Stmt) (bool, error) {
				name.Number = uint64(s.ColumnInt64(0))
				fill(name.Hash[:], s, 1)
				return false, nil
			})
		if err != nil || name.Number == 0 {
			if err != nil {
				return false, fail("place a receipt", err)
			}
			continue
		}
		if kept, err := t.AddReceipt(b.ID, name, r); kept || err != nil {
			return kept, err
		}
	}
	return false, nil
}

func (t *Tx) receipt(sql string, args ...any) (data []byte, err error) {
	err = t.conn.query(sql, args, func(s *sqlite3.Stmt) (bool, error) {
		data = s.ColumnBlob(0, nil)
		return false, nil
	})
	return data, err
}

func (t *Tx) segmentID(branch int64, name SegmentName) (int64, error) {
	return t.conn.count("SELECT id FROM segments WHERE branch = ? AND number = ? AND hash = ?", branch, int64(name.Number), name.Hash[:])
}

// VerifyReceipts checks that the log still has what services have signed for: each receipt kept must be one that open
// accepts, and the head that it names must be in the log. If it is not, the log was rewritten or rolled back since.
// open checks a receipt's signature and says what it is for.
func (s *Store) VerifyReceipts(ctx context.Context, open func(data []byte) (Receipt, error), report func(Violation)) (checked int64, err error) {
	v := &verifier{ctx: ctx, report: report}
	err = v.run(s, func() {
		for id := int64(0); ctx.Err() == nil; {
			list, err := v.receipts(id)
			for i := range list {
				v.receipt(&list[i], open)
				id = list[i].id
			}
			checked += int64(len(list))
			if !v.try("read the receipts", err) || len(list) == 0 {
				return
			}
		}
	})
	return checked, err
}

// keptReceipt is a receipt as its row has it, with the end of its segment.
type keptReceipt struct {
	id int64
	Receipt
	device      envelope.DeviceID
	epoch, last int64
}

// receipts reads the next rows after one. A row whose segment is gone is read too.
func (v *verifier) receipts(after int64) (list []keptReceipt, err error) {
	err = v.tx.conn.query(`SELECT r.id, r.service, r.time, r.receipt, b.device, b.epoch, s.last FROM receipts r
		LEFT JOIN segments s ON s.id = r.segment LEFT JOIN branches b ON b.id = s.branch WHERE r.id > ? ORDER BY r.id LIMIT 256`,
		[]any{after}, func(s *sqlite3.Stmt) (bool, error) {
			k := keptReceipt{id: s.ColumnInt64(0), epoch: s.ColumnInt64(5), last: s.ColumnInt64(6)}
			fill(k.Service[:], s, 1)
			k.Time, k.Data = s.ColumnInt64(2), s.ColumnBlob(3, nil)
			fill(k.device[:], s, 4)
			list = append(list, k)
			return true, nil
		})
	return list, err
}

// receipt checks one receipt against its row and the log.
func (v *verifier) receipt(k *keptReceipt, open func([]byte) (Receipt, error)) {
	signed, err := open(k.Data)
	head, found := signed.Head, false
	switch {
	case err != nil:
		err = fmt.Errorf("receipt %d: %w", k.id, err)
	case signed.Service != k.Service || signed.Time != k.Time:
		err = fmt.Errorf("receipt %d is not the one that was kept", k.id)
	case head.Device != k.device || head.Epoch != envelope.Epoch(k.epoch) || head.Seq != uint64(k.last):
		err = fmt.Errorf("receipt %d is for seq %d, which ends no segment here: the log was rewritten or put back to an older state", k.id, head.Seq)
	default:
		if _, found, err = v.tx.Find(head.Feed(), head.Seq, head.Hash); err == nil && !found {
			err = fmt.Errorf("a service has signed for hash %s, which this log lacks: it was rewritten or put back to an older state", head.Hash)
		}
	}
	if err != nil && v.ctx.Err() == nil {
		feed, seq := head.Feed(), head.Seq
		if seq == 0 { // it could not be read
			feed, seq = envelope.FeedID{Device: k.device, Epoch: envelope.Epoch(k.epoch)}, uint64(k.last)
		}
		v.report(Violation{Feed: feed.String(), Seq: seq, Kind: ReceiptViolation, Detail: err.Error()})
	}
}
