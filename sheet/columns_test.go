package sheet

import (
	"errors"
	"strings"
	"testing"
)

// meanings maps a table and gives "name/how" for each header.
func meanings(t *testing.T, table *Table, m Mapping) map[string]string {
	t.Helper()
	columns, err := Map(table, m)
	if err != nil {
		t.Fatal(err)
	}
	if len(columns) != len(table.Header) {
		t.Fatalf("%d columns for %d headers", len(columns), len(table.Header))
	}
	got := map[string]string{}
	for i, c := range columns {
		if c.Index != i || c.Header != table.Header[i] || (c.Name == "") != (c.How == Skipped) || c.Name != "id" && c.Field.Name != c.Name {
			t.Errorf("column %+v", c)
		}
		got[c.Header] = c.Name + "/" + c.How
	}
	return got
}

func wantMeanings(t *testing.T, got map[string]string, want map[string]string) {
	t.Helper()
	for header, meaning := range want {
		if got[header] != meaning {
			t.Errorf("%q means %s, want %s", header, got[header], meaning)
		}
	}
}

func TestUsualNames(t *testing.T) {
	wantMeanings(t, meanings(t, mustRead(t, inventory+"assets.csv"), Mapping{}), map[string]string{
		"asset_number": "tag/alias", "site": "site/name", "manufacturer": "vendor/alias", "part_number": "order_no/alias", "ports_services": "ports/alias",
		"last_verified": "last_verified.date/alias", "notes": "description/alias", "data_provenance": "custom.data_provenance/custom",
	})
	wantMeanings(t, meanings(t, mustRead(t, inventory+"assets_messy_cp1252_semicolon.csv"), Mapping{}), map[string]string{
		"Tag No.": "tag/alias", "Descr.": "model/alias", "Make": "vendor/alias", "Type / Order-No": "order_no/alias", "S/N": "serial/alias", "FW": "firmware/alias",
		"Crit. (1-3)": "criticality/alias", "Commissioned": "commissioned/name", "Status": "lifecycle/alias", "Remarks": "description/alias",
	})
	wantMeanings(t, meanings(t, mustRead(t, inventory+"netbox_devices.csv"), Mapping{}), map[string]string{
		"asset_tag": "tag/alias", "name": "name/name", "device_type": "model/alias", "serial": "serial/name", "status": "lifecycle/alias",
	})
}

func TestUnusualHeaders(t *testing.T) {
	table := mustReadText(t, "\uFEFF\"\uFEFFTag\n No.\",IP (primary),SERIAL  number,serial,Info,Info,,,custom.Rack unit,id\nA,1,2,3,4,5,,7,8,9\n")
	columns, err := Map(table, Mapping{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"tag/alias", "ip_address/alias", "custom.SERIAL number/custom", "serial/name", "custom.Info/custom", "custom.Info (2)/custom", "/skipped", "custom.Column 8/custom", "custom.Rack unit/custom", "id/name"}
	for i, c := range columns {
		if got := c.Name + "/" + c.How; got != want[i] {
			t.Errorf("column %d %q means %s, want %s", i, c.Header, got, want[i])
		}
	}
}

func TestMappingComesFirst(t *testing.T) {
	table := mustReadText(t, "Kennung;tag;Firmware;Status;Nr;Make;Serial;Lfd\nA;B;1;2;3;4;5;6\n")
	m, err := parseMapping([]byte(`{"columns": {"KENNUNG": "tag", "status": "-", "Make": "custom", "Serial": "Serial Number", "lfd": "custom.Running no"}}`))
	if err != nil {
		t.Fatal(err)
	}
	wantMeanings(t, meanings(t, table, m), map[string]string{
		"Kennung": "tag/mapping", "tag": "custom.tag/custom", "Firmware": "firmware/name", "Status": "/skipped", "Make": "custom.Make/mapping",
		"Serial": "serial/mapping", "Nr": "custom.Nr/custom", "Lfd": "custom.Running no/mapping",
	})
}

func TestUnusableMappings(t *testing.T) {
	table := mustReadText(t, "Kennung;tag;Firmware\nA;B;1\n")
	for name, c := range map[string]struct {
		columns map[string]string
		says    string
	}{
		"twice":     {map[string]string{"Kennung": "tag", "Firmware": "tag"}, `"Firmware" and "Kennung"`},
		"no header": {map[string]string{"Kennnug": "tag"}, "Kennung, tag, Firmware"},
		"no field":  {map[string]string{"Kennung": "firmwar"}, "firmware"},
		"no tag":    {map[string]string{"tag": "-"}, "no column is the tag"},
	} {
		if _, err := Map(table, Mapping{Columns: c.columns}); !errors.Is(err, ErrMapping) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestMappingFile(t *testing.T) {
	path := mustFile(t, "m.json", []byte("\uFEFF"+`{"columns": {"Kennung": "tag"}, "values": {"Status": {"In Betrieb ": "in_service"}}}`))
	m, err := ReadMapping(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Headers(); len(got) != 1 || got[0] != "Kennung" {
		t.Errorf("headers %q", got)
	}
	for cell, want := range map[string]string{" in betrieb": "in_service", "spare": "spare", "": ""} {
		if got := m.Value("lifecycle", cell); got != want {
			t.Errorf("%q stands for %q, want %q", cell, got, want)
		}
	}
	if got := m.Value("serial", "In Betrieb"); got != "In Betrieb" {
		t.Errorf("another field has %q", got)
	}
}

func TestBadMappingFiles(t *testing.T) {
	for name, c := range map[string]struct{ text, says string }{
		"no JSON":       {"columns: Kennung", `{"columns"`},
		"unknown part":  {`{"colums": {}}`, "colums"},
		"no strings":    {`{"columns": {"a": 1}}`, "JSON"},
		"two objects":   {`{} {}`, "one JSON object"},
		"no field":      {`{"columns": {"a": "seriel"}}`, "serial"},
		"no such field": {`{"values": {"seriel": {}}}`, "serial"},
		"long":          {strings.Repeat(" ", mappingBytes+1), "1 MiB"},
	} {
		if _, err := ReadMapping(mustFile(t, "m.json", []byte(c.text))); !errors.Is(err, ErrMapping) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := ReadMapping(t.TempDir()); err == nil {
		t.Error("a folder was read")
	}
}
