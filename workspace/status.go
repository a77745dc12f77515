package workspace

import (
	"context"
	"encoding/hex"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

// Glance is the state of this device's record in counts.
type Glance struct {
	Workspace   string `json:"workspace"`
	WorkspaceID string `json:"workspace_id"`
	Device      string `json:"device"`
	Member      string `json:"member"`
	Role        string `json:"role"`
	Events      int64  `json:"events"`
	Feeds       int    `json:"feeds"`
	Documents   int64  `json:"documents"`
	Waiting     int64  `json:"waiting"` // events that miss a dependency, a key or the members' state
	Newer       int64  `json:"newer"`   // events made by a newer version of the program
	Unsent      int64  `json:"unsent"`  // events of this device that no remote has taken yet
	Findings    int    `json:"findings"`
	Conflicts   int    `json:"conflicts"`
	Unverified  int64  `json:"unverified"` // documents of which history has not arrived yet; the digest compares with nobody's as long as there are any

	Remotes []RemoteView `json:"remotes"` // by name
}

// Status is a glance with the digest, which is the same on all devices that hold
// the same feeds.
type Status struct {
	Glance
	Digest string `json:"digest"`
}

// Status gives the state of this device's record with its digest.
func (w *Workspace) Status(ctx context.Context) (s Status, err error) {
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		if s.Glance, err = w.glance(ctx, tx); err != nil {
			return err
		}
		s.Digest, err = w.digest(tx)
		return err
	})
	return s, err
}

// Glance gives the state of this device's record in counts.
func (w *Workspace) Glance(ctx context.Context) (s Glance, err error) {
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		s, err = w.glance(ctx, tx)
		return err
	})
	return s, err
}

// Digest is a status's, in hex. It reads the heads of all documents: some
// milliseconds at 10,000.
func (w *Workspace) Digest(ctx context.Context) (digest string, err error) {
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		digest, err = w.digest(tx)
		return err
	})
	return digest, err
}

func (w *Workspace) glance(ctx context.Context, tx *eventstore.Tx) (s Glance, err error) {
	s = Glance{WorkspaceID: w.id.String(), Device: w.device.String()}
	me, err := w.self()
	if err != nil {
		return s, err
	}
	s.Role = string(me.Role)
	if err := w.names(ctx, tx, &s, me); err != nil {
		return s, err
	}
	counts, err := w.models.Counts(tx)
	if err != nil {
		return s, err
	}
	s.Events, s.Documents, s.Waiting, s.Newer = counts.Events, counts.Documents, counts.Waiting, counts.Newer
	if s.Unverified, _, err = w.models.Unverified(tx); err != nil {
		return s, err
	}
	if s.Unsent, s.Feeds, err = w.unsent(tx); err != nil {
		return s, err
	}
	findings, err := w.models.FindingPage(ctx, tx, projections.FindingQuery{})
	if err != nil {
		return s, err
	}
	for _, k := range findings.Kinds {
		s.Findings += k.Count
		if k.Kind == string(record.ConcurrentValues) {
			s.Conflicts = k.Count
		}
	}
	s.Remotes, err = w.remotes(tx)
	return s, err
}

func (w *Workspace) names(ctx context.Context, tx *eventstore.Tx, s *Glance, me envelope.Member) error {
	settings, err := w.models.Snapshot(tx, record.WorkspaceStream())
	if err != nil {
		return err
	}
	s.Workspace, s.Member = settings.Current("name").Str, me.ID.String()
	member, err := w.models.Snapshot(tx, record.ID(me.ID))
	if name := member.Current("name").Str; name != "" {
		s.Member = name
	}
	return err
}

// unsent counts this device's entries behind what the last remotes acknowledged.
func (w *Workspace) unsent(tx *eventstore.Tx) (events int64, feeds int, err error) {
	acked, err := loadSent(tx)
	if err != nil {
		return 0, 0, err
	}
	branches, err := tx.Branches()
	if err != nil {
		return 0, 0, err
	}
	events, err = w.unsentBehind(tx, branches, func(feed envelope.FeedID, n eventstore.SegmentName) bool {
		return n.Number <= acked[feed.String()]
	})
	return events, len(branches), err
}

// unsentBehind counts this device's entries behind the last segment of each
// branch that someone holds.
func (w *Workspace) unsentBehind(tx *eventstore.Tx, branches []eventstore.Branch, holds func(envelope.FeedID, eventstore.SegmentName) bool) (events int64, err error) {
	for _, b := range branches {
		if b.Feed.Device != w.device {
			continue
		}
		names, err := tx.SegmentNames(b.ID)
		if err != nil {
			return 0, err
		}
		last := b.BaseSeq
		for _, n := range names {
			if holds(b.Feed, n) {
				last = max(last, n.Last)
			}
		}
		events += int64(b.Seq - last)
	}
	return events, nil
}

// digest is the same on all devices that hold the same feeds, in hex.
func (w *Workspace) digest(tx *eventstore.Tx) (string, error) {
	sum, err := w.models.Digest(tx, w.roster.Digest())
	return hex.EncodeToString(sum[:]), err
}
