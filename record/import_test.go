package record

import (
	"slices"
	"strings"
	"testing"
)

// book is the record of a test: what imports have made so far, and what they asserted.
type book struct {
	env      Env
	assets   map[ID]Snapshot
	asserted map[ID]map[string]Value
}

func newBook() *book { return &book{testEnv(), map[ID]Snapshot{}, map[ID]map[string]Value{}} }

func (b *book) take(t *testing.T, row ImportRow) (Imported, error) {
	t.Helper()
	site, tag, err := row.Key()
	if err != nil {
		return Imported{}, err
	}
	id := AssetID(b.env, site, tag)
	s, ok := b.assets[id]
	if !ok {
		s = Snapshot{ID: id, Entity: Asset}
	}
	row.Asserted = b.asserted[id]
	done, err := row.Decide(b.env, s)
	if err != nil {
		return done, err
	}
	b.assets[id] = s.With(done.Events...)
	if b.asserted[id] == nil {
		b.asserted[id] = map[string]Value{}
	}
	for _, e := range done.Events {
		for _, edit := range e.Edits {
			b.asserted[id][edit.Key] = edit.Value
		}
		for _, text := range e.Texts {
			b.asserted[id][text.Key] = StringValue(text.Text)
		}
	}
	return done, nil
}

func (b *book) takeAll(t *testing.T, header []string, rows [][]string, defaults []Assignment) map[Outcome]int {
	t.Helper()
	columns, count := MapColumns(header), map[Outcome]int{}
	for _, cells := range rows {
		done, err := b.take(t, ImportRow{Fields: rowOf(columns, cells), Defaults: defaults})
		if err != nil {
			done.Outcome = Refused
		}
		count[done.Outcome]++
	}
	return count
}

func TestSampleListIsTakenWhole(t *testing.T) {
	header, rows := list(t, "assets.csv", ',', 0)
	b := newBook()
	if got := b.takeAll(t, header, rows, nil); got[Created] != 199 || len(got) != 1 {
		t.Fatalf("first import: %v", got)
	}
	columns := MapColumns(header)
	for _, cells := range rows {
		row := ImportRow{Fields: rowOf(columns, cells)}
		site, tag, _ := row.Key()
		s := b.assets[AssetID(b.env, site, tag)]
		for i, cell := range cells {
			f := columns[i].Field
			if got := Show(s, f); !sameList(f, got, cell) {
				t.Errorf("%s %s: %q became %q", tag, header[i], cell, got)
			}
		}
	}
	if got := b.takeAll(t, header, rows, nil); got[Unchanged] != 199 || len(got) != 1 {
		t.Fatalf("the same list again: %v", got)
	}
}

