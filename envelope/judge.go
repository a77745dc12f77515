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
		_, err := Founder(a.workspace, e)
		return c, err
	}
	devices := a.admitted(refs)
	author, ok := devices[e.Device]
	switch {
	case !ok:
		return c, fmt.Errorf("control event of %s: %w", e.Device, ErrNotAdmitted)
	case err != nil:
		return c, fmt.Errorf("control event of %s: %w", e.Device, err)
	case (c.Type == EpochOpened) != (e.Seq == 1):
		return c, fmt.Errorf("%s as envelope %d: %w", c.Type, e.Seq, ErrNotAllowed)
	case c.Type == DeviceAdmitted:
		return c, judgeGrant(devices, author.Member.Role, c.Grant)
	}
	return c, nil
}

// judgeGrant refuses a grant that the author's role does not allow, one to the recovery member, and one to a device that the
// author knew to be admitted: what was granted first stands.
func judgeGrant(devices map[DeviceID]Device, author Role, g *Grant) error {
	if _, ok := devices[g.Keys.ID()]; ok {
		return fmt.Errorf("device %s is admitted: %w", g.Keys.ID(), ErrNotAllowed)
	}
	if !author.mayAdmit(g.Role) {
		return fmt.Errorf("%s admits %s: %w", author, g.Role, ErrNotAllowed)
	}
	for _, d := range devices {
		if d.Member.Role == Recovery && d.Member.ID == g.Member {
			return fmt.Errorf("a device for the recovery member: %w", ErrNotAllowed)
		}
	}
	return nil
}

// admitted are the devices that refs and their past admit. Of concurrent grants to one device that with the smallest hash
// stands.
func (a *ACL) admitted(refs []int) map[DeviceID]Device {
	devices := map[DeviceID]Device{}
	a.past(refs, func(i int) {
		for _, d := range a.nodes[i].admits {
			if other, ok := devices[d.ID]; !ok || compareHashes(d.By, other.By) < 0 {
				devices[d.ID] = d
			}
		}
	})
	return devices
}
