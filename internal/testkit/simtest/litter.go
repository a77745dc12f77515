package simtest

import (
	"crypto/sha256"
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"fieldbook/syncproto"
)

// litter has somebody put an object into a bucket, past the service, that is no
// segment: of rubbish, or a true segment of another place; under the name of its
// bytes, or under another.
func (w *World) litter() {
	side := rapid.IntRange(0, 1).Draw(w.r, "region")
	if w.pair.Lost[side] {
		return
	}
	data := fmt.Appendf(nil, "rubbish %d", len(w.littered))
	feed := syncproto.Feed{Device: [32]byte{0xaa}, Epoch: 1}
	if held := w.laptop().Held(); len(held) > 0 && rapid.Bool().Draw(w.r, "among segments") {
		s := held[rapid.IntRange(0, len(held)-1).Draw(w.r, "beside")]
		feed = s.Feed
		if rapid.Bool().Draw(w.r, "a true one") {
			data, feed = s.Data, syncproto.Feed{Device: s.Feed.Device, Epoch: s.Feed.Epoch + 1}
		}
	}
	name := syncproto.Name{Number: uint64(rapid.IntRange(1, 6).Draw(w.r, "number")), Hash: sha256.Sum256(data)}
	if rapid.Bool().Draw(w.r, "misnamed") {
		name.Hash[0] ^= 1
	}
	at := place{feed, name}
	w.littered = append(w.littered, at)
	w.pair.Buckets[side].Put(w.path(at), data)
	w.say("region %d is littered with segment %d of feed %.4x", side, name.Number, feed.Device)
}

// isLitter tells whether a refusal is of what somebody put there.
func (w *World) isLitter(r syncproto.Refusal) bool {
	return slices.Contains(w.littered, place{r.Feed, r.Name})
}
