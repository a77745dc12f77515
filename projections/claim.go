package projections

import (
	"bytes"
	"slices"

	"fieldbook/crdt"
	"fieldbook/envelope"
	"fieldbook/record"
)

// A sync service hands a new laptop packs of events, so that the record can be read before its feeds have arrived. Such an event
// is a claim: the service's word that some feed holds it. Claims build documents through the same guard as events do, and have
// no row of history. A claim ends when its event arrives in a feed that was verified, or turns out to be in none; a document
// with claims is unverified.

// claim is an event that no verified feed has shown yet.
type claim struct {
	Opened           // without a position
	change crdt.Hash // zero if it carries none that the history may take
	state  eventState
	// effects are what the row of its event will keep.
	effects []byte
}

// ref is the claim as its document refers to it.
func (c *claim) ref() ref {
	r := refOf(&c.Opened)
	r.claim, r.change, r.state, r.bare = c, c.change, c.state, c.change == crdt.Hash{}
	return r
}

// agrees tells whether an event from a feed is what was claimed of it.
func (c *claim) agrees(o *Opened) bool {
	return o.Body != nil && c.Feed == o.Feed && c.Seq == o.Seq && c.Member == o.Member && c.Role == o.Role && c.Fate == o.Fate &&
		c.Body.Type == o.Body.Type && c.Body.Schema == o.Body.Schema && c.Body.HLC == o.Body.HLC && c.Body.Recorded == o.Body.Recorded &&
		bytes.Equal(c.Body.Change, o.Body.Change) && bytes.Equal(c.Body.Salt, o.Body.Salt) && slices.Equal(c.Body.Texts, o.Body.Texts)
}

// learn takes claims into a document's history.
func (d *document) learn(claims []claim) {
	first := len(d.refs)
	d.refs = slices.Grow(d.refs, len(claims))
	for i := range claims {
		r := claims[i].ref()
		r.change, r.fate = d.add(&claims[i].Opened)
		r.state, r.bare = r.fate, r.change == crdt.Hash{}
		claims[i].change = r.change
		d.refs = append(d.refs, r)
	}
	for i := first; i < len(d.refs); i++ {
		if r := &d.refs[i]; !r.bare {
			r.state = d.verdict(r)
		}
	}
	d.claimed = d.claimed || len(claims) > 0
}

// settleClaims brings what claims keep of their events up to date with the history, and counts them.
func (d *document) settleClaims() (n int) {
	for i := range d.refs {
		r := &d.refs[i]
		if r.claim == nil {
			continue
		}
		n++
		r.claim.state, r.claim.effects = r.state, nil
		if r.state == stateAccepted && !r.bare && len(r.claim.Body.Change) <= maxKeptChange {
			r.claim.effects = kept(d.history.Effects(r.change))
		}
	}
	return n
}

// source is what claims of one document have in common with others of the same author.
type source struct {
	feed   envelope.FeedID
	member envelope.MemberID
	role   string
	fate   Fate
	kind   string
	schema uint
	salt   string
}

func sourceOf(o *Opened) source {
	return source{o.Feed, o.Member, o.Role, o.Fate, o.Body.Type, o.Body.Schema, string(o.Body.Salt)}
}

// encodeClaims writes the claims of a document as [sources, claims].
func (d *document) encodeClaims() []byte {
	var sources []source
	size := 128
	for i := range d.refs {
		if c := d.refs[i].claim; c != nil {
			size += 128 + len(c.Body.Change) + len(c.effects)
			if s := sourceOf(&c.Opened); !slices.Contains(sources, s) {
				sources = append(sources, s)
			}
		}
	}
	b := appendHead(make([]byte, 0, size), majorArray, 2)
	b = appendHead(b, majorArray, uint64(len(sources)))
	for i := range sources {
		b = sources[i].append(b)
	}
	n := 0
	for i := range d.refs {
		if d.refs[i].claim != nil {
			n++
		}
	}
	b = appendHead(b, majorArray, uint64(n))
	for i := range d.refs {
		if c := d.refs[i].claim; c != nil {
			b = c.append(b, slices.Index(sources, sourceOf(&c.Opened)))
		}
	}
	return b
}

func (s *source) append(b []byte) []byte {
	b = appendBytes(appendHead(b, majorArray, 8), s.feed.Device[:])
	b = appendBytes(appendHead(b, majorUint, uint64(s.feed.Epoch)), s.member[:])
	b = appendHead(appendText(b, s.role), majorUint, uint64(s.fate))
	b = appendHead(appendText(b, s.kind), majorUint, uint64(s.schema))
	return appendText(b, s.salt)
}

func (r *reader) source() (s source) {
	r.array()
	r.fixed(s.feed.Device[:])
	s.feed.Epoch = envelope.Epoch(r.uint())
	r.fixed(s.member[:])
	s.role, s.fate, s.kind, s.schema = r.text(), Fate(r.uint()), r.text(), uint(r.uint())
	s.salt = r.text()
	return s
}

func (c *claim) append(b []byte, source int) []byte {
	b = appendHead(appendHead(b, majorArray, 9), majorUint, uint64(source))
	b = appendBytes(appendHead(b, majorUint, c.Seq), c.Hash[:])
	state := uint64(c.state) << 1
	if c.change == (crdt.Hash{}) {
		state |= 1
	}
	b = appendHead(b, majorUint, state)
	b = appendInt(appendHead(b, majorUint, c.Body.HLC), c.Body.Recorded)
	b = appendHead(b, majorArray, uint64(len(c.Body.Texts)))
	for _, key := range c.Body.Texts {
		b = appendText(b, key)
	}
	b = appendBytes(b, c.Body.Change)
	if c.effects == nil {
		return append(b, cborNull)
	}
	return appendBytes(b, c.effects)
}

// decodeClaims reads what encodeClaims wrote; its byte fields share memory with b.
func decodeClaims(stream record.ID, b []byte) ([]claim, error) {
	r := &reader{b: b}
	r.array()
	sources := make([]source, r.array())
	for i := range sources {
		sources[i] = r.source()
	}
	claims := make([]claim, r.array())
	bodies := make([]envelope.Body, len(claims))
	for i := range claims {
		claims[i].Body = &bodies[i]
		bodies[i].Stream = envelope.StreamID(stream)
		claims[i].read(r, sources)
	}
	if r.bad {
		return nil, errRow
	}
	return claims, nil
}

func (c *claim) read(r *reader, sources []source) {
	r.array()
	at := r.uint()
	if r.bad || at >= uint64(len(sources)) {
		r.bad = true
		return
	}
	s := &sources[at]
	c.Feed, c.Member, c.Role, c.Fate = s.feed, s.member, s.role, s.fate
	c.Body.Type, c.Body.Schema, c.Body.Salt = s.kind, s.schema, []byte(s.salt)
	c.Seq = r.uint()
	r.fixed(c.Hash[:])
	state := r.uint()
	c.state, c.Body.HLC, c.Body.Recorded = eventState(state>>1), r.uint(), r.sized().Int
	for n := r.array(); n > 0; n-- {
		c.Body.Texts = append(c.Body.Texts, r.text())
	}
	c.Body.Change = r.take(r.expect(majorBytes))
	if state&1 == 0 {
		c.change = crdt.HashOf(c.Body.Change)
	}
	if len(r.b) > 0 && r.b[0] == cborNull {
		r.take(1)
		return
	}
	c.effects = r.take(r.expect(majorBytes))
}
