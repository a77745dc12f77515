package roster

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/envelope"
)

// walk is a random history of laptops that admit, grant, end, hand on keys and write, apart and together.
type walk struct {
	*plant
	r        *rapid.T
	services []*laptop
	entries  []*envelope.Envelope
}

func (w *walk) devices() []*laptop {
	return slices.DeleteFunc(slices.Clone(w.laptops), func(l *laptop) bool { return slices.Contains(w.services, l) })
}

func (w *walk) pick(from []*laptop) *laptop {
	return from[rapid.IntRange(0, len(from)-1).Draw(w.r, "laptop")]
}

func (l *laptop) role() envelope.Role {
	state, err := l.Now()
	l.p.must(err)
	m, _ := state.Device(l.device())
	return m.Role
}

func (l *laptop) granted(service *laptop) bool {
	state, err := l.Now()
	l.p.must(err)
	return slices.ContainsFunc(state.Services(), func(s envelope.Service) bool { return s.ID == service.device() })
}

func (w *walk) step() {
	l, service := w.pick(w.devices()), w.pick(w.services)
	owner := l.role() == envelope.Owner
	switch what := rapid.IntRange(0, 11).Draw(w.r, "what"); {
	case what < 4:
		l.sync(w.pick(w.laptops))
	case what == 4 && owner && len(w.devices()) < 5:
		role := rapid.SampledFrom([]envelope.Role{envelope.Owner, envelope.Engineer, envelope.Reviewer}).Draw(w.r, "role")
		l.admit(role)
	case what == 5 && owner && !l.granted(service):
		l.grant(service)
	case what == 6 && owner && l.granted(service):
		l.end(service)
	case what == 7 && l.role() != envelope.Reviewer:
		l.fill()
	case what == 8 && l.role() != envelope.Reviewer:
		l.renew()
	case what > 8:
		w.write(l)
	}
}

// write seals an entry under a key that nobody was given who may not read it, as far as the author knows.
func (w *walk) write(l *laptop) {
	e := l.seal()
	if e == nil {
		if l.role() == envelope.Reviewer {
			return // waits for a key
		}
		l.renew()
		e = l.seal()
	}
	state, err := l.State(e.ACL)
	w.must(err)
	if slices.ContainsFunc(state.Recipients(e.Key), state.Ended) {
		w.r.Fatalf("sealed under a key that was given to a service that has ended")
	}
	w.entries = append(w.entries, e)
}

// settle lets all exchange all until nobody lacks a key.
func (w *walk) settle() {
	all, founder := w.laptops, w.laptops[0]
	founder.sync(all...)
	if _, err := founder.Sealing(); errors.Is(err, ErrNoSealingKey) {
		founder.renew()
	}
	for _, l := range w.devices() {
		l.sync(founder)
		if l.role() != envelope.Reviewer {
			l.fill()
		}
		founder.sync(l)
	}
	founder.sync(all...)
}

// Whatever laptops do apart, when they have exchanged everything they agree on who may and seal under one key; everybody who is let
// in reads everything, and no service that has ended reads what is written from then on.
func TestEverybodyEndsWithTheSameKeys(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := &walk{plant: newPlant(r), r: r}
		w.services = []*laptop{w.service(), w.service()}
		for range rapid.IntRange(5, 30).Draw(r, "steps") {
			w.step()
		}
		w.settle()
		founder := w.laptops[0]
		last := founder.seal()
		for _, l := range w.laptops {
			w.agrees(l, founder, last)
		}
		recovery := w.laptop(w.recovery)
		recovery.take(founder.held...)
		w.reads(recovery, append(w.entries, last))
	})
}

func (w *walk) agrees(l, founder *laptop, last *envelope.Envelope) {
	if l.Digest() != founder.Digest() {
		w.r.Fatalf("another digest")
	}
	if slices.Contains(w.services, l) && !founder.granted(l) {
		if _, err := l.Key(last.Key); !errors.Is(err, ErrNoKey) {
			w.r.Fatalf("a service that is not let in has the new key")
		}
		return
	}
	w.reads(l, append(w.entries, last))
	if id, err := l.Sealing(); err != nil || id != last.Key {
		w.r.Fatalf("seals under %s (%v), another under %s", id, err, last.Key)
	}
	if len(l.Lacking()) > 0 {
		w.r.Fatalf("lacking: %v", l.Lacking())
	}
}

func (w *walk) reads(l *laptop, entries []*envelope.Envelope) {
	for i, e := range entries {
		if o := l.Open(e); o.Fate != Accepted {
			w.r.Fatalf("entry %d of %d has fate %d", i, len(entries), o.Fate)
		}
	}
}
