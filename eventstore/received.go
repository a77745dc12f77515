package eventstore

import (
	"cmp"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/envelope"
)

// ReceivedTimes tells when a service first had each envelope, by its own clock, as receipts prove it. It needs the memory of
// the receipts' times, not of the log.
type ReceivedTimes struct {
	tx    *Tx
	feeds map[envelope.FeedID][]int64
	times map[int64][]receivedTime // by branch, ascending
}

// receivedTime says that everything in a branch up to a seq was received by a time.
type receivedTime struct {
	seq  uint64
	time int64 // ms since 1970 UTC
}

// ReceivedTimes reads the times of all receipts. It is valid as long as the transaction.
func (t *Tx) ReceivedTimes() (*ReceivedTimes, error) {
	branches, err := t.branches(branchColumns + " ORDER BY id")
	if err != nil {
		return nil, fail("read the receipts", err)
	}
	r := &ReceivedTimes{tx: t, feeds: map[envelope.FeedID][]int64{}, times: map[int64][]receivedTime{}}
	err = t.conn.query("SELECT s.branch, s.last, r.time FROM receipts r JOIN segments s ON s.id = r.segment", nil,
		func(s *sqlite3.Stmt) (bool, error) {
			r.note(s.ColumnInt64(0), receivedTime{uint64(s.ColumnInt64(1)), s.ColumnInt64(2)})
			return true, nil
		})
	if err != nil {
		return nil, fail("read the receipts", err)
	}
	for _, b := range slices.Backward(branches) { // what forks off comes after what it forks from
		r.feeds[b.Feed] = append(r.feeds[b.Feed], b.ID)
		r.settle(b)
	}
	return r, nil
}

func (r *ReceivedTimes) note(branch int64, at receivedTime) {
	r.times[branch] = append(r.times[branch], at)
}

// settle sorts a branch's times, lets each seq have the earliest of all that lie behind it, since a head covers everything
// before it, and tells the branch that it forks from.
func (r *ReceivedTimes) settle(b *branch) {
	list := r.times[b.ID]
	if len(list) == 0 {
		return
	}
	slices.SortFunc(list, func(x, y receivedTime) int { return cmp.Compare(x.seq, y.seq) })
	for i := len(list) - 2; i >= 0; i-- {
		list[i].time = min(list[i].time, list[i+1].time)
	}
	if b.parent != 0 {
		r.note(b.parent, receivedTime{b.BaseSeq, list[0].time})
	}
}

// At is when a service first had an envelope, in ms since 1970 UTC; false if no receipt covers it.
func (r *ReceivedTimes) At(feed envelope.FeedID, seq uint64, position Position) (int64, bool, error) {
	branches := r.feeds[feed]
	if len(branches) == 0 || len(r.times) == 0 {
		return 0, false, nil
	}
	branch := branches[0]
	if len(branches) > 1 {
		var err error
		if branch, err = r.tx.conn.count("SELECT branch FROM events WHERE position = ?", int64(position)); err != nil {
			return 0, false, fail("read a receipt", err)
		}
	}
	list := r.times[branch]
	at, _ := slices.BinarySearchFunc(list, seq, func(t receivedTime, seq uint64) int { return cmp.Compare(t.seq, seq) })
	if at == len(list) {
		return 0, false, nil
	}
	return list[at].time, true, nil
}