// sameList compares what is shown with the cell it came from; sets have no order.
func sameList(f Field, shown, cell string) bool {
	if !f.isSet() {
		return shown == cell
	}
	a, b := strings.Split(shown, ";"), strings.Split(cell, ";")
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

func TestMessyListMeetsTheCleanOne(t *testing.T) {
	header, rows := list(t, "assets.csv", ',', 0)
	b := newBook()
	b.takeAll(t, header, rows, nil)
	messy, messyRows := list(t, "assets_messy_cp1252_semicolon.csv", ';', 2)
	site := []Assignment{{keySite, "RAV"}, {keyRole, "switch"}, {"owner_department", "Stores"}}
	columns := MapColumns(messy)
	for _, cells := range messyRows {
		row := ImportRow{Fields: rowOf(columns, cells), Defaults: site}
		code, tag, _ := row.Key()
		before := b.assets[AssetID(b.env, code, tag)]
		done, err := b.take(t, row)
		for _, d := range Differences(before, done.Events...) {
			switch d.Field {
			case "description", keyLifecycle, "prefix", "order_no", "model", "zone":
			default:
				if done.Outcome == Updated {
					t.Errorf("%s: %s would change from %q to %q", cells[0], d.Field, d.Before, d.After)
				}
			}
		}
		if total := cells[0] == "" || cells[0] == "TOTAL"; total != (err != nil) {
			t.Errorf("%q: %v", cells[0], err)
		}
	}
	id := AssetID(b.env, "RAV", "rav hmi 001")
	if got := b.assets[id].Current(keyRole).Str; got != "hmi" {
		t.Errorf("a default took the place of a role: %q", got)
	}
}

func TestImportedOnTwoDevicesIsOneAsset(t *testing.T) {
	cells := fields(t, "tag=RAV-PLC-001|"+plc+"|remarks=old one in stores|Shelf=B 3")
	cells[len(cells)-1].Field = "custom.Shelf"
	turned := slices.Clone(cells)
	slices.Reverse(turned)
	a, errA := newBook().take(t, ImportRow{Fields: cells})
	b, errB := newBook().take(t, ImportRow{Fields: turned})
	if errA != nil || errB != nil || len(a.Events) != 2 {
		t.Fatal(errA, errB, a.Events)
	}
	for i := range a.Events {
		if !a.Events[i].Deterministic || a.Events[i].Stream != b.Events[i].Stream || !slices.EqualFunc(a.Events[i].Edits, b.Events[i].Edits, func(x, y Edit) bool { return x.Key == y.Key && x.Value.Equal(y.Value) }) {
			t.Errorf("event %d differs: %+v and %+v", i, a.Events[i], b.Events[i])
		}
	}
}

func TestOldListDoesNotUndoAnEdit(t *testing.T) {
	b := newBook()
	row := ImportRow{Fields: fields(t, "tag=RAV-PLC-004|"+plc+"|ports=102/tcp;80/tcp")}
	if _, err := b.take(t, row); err != nil {
		t.Fatal(err)
	}
	site, tag, _ := row.Key()
	id := AssetID(b.env, site, tag)
	edits, err := SetAsset{Fields: fields(t, "firmware=V3.2.17|ports=102/tcp;443/tcp"), Reason: "update"}.Decide(b.env, b.assets[id])
	if err != nil {
		t.Fatal(err)
	}
	b.assets[id] = b.assets[id].With(edits...)

	again, err := b.take(t, row)
	if err != nil || again.Outcome != Unchanged || len(again.Kept) != 1 || again.Kept[0] != (Difference{"firmware", "V3.2.17", "V3.2.16"}) {
		t.Fatalf("the same list: %+v, %v", again, err)
	}
	row.Fields = fields(t, "tag=RAV-PLC-004|"+strings.Replace(plc, "V3.2.16", "V3.2.19", 1)+"|ports=80/tcp;161/udp|custodian=")
	news, err := b.take(t, row)
	if err != nil || news.Outcome != Updated {
		t.Fatalf("a newer list: %+v, %v", news, err)
	}
	s := b.assets[id]
	if got := Show(s, mustField("firmware")); got != "V3.2.19" {
		t.Errorf("firmware %q", got)
	}
	if got := Show(s, mustField("ports")); got != "161/udp;443/tcp" {
		t.Errorf("ports %q: what the list dropped goes, what a person added stays", got)
	}
}

func TestListOfASwappedUnitSaysNothingOfTheNewOne(t *testing.T) {
	b := newBook()
	row := ImportRow{Fields: fields(t, "tag=RAV-PLC-004|"+plc+"|software=WinCC@7.4|remarks=spare in stores")}
	if _, err := b.take(t, row); err != nil {
		t.Fatal(err)
	}
	id := AssetID(b.env, "RAV", "RAV-PLC-004")
	swap, err := SwapUnit{Fields: fields(t, "serial=S C-2|firmware=V3.3|order_no=6ES7316"), Reason: "broken"}.Decide(b.env, b.assets[id])
	if err != nil {
		t.Fatal(err)
	}
	b.assets[id] = b.assets[id].With(swap)
	done, err := b.take(t, row)
	if err != nil || done.Outcome != Unchanged || len(done.Kept) != 4 {
		t.Fatalf("%+v, %v", done, err)
	}
	row.Fields = fields(t, "tag=RAV-PLC-004|site=RAV|serial=S C-3|remarks=none left")
	if done, err = b.take(t, row); err != nil || len(done.Changes) != 2 || Show(b.assets[id], mustField("serial")) != "S C-3" {
		t.Fatalf("%+v, %v", done, err)
	}
}

func TestRowsAreRefusedWithAllTheirFaults(t *testing.T) {
	b := newBook()
	_, err := b.take(t, ImportRow{Fields: fields(t, "tag=X1|"+strings.NewReplacer("10.20.1.13/24", "10.20.300.1", "plc", "plk").Replace(plc))})
	message := refused(t, err, "role")
	if !strings.Contains(message, "10.20.300.1") || !strings.Contains(message, "plk") || !strings.Contains(message, "plc") {
		t.Errorf("message %q", message)
	}
	_, err = b.take(t, ImportRow{Fields: fields(t, "tag=X1|site=RAV|role=plc")})
	refused(t, err, "required")
	_, err = b.take(t, ImportRow{Fields: fields(t, "tag=X1|role=plc")})
	refused(t, err, "required")
}

func TestImportLeavesRetiredAndStruckAssetsAlone(t *testing.T) {
	env := testEnv()
	s := given(t, env, "lifecycle=retired")
	same := ImportRow{Fields: fields(t, "tag=RAV-PLC-004|site=RAV|serial=s c1")}
	if done, err := same.Decide(env, s); err != nil || done.Outcome != Unchanged {
		t.Errorf("nothing new: %+v, %v", done, err)
	}
	news := ImportRow{Fields: fields(t, "tag=RAV-PLC-004|site=RAV|serial=other")}
	_, err := news.Decide(env, s)
	refused(t, err, "retired")
}

func BenchmarkImportRow(b *testing.B) {
	header, rows := list(b, "assets.csv", ',', 0)
	columns, env := MapColumns(header), testEnv()
	named := make([]ImportRow, len(rows))
	for i, cells := range rows {
		named[i] = ImportRow{Fields: rowOf(columns, cells)}
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		row := named[i%len(named)]
		site, tag, err := row.Key()
		if err != nil {
			b.Fatal(err)
		}
		if _, err := row.Decide(env, Snapshot{ID: AssetID(env, site, tag), Entity: Asset}); err != nil {
			b.Fatal(err)
		}
	}
}

func TestDeviceListIsFilledByDefaults(t *testing.T) {
	header, rows := list(t, "netbox_devices.csv", ',', 0)
	b := newBook()
	if got := b.takeAll(t, header, rows, nil); got[Refused] != len(rows) {
		t.Fatalf("without criticality and department: %v", got)
	}
	defaults := []Assignment{{"criticality", "medium"}, {"owner_department", "Controls"}}
	if got := b.takeAll(t, header, rows, defaults); got[Created] != 199 {
		t.Fatalf("with defaults: %v", got)
	}
	for _, s := range b.assets {
		if got := Show(s, mustField("lifecycle")); got == "" || got == "offline" || got == "staged" {
			t.Errorf("%s: lifecycle %q", s.tag(), got)
		}
	}
	clean, cleanRows := list(t, "assets.csv", ',', 0)
	if got := b.takeAll(t, clean, cleanRows, nil); got[Updated] != 199 {
		t.Fatalf("the full list afterwards: %v", got)
	}
	if got := b.takeAll(t, header, rows, defaults); got[Unchanged] != 199 {
		t.Fatalf("the devices again: %v", got)
	}
}

func TestDescriptionsComeFirstByTheirOwnEvent(t *testing.T) {
	b := newBook()
	bare := ImportRow{Fields: fields(t, "tag=X1|"+plc)}
	if _, err := b.take(t, bare); err != nil {
		t.Fatal(err)
	}
	row := ImportRow{Fields: fields(t, "tag=X1|"+plc+"|notes=chk w/ Mick")}
	done, err := b.take(t, row)
	if err != nil || len(done.Events) != 1 || done.Events[0].Type != "asset.described" || !done.Events[0].Deterministic {
		t.Fatalf("a first text: %+v, %v", done, err)
	}
	row.Fields = fields(t, "tag=X1|"+plc+"|notes=Mick has checked")
	if done, err = b.take(t, row); err != nil || len(done.Events) != 1 || done.Events[0].Deterministic {
		t.Fatalf("another text: %+v, %v", done, err)
	}
	id := AssetID(b.env, "RAV", "X1")
	b.assets[id] = b.assets[id].With(set(t, b.env, b.assets[id], "description=Anna has checked")...)
	if done, err = b.take(t, row); err != nil || done.Outcome != Unchanged || len(done.Kept) != 1 {
		t.Fatalf("the list's text after an edit: %+v, %v", done, err)
	}
}
