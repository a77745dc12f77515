package httpapi_test

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncproto"
	"fieldbook/syncserver/httpapi"
)

const secret = "correct-horse-battery-staple"

func invite(c *httpapi.Config) { c.Invitation = secret }

// guest is a sound request of a device that nobody admitted and that shows its
// keys.
func (b *bench) guest(author *synctest.Author, segments ...syncproto.Segment) *ask {
	a := b.sync(segments...).by(author)
	a.header.Set("Fieldbook-Device", author.Keys().Header())
	return a
}

// Given a service with an invitation, then an unknown device may push with it,
// is handed nothing of what others brought, and everything once it is admitted.
func TestGuestsBringAndAreHandedNothing(t *testing.T) {
	b := newBench(t, invite)
	b.answer(b.sync(b.member.Segments(2)...))
	guest := synctest.NewAuthor(plant, "guest", 1)

	bring := b.guest(guest, guest.Segments(1)...)
	bring.header.Set("Fieldbook-Invitation", secret)
	answer := b.answer(bring)
	if answer.Stored != 1 || len(answer.Segments) != 0 || answer.More || answer.Service != nil || len(answer.Have) != 2 {
		t.Errorf("a guest got %+v", answer)
	}
	for _, rest := range []string{"packs", "packs/part-1"} {
		a := b.get(rest).by(guest)
		a.header.Set("Fieldbook-Device", guest.Keys().Header())
		a.header.Set("Fieldbook-Invitation", secret)
		b.refused(rest, a.signed(t), syncproto.CodeUnknownDevice)
	}
	b.replicas.Admit(guest)
	if answer := b.answer(b.sync().by(guest)); len(answer.Segments) != 3 {
		t.Errorf("once admitted it got %d segments", len(answer.Segments))
	}
}

// Given a device that nobody knows, then without keys, or with keys that are not
// its own, or with nothing or the wrong thing to speak for it, it is refused.
func TestGuestsNeedWhatSpeaksForThem(t *testing.T) {
	b := newBench(t, invite)
	guest, other := synctest.NewAuthor(plant, "guest", 1), synctest.NewAuthor(plant, "other", 1)
	proof := func(of *synctest.Author) string {
		return base64.StdEncoding.EncodeToString(b.replicas.Receipt(of.Device))
	}
	for _, known := range []bool{false, true} {
		nothing := syncproto.CodeUnknownWorkspace
		if known {
			b.answer(b.sync(b.member.Segments(1)...))
			nothing = syncproto.CodeUnknownDevice
		}
		for name, test := range map[string]struct {
			header map[string]string
			want   syncproto.Code
		}{
			"nothing":                  {map[string]string{"Fieldbook-Device": ""}, nothing},
			"its keys only":            {nil, nothing},
			"an invitation only":       {map[string]string{"Fieldbook-Device": "", "Fieldbook-Invitation": secret}, nothing},
			"another's keys":           {map[string]string{"Fieldbook-Device": other.Keys().Header(), "Fieldbook-Invitation": secret}, syncproto.CodeSignature},
			"no keys":                  {map[string]string{"Fieldbook-Device": "AAAA", "Fieldbook-Invitation": secret}, syncproto.CodeMalformed},
			"endless keys":             {map[string]string{"Fieldbook-Device": strings.Repeat("A", 1<<16), "Fieldbook-Invitation": secret}, syncproto.CodeMalformed},
			"keys that blink":          {map[string]string{"Fieldbook-Device": syncproto.PublicKeys{Sign: guest.Public(), Recipient: "\x1b[5m"}.Header()}, syncproto.CodeMalformed},
			"a wrong invitation":       {map[string]string{"Fieldbook-Invitation": secret + "r"}, syncproto.CodeInvitation},
			"an empty invitation":      {map[string]string{"Fieldbook-Invitation": "", "Fieldbook-Proof": "AA=="}, syncproto.CodeInvitation},
			"an endless invitation":    {map[string]string{"Fieldbook-Invitation": strings.Repeat("a", 1<<16)}, syncproto.CodeInvitation},
			"another's proof":          {map[string]string{"Fieldbook-Proof": proof(other)}, syncproto.CodeInvitation},
			"a proof that is no text":  {map[string]string{"Fieldbook-Proof": "%%%"}, syncproto.CodeInvitation},
			"a proof in two spellings": {map[string]string{"Fieldbook-Proof": strings.TrimRight(proof(guest), "=")}, syncproto.CodeInvitation},
		} {
			a := b.guest(guest, guest.Clone(name).Segments(1)...)
			for key, value := range test.header {
				a.header.Set(key, value)
				if value == "" {
					a.header.Del(key)
				}
			}
			b.refused(name, a.signed(t), test.want)
		}
	}
	for name, value := range map[string]string{"Fieldbook-Invitation": secret, "Fieldbook-Proof": proof(guest)} {
		a := b.guest(guest, guest.Clone(name).Segments(1)...)
		a.header.Set(name, value)
		if answer := b.answer(a); answer.Stored != 1 {
			t.Errorf("%s: %+v", name, answer)
		}
		forged := b.guest(guest)
		forged.signer = other
		forged.header.Set(name, value)
		b.refused("forged with "+name, forged.signed(t), syncproto.CodeSignature)
	}
}

