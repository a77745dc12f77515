package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

// totals are the counts of an import's answer.
func totals(t *testing.T, report object) [4]int {
	t.Helper()
	has(t, "import", report, "rows", "totals")
	o := report["totals"].(object)
	has(t, "totals", o, "created", "updated", "unchanged", "refused")
	n := func(name string) int { return int(o[name].(float64)) }
	return [4]int{n("created"), n("updated"), n("unchanged"), n("refused")}
}

func founded(t *testing.T) *laptop {
	t.Helper()
	l := newLaptop(t, "founded")
	l.ok("init", "--name", "Ravensmere", "--member", "Ada Okafor", "--tz", "Europe/London")
	return l
}

// messy are the arguments that import the list with title rows, semicolons and
// Windows-1252 text, which lacks sites, roles and departments.
func messy(t *testing.T, more ...string) []string {
	args := []string{"import", "assets", inventory(t, "assets_messy_cp1252_semicolon.csv"),
		"--set", "site=RAV", "--set", "role=plc", "--set", "owner_department=Controls", "--reason", "rev 14", "--json"}
	return append(args, more...)
}

func TestImportTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	l := founded(t)
	dry := l.one("import", "assets", inventory(t, "assets.csv"), "--dry-run")
	equal(t, "dry run", totals(t, dry), [4]int{199, 0, 0, 0})
	equal(t, "after the dry run", len(l.many("asset", "list")), 0)
	equal(t, "sites after the dry run", len(l.many("site", "list")), 0)
	report := l.one("import", "assets", inventory(t, "assets.csv"), "--reason", "first")
	equal(t, "first", totals(t, report), [4]int{199, 0, 0, 0})
	for _, r := range report["rows"].([]any) {
		has(t, "row", r.(object), "row", "id", "result", "tag", "message")
	}
	equal(t, "sites", len(l.many("site", "list")), 2)
	digest := l.one("status")["digest"]
	equal(t, "again", totals(t, l.one("import", "assets", inventory(t, "assets.csv"))), [4]int{0, 0, 199, 0})
	equal(t, "the same as XLSX", totals(t, l.one("import", "assets", inventory(t, "assets.xlsx"))), [4]int{0, 0, 199, 0})
	equal(t, "digest", l.one("status")["digest"], digest)

	l.ok("asset", "set", "RAV-PLC-004", "firmware=V9", "--reason", "since edited")
	again := l.one("import", "assets", inventory(t, "assets.csv"))
	equal(t, "after an edit", totals(t, again), [4]int{0, 0, 199, 0})
	equal(t, "the edit stays", l.one("asset", "show", "RAV-PLC-004")["unit"].(object)["firmware"], any("V9"))
	equal(t, "conflicts", len(l.many("conflicts")), 0)

	list := strings.Replace(string(get(t, inventory(t, "assets.csv"))), "rav-plc-002,10.20.1.11", "rav-plc-002,10.20.1.211", 1)
	changed := file(t, "assets.csv", list)
	dry = l.one("import", "assets", changed, "--dry-run")
	equal(t, "one cell changed, dry", totals(t, dry), [4]int{0, 1, 198, 0})
	for _, r := range dry["rows"].([]any) {
		if o := r.(object); o["result"] == "updated" && !(strings.Contains(o["message"].(string), "10.20.1.11") && strings.Contains(o["message"].(string), "10.20.1.211")) {
			t.Errorf("the dry run shows no difference: %v", o)
		}
	}
	equal(t, "not written", l.one("asset", "show", "RAV-PLC-002")["ip_address"], any("10.20.1.11"))
	equal(t, "one cell changed", totals(t, l.one("import", "assets", changed)), [4]int{0, 1, 198, 0})
	equal(t, "written", l.one("asset", "show", "RAV-PLC-002")["ip_address"], any("10.20.1.211"))
}

