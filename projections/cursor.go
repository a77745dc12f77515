package projections

import (
	"encoding/base64"
	"encoding/binary"

	"fieldbook/envelope"
	"fieldbook/record"
)

// A cursor names the entry that a page of history ends in, and how many of its rows were given. Where entries arrive before it
// meanwhile, nothing is given twice or left out.
type cursor struct {
	entry *entry
	rows  int
}

// cursorSize is that of an encoded cursor: hybrid clock, device, epoch, seq, hash, rows.
const cursorSize = 8 + 32 + 8 + 8 + 32 + 4

// String is the cursor as a page hands it out, opaque to callers and safe in an address: what parseCursor takes back.
func (c cursor) String() string {
	b := make([]byte, 0, cursorSize)
	b = binary.BigEndian.AppendUint64(b, c.entry.hlc)
	b = append(b, c.entry.device[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(c.entry.epoch))
	b = binary.BigEndian.AppendUint64(b, c.entry.seq)
	b = append(b, c.entry.hash[:]...)
	return base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint32(b, uint32(c.rows)))
}

func parseCursor(text string) (c cursor, err error) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(b) != cursorSize {
		return c, record.Misuse("this is not the cursor of a page of history; begin again without one")
	}
	e := &entry{hlc: binary.BigEndian.Uint64(b)}
	b = b[8+copy(e.device[:], b[8:]):]
	e.epoch, e.seq = envelope.Epoch(binary.BigEndian.Uint64(b)), binary.BigEndian.Uint64(b[8:])
	b = b[16+copy(e.hash[:], b[16:]):]
	return cursor{entry: e, rows: int(binary.BigEndian.Uint32(b))}, nil
}
