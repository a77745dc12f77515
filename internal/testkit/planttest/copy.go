package planttest

import (
	"crypto/ed25519"
	"slices"

	"fieldbook/envelope"
	"fieldbook/syncproto"
)

// Again is the device as a copy of its disk has it, now or started later: it
// holds the segments given, which are all that this device holds, and writes on
// in the same feed. Unlike a Fork it shares nothing with this device.
func (d *Device) Again(held []syncproto.Segment) *Device {
	d.plant.t.Helper()
	e := d.plant.device(d.Identity)
	e.Take(held...)
	e.epoch, e.seq, e.prev, e.number, e.clock = d.epoch, d.seq, d.prev, d.number, d.clock
	e.refs, e.sealing, e.uncut = slices.Clone(d.refs), d.sealing, slices.Clone(d.uncut)
	return e
}

// SignKey is the key of a device that some control event held here admits.
func (d *Device) SignKey(id envelope.DeviceID) (ed25519.PublicKey, bool) { return d.roster.SignKey(id) }

// Granted tells whether a service's grant holds, as far as is known here.
func (d *Device) Granted(service envelope.DeviceID) bool {
	now, err := d.roster.Now()
	return err == nil && slices.ContainsFunc(now.Services(), func(s envelope.Service) bool { return s.ID == service })
}

// Admitted tells whether this device knows that it is let in.
func (d *Device) Admitted() bool {
	now, err := d.roster.Now()
	if err != nil {
		return false
	}
	_, admitted := now.Device(d.ID)
	return admitted
}

// Lacking tells whether somebody lacks a key that this device could hand on.
func (d *Device) Lacking() bool { return len(d.roster.Lacking()) > 0 }

// Sealing tells whether there is a key to seal new entries under.
func (d *Device) Sealing() bool {
	if !d.sealing.IsZero() {
		return true
	}
	_, err := d.roster.Sealing()
	return err == nil
}

// Waiting counts events that could not be opened yet.
func (d *Device) Waiting() int { return len(d.waiting) }