func TestImportXLSX(t *testing.T) {
	t.Parallel()
	l := founded(t)
	equal(t, "xlsx", totals(t, l.one("import", "assets", inventory(t, "assets.xlsx"))), [4]int{199, 0, 0, 0})
	equal(t, "then csv", totals(t, l.one("import", "assets", inventory(t, "assets.csv"))), [4]int{0, 0, 199, 0})
	equal(t, "commissioned", l.one("asset", "show", "RAV-PLC-004")["commissioned"], any("2019-08-02"))
}

// TestImportMessyList: rows that a rule refuses are named with a reason, exit
// code 5, and the rest is in the record.
func TestImportMessyList(t *testing.T) {
	t.Parallel()
	l := founded(t)
	first := l.run(messy(t)...)
	report := decode[object](first)
	counts := totals(t, report)
	refused := 0
	for _, r := range report["rows"].([]any) {
		if o := r.(object); o["result"] == "refused" {
			refused++
			t.Logf("row %v %v: %v", o["row"], o["tag"], o["message"])
			if o["message"] == nil {
				t.Errorf("row %v is refused without a word", o["row"])
			}
		}
	}
	equal(t, "refused rows: three that contradict an earlier row, and the total", refused, 4)
	equal(t, "counted", counts, [4]int{91, 0, 0, 4})
	first.exits(5)
	equal(t, "assets", len(l.many("asset", "list")), counts[0])
	plc := l.one("asset", "show", "RAV-PLC-006")
	if text, _ := plc["description"].(string); !strings.Contains(text, "Größe geändert, 24 °C") {
		t.Errorf("remarks became %q", plc["description"])
	}
	equal(t, "ip", l.one("asset", "show", "RAV-PLC-001")["ip_address"], any("10.20.1.10"))
	equal(t, "mac", l.one("asset", "show", "RAV-PLC-001")["mac_address"], any("00:1B:1B:02:ED:DC"))
	equal(t, "date", l.one("asset", "show", "RAV-PLC-002")["commissioned"], any("2020-11-13"))
	equal(t, "a formula is text", l.one("asset", "show", "RAV-PLC-003")["description"], any("=SUM(A1)"))
	digest := l.one("status")["digest"]
	again := totals(t, decode[object](l.run(messy(t)...)))
	equal(t, "again created or updated", again[0]+again[1], 0)
	equal(t, "again refused", again[3], counts[3])
	equal(t, "digest", l.one("status")["digest"], digest)
}

// TestImportOnTwoLaptops: the same lists on both before any sync double nothing
// and collide nowhere.
func TestImportOnTwoLaptops(t *testing.T) {
	t.Parallel()
	ada := founded(t)
	jo := newLaptop(t, "jo")
	admit(t, ada, jo, "Jo Hargreaves")
	stick := filepath.Join(t.TempDir(), "stick")
	for _, l := range []*laptop{ada, jo} {
		l.ok("import", "assets", inventory(t, "assets.csv"))
		l.run(messy(t)...)
	}
	n := len(ada.many("asset", "list"))
	ada.ok("sync", stick, "--begin")
	for _, l := range []*laptop{jo, ada} {
		l.ok("sync", stick)
	}
	for _, l := range []*laptop{ada, jo} {
		equal(t, "assets", len(l.many("asset", "list")), n)
		equal(t, "conflicts", len(l.many("conflicts")), 0)
		for _, f := range l.many("findings") {
			if f["kind"] == "duplicate_tag" || f["kind"] == "concurrent_values" {
				t.Errorf("finding %v: %v", f["kind"], f["detail"])
			}
		}
	}
	equal(t, "digests", ada.one("verify", "--deep")["digest"], jo.one("verify", "--deep")["digest"])
}

