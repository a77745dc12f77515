package projections

import (
	"errors"

	"fieldbook/crdt"
	"fieldbook/record"
)

// OriginOf says where the change of an opened event comes from, and whether its author may make it. Who adds a change that it
// has authored to a document's history uses it too, so that the history reads the same before and after it is read back.
func OriginOf(o *Opened) crdt.Origin {
	return crdt.Origin{
		Device: o.Feed.Device, Stream: record.ID(o.Body.Stream), Salt: o.Body.Salt, Texts: o.Body.Texts,
		Allowed: func(writes crdt.Writes) bool { return judge(o, writes) == stateAccepted },
	}
}

// judge holds what an event writes against its type and its author's role: accepted, masked, or newer for a type that this
// version has no rule for and so cannot let count. It is a function of the event and of the members' state that the event
// names, and so the same on every device and in every order of arrival.
func judge(o *Opened, writes crdt.Writes) eventState {
	if o.Fate != Accepted {
		return stateOfFate(o)
	}
	err := record.Allowed(record.Act{
		Type: o.Body.Type, Role: o.Role, Author: record.ID(o.Member), Stream: record.ID(o.Body.Stream),
		Values: writes.Values, Texts: writes.Texts,
	})
	switch {
	case err == nil:
		return stateAccepted
	case errors.Is(err, record.ErrType):
		return stateNewer
	}
	return stateMasked
}
