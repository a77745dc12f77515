package envelope

import (
	"fmt"
	"slices"
)

// rank orders the roles by what they may do; zero is an unknown role.
func (r Role) rank() int {
	return 1 + slices.Index([]Role{Recovery, Auditor, Reviewer, Engineer, Owner}, r)
}

// mayAdmit tells whether one role may admit another.
func (r Role) mayAdmit(other Role) bool {
	switch r {
	case Owner:
		return other != Recovery
	case Recovery:
		return other == Owner
	}
	return false
}

// judge gives the verdict on a control event as of what its author knew.
func (a *ACL) judge(e *Envelope, refs []int) (*Control, error) {
	c, err := DecodeControl(e.Body)
	if c != nil && c.Type == WorkspaceCreated {
		if _, err := Founder(a.workspace, e); err != nil {
			return c, err
		}
		return c, judgeWraps(newRights(), c)
	}
	known := a.rights(refs)
	author, ok := known.devices[e.Device]
	switch {
	case !ok:
		return c, fmt.Errorf("control event of %s: %w", e.Device, ErrNotAdmitted)
	case err != nil:
		return c, fmt.Errorf("control event of %s: %w", e.Device, err)
	case (c.Type == EpochOpened) != (e.Seq == 1):
		return c, fmt.Errorf("%s as envelope %d: %w", c.Type, e.Seq, ErrNotAllowed)
	}
	if err := judgeAct(known, author.Member.Role, c); err != nil {
		return c, err
	}
	return c, judgeWraps(known, c)
}

// judgeAct refuses what the author's role does not allow or what is so already.
func judgeAct(known *rights, author Role, c *Control) error {
	switch c.Type {
	case DeviceAdmitted:
		return judgeGrant(known, author, c.Grant)
	case ServiceGranted:
		return judgeService(known, author, c.Service.ID(), false)
	case ServiceEnded:
		return judgeService(known, author, c.Ended, true)
	case KeyAdded:
		if author != Owner && author != Engineer {
			return fmt.Errorf("%s adds a key: %w", author, ErrNotAllowed)
		}
	}
	return nil
}

// judgeGrant refuses a grant that the author's role does not allow, one to the recovery member, and one to a device that the
// author knew to be admitted, what was granted first stands, or to be a service.
func judgeGrant(known *rights, author Role, g *Grant) error {
	id := g.Keys.ID()
	_, device := known.devices[id]
	if device || known.granted[id] {
		return fmt.Errorf("%s is admitted: %w", id, ErrNotAllowed)
	}
	if !author.mayAdmit(g.Role) {
		return fmt.Errorf("%s admits %s: %w", author, g.Role, ErrNotAllowed)
	}
	for _, d := range known.devices {
		if d.Member.Role == Recovery && d.Member.ID == g.Member {
			return fmt.Errorf("a device for the recovery member: %w", ErrNotAllowed)
		}
	}
	return nil
}

// judgeService lets owners grant what is not granted, and end what is. A device is no service.
func judgeService(known *rights, author Role, service DeviceID, active bool) error {
	if author != Owner {
		return fmt.Errorf("%s decides on a service: %w", author, ErrNotAllowed)
	}
	if _, ok := known.services[service]; ok != active {
		return fmt.Errorf("service %s, granted before: %v: %w", service, ok, ErrNotAllowed)
	}
	if _, ok := known.devices[service]; ok && !active {
		return fmt.Errorf("service %s is a device: %w", service, ErrNotAllowed)
	}
	return nil
}

// judgeWraps refuses to hand a key to anybody but those that the event or its past lets in.
func judgeWraps(known *rights, c *Control) error {
	let := map[DeviceID]bool{}
	for _, d := range c.admits(Hash{}) {
		let[d.ID] = true
	}
	if c.Service != nil {
		let[c.Service.ID()] = true
	}
	for _, w := range c.Wraps {
		if w.Device == c.Ended || !let[w.Device] && !known.active(w.Device) {
			return fmt.Errorf("a key for %s, which is not let in: %w", w.Device, ErrNotAllowed)
		}
	}
	return nil
}
