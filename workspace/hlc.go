package workspace

import (
	"encoding/binary"
	"time"

	"fieldbook/eventstore"
)

// maxAhead is how far another device's clock may run ahead of ours and still be
// adopted. A clock further ahead is a finding, not a time.
const maxAhead = 24 * time.Hour

// clock is a hybrid logical clock (Kulkarni et al., 2014): the upper 48 bits
// are milliseconds since 1970, the lower 16 count within one. Each tick is
// greater than every time seen before it, whatever the wall clock does.
type clock struct{ last uint64 }

// tick returns the next time for an entry made at now.
func (c *clock) tick(now time.Time) uint64 {
	if wall := physical(now); wall > c.last {
		c.last = wall
	} else {
		c.last++
	}
	return c.last
}

// observe adopts the time of a received entry unless it is too far ahead.
func (c *clock) observe(t uint64, now time.Time) {
	if t > c.last && t <= physical(now.Add(maxAhead)) {
		c.last = t
	}
}

func physical(t time.Time) uint64 {
	ms := max(t.UnixMilli(), 0)
	return uint64(ms) << 16
}

// Keys of the small settings a device keeps for itself.
const (
	metaClock = "workspace.clock"
	metaEpoch = "workspace.epoch"
	metaMet   = "workspace.met" // 1: another copy of this laptop wrote to its present feed
	metaSent  = "workspace.sent"
	// metaHanded holds the segments that came with the grant and have not been taken yet, in CBOR.
	metaHanded = "workspace.handed"
)

func (w *Workspace) loadMeta(tx *eventstore.Tx) error {
	last, err := metaUint(tx, metaClock)
	if err != nil {
		return err
	}
	epoch, err := metaUint(tx, metaEpoch)
	if err != nil {
		return err
	}
	met, err := metaUint(tx, metaMet)
	w.clock.last = last
	w.epoch.Store(epoch)
	w.met.Store(met == 1)
	return err
}

func metaUint(tx *eventstore.Tx, key string) (uint64, error) {
	b, err := tx.Meta(key)
	if err != nil || len(b) != 8 {
		return 0, err
	}
	return binary.BigEndian.Uint64(b), nil
}

func setMetaUint(tx *eventstore.Tx, key string, v uint64) error {
	return tx.SetMeta(key, binary.BigEndian.AppendUint64(nil, v))
}
