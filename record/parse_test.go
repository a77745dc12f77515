package record

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestTextsBecomeOneForm(t *testing.T) {
	for _, c := range []struct{ field, text, want string }{
		{"ip_address", "10.020.1.10", "10.20.1.10"},
		{"ip_address", "10.20.1.12/24", "10.20.1.12"},
		{"ip_address", " 010.000.001.009 ", "10.0.1.9"},
		{"ip_address", "::ffff:10.0.0.1", "10.0.0.1"},
		{"ip_address", "FE80:0:0::1", "fe80::1"},
		{"ip_address", "n/a", ""},
		{"prefix", "255.255.255.0", "24"},
		{"prefix", "/28", "28"},
		{"mac_address", "001B1B02EDDC", "00:1B:1B:02:ED:DC"},
		{"mac_address", "00-1b-1b-02-ed-dc", "00:1B:1B:02:ED:DC"},
		{"mac_address", "001b.1b02.eddc", "00:1B:1B:02:ED:DC"},
		{"vlan", "VLAN 110", "110"},
		{"vlan", "110.0", "110"},
		{"commissioned", "13.11.2020", "2020-11-13"},
		{"commissioned", "02/26/22", "2022-02-26"},
		{"commissioned", "01/07/11", "2011-01-07"},
		{"commissioned", "26/02/2022", "2022-02-26"},
		{"commissioned", "16-May-20", "2020-05-16"},
		{"commissioned", "2019", "2019"},
		{"commissioned", "2019.0", "2019"},
		{"commissioned", "05/2019", "2019-05"},
		{"commissioned", "2019-08-02 00:00:00", "2019-08-02"},
		{"commissioned", "2019-08-02T10:00:00Z", "2019-08-02"},
		{"purdue", "3,5", "3.5"},
		{"purdue", "Level 2", "2"},
		{"purdue", "1.0", "1"},
		{"criticality", "1", "high"},
		{"criticality", "Medium", "medium"},
		{"lifecycle", "OK", "in_service"},
		{"lifecycle", "in use", "in_service"},
		{"lifecycle", "Out of Service", "out_of_service"},
		{"lifecycle", "inventory", "spare"},
		{"lifecycle", "staged", "commissioning"},
		{"cip_class", "bca", "BCA"},
		{"safety_related", "ja", "yes"},
		{"safety_related", "0", "no"},
		{"serial", "?", ""},
		{"serial", " S C-XU1411692011\t", "S C-XU1411692011"},
		{"order_no", " 6ES7315-2EH14-0AB0", "6ES7315-2EH14-0AB0"},
		{"location.room", "MCC\nroom 1", "MCC room 1"},
		{"site", "rav", "RAV"},
		{"role", "PLC", "plc"},
		{"role", "Human-Machine Interface (HMI)", "hmi"},
		{"role", "A0017", "dcs_controller"},
		{"accounts", "local admin; AD group;local admin", "AD group;local admin"},
		{"protocols", "S7comm, Modbus TCP", "Modbus TCP;S7comm"},
		{"ports", "udp/161; 102/tcp (iso-tsap),80", "80/tcp;102/tcp (iso-tsap);161/udp"},
		{"software", "WinCC@7.5 (commercial);gcc @ 12;Tool", "gcc@12;Tool;WinCC@7.5 (commercial)"},
		{"description", " Größe geändert,\r\n24 °C ", "Größe geändert,\n24 °C"},
		{"custom.Shelf", "?", "?"},
	} {
		f, ok := Lookup(Asset, c.field)
		if !ok {
			t.Fatalf("no field %s", c.field)
		}
		if v, err := f.Parse(c.text); err != nil || v.Display() != c.want {
			t.Errorf("%s %q: %q, %v; want %q", c.field, c.text, v.Display(), err, c.want)
		}
	}
}

