package replica

import (
	"slices"

	"fieldbook/envelope"
	"fieldbook/syncproto"
)

// tables are the parts that are not documents; heads only where there are any.
func (r *Replica) tables(merging bool) (out []*envelope.Part) {
	s := r.state
	out = append(out, controlParts(s.controls)...)
	out = append(out, coverParts(s, merging)...)
	if !merging {
		return out
	}
	heads := make([]envelope.DocumentHeads, 0, s.docs.known)
	for b := range s.docs.buckets {
		for _, d := range s.docs.buckets[b] {
			heads = append(heads, envelope.DocumentHeads{ID: d.ID, Heads: envelope.Hash(d.Heads)})
		}
	}
	for piece := range slices.Chunk(heads, envelope.HeadsPerPart) {
		out = append(out, &envelope.Part{Kind: envelope.PartHeads, Heads: piece})
	}
	return out
}

// controlParts packs control envelopes in their order.
func controlParts(controls [][]byte) (out []*envelope.Part) {
	for from := 0; from < len(controls); {
		to, size := from, 0
		for to < len(controls) && (size == 0 || size+len(controls[to]) <= envelope.PartTarget) {
			size += len(controls[to])
			to++
		}
		out = append(out, &envelope.Part{Kind: envelope.PartControls, Controls: controls[from:to]})
		from = to
	}
	return out
}

// coverParts packs what was taken of each feed.
func coverParts(s *state, merging bool) (out []*envelope.Part) {
	part, names := &envelope.Part{Kind: envelope.PartCover}, 0
	for _, id := range s.sortedFeeds() {
		line := s.feeds[id].line(id, merging)
		all := line.Names
		for at := 0; at < len(all) || at == 0; {
			if names >= envelope.NamesPerPart {
				out, part, names = append(out, part), &envelope.Part{Kind: envelope.PartCover}, 0
			}
			n := min(envelope.NamesPerPart-names, len(all)-at)
			piece := envelope.CoverLine{Feed: id, Names: all[at : at+n]}
			if at += n; at >= len(all) {
				piece.Faults, piece.Tips, piece.Waiting = line.Faults, line.Tips, line.Waiting
			}
			part.Cover = append(part.Cover, piece)
			if names += n; n == 0 {
				break
			}
		}
	}
	return append(out, part)
}

// line is a feed as a pack's cover has it.
func (f *feed) line(id envelope.FeedID, merging bool) envelope.CoverLine {
	line := envelope.CoverLine{Feed: id, Faults: f.faults}
	for _, name := range f.names {
		line.Names = append(line.Names, short(name))
	}
	for name, t := range f.tips {
		line.Tips = append(line.Tips, envelope.CoverTip{Name: short(name), Seq: t.seq, Hash: t.hash, ACL: t.acl})
	}
	slices.SortFunc(line.Tips, func(a, b envelope.CoverTip) int { return a.Name.Compare(b.Name) })
	for _, w := range f.waits {
		if merging {
			line.Waiting = append(line.Waiting, envelope.CoverWait{Name: short(w.name), First: w.first, Last: w.last, Count: w.count, Key: w.key})
		}
	}
	return line
}

// short is a segment's name as packs write it.
func short(name syncproto.Name) envelope.SegmentName {
	return envelope.SegmentName{Number: name.Number, Hash: [16]byte(name.Hash[:16])}
}
