package roster

import (
	"bytes"
	"fmt"
	"maps"
	"slices"

	"fieldbook/envelope"
	"fieldbook/keyring"
)

// Lack says that an admitted device or granted service was not given a key that is at hand here.
type Lack struct {
	Device envelope.DeviceKeys
	Key    envelope.KeyID
}

// Lacking lists who lacks which of the keys at hand, by device and key: what a device of an owner or engineer hands on in
// key.added events after it has synced. Recovery needs the keys like all others.
func (r *Roster) Lacking() []Lack {
	state, err := r.Now()
	if err != nil {
		return nil // a roster without control events has nobody who lacks anything
	}
	given := map[envelope.KeyID][]envelope.DeviceID{}
	for _, id := range r.held() {
		given[id] = state.Recipients(id)
	}
	var out []Lack
	held := r.held()
	for _, d := range active(state) {
		id := d.ID()
		for _, key := range held {
			if _, ok := slices.BinarySearchFunc(given[key], id, compareIDs); !ok && usable(d) {
				out = append(out, Lack{d, key})
			}
		}
	}
	return out
}

// usable tells whether anything can be wrapped for a recipient. One that an owner admitted with nonsense for a key stops nobody.
func usable(d envelope.DeviceKeys) bool { return keyring.CheckRecipient(d.Recipient) == nil }

func compareIDs(a, b envelope.DeviceID) int { return bytes.Compare(a[:], b[:]) }

// active are the keys of the admitted devices and granted services.
func active(state *envelope.ACLState) (all []envelope.DeviceKeys) {
	for _, d := range state.Devices() {
		all = append(all, d.Keys)
	}
	for _, s := range state.Services() {
		all = append(all, s.Keys)
	}
	return all
}

// held lists the ids of the keys at hand: the naming key first, the others by id.
func (r *Roster) held() []envelope.KeyID {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return slices.SortedFunc(maps.Keys(r.keys), func(a, b envelope.KeyID) int {
		switch {
		case a == b:
			return 0
		case r.before(a, b):
			return -1
		}
		return 1
	})
}

// Wrap encrypts one workspace key to a device's or service's recipient.
func Wrap(id envelope.WorkspaceID, to envelope.DeviceKeys, key keyring.Key) (envelope.Wrap, error) {
	data, err := keyring.Wrap(to.Recipient, id, key)
	if err != nil {
		return envelope.Wrap{}, fmt.Errorf("wrapping a workspace key: %w", err)
	}
	return envelope.Wrap{Device: to.ID(), Key: key.ID(), Data: data}, nil
}

// WrapAll wraps the keys at hand for one that is let in, in device.admitted or service.granted. Beyond envelope.MaxWraps it
// leaves some out, never the naming key nor the one that is sealed under now; Lacking tells them once the event is admitted.
func (r *Roster) WrapAll(to envelope.DeviceKeys) ([]envelope.Wrap, error) {
	held := r.held()
	if sealing, err := r.Sealing(); err == nil {
		held = slices.DeleteFunc(held, func(id envelope.KeyID) bool { return id == sealing })
		held = slices.Insert(held, min(1, len(held)), sealing)
	}
	lacks := make([]Lack, 0, len(held))
	for _, id := range held[:min(len(held), envelope.MaxWraps)] {
		lacks = append(lacks, Lack{to, id})
	}
	return r.Fill(lacks)
}

// Fill makes the wraps that end lacks. An event takes at most envelope.MaxWraps of them.
func (r *Roster) Fill(lacks []Lack) ([]envelope.Wrap, error) {
	wraps := make([]envelope.Wrap, 0, len(lacks))
	for _, l := range lacks {
		key, err := r.Key(l.Key)
		if err != nil {
			return nil, fmt.Errorf("wrapping key %s: %w", l.Key, err)
		}
		wrap, err := Wrap(r.id, l.Device, key)
		if err != nil {
			return nil, err
		}
		wraps = append(wraps, wrap)
	}
	return wraps, nil
}

// NewKey draws a workspace key and wraps it for all admitted devices and granted services but those named. An event takes at
// most envelope.MaxWraps of the wraps. Admit and Take the event that carries this device's own wrap to seal under the key.
func (r *Roster) NewKey(but ...envelope.DeviceID) ([]envelope.Wrap, error) {
	state, err := r.Now()
	if err != nil {
		return nil, fmt.Errorf("making a key: %w", err)
	}
	key := keyring.NewKey()
	defer key.Wipe()
	var wraps []envelope.Wrap
	for _, to := range active(state) {
		if slices.Contains(but, to.ID()) || !usable(to) {
			continue
		}
		wrap, err := Wrap(r.id, to, key)
		if err != nil {
			return nil, err
		}
		wraps = append(wraps, wrap)
	}
	return wraps, nil
}
