package envelope

import (
	"crypto/ed25519"
	"fmt"
	"slices"
)

// DecodeControl reads the body of a control envelope; byte fields share b's memory. An event of an unknown type, with an
// unknown field or an unknown role comes with ErrNewer and its type only: it is kept and relayed and has no effect here.
func DecodeControl(b []byte) (*Control, error) {
	if len(b) > MaxControl {
		return nil, fmt.Errorf("control event of %d bytes: %w", len(b), ErrTooLarge)
	}
	d := controlReader{reader: &reader{b: b}}
	newer := d.fields("control event", d.field)
	if d.seen == 0 {
		d.fail(ErrMalformed, "control event without type")
	}
	if err := d.end("control event"); err != nil {
		return nil, err
	}
	if newer || d.newer {
		c := &Control{Type: d.control.Type}
		return c, fmt.Errorf("control event %.64q: %w", c.Type, ErrNewer)
	}
	if d.seen&d.needs != d.needs || d.seen&^(d.needs|d.may) != 0 {
		return nil, fmt.Errorf("fields of %s: %w", d.control.Type, ErrMalformed)
	}
	if c := &d.control; c.Type == WorkspaceCreated {
		if err := c.checkCreated(); err != nil {
			return nil, err
		}
	}
	return &d.control, nil
}

// checkCreated refuses a founder who is the recovery member too, and more than one key: the first one names things for ever.
func (c *Control) checkCreated() error {
	if !distinct(c.Founder, c.Recovery) {
		return fmt.Errorf("founder and recovery are the same: %w", ErrMalformed)
	}
	if slices.ContainsFunc(c.Wraps, func(w Wrap) bool { return w.Key != c.Wraps[0].Key }) {
		return fmt.Errorf("workspace.created with two keys: %w", ErrMalformed)
	}
	return nil
}

func distinct(a, b *Grant) bool {
	return a.Member != b.Member && a.Keys.ID() != b.Keys.ID()
}

// controlReader fills a control event field by field. needs and may have a bit for each key that the type must and may have.
type controlReader struct {
	*reader
	control          Control
	seen, needs, may uint64
	newer            bool
}

// kind reads the type, which says what else there is.
func (d *controlReader) kind() {
	d.control.Type = d.text(MaxName, "control type")
	switch d.control.Type {
	case WorkspaceCreated:
		d.needs = 1<<1 | 1<<2 | 1<<3 | 1<<4 | 1<<8
	case EpochOpened:
		d.needs, d.may = 1<<1, 1<<5
	case DeviceAdmitted:
		d.needs, d.may = 1<<1|1<<6, 1<<7|1<<8
	case ServiceGranted:
		d.needs, d.may = 1<<1|1<<9, 1<<8
	case ServiceEnded:
		d.needs, d.may = 1<<1|1<<10, 1<<8
	case KeyAdded:
		d.needs = 1<<1 | 1<<8
	default:
		d.newer = true
	}
}

func (d *controlReader) field(key uint64) bool {
	if d.seen == 0 && key != 1 {
		d.fail(ErrMalformed, "control event without type")
		return true
	}
	c := &d.control
	switch {
	case key == 1:
		d.kind()
	case d.newer && d.needs == 0:
		return false
	case key == 2:
		c.Salt = make([]byte, SaltSize)
		d.fixed(c.Salt, "salt")
	case key == 3:
		c.Founder = d.grant(Owner)
	case key == 4:
		c.Recovery = d.grant(Recovery)
	case key == 5:
		c.Continues = &Tip{}
		c.Continues.Feed, c.Continues.Seq, c.Continues.Hash = d.tip("continued tip")
	case key == 6:
		c.Grant = d.grant("")
	case key == 7:
		d.request()
	case key == 8:
		c.Wraps = d.wraps()
	case key == 9:
		d.array(2, "service")
		c.Service = &DeviceKeys{}
		d.keys(c.Service)
	case key == 10:
		d.fixed(c.Ended[:], "service id")
		if d.err == nil && c.Ended == (DeviceID{}) {
			d.fail(ErrMalformed, "service id zero")
		}
	default:
		return false
	}
	d.seen |= 1 << key
	return true
}

func (d *controlReader) request() {
	d.fixed(d.control.Request[:], "request hash")
	if d.err == nil && d.control.Request.IsZero() {
		d.fail(ErrNotCanonical, "request hash is written though zero")
	}
}

// grant reads whom the event admits, and in which role if none is given.
func (d *controlReader) grant(role Role) *Grant {
	g := &Grant{Role: role}
	if role == "" {
		d.array(4, "grant")
	} else {
		d.array(3, "grant")
	}
	d.fixed(g.Member[:], "member")
	if role == "" {
		g.Role = Role(d.text(MaxName, "role"))
		d.newer = d.newer || g.Role.rank() == 0
	}
	d.keys(&g.Keys)
	return g
}

func (d *controlReader) keys(k *DeviceKeys) {
	k.Sign = make([]byte, ed25519.PublicKeySize)
	d.fixed(k.Sign, "signing key")
	k.Recipient = d.text(MaxRecipient, "recipient")
}

func (d *controlReader) wraps() []Wrap {
	n := d.count(MaxWraps, "wraps")
	if d.err == nil && n == 0 {
		d.fail(ErrNotCanonical, "wraps are written though empty")
	}
	wraps := make([]Wrap, n)
	for i := range wraps {
		d.array(3, "wrap")
		d.fixed(wraps[i].Device[:], "wrap device")
		d.fixed(wraps[i].Key[:], "wrap key id")
		wraps[i].Data = d.filled(MaxWrap, "wrap")
		if d.err == nil && wraps[i].Key.IsZero() {
			d.fail(ErrMalformed, "wrap of no key")
		}
		if d.err == nil && i > 0 && compareWraps(wraps[i-1], wraps[i]) >= 0 {
			d.fail(ErrNotCanonical, "wraps not ascending")
		}
	}
	return wraps
}

// Founder gives the keys of the device that made the workspace from its first envelope: what the heads of that feed are
// checked with before the envelope is added to an ACL. The workspace's id vouches for them.
func Founder(ws WorkspaceID, e *Envelope) (DeviceKeys, error) {
	if !e.IsControl() {
		return DeviceKeys{}, fmt.Errorf("sealed first envelope: %w", ErrMalformed)
	}
	c, err := DecodeControl(e.Body)
	if err != nil {
		return DeviceKeys{}, err
	}
	if c.Type != WorkspaceCreated || NewWorkspaceID(c) != ws || e.Workspace != ws {
		return DeviceKeys{}, fmt.Errorf("%s: %w", c.Type, ErrWorkspace)
	}
	if c.Founder.Keys.ID() != e.Device || e.Seq != 1 || len(e.ACL) != 0 {
		return DeviceKeys{}, fmt.Errorf("first envelope of another device: %w", ErrNotAllowed)
	}
	return c.Founder.Keys, nil
}

// FounderKey is the key that the segment is checked with if it is the first of a workspace: that feed admits itself, and the
// workspace's id vouches for the key. False for every other segment.
func (s *Segment) FounderKey() (ed25519.PublicKey, bool) {
	if s.First != 1 || len(s.Envelopes) == 0 {
		return nil, false
	}
	e, err := Decode(s.Envelopes[0])
	if err != nil {
		return nil, false
	}
	keys, err := Founder(s.Workspace, e)
	return keys.Sign, err == nil && keys.ID() == s.Device
}