// A service without an invitation takes none; an open one asks for none.
func TestInvitationsAreWhatTheServiceIsSetTo(t *testing.T) {
	guest := synctest.NewAuthor(plant, "guest", 1)
	closed := newBench(t, nil)
	for _, invitation := range []string{"", "anything"} {
		a := closed.guest(guest)
		a.header.Set("Fieldbook-Invitation", invitation)
		closed.refused("closed", a.signed(t), syncproto.CodeInvitation)
	}
	open := newBench(t, func(c *httpapi.Config) { c.Open = true })
	if answer := open.answer(open.guest(guest, guest.Segments(1)...)); answer.Stored != 1 {
		t.Errorf("open: %+v", answer)
	}
	open.refused("without keys", open.sync().by(synctest.NewAuthor(plant, "third", 1)).signed(t), syncproto.CodeUnknownDevice)
}

// A segment of a guest's request that admits the guest lets it have the answer.
func TestGuestsAdmittedByTheirOwnRequestAreMembers(t *testing.T) {
	b := newBench(t, invite)
	b.answer(b.sync(b.member.Segments(2)...))
	guest := synctest.NewAuthor(plant, "guest", 1)
	b.replicas.AdmitOnStore(guest)
	a := b.guest(guest, guest.Segments(1)...)
	a.header.Set("Fieldbook-Invitation", secret)
	if answer := b.answer(a); len(answer.Segments) != 3 {
		t.Errorf("handed %d segments", len(answer.Segments))
	}
}

// Limits of devices and workspaces hold guests up, and members not.
func TestGuestsMeetLimits(t *testing.T) {
	b := newBench(t, func(c *httpapi.Config) { c.Open, c.Limits.Devices, c.Limits.Workspaces = true, 2, 1 })
	first, second := synctest.NewAuthor(plant, "first", 1), synctest.NewAuthor(plant, "second", 1)
	b.answer(b.guest(first, first.Segments(1)...))
	b.answer(b.guest(second, second.Segments(1)...))
	third := synctest.NewAuthor(plant, "third", 1)
	b.refused("third device", b.guest(third, third.Segments(1)...).signed(t), syncproto.CodeDevices)
	if answer := b.answer(b.sync(b.member.Segments(1)...)); answer.Stored != 1 {
		t.Errorf("a member: %+v", answer)
	}
	b.member = synctest.NewAuthor("another plant", "founder", 1)
	founder := b.member
	b.refused("second workspace", b.guest(founder, founder.Segments(1)...).signed(t), syncproto.CodeWorkspaces)
}

// A workspace without room still hands out; what it holds already is held.
func TestFullWorkspacesStillHandOut(t *testing.T) {
	b := newBench(t, func(c *httpapi.Config) { c.Limits.StorageBytes = 2000 })
	segments := b.member.Segments(20)
	answer := b.answer(b.sync(segments[:2]...))
	if answer.Stored != 2 {
		t.Fatalf("%+v", answer)
	}
	answer = b.answer(b.sync(segments[2:]...))
	if answer.Stored != 0 || len(answer.Refused) != 18 || answer.Refused[0].Reason != syncproto.Full || len(answer.Segments) != 2 {
		t.Errorf("full: %+v", answer)
	}
}

// Who asks too often is told to wait, and nobody else is.
func TestRatesAreKept(t *testing.T) {
	b := newBench(t, func(c *httpapi.Config) {
		c.Limits.Rate, c.Limits.Burst, c.Limits.StrangerRate, c.Limits.StrangerBurst = 1e-9, 3, 1e-9, 4
	})
	other := synctest.NewAuthor(plant, "other", 1)
	b.replicas.Admit(other)
	for range 3 {
		b.answer(b.sync())
	}
	b.answer(b.sync().by(other))
	if r := b.refused("fourth", b.sync().signed(t), syncproto.CodeRate); r.status != http.StatusTooManyRequests || r.header.Get("Retry-After") == "" {
		t.Errorf("%d, retry after %q", r.status, r.header.Get("Retry-After"))
	}
	bad := func() *ask { a := b.sync(); a.unsigned = true; return a }
	for range 4 {
		b.refused("unsigned", bad(), syncproto.CodeUnsigned)
	}
	opened := b.replicas.Opened()
	stranger := synctest.NewAuthor(plant, "stranger", 1)
	b.refused("a stranger at an address that failed too often", b.sync().by(stranger).signed(t), syncproto.CodeRate)
	if b.refused("service", &ask{method: "GET", path: b.path("service"), header: http.Header{}}, syncproto.CodeRate); b.replicas.Opened() != opened {
		t.Error("the store was asked for a stranger beyond the rate")
	}
	b.answer(b.sync().by(other)) // known here, so not kept out by its neighbours
}
