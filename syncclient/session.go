package syncclient

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"fieldbook/syncproto"
)

// maxIdle bounds how many pages in a row may bring nothing new, and maxPasses
// how many passes: an honest remote needs far fewer, a hostile one gets no more.
const (
	maxIdle   = 64
	maxPasses = 3
)

// place is one segment in one feed.
type place struct {
	feed syncproto.Feed
	name syncproto.Name
}

// session is the state of one Sync.
type session struct {
	local  Local
	remote Remote
	opts   Options
	report Report
	// sent counts how often a segment was pushed; lost are those refused because
	// the remote lacked what they continue, which may be pushed once more.
	sent map[place]int
	lost map[place]syncproto.Refusal
	// stuck are the feeds of which the remote refused a segment for good.
	stuck map[syncproto.Feed]bool
	// seen are the segments the remote handed out or refused to, with what
	// became of them.
	seen map[place]Fate
	// refused are the segments in the report's list, waiting those that the
	// remote has and that cannot be taken yet.
	refused, waiting map[place]bool
	// wanted are the segments for which the first request asks receipts.
	wanted []syncproto.Cursor
	// explicit are the feeds of which every segment is named in the request,
	// because the remote has another branch of them.
	explicit map[syncproto.Feed]bool
	// blocked is why the remote cannot be written. It is still read.
	blocked error
}

func newSession(local Local, remote Remote, opts Options) *session {
	return &session{
		local: local, remote: remote, opts: opts,
		report:   Report{Known: opts.Known},
		sent:     map[place]int{},
		lost:     map[place]syncproto.Refusal{},
		stuck:    map[syncproto.Feed]bool{},
		seen:     map[place]Fate{},
		refused:  map[place]bool{},
		waiting:  map[place]bool{},
		explicit: map[syncproto.Feed]bool{},
	}
}

// run makes passes until neither side has anything new for the other.
func (s *session) run(ctx context.Context) error {
	defer s.close()
	var err error
	if s.wanted, err = s.local.Wanted(ctx); err != nil {
		return fmt.Errorf("list receipts: %w", err)
	}
	for idle := 0; idle < maxPasses; idle++ {
		p, err := s.newPass(ctx)
		if err != nil {
			return err
		}
		if err := p.run(ctx); err != nil {
			return err
		}
		again, err := s.again(ctx, p)
		if err != nil {
			return err
		}
		if !again {
			break
		}
		if p.taken > 0 {
			idle = 0
		}
	}
	return s.blocked
}

// close completes the report with what is only known at the end.
func (s *session) close() {
	for _, refusal := range s.lost {
		s.refuse(refusal)
	}
	s.report.Waiting = len(s.waiting)
	slices.SortFunc(s.report.Refused, func(a, b syncproto.Refusal) int {
		if c := a.Feed.Compare(b.Feed); c != 0 {
			return c
		}
		return a.Name.Compare(b.Name)
	})
}

// refuse notes a refusal once.
func (s *session) refuse(refusal syncproto.Refusal) {
	at := place{refusal.Feed, refusal.Name}
	if s.refused[at] {
		return
	}
	s.refused[at] = true
	s.report.Refused = append(s.report.Refused, refusal)
}

// settle notes what became of the segments pushed, and what the remote could
// not hand out.
func (s *session) settle(batch []outgoing, answer *syncproto.Answer) {
	refused := make(map[place]syncproto.Refusal, len(answer.Refused))
	for _, r := range answer.Refused {
		refused[place{r.Feed, r.Name}] = r
	}
	for _, out := range batch {
		r, bad := refused[out.place]
		delete(refused, out.place)
		delete(s.lost, out.place)
		switch {
		case !bad:
			s.report.Sent += out.events
			s.report.SentSegments++
		case r.Reason == syncproto.Full:
			s.blocked = fmt.Errorf("send to remote: %w", ErrFull)
		case r.Reason == syncproto.ReadOnly:
			s.blocked = fmt.Errorf("send to remote: %w", ErrReadOnly)
		case r.Reason == syncproto.Hole:
			s.lost[out.place] = r
		default:
			s.stuck[out.feed] = true
			s.refuse(r)
		}
	}
	for at, r := range refused {
		if _, known := s.seen[at]; !known {
			s.seen[at] = Refused
		}
		s.refuse(r)
	}
}

// take hands received segments to the device. It says how many were new.
func (s *session) take(ctx context.Context, segments []syncproto.Segment) (int, error) {
	if len(segments) == 0 {
		return 0, nil
	}
	outcomes, err := s.local.Accept(ctx, segments)
	if err != nil {
		return 0, fmt.Errorf("store received segments: %w", err)
	}
	if len(outcomes) != len(segments) {
		return 0, errors.New("store received segments: not one outcome for each")
	}
	fresh := 0
	for i, outcome := range outcomes {
		at := place{segments[i].Feed, segments[i].Name()}
		fate, known := s.seen[at]
		s.seen[at] = outcome.Fate
		switch outcome.Fate {
		case Taken:
			if !known || fate != Taken {
				fresh++
				s.report.ReceivedSegments++
			}
			s.report.Received += outcome.Events
		case Refused:
			s.refuse(syncproto.Refuse(at.feed, at.name, outcome.Reason, outcome.Detail))
		}
	}
	return fresh, nil
}
