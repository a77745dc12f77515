package eventstore_test

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"fieldbook/envelope"
	"fieldbook/eventstore"
)

// author is a device that makes envelopes on one branch of one feed.
type author struct {
	key       ed25519.PrivateKey
	workspace envelope.WorkspaceID
	feed      envelope.FeedID
	seq       uint64
	prev      envelope.Hash
	random    *rand.Rand
	tips      map[uint64]envelope.Hash // by seq
}

// newAuthor makes the same device for the same number every time.
func newAuthor(number uint64) *author {
	seed := sha256.Sum256(binary.BigEndian.AppendUint64([]byte("author"), number))
	a := &author{key: ed25519.NewKeyFromSeed(seed[:]), random: rand.New(rand.NewPCG(number, 1)), tips: map[uint64]envelope.Hash{}}
	a.workspace, a.feed.Epoch = envelope.WorkspaceID{1}, envelope.Epoch(1<<63+number)
	copy(a.feed.Device[:], a.key.Public().(ed25519.PublicKey))
	return a
}

// Sign makes the author its own envelope.Signer.
func (a *author) Sign(message []byte) ([]byte, error) { return ed25519.Sign(a.key, message), nil }

// fork is a copy that goes on from the same place with other envelopes.
func (a *author) fork() *author {
	b := *a
	b.random, b.tips = rand.New(rand.NewPCG(a.random.Uint64(), 2)), maps.Clone(a.tips)
	return &b
}

// make makes the next n envelopes; the first of a feed is a control envelope. Bodies have the size of a single-field edit.
func (a *author) make(n int) []*envelope.Envelope { return a.makeSized(n, 256+envelope.TagSize) }

func (a *author) makeSized(n, size int) []*envelope.Envelope {
	list := make([]*envelope.Envelope, n)
	for i := range list {
		a.seq++
		e := &envelope.Envelope{Header: envelope.Header{Workspace: a.workspace, Device: a.feed.Device, Epoch: a.feed.Epoch, Seq: a.seq, Prev: a.prev}}
		if a.seq > 1 {
			e.Key, e.ACL, e.Nonce = envelope.KeyID{7}, []envelope.Hash{{1}, {2}}, a.bytes(envelope.NonceSize)
		}
		e.Body = a.bytes(size)
		list[i], a.prev = e, e.Hash()
		a.tips[a.seq] = a.prev
	}
	return list
}

func (a *author) bytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(a.random.Uint32())
	}
	return b
}

func (a *author) head() envelope.Head {
	return envelope.Head{Workspace: a.workspace, Device: a.feed.Device, Epoch: a.feed.Epoch, Seq: a.seq, Hash: a.prev}
}

func (a *author) sign(t testing.TB) []byte {
	t.Helper()
	return must(envelope.SignHead(a.head(), a))(t)
}

// append appends the author's next n envelopes in one transaction.
func (a *author) append(t testing.TB, s *eventstore.Store, n int) []*envelope.Envelope {
	t.Helper()
	envs := a.make(n)
	sig := a.sign(t)
	update(t, s, func(tx *eventstore.Tx) error {
		_, err := tx.Append(envs, sig)
		return err
	})
	return envs
}

// segment cuts a segment of the author's envelopes without a store.
func (a *author) segment(t testing.TB, number uint64, envs []*envelope.Envelope, witnesses ...envelope.Head) *envelope.Segment {
	t.Helper()
	encoded := make([][]byte, len(envs))
	for i, e := range envs {
		encoded[i] = e.Encode()
	}
	return must(envelope.CutSegment(number, encoded, witnesses, a))(t)
}

// keyOf knows authors 1 to 9.
func keyOf(device envelope.DeviceID) (ed25519.PublicKey, bool) {
	for n := uint64(1); n < 10; n++ {
		if a := newAuthor(n); a.feed.Device == device {
			return a.key.Public().(ed25519.PublicKey), true
		}
	}
	return nil, false
}

func config(t testing.TB) eventstore.Config {
	return eventstore.Config{Path: filepath.Join(t.TempDir(), "book.db"), Key: [32]byte{42}}
}

// open opens a store that the test closes.
func open(t testing.TB, cfg eventstore.Config) *eventstore.Store {
	t.Helper()
	s := must(eventstore.Open(context.Background(), cfg))(t)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

// must ends the test if err is not nil; call as must(f())(t).
func must[T any](value T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func update(t testing.TB, s *eventstore.Store, fn func(*eventstore.Tx) error) {
	t.Helper()
	if err := s.Update(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

func view(t testing.TB, s *eventstore.Store, fn func(*eventstore.Tx) error) {
	t.Helper()
	if err := s.View(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

// addSegment adds a segment and returns the envelopes that were new.
func addSegment(s *eventstore.Store, seg *envelope.Segment) (rows []eventstore.Row, err error) {
	err = s.Update(context.Background(), func(tx *eventstore.Tx) error {
		rows, err = tx.AddSegment(seg)
		return err
	})
	return rows, err
}

// verify returns every violation found.
func verify(t testing.TB, s *eventstore.Store) (list []eventstore.Violation, stats eventstore.VerifyStats) {
	t.Helper()
	stats, err := s.Verify(context.Background(), keyOf, func(v eventstore.Violation) { list = append(list, v) })
	if err != nil {
		t.Fatal(err)
	}
	return list, stats
}

func wantClean(t testing.TB, s *eventstore.Store) {
	t.Helper()
	if list, _ := verify(t, s); len(list) > 0 {
		t.Fatalf("violations: %+v", list)
	}
}

func wantError(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("error %v, want %v", err, want)
	}
}

// scan returns every row.
func scan(t testing.TB, s *eventstore.Store) (rows []eventstore.Row) {
	t.Helper()
	view(t, s, func(tx *eventstore.Tx) error {
		return tx.Scan(0, func(r eventstore.Row) error {
			rows = append(rows, r)
			return nil
		})
	})
	return rows
}