func TestImportMapping(t *testing.T) {
	t.Parallel()
	l := founded(t)
	list := file(t, "list.csv", "Kennung;Werk;Art;Wichtig;Stand;Abt;Hersteller;Typ;Sonst\nP-1;RAV;Steuerung;hoch;in_service;C;Siemens;S7;x\n")
	mapping := file(t, "map.json", `{"columns":{"Kennung":"tag","Werk":"site","Art":"role","Wichtig":"criticality","Stand":"lifecycle","Abt":"owner_department","Hersteller":"vendor","Typ":"model"},
		"values":{"role":{"Steuerung":"plc"},"criticality":{"hoch":"high"}}}`)
	report := l.one("import", "assets", list, "--mapping", mapping)
	equal(t, "created", totals(t, report), [4]int{1, 0, 0, 0})
	shown := l.one("asset", "show", "P-1")
	equal(t, "role", shown["role"], any("plc"))
	equal(t, "unknown column", shown["custom"].(object)["Sonst"], any("x"))
	if a := l.run("import", "assets", list, "--mapping", file(t, "bad.json", "{")); a.code == 0 || a.err == "" {
		t.Errorf("a broken mapping passes: %d %s", a.code, a.err)
	}
}

// TestExportRoundTrip: what export wrote, import takes: into the same record it
// changes nothing, into a fresh one it makes the same assets.
func TestExportRoundTrip(t *testing.T) {
	t.Parallel()
	l := plant(t)
	l.ok("asset", "set", "RAV-PLC-001", `description==cmd|' /C calc'!A0`, "name=@SUM(1)", "custom.Note=+1+1", "custodian=-2+cmd", "--reason", "hostile")
	l.ok("asset", "retire", "RAV-PLC-002", "--reason", "gone")
	for _, name := range []string{"out.csv", "out.xlsx"} {
		path := filepath.Join(t.TempDir(), name)
		done := l.one("export", "assets", path)
		equal(t, "rows", done["rows"], any(199.0))
		if name == "out.csv" {
			text := string(get(t, path))
			for _, formula := range []string{",=cmd", ",@SUM", ",+1+1", ",-2+cmd", "\n=", ",\"=cmd"} {
				if strings.Contains(text, formula) {
					t.Errorf("%s holds a live formula %q", name, formula)
				}
			}
		}
		equal(t, name+" into the same", totals(t, l.one("import", "assets", path)), [4]int{0, 0, 199, 0})
		fresh := founded(t)
		equal(t, name+" into a fresh one", totals(t, fresh.one("import", "assets", path)), [4]int{199, 0, 0, 0})
		compareAssets(t, name, l.many("asset", "list"), fresh.many("asset", "list"))
	}
}

// compareAssets compares what assets say, whatever their ids.
func compareAssets(t *testing.T, what string, want, got []object) {
	t.Helper()
	equal(t, what+": assets", len(got), len(want))
	for _, w := range want {
		g := row(t, got, "tag", w["tag"])
		for _, field := range []string{"site", "role", "name", "description", "zone", "purdue", "criticality", "lifecycle", "custodian", "commissioned", "ip_address", "mac_address", "vlan", "hostname"} {
			equal(t, what+": "+w["tag"].(string)+" "+field, g[field], w[field])
		}
		for _, field := range []string{"vendor", "model", "order_no", "serial", "firmware", "os", "end_of_support"} {
			equal(t, what+": unit "+field, g["unit"].(object)[field], w["unit"].(object)[field])
		}
		for name, value := range w["custom"].(object) {
			equal(t, what+": custom "+name, g["custom"].(object)[name], value)
		}
	}
}

