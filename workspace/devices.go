package workspace

import (
	"context"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/keyring"
	"fieldbook/record"
)

// DeviceView is one admitted laptop.
type DeviceView struct {
	Device string `json:"device"`
	Member string `json:"member"`
	ID     string `json:"member_id"`
	Role   string `json:"role"`
	Self   bool   `json:"self"`
	Feeds  int    `json:"feeds"`
	Events uint64 `json:"events"`
	// Words are eight words over the device's keys, for two people to compare.
	Words []string `json:"words"`
}

// MemberView is one person.
type MemberView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Role string `json:"role"`
}

// Devices lists the admitted devices, the recovery key among them.
func (w *Workspace) Devices(ctx context.Context) ([]DeviceView, error) {
	state, err := w.roster.Now()
	if err != nil {
		return nil, err
	}
	views := []DeviceView{}
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		branches, err := tx.Branches()
		if err != nil {
			return err
		}
		for _, d := range state.Devices() {
			view := DeviceView{Device: d.ID.String(), ID: d.Member.ID.String(), Role: string(d.Member.Role), Self: d.ID == w.device, Words: keyring.DeviceWords(d.ID)}
			if view.Member, err = w.memberName(tx, d.Member); err != nil {
				return err
			}
			for _, b := range branches {
				if b.Feed.Device == d.ID {
					view.Feeds++
					view.Events += b.Seq - b.BaseSeq
				}
			}
			views = append(views, view)
		}
		return nil
	})
	return views, err
}

// Members lists the people of the workspace.
func (w *Workspace) Members(ctx context.Context) ([]MemberView, error) {
	state, err := w.roster.Now()
	if err != nil {
		return nil, err
	}
	views := []MemberView{}
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		for _, m := range state.Members() {
			if m.Role == envelope.Recovery {
				continue
			}
			name, err := w.memberName(tx, m)
			if err != nil {
				return err
			}
			views = append(views, MemberView{ID: m.ID.String(), Name: name, Role: string(m.Role)})
		}
		return nil
	})
	return views, err
}

// memberName is the person's name, or the id while the name has not arrived.
func (w *Workspace) memberName(tx *eventstore.Tx, m envelope.Member) (string, error) {
	if m.Role == envelope.Recovery {
		return "recovery key", nil
	}
	s, err := w.models.Snapshot(tx, record.ID(m.ID))
	if name := s.Current("name").Str; name != "" {
		return name, err
	}
	return m.ID.String(), err
}
