package projections

import (
	"bytes"
	"cmp"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/crdt"
	"fieldbook/envelope"
	"fieldbook/record"
)

// entry is a row of events on its way into an answer.
type entry struct {
	id       int64
	hlc      uint64
	device   envelope.DeviceID
	epoch    envelope.Epoch
	seq      uint64
	hash     envelope.Hash
	member   record.ID
	state    eventState
	kind     string
	recorded *int64
	observed *int64
	change   crdt.Hash
	bare     bool
	source   string
	name     string
	reason   string
	effects  []byte
	act      actID // zero if it stands alone
}

const entryColumns = `SELECT e.id, e.hlc, f.device, f.epoch, e.seq, e.hash, e.member, e.state, e.type, e.recorded, e.observed, e.change, e.source, e.name, e.reason, e.effects, e.act
	FROM $events e JOIN $feeds f ON f.id = e.feed`

func readEntry(s *sqlite3.Stmt) *entry {
	e := &entry{
		id: s.ColumnInt64(0), hlc: uint64(s.ColumnInt64(1)) ^ 1<<63, epoch: envelope.Epoch(s.ColumnInt64(3)), seq: uint64(s.ColumnInt64(4)),
		state: eventState(s.ColumnInt64(7)), kind: s.ColumnText(8), recorded: readInt(s, 9), observed: readInt(s, 10),
		source: s.ColumnText(12), name: s.ColumnText(13), reason: s.ColumnText(14),
	}
	copy(e.device[:], s.ColumnRawBlob(2))
	copy(e.hash[:], s.ColumnRawBlob(5))
	copy(e.member[:], s.ColumnRawBlob(6))
	e.bare = copy(e.change[:], s.ColumnRawBlob(11)) == 0
	copy(e.act[:], s.ColumnRawBlob(16))
	if s.ColumnType(15) != sqlite3.NULL {
		e.effects = s.ColumnBlob(15, []byte{})
	}
	return e
}

func readInt(s *sqlite3.Stmt, col int) *int64 {
	if s.ColumnType(col) == sqlite3.NULL {
		return nil
	}
	n := s.ColumnInt64(col)
	return &n
}

func (e *entry) doc() int64 { return e.id >> positionBits }

func (e *entry) position() int64 { return e.id & positionMask }

// compareEntries is the order of history: hybrid clock, device, epoch, seq; envelopes of one name by hash.
func compareEntries(a, b *entry) int {
	return cmp.Or(cmp.Compare(a.hlc, b.hlc), bytes.Compare(a.device[:], b.device[:]), cmp.Compare(a.epoch, b.epoch),
		cmp.Compare(a.seq, b.seq), bytes.Compare(a.hash[:], b.hash[:]))
}
