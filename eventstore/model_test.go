package eventstore_test

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/envelope"
	"fieldbook/eventstore"
)

// model is a log together with what it must hold.
type model struct {
	t    *testing.T
	cfg  eventstore.Config
	s    *eventstore.Store
	want []envelope.Hash
	has  map[envelope.Hash]bool
	// own appends to the log; remote are branches of other feeds and of own, made elsewhere.
	own    *author
	remote []*remote
	sent   []*envelope.Segment
}

// remote is a chain made elsewhere, with the envelopes not yet cut into a segment and its next number.
type remote struct {
	*author
	uncut  []*envelope.Envelope
	number uint64
}

func (m *model) expect(hashes ...envelope.Hash) {
	for _, h := range hashes {
		if !m.has[h] {
			m.has[h] = true
			m.want = append(m.want, h)
		}
	}
}

// append appends to the own feed.
func (m *model) append(r *rapid.T) {
	for _, e := range m.own.append(m.t, m.s, rapid.IntRange(1, 5).Draw(r, "n")) {
		m.expect(e.Hash())
	}
}

// receive delivers the next segment of a remote chain; made in order, it never meets a hole.
func (m *model) receive(r *rapid.T) {
	from := rapid.SampledFrom(m.remote).Draw(r, "from")
	from.uncut = append(from.uncut, from.make(rapid.IntRange(1, 6).Draw(r, "n"))...)
	from.number++
	seg := from.segment(m.t, from.number, from.uncut, m.own.head2(1))
	from.uncut = nil
	m.sent = append(m.sent, seg)
	m.deliver(r, seg)
}

func (m *model) deliver(r *rapid.T, seg *envelope.Segment) {
	rows, err := addSegment(m.s, seg)
	if err != nil {
		r.Fatalf("segment %d: %v", seg.Number, err)
	}
	fresh := 0
	seg.Walk(func(_ *envelope.Envelope, h envelope.Hash) error {
		if !m.has[h] {
			fresh++
		}
		m.expect(h)
		return nil
	})
	if len(rows) != fresh {
		r.Fatalf("%d rows are new, want %d", len(rows), fresh)
	}
}

// again delivers a segment that was delivered before.
func (m *model) again(r *rapid.T) {
	if len(m.sent) > 0 {
		m.deliver(r, rapid.SampledFrom(m.sent).Draw(r, "segment"))
	}
}

// fork makes a remote chain branch off: the next segment of either is beside the other's.
func (m *model) fork(r *rapid.T) {
	from := rapid.SampledFrom(m.remote).Draw(r, "of")
	if len(m.remote) < 6 && from.uncut == nil {
		m.remote = append(m.remote, &remote{author: from.author.fork(), number: from.number})
	}
}

// cut cuts the own feed.
func (m *model) cut(r *rapid.T) {
	for _, b := range branches(m.t, m.s) {
		if b.Feed == m.own.feed {
			cut(m.t, m.s, b.ID, m.own)
		}
	}
}

// reopen closes and opens the log.
func (m *model) reopen(r *rapid.T) {
	err := m.s.Close()
	if err == nil {
		m.s, err = eventstore.Open(context.Background(), m.cfg)
	}
	if err != nil {
		r.Fatal(err)
	}
}

// rows compares the envelopes with the model.
func (m *model) rows(r *rapid.T) {
	rows := scan(m.t, m.s)
	if len(rows) != len(m.want) {
		r.Fatalf("%d rows, want %d", len(rows), len(m.want))
	}
	for i, row := range rows {
		if row.Hash != m.want[i] {
			r.Fatalf("row %d is another envelope", i)
		}
	}
}

// whole compares everything with the model.
func (m *model) whole(r *rapid.T) {
	m.rows(r)
	held := map[envelope.Hash][]byte{}
	for _, seg := range segments(m.t, m.s, 0) {
		held[seg.Hash()] = seg.Encode()
	}
	for _, seg := range m.sent {
		if !bytes.Equal(held[seg.Hash()], seg.Encode()) {
			r.Fatalf("segment %d of %s is not given back", seg.Number, seg.Feed())
		}
	}
	if list, _ := verify(m.t, m.s); len(list) > 0 {
		r.Fatalf("violations %+v", list)
	}
}

func TestRandomHistoriesMatchTheModel(t *testing.T) {
	dir, run := t.TempDir(), 0
	rapid.Check(t, func(r *rapid.T) {
		run++
		m := &model{t: t, own: newAuthor(1), has: map[envelope.Hash]bool{}}
		m.remote = []*remote{{author: newAuthor(2)}, {author: newAuthor(3)}}
		m.cfg = eventstore.Config{Path: filepath.Join(dir, strconv.Itoa(run))}
		var err error
		if m.s, err = eventstore.Open(context.Background(), m.cfg); err != nil {
			r.Fatal(err)
		}
		defer func() {
			if err := m.s.Close(); err != nil && !errors.Is(err, eventstore.ErrClosed) {
				r.Error(err)
			}
		}()
		r.Repeat(map[string]func(*rapid.T){
			"": m.rows, "append": m.append, "receive": m.receive, "again": m.again,
			"fork": m.fork, "cut": m.cut, "reopen": m.reopen,
		})
		m.whole(r)
	})
}
