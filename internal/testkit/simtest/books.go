package simtest

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fieldbook/keyring"
	"fieldbook/syncserver/replica"
	"fieldbook/workspace"
)

// Books is a history with the whole program on every laptop, databases on a disk
// included, and the service with its HTTP side.
type Books struct {
	t       testing.TB
	r       *rapid.T
	ctx     context.Context
	dir     string
	clock   time.Time // of who has a right one
	pair    *Pair
	servers [2][]*server
	laptops []*Book
	durable map[string]bool // reasons of entries that the service acknowledged
	writes  int
	calm    bool
	nested  bool
	told    []string
	parts   sync.Mutex // one part of a pack is asked for at a time
}

// Book is one laptop.
type Book struct {
	b     *Books
	w     *workspace.Workspace
	name  string
	dir   string
	off   time.Duration // how wrong its clock is
	fresh []string      // reasons of entries that no sync has carried yet
	old   string        // an older copy of its folder
	oldly []string      // what was fresh then
	busy  bool
}

// remoteName is what every laptop calls the service.
const remoteName = "office"

// NewBooks founds a workspace on the first of some laptops.
func NewBooks(t testing.TB, r *rapid.T, dir string) *Books {
	b := &Books{
		t: tb{t, r}, r: r, ctx: context.Background(), dir: dir, pair: NewPair(), durable: map[string]bool{},
		clock: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC),
	}
	_, master, err := keyring.NewMaster()
	b.must(err)
	for side := range b.servers {
		off := b.skew()
		for range rapid.IntRange(1, 3).Draw(r, "instances") {
			b.servers[side] = append(b.servers[side], b.server(side, off, master))
		}
	}
	owner := b.book("Ada")
	owner.w, _, err = workspace.Create(b.ctx, owner.config(), workspace.Founding{Name: "Ravensmere", Member: "Ada", Zone: "Europe/London"})
	b.must(err)
	for n := range rapid.IntRange(1, 3).Draw(r, "more laptops") {
		b.join(fmt.Sprintf("Engineer %d", n+1))
	}
	return b
}

// server starts an instance in a region whose clocks are wrong.
func (b *Books) server(side int, off time.Duration, master keyring.Master) *server {
	now := func() time.Time { return b.clock.Add(off) }
	i, err := NewInstance(b.pair, side, replica.Config{
		Identity: master.Service, Clock: now,
		PackEvents: rapid.IntRange(1, 20).Draw(b.r, "events a pack"), PackSegments: rapid.IntRange(1, 8).Draw(b.r, "segments a pack"),
	})
	b.must(err)
	return &server{Instance: i, now: now}
}

// skew is how wrong a clock is: up to some days.
func (b *Books) skew() time.Duration {
	return time.Duration(rapid.IntRange(-72, 72).Draw(b.r, "clock is wrong by hours")) * time.Hour
}

func (b *Books) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatalf("%v", err)
	}
}

func (b *Books) say(format string, args ...any) {
	b.told = append(b.told, fmt.Sprintf(format, args...))
	b.r.Log(b.told[len(b.told)-1])
}

// Close ends everything.
func (b *Books) Close() {
	for _, l := range b.laptops {
		_ = l.w.Close() // a failed history may have left one closed
	}
	for _, side := range b.servers {
		for _, s := range side {
			if s.handler != nil {
				s.handler.Close()
			}
			s.Instance.Close()
		}
	}
}

// Transcript is all that happened, with the segments that both regions store.
func (b *Books) Transcript() []string {
	out := append([]string{}, b.told...)
	for side := range b.servers {
		out = append(out, b.pair.Feeds(side)...)
	}
	return out
}

func (b *Books) book(name string) *Book {
	l := &Book{b: b, name: name, dir: filepath.Join(b.dir, fmt.Sprintf("laptop%d", len(b.laptops))), off: b.skew()}
	b.laptops = append(b.laptops, l)
	return l
}

// join lets one more laptop in.
func (b *Books) join(name string) {
	l := b.book(name)
	asked, err := workspace.Ask(b.ctx, l.config(), name)
	b.must(err)
	approved, err := b.laptops[0].w.Approve(b.ctx, asked.File, "")
	b.must(err)
	_, err = workspace.Join(b.ctx, l.config(), approved.File)
	b.must(err)
	l.open()
}

func (l *Book) config() workspace.Config {
	return workspace.Config{
		Dir: l.dir, Work: 1, Dial: l.b.dial,
		Passphrase: func(context.Context) ([]byte, error) { return []byte("open sesame"), nil },
		Clock: func() time.Time {
			l.b.clock = l.b.clock.Add(time.Second)
			return l.b.clock.Add(l.off)
		},
	}
}

func (l *Book) open() {
	w, err := workspace.Open(l.b.ctx, l.config())
	l.b.must(err)
	l.w = w
}

func (l *Book) close() { l.b.must(l.w.Close()) }

func (l *Book) status() workspace.Status {
	s, err := l.w.Status(l.b.ctx)
	l.b.must(err)
	return s
}
