// Package synctest holds what tests of syncing share: authors that cut real
// signed segments, a laptop in memory that takes part in syncs, and a store
// that fails on demand.
package synctest

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"

	"fieldbook/envelope"
	"fieldbook/syncproto"
)

// Author writes one feed. Its keys and bytes are functions of its names, so
// that a failing test repeats.
type Author struct {
	Workspace envelope.WorkspaceID
	Device    envelope.DeviceID
	Epoch     envelope.Epoch
	key       ed25519.PrivateKey
	recipient string
	salt      string
	seq       uint64
	prev      envelope.Hash
	number    uint64
	uncut     [][]byte
}

// NewAuthor makes the author of a feed. Of authors with one name the epoch
// tells the feeds apart.
func NewAuthor(workspace, name string, epoch uint64) *Author {
	seed := sha256.Sum256([]byte("key of " + name))
	a := &Author{
		Workspace: WorkspaceID(workspace),
		Epoch:     envelope.Epoch(epoch),
		key:       ed25519.NewKeyFromSeed(seed[:]),
		recipient: "age1pq1" + name,
	}
	a.Device = envelope.DeviceKeys{Sign: a.Public(), Recipient: a.recipient}.ID()
	return a
}

// WorkspaceID gives the id of a test workspace.
func WorkspaceID(name string) envelope.WorkspaceID {
	return sha256.Sum256([]byte("workspace " + name))
}

// Sign implements envelope.Signer.
func (a *Author) Sign(message []byte) ([]byte, error) { return ed25519.Sign(a.key, message), nil }

// Public is the key that the author's signatures verify under.
func (a *Author) Public() ed25519.PublicKey { return a.key.Public().(ed25519.PublicKey) }

// Keys are the public keys of which the author's id is the hash. Nothing can be
// wrapped to this recipient.
func (a *Author) Keys() syncproto.PublicKeys {
	return syncproto.PublicKeys{Sign: a.Public(), Recipient: a.recipient}
}

// Feed names the author's feed.
func (a *Author) Feed() syncproto.Feed {
	return syncproto.Feed{Device: a.Device, Epoch: uint64(a.Epoch)}
}

// Clone is the author's laptop copied: both go on in one feed, so it forks. The
// salt makes what the copy writes differ.
func (a *Author) Clone(salt string) *Author {
	b := *a
	b.uncut, b.salt = slices.Clone(a.uncut), a.salt+"/"+salt
	return &b
}

// Write adds events whose bodies have about size bytes.
func (a *Author) Write(count, size int) {
	for range count {
		a.seq++
		seed := sha256.Sum256(fmt.Appendf(nil, "%x %d %d %s", a.Device, a.Epoch, a.seq, a.salt))
		body := make([]byte, max(size, envelope.TagSize))
		for at := 0; at < len(body); at += 8 { // unlike every other body
			var word [8]byte
			binary.LittleEndian.PutUint64(word[:], binary.LittleEndian.Uint64(seed[8:])+uint64(at))
			copy(body[at:], word[:])
		}
		e := &envelope.Envelope{
			Header: envelope.Header{
				Workspace: a.Workspace, Device: a.Device, Epoch: a.Epoch,
				Seq: a.seq, Prev: a.prev, Key: envelope.KeyID{1},
			},
			Nonce: seed[:envelope.NonceSize],
			Body:  body,
		}
		a.prev = e.Hash()
		a.uncut = append(a.uncut, e.Encode())
	}
}

// Cut cuts everything uncut into segments.
func (a *Author) Cut() []syncproto.Segment {
	var out []syncproto.Segment
	for len(a.uncut) > 0 {
		a.number++
		segment, err := envelope.CutSegment(a.number, a.uncut, nil, a)
		if err != nil {
			panic(fmt.Sprintf("cut segment: %v", err)) // a test wrote what cannot be cut
		}
		a.uncut = a.uncut[len(segment.Envelopes):]
		out = append(out, syncproto.Segment{Feed: a.Feed(), Number: a.number, Data: segment.Encode()})
	}
	return out
}

// Segments writes count segments of one event each.
func (a *Author) Segments(count int) []syncproto.Segment {
	var out []syncproto.Segment
	for range count {
		a.Write(1, 64)
		out = append(out, a.Cut()...)
	}
	return out
}
