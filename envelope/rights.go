package envelope

import (
	"bytes"
	"errors"
	"maps"
	"slices"
)

// rights are who may act and who may open what is sealed, as of some control events.
type rights struct {
	devices  map[DeviceID]Device
	services map[DeviceID]Service // granted and not ended
	granted  map[DeviceID]bool    // services that were ever granted anything
	newer    bool
}

// Service is a sync service that an owner lets open what is sealed under the keys wrapped for it.
type Service struct {
	ID   DeviceID
	Keys DeviceKeys
	// By is the control event that granted it; of several that with the smallest hash.
	By Hash
}

func newRights() *rights {
	return &rights{devices: map[DeviceID]Device{}, services: map[DeviceID]Service{}, granted: map[DeviceID]bool{}}
}

// rights are those that refs and their past give. Of concurrent grants to one device that with the smallest hash stands. A
// grant to a service stands unless an event that had it in its past ended it.
func (a *ACL) rights(refs []int) *rights {
	r := newRights()
	var granted []int
	ended := map[int]bool{}
	a.past(refs, func(i int) {
		n := &a.nodes[i]
		r.newer = r.newer || errors.Is(n.verdict, ErrNewer)
		for _, d := range n.admits {
			if other, ok := r.devices[d.ID]; !ok || compareHashes(d.By, other.By) < 0 {
				r.devices[d.ID] = d
			}
		}
		if n.grants != (DeviceID{}) {
			granted = append(granted, i)
		}
		for _, grant := range n.ends {
			ended[grant] = true
		}
	})
	for _, i := range granted {
		r.grant(&a.nodes[i], ended[i])
	}
	return r
}

// grant counts one grant to a service.
func (r *rights) grant(n *node, ended bool) {
	id := n.grants
	r.granted[id] = true
	if other, ok := r.services[id]; !ended && (!ok || compareHashes(n.hash, other.By) < 0) {
		r.services[id] = Service{ID: id, Keys: *n.control.Service, By: n.hash}
	}
}

// active tells whether a device is admitted, or a service granted and not ended.
func (r *rights) active(id DeviceID) bool {
	_, device := r.devices[id]
	_, service := r.services[id]
	return device || service
}

// byID orders devices and services.
func byID[T any](all map[DeviceID]T) []T {
	out := make([]T, 0, len(all))
	for _, id := range slices.SortedFunc(maps.Keys(all), func(x, y DeviceID) int { return bytes.Compare(x[:], y[:]) }) {
		out = append(out, all[id])
	}
	return out
}