// TestImportBadInput: any file gets a clear error within bounded memory, and
// leaves the record as it was.
func TestImportBadInput(t *testing.T) {
	t.Parallel()
	l := plant(t)
	before := l.one("status")["digest"]
	big := filepath.Join(t.TempDir(), "big.csv")
	put(t, big, []byte("tag,site\nA,RAV\n"))
	if err := os.Truncate(big, 1<<30); err != nil {
		t.Fatal(err)
	}
	bigSheet := filepath.Join(t.TempDir(), "big.xlsx")
	put(t, bigSheet, []byte("PK\x03\x04"))
	if err := os.Truncate(bigSheet, 1<<30); err != nil {
		t.Fatal(err)
	}
	elf, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	binary := file(t, "binary.csv", string(get(t, elf)[:1<<20]))
	for name, path := range map[string]string{
		"1 GB": big, "1 GB sheet": bigSheet, "binary": binary, "empty": file(t, "empty.csv", ""), "folder": t.TempDir(), "missing": filepath.Join(t.TempDir(), "none.csv"),
		"no header": file(t, "words.csv", "hello\nworld\n"), "bomb": bomb(t), "truncated sheet": file(t, "t.xlsx", string(get(t, inventory(t, "assets.xlsx"))[:9000])),
		"endless line": file(t, "line.csv", "tag,site\n"+strings.Repeat("x", 40<<20)), "open quote": file(t, "quote.csv", "tag,site\n\"A,RAV\n"+strings.Repeat("y,z\n", 5<<20)),
		"json": file(t, "x.json", `{"tag": "A"}`), "pdf": file(t, "x.pdf", "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"),
	} {
		a := l.run("import", "assets", path, "--json", "--reason", "r")
		if a.code != 1 && a.code != 2 && a.code != 5 || a.err == "" {
			t.Errorf("%s: exit %d, stdout %s, stderr %s", name, a.code, clip(a.out), clip(a.err))
		}
		a.validJSON()
		t.Logf("%s: %d, %d MB: %s", name, a.code, a.maxRSS>>10, strings.TrimSpace(clip(a.err)))
		if a.maxRSS > 300<<10 {
			t.Errorf("%s: took %d MB", name, a.maxRSS>>10)
		}
	}
	equal(t, "digest", l.one("status")["digest"], before)
}

// TestImportEncodings: the same row in every encoding and with every separator
// is one and the same asset.
func TestImportEncodings(t *testing.T) {
	t.Parallel()
	l := founded(t)
	text := "Tag;Site;Role;Criticality;Status;Department;Vendor;Model;Remarks\nX-1;RAV;plc;high;in_service;C;Siemens;S7;Größe\n"
	wide := func(order func(uint16) []byte) (b []byte) {
		for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
			b = append(b, order(u)...)
		}
		return b
	}
	cases := []string{
		text, "\ufeff" + text, strings.ReplaceAll(text, ";", ","), strings.ReplaceAll(text, ";", "\t"), strings.ReplaceAll(text, "\n", "\r\n"),
		strings.NewReplacer("ö", "\xf6", "ß", "\xdf").Replace(text), string(wide(func(u uint16) []byte { return []byte{byte(u), byte(u >> 8)} })),
		string(wide(func(u uint16) []byte { return []byte{byte(u >> 8), byte(u)} })), "List of assets;;;;;;;;\nprinted today;;;;;;;;\n" + text,
	}
	for i, data := range cases {
		want := [4]int{0, 0, 1, 0}
		if i == 0 {
			want = [4]int{1, 0, 0, 0}
		}
		report := l.one("import", "assets", file(t, "list.csv", data))
		if totals(t, report) != want {
			t.Errorf("case %d: %v", i, report)
		}
	}
	equal(t, "description", l.one("asset", "show", "X-1")["description"], any("Größe"))
}

// TestImportRefusedRows: the rows that are refused go to a file of their own, from which they are imported once they are mended.
func TestImportRefusedRows(t *testing.T) {
	t.Parallel()
	l := plant(t)
	list := file(t, "list.csv", "tag,site,role,criticality,lifecycle,owner_department\nNEW-1,RAV,plc,high,in_service,C\nNEW-2,RAV,teapot,high,in_service,C\n")
	mend := filepath.Join(t.TempDir(), "mend.csv")
	l.refuses(2, []string{"another file"}, "import", "assets", list, "--refused", list, "--reason", "r")
	l.refuses(5, []string{"1 of 2 rows"}, "import", "assets", list, "--refused", mend, "--reason", "r")
	text := string(get(t, mend))
	if !strings.Contains(text, "NEW-2,RAV,teapot,high,in_service,C,") || strings.Contains(text, "NEW-1") {
		t.Fatalf("written:\n%s", text)
	}
	l.ok("import", "assets", file(t, "mended.csv", strings.Replace(text, "teapot", "hmi", 1)), "--reason", "r")
	equal(t, "mended", l.one("asset", "show", "NEW-2")["role"], any("hmi"))
	equal(t, "custom", len(l.one("asset", "show", "NEW-2")["custom"].(object)), 0)
}
