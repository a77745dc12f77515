package envelope

import (
	"slices"
)

// maxTable bounds tables and lists whose items may take a single byte, so that a part stays small in memory too.
const maxTable = 64 << 10

// tables are what many events of a part share: it is written once and named by its place.
type tables struct {
	feeds []FeedID
	acls  [][]Hash
	types []string
	salts [][]byte
}

// indexer numbers things in the order of their first appearance.
type indexer[T any] struct {
	all  []T
	seen map[string]uint64
}

func (x *indexer[T]) number(v T, key []byte) uint64 {
	if n, ok := x.seen[string(key)]; ok {
		return n
	}
	if x.seen == nil {
		x.seen = map[string]uint64{}
	}
	n := uint64(len(x.all))
	x.seen[string(key)] = n
	x.all = append(x.all, v)
	return n
}

// appendDocuments writes [feeds, ACL references, types, salts, documents], with events that name the first four by place.
func appendDocuments(docs []PackDocument) []byte {
	var (
		feeds indexer[FeedID]
		acls  indexer[[]Hash]
		types indexer[string]
		salts indexer[[]byte]
		key   []byte
	)
	body := appendHead(nil, majorArray, uint64(len(docs)))
	for i := range docs {
		body = appendBytes(append(body, majorArray|2), docs[i].Stream[:])
		body = appendHead(body, majorArray, uint64(len(docs[i].Events)))
		for j := range docs[i].Events {
			e := &docs[i].Events[j]
			key = appendUint(append(key[:0], e.Feed.Device[:]...), uint64(e.Feed.Epoch))
			body = appendUint(append(body, majorArray|11), feeds.number(e.Feed, key))
			body = appendHash(appendUint(body, e.Seq), (*[32]byte)(&e.Hash))
			key = appendHashes(key[:0], e.ACL)
			body = appendUint(body, acls.number(e.ACL, key))
			body = appendUint(body, types.number(e.Type, append(key[:0], e.Type...)))
			body = appendUint(body, uint64(e.Schema))
			body = appendUint(body, salts.number(e.Salt, e.Salt))
			body = appendTextArray(body, e.Texts)
			body = appendBytes(appendInt(appendUint(body, e.HLC), e.Recorded), e.Change)
		}
	}
	return append((&tables{feeds.all, acls.all, types.all, salts.all}).append(len(body)), body...)
}

// append writes the tables, with room for size bytes more.
func (t *tables) append(size int) []byte {
	b := make([]byte, 0, size+1024+64*(len(t.feeds)+len(t.salts)+len(t.types))+40*MaxRefs*len(t.acls))
	b = appendHead(append(b, majorArray|5), majorArray, uint64(len(t.feeds)))
	for i := range t.feeds {
		b = appendHash(append(b, majorArray|2), (*[32]byte)(&t.feeds[i].Device))
		b = appendUint(b, uint64(t.feeds[i].Epoch))
	}
	b = appendHead(b, majorArray, uint64(len(t.acls)))
	for _, acl := range t.acls {
		b = appendHashes(b, acl)
	}
	return appendByteStrings(appendTextArray(b, t.types), t.salts)
}

func appendTextArray(b []byte, all []string) []byte {
	b = appendHead(b, majorArray, uint64(len(all)))
	for _, v := range all {
		b = appendText(b, v)
	}
	return b
}

func (r *reader) documents() []PackDocument {
	r.array(5, "documents")
	t := r.tables()
	docs := make([]PackDocument, 0, min(64, len(r.b)))
	for n := r.count(MaxPartPlain, "documents"); n > 0 && r.err == nil; n-- {
		var d PackDocument
		r.array(2, "document")
		r.fixed(d.Stream[:], "stream")
		if at := len(docs); r.err == nil && at > 0 && slices.Compare(docs[at-1].Stream[:], d.Stream[:]) >= 0 {
			r.fail(ErrNotCanonical, "documents not ascending")
		}
		for n := r.count(MaxPartPlain, "events"); n > 0 && r.err == nil; n-- {
			d.Events = append(d.Events, r.packEvent(t))
		}
		docs = append(docs, d)
	}
	return docs
}

func (r *reader) tables() *tables {
	t := &tables{}
	for n := r.count(maxTable, "feeds"); n > 0 && r.err == nil; n-- {
		var f FeedID
		r.array(2, "feed")
		r.fixed(f.Device[:], "device")
		f.Epoch = Epoch(r.uint("epoch"))
		t.feeds = append(t.feeds, f)
	}
	for n := r.count(maxTable, "ACL references"); n > 0 && r.err == nil; n-- {
		t.acls = append(t.acls, r.hashes(MaxRefs, "ACL references"))
	}
	for n := r.count(maxTable, "types"); n > 0 && r.err == nil; n-- {
		t.types = append(t.types, r.text(MaxName, "event type"))
	}
	for n := r.count(maxTable, "salts"); n > 0 && r.err == nil; n-- {
		t.salts = append(t.salts, r.bytes(MaxID, "salt"))
	}
	return t
}

func (r *reader) packEvent(t *tables) (e PackEvent) {
	r.array(11, "event")
	e.Feed = pick(r, t.feeds, "feed")
	e.Seq = r.number("seq")
	r.fixed(e.Hash[:], "hash")
	e.ACL = pick(r, t.acls, "ACL references")
	e.Type = pick(r, t.types, "event type")
	e.Schema = uint(r.uint("schema"))
	e.Salt = pick(r, t.salts, "salt")
	for n := r.count(MaxTexts, "text keys"); n > 0 && r.err == nil; n-- {
		e.Texts = append(e.Texts, r.text(MaxKey, "text key"))
	}
	e.HLC, e.Recorded = r.uint("clock"), r.int("recorded")
	e.Change = r.bytes(MaxPlain, "change")
	return e
}

// pick reads a place in a table.
func pick[T any](r *reader, table []T, what string) (v T) {
	n := r.uint(what)
	if r.err == nil && n >= uint64(len(table)) {
		r.fail(ErrMalformed, what+" not in the table")
	}
	if r.err != nil {
		return v
	}
	return table[n]
}
