package workspace

import (
	"context"
	"fmt"
	"slices"

	"fieldbook/envelope"
	"fieldbook/eventstore"
)

// RemoteRemoved says what removing a remote did.
type RemoteRemoved struct {
	Name  string `json:"name"`
	Ended bool   `json:"ended"` // the service's grant was ended, and a new key made
	// Told says that the service was told, so that the other laptops hear of the
	// new key from it too. Reason says why not.
	Told   bool    `json:"told"`
	Reason *string `json:"reason"`
}

// RemoveRemote forgets an address. If this device's member is an owner and no
// other of its remotes is the same service, the service's grant ends: a new key
// is made that it does not get, and what is written from then on is sealed under
// that. What the service has it keeps.
func (w *Workspace) RemoveRemote(ctx context.Context, name string) (RemoteRemoved, error) {
	done := RemoteRemoved{Name: name}
	r, err := w.remote(ctx, name)
	if err != nil {
		return done, err
	}
	controls, err := w.ending(ctx, &r)
	if err == nil && len(controls) > 0 {
		done.Ended = true
		err = w.control(ctx, controls...)
	}
	if err != nil {
		return done, fmt.Errorf("ending the service's grant: %w", err)
	}
	if done.Ended {
		if err := w.tell(ctx, &r); err != nil {
			reason := err.Error()
			done.Reason = &reason
		}
		done.Told = done.Reason == nil
	}
	return done, w.forgetRemote(ctx, name)
}

// tell brings the end of a grant to the service it was for, which hands it on.
func (w *Workspace) tell(ctx context.Context, r *remote) error {
	service, err := w.connect(r)
	if err == nil {
		_, err = w.SyncAs(ctx, r.Name, service)
	}
	return err
}

// ending are the events that end a service's grant; none if there is nothing to
// end, or this device may not.
func (w *Workspace) ending(ctx context.Context, r *remote) ([]*envelope.Control, error) {
	me, err := w.self()
	if err != nil {
		return nil, err
	}
	state, err := w.roster.Now()
	if err != nil {
		return nil, err
	}
	if r.folder() || me.Role != envelope.Owner || !grants(state, r.service()) {
		return nil, nil
	}
	var list []remote
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		list, err = loadRemotes(tx)
		return err
	})
	if err != nil || slices.ContainsFunc(list, func(o remote) bool { return o.Name != r.Name && o.service() == r.service() }) {
		return nil, err
	}
	wraps, err := w.roster.NewKey(r.service())
	if err != nil {
		return nil, err
	}
	first := wraps[:min(len(wraps), envelope.MaxWraps)]
	end := &envelope.Control{Type: envelope.ServiceEnded, Ended: r.service(), Wraps: first}
	return append([]*envelope.Control{end}, handing(wraps[len(first):])...), nil
}

func (w *Workspace) forgetRemote(ctx context.Context, name string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.update(ctx, func(tx *eventstore.Tx) error {
		list, err := loadRemotes(tx)
		if err != nil {
			return err
		}
		list = slices.DeleteFunc(list, func(r remote) bool { return r.Name == name })
		if err := saveRemotes(tx, list); err != nil {
			return err
		}
		if err := w.models.SetDiverged(tx, name, nil); err != nil {
			return err
		}
		return saveRemoteState(tx, name, remoteState{})
	})
}