func TestTextsThatCannotBeMeantAreRefused(t *testing.T) {
	for _, c := range []struct{ field, text string }{
		{"ip_address", "10.20.300.1"}, {"ip_address", "10.20.1.1/33"}, {"ip_address", "fe80::1%eth0"}, {"ip_address", "10.0.0.1, 10.0.0.2"},
		{"mac_address", "00:1B:1B:02:ED"}, {"mac_address", "00:1B:1B:02:ED:DC:01"}, {"mac_address", "zz1B1B02EDDC"},
		{"vlan", "0"}, {"vlan", "4095"}, {"vlan", "1.5"}, {"prefix", "129"}, {"prefix", "255.0.255.0"},
		{"commissioned", "31.02.2020"}, {"commissioned", "soon"}, {"commissioned", "99"}, {"commissioned", "13/13/2020"}, {"commissioned", "3019"},
		{"purdue", "6"}, {"criticality", "urgent"}, {"lifecycle", "gone"}, {"safety_related", "perhaps"},
		{"site", "A"}, {"site", "RAV-1"}, {"site", "ABCDEFGHI"}, {"tag", strings.Repeat("x", 65)}, {"serial", "a\x00b"}, {"serial", "\xff"},
		{"ports", "70000/tcp"}, {"ports", "80/smtp"}, {"accounts", strings.Repeat("x", 65)}, {"software", "Tool@" + strings.Repeat("1", 65)}, {"hostname", strings.Repeat("h", 254)},
	} {
		f, _ := Lookup(Asset, c.field)
		_, err := f.Parse(c.text)
		if message := refused(t, err, "format"); !strings.HasPrefix(message, f.Name+": ") {
			t.Errorf("%s %q: message %q does not name the field", c.field, c.text, message)
		}
	}
}

func TestOtherEntitiesHaveTheirTypes(t *testing.T) {
	for _, c := range []struct {
		entity            Entity
		field, text, want string
		ok                bool
	}{
		{Site, "tz", "Europe/Berlin", "Europe/Berlin", true}, {Site, "tz", "Mars/North", "", false}, {Site, "tz", "Local", "", false},
		{Note, "measurement.value", "24,5", "24.5", true}, {Note, "measurement.value", "warm", "", false}, {Note, "measurement.value", "inf", "", false},
		{Note, "amends", ID{1}.String(), ID{1}.String(), true}, {Note, "amends", "xyz", "", false},
		{Note, "observed_at", "2026-03-01 09:10", "2026-03-01T08:10:00Z", true}, {Note, "observed_at", "yesterday", "", false},
	} {
		f, _ := Lookup(c.entity, c.field)
		v, err := f.ParseIn(c.text, time.FixedZone("", 3600))
		if (err == nil) != c.ok || v.Display() != c.want {
			t.Errorf("%s %q: %q, %v", c.field, c.text, v.Display(), err)
		}
	}
}

func TestUnknownRoleNamesTheNearest(t *testing.T) {
	_, err := mustField("role").Parse("firewal")
	if message := refused(t, err, "role"); !strings.Contains(message, "firewall") {
		t.Errorf("message %q", message)
	}
	if len(Roles()) != 26 {
		t.Errorf("%d roles", len(Roles()))
	}
	if r, ok := RoleOf("ied_protection"); !ok || r.Attack != "A0005" {
		t.Errorf("%+v", r)
	}
}

// TestParsingTwiceChangesNothing is the promise that what is shown can be typed again.
func TestParsingTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entity := rapid.SampledFrom([]Entity{Asset, Site, Note}).Draw(t, "entity")
		f := rapid.SampledFrom(table(entity)).Draw(t, "field")
		checkStable(t, f, rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9a-fA-F:.\-/ ]{1,20}`), rapid.StringMatching(`[A-Za-z0-9@();,/ ~.]{1,30}`)).Draw(t, "text"))
	})
}

func checkStable(t interface{ Fatalf(string, ...any) }, f Field, text string) {
	once, err := f.Parse(text)
	if err != nil {
		return
	}
	twice, err := f.Parse(once.Display())
	if err != nil || !twice.Equal(once) {
		t.Fatalf("%s %q: %q, then %q, %v", f.Name, text, once.Display(), twice.Display(), err)
	}
}

func TestNormalisersAreStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		for name, norm := range map[string]func(string) string{"tag": NormTag, "serial": NormSerial, "name": NormName, "header": Header} {
			if once := norm(text); norm(once) != once {
				t.Fatalf("%s of %q: %q, then %q", name, text, once, norm(once))
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"10.020.1.10/24", "001B.1B02.EDDC", "02/26/22", "102/tcp (x);161/udp", "Name@1.2 (custom)", "C++;C#", "\xff\x00", "ǅ;ǆ", "0@@", "1 (0"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, entity := range []Entity{Asset, Site, Note, Workspace} {
			for _, field := range table(entity) {
				checkStable(t, field, text)
			}
		}
		for _, c := range MapColumns([]string{text, text}) {
			if c.Name == "" && !derived[NormName(text)] {
				t.Fatalf("column %q was lost", text)
			}
		}
	})
}

func ExampleField_Parse() {
	f, _ := Lookup(Asset, "MAC")
	v, _ := f.Parse("001b.1b02.eddc")
	fmt.Println(v.Display())
	// Output: 00:1B:1B:02:ED:DC
}
