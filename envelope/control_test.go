package envelope

import (
	"bytes"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func drawControl(t *rapid.T) *Control {
	grant := func(name string, r Role) *Grant {
		g := newActor(name).grant(r)
		g.Keys.Recipient += rapid.StringMatching(`[a-z0-9]{0,40}`).Draw(t, "recipient")
		return g
	}
	c := &Control{Type: rapid.SampledFrom([]string{WorkspaceCreated, EpochOpened, DeviceAdmitted, ServiceGranted, ServiceEnded, KeyAdded}).Draw(t, "type")}
	switch c.Type {
	case WorkspaceCreated:
		c.Salt = rapid.SliceOfN(rapid.Byte(), SaltSize, SaltSize).Draw(t, "salt")
		c.Founder, c.Recovery = grant("founder", Owner), grant("recovery", Recovery)
		c.Wraps = []Wrap{newActor("founder").wrap(1)}
		return c
	case EpochOpened:
		if rapid.Bool().Draw(t, "continues") {
			c.Continues = &Tip{Feed: FeedID{Epoch: Epoch(rapid.Uint64().Draw(t, "epoch"))}, Seq: 1, Hash: drawHash(t, "tip")}
		}
		return c
	case DeviceAdmitted:
		c.Grant = grant("new", rapid.SampledFrom([]Role{Owner, Engineer, Reviewer, Auditor}).Draw(t, "role"))
		c.Request = drawHash(t, "request")
	case ServiceGranted:
		c.Service = &grant("service", "").Keys
	case ServiceEnded:
		c.Ended = newActor("service").keys().ID()
	case KeyAdded:
		c.Wraps = []Wrap{{DeviceID{9}, KeyID{2}, []byte("x")}}
		return c
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "wraps") {
		c.Wraps = append(c.Wraps, Wrap{DeviceID{byte(i)}, KeyID{1}, rapid.SliceOfN(rapid.Byte(), 1, 50).Draw(t, "wrap")})
	}
	return c
}

func TestControlKeepsItsBytes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := drawControl(rt)
		b := EncodeControl(c)
		got, err := DecodeControl(b)
		must(t, err)
		if !reflect.DeepEqual(c, got) || !bytes.Equal(EncodeControl(got), b) {
			rt.Fatalf("%+v came back as %+v", c, got)
		}
		if !bytes.Equal(deterministic(t, b), b) {
			rt.Fatalf("not deterministic CBOR: %x", b)
		}
		slices.Reverse(c.Wraps)
		if !bytes.Equal(EncodeControl(c), b) {
			rt.Fatal("the order of wraps changes the bytes")
		}
	})
}

func TestWorkspaceIsNamedByItsKeysAndSalt(t *testing.T) {
	made := func() *Control {
		c, err := DecodeControl(newPlant().created.Body)
		must(t, err)
		return c
	}
	id := NewWorkspaceID(made())
	c := made()
	c.Wraps = nil
	if NewWorkspaceID(c) != id {
		t.Error("wraps are part of the id, though they say it")
	}
	for name, spoil := range map[string]func(c *Control){
		"salt":             func(c *Control) { c.Salt[0]++ },
		"founder":          func(c *Control) { c.Founder.Keys.Sign[0]++ },
		"founder's member": func(c *Control) { c.Founder.Member[0]++ },
		"recovery":         func(c *Control) { c.Recovery.Keys.Recipient += "x" },
	} {
		c := made()
		spoil(c)
		if NewWorkspaceID(c) == id {
			t.Errorf("another %s, and the id is the same", name)
		}
	}
}

func TestDeviceIsNamedByBothKeys(t *testing.T) {
	k := newActor("ann").keys()
	id := k.ID()
	k.Recipient += "x"
	other := newActor("bob").keys()
	other.Recipient = newActor("ann").keys().Recipient
	if k.ID() == id || other.ID() == id {
		t.Fatal("a device keeps its name with another key")
	}
}

func TestControlEventBeyondALimitIsRefused(t *testing.T) {
	many := &Control{Type: DeviceAdmitted, Grant: newActor("ann").grant(Owner)}
	for i := range MaxWraps + 1 {
		many.Wraps = append(many.Wraps, Wrap{DeviceID{byte(i)}, KeyID{1}, []byte("x")})
	}
	_, err := DecodeControl(EncodeControl(many))
	mustFail(t, err, ErrTooLarge)
	many.Wraps = []Wrap{{Key: KeyID{1}, Data: make([]byte, MaxWrap+1)}}
	_, err = DecodeControl(EncodeControl(many))
	mustFail(t, err, ErrTooLarge)
	_, err = DecodeControl(make([]byte, MaxControl+1))
	mustFail(t, err, ErrTooLarge)
}
