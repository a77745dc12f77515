package workspace_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldbook/envelope"
	"fieldbook/projections"
	"fieldbook/sheet"
	"fieldbook/wording"
	"fieldbook/workspace"
)

// rowsOf reads a CSV table back.
func rowsOf(t *testing.T, data []byte) [][]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\uFEFF")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestAListIsExportedAsShown: what fits and in its order, with every field, so that it can be imported again.
func TestAListIsExportedAsShown(t *testing.T) {
	p := newPlant(t, t.TempDir(), 2)
	a, b := p.laptops[0], p.laptops[1]
	a.add("PLC-2", "zone", "Z1", "custom.Loop", "L1")
	a.add("PLC-10", "zone", "Z1", "ports", "102/tcp")
	a.add("PLC-3", "zone", "Z2")
	var out bytes.Buffer
	done, err := a.w.WriteAssets(p.ctx, &out, sheet.CSV, projections.ListQuery{Where: []projections.Condition{{Field: "zone", Op: projections.Is, Text: "Z1"}}, Sort: "-tag", Limit: 1})
	p.must(err)
	rows := rowsOf(t, out.Bytes())
	tag, loop := slices.Index(rows[0], "tag"), slices.Index(rows[0], "custom.Loop")
	if done.Rows != 2 || len(rows) != 3 || rows[1][tag] != "PLC-10" || rows[2][tag] != "PLC-2" || rows[2][loop] != "L1" {
		t.Errorf("%+v: %q", done, rows)
	}
	p.level()
	report, err := b.w.ImportAssets(p.ctx, because("again"), workspace.ImportOptions{
		File: "list.csv", Source: &workspace.ImportSource{Data: bytes.NewReader(out.Bytes()), Size: int64(out.Len())},
	})
	p.must(err)
	if report.Totals.Unchanged != 2 || report.File != "list.csv" {
		t.Errorf("importing it again: %+v", report)
	}
	out.Reset()
	done, err = a.w.WriteTrail(p.ctx, &out, sheet.CSV, workspace.TrailQuery{Asset: "PLC-3", Limit: 1})
	p.must(err)
	if rows := rowsOf(t, out.Bytes()); len(rows) != done.Rows+1 || done.Rows != len(a.log("PLC-3")) {
		t.Errorf("the trail has %d rows, the log %d", done.Rows, len(a.log("PLC-3")))
	}
}

// TestAListWithStruckEntriesSaysWhichAreStruck: each with the reason, and an import of the file changes nothing.
func TestAListWithStruckEntriesSaysWhichAreStruck(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a := p.laptops[0]
	a.add("PLC-1")
	a.add("PLC-2")
	p.must(second(a.w.Void(p.ctx, because("typed twice"), "PLC-2")))
	var out bytes.Buffer
	p.must(second(a.w.WriteAssets(p.ctx, &out, sheet.CSV, projections.ListQuery{IncludeVoid: true})))
	rows := rowsOf(t, out.Bytes())
	if len(rows) != 3 || rows[0][1] != "void" || rows[1][1] != "" || rows[2][1] != "typed twice" {
		t.Errorf("%q", rows)
	}
	report, err := a.w.ImportAssets(p.ctx, because("again"), workspace.ImportOptions{
		File: "list.csv", Source: &workspace.ImportSource{Data: bytes.NewReader(out.Bytes()), Size: int64(out.Len())},
	})
	p.must(err)
	if report.Totals.Unchanged != 2 || report.Totals.Rows != 2 {
		t.Errorf("importing it again: %+v", report)
	}
	out.Reset()
	p.must(second(a.w.WriteAssets(p.ctx, &out, sheet.CSV, projections.ListQuery{})))
	if rows := rowsOf(t, out.Bytes()); len(rows) != 2 || slices.Contains(rows[0], "void") {
		t.Errorf("the list of what stands: %q", rows)
	}
}

// failing fails after some bytes.
type failing struct{ left int }

var errNoRoom = errors.New("no room")

func (f *failing) Write(b []byte) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, errNoRoom
	}
	return len(b), nil
}

// TestWritersThatFailSaySo: an export or backup that could not be written whole is an error.
func TestWritersThatFailSaySo(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a := p.laptops[0]
	a.importFile(inventory)
	for name, write := range map[string]func(io.Writer) error{
		"assets": func(w io.Writer) error {
			return second(a.w.WriteAssets(p.ctx, w, sheet.XLSX, projections.ListQuery{}))
		},
		"trail":  func(w io.Writer) error { return second(a.w.WriteTrail(p.ctx, w, sheet.CSV, workspace.TrailQuery{})) },
		"backup": func(w io.Writer) error { return second(a.w.WriteBackup(p.ctx, w)) },
	} {
		if err := write(&failing{left: 1000}); !errors.Is(err, errNoRoom) {
			t.Errorf("%s: %v", name, err)
		}
		file := filepath.Join(t.TempDir(), name)
		err := workspace.WriteFile(file, func(w io.Writer) error { return errors.Join(write(w), errNoRoom) })
		if _, missing := os.Stat(file); !errors.Is(err, errNoRoom) || !os.IsNotExist(missing) {
			t.Errorf("%s: a file that failed at its end: %v, %v", name, err, missing)
		}
	}
}

// TestABackupToAWriterIsOne: the same as a file's, byte for byte.
func TestABackupToAWriterIsOne(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a := p.laptops[0]
	a.add("PLC-1")
	var out bytes.Buffer
	done, err := a.w.WriteBackup(p.ctx, &out)
	p.must(err)
	path := filepath.Join(t.TempDir(), "backup")
	filed, err := a.w.Backup(p.ctx, path)
	p.must(err)
	file, err := os.ReadFile(path)
	p.must(err)
	if !bytes.Equal(file, out.Bytes()) || done.Bytes != int64(len(file)) || filed.Bytes != done.Bytes || done.Events != filed.Events || filed.File != path {
		t.Errorf("%+v and %+v", done, filed)
	}
}

// TestVerifyWhileOpen: the same answer as of a closed folder, also about what was altered, and writing goes on beside it.
func TestVerifyWhileOpen(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a := p.laptops[0]
	a.importFile(inventory)
	a.sync()
	for _, deep := range []bool{false, true} {
		got, err := a.w.Verify(p.ctx, workspace.VerifyOptions{Deep: deep, Against: p.remote})
		p.must(err)
		if !got.OK || *got.Digest != a.status().Digest || got.Events != a.status().Events {
			t.Errorf("deep %v: %+v", deep, got)
		}
	}
	ctx, cancel := context.WithCancel(p.ctx)
	ctx = workspace.WithProgress(ctx, func(stage wording.Sentence, _, _ int64) {
		if stage.String() != "copying" {
			cancel()
		}
	})
	if got, err := a.w.Verify(ctx, workspace.VerifyOptions{Deep: true}); !errors.Is(err, context.Canceled) || got.OK {
		t.Errorf("cancelled: %+v, %v", got, err)
	}
	a.set("RAV-PLC-001", "after", "zone", "Z9")

	a.close()
	a.open() // what was written lies in the database
	path := filepath.Join(a.dir, "fieldbook.db")
	data, err := os.ReadFile(path)
	p.must(err)
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	p.must(err)
	at := int64(len(data) / 2 / 4096 * 4096)
	_, err = f.WriteAt([]byte{data[at] ^ 1}, at)
	p.must(errors.Join(err, f.Close()))
	got, err := a.w.Verify(p.ctx, workspace.VerifyOptions{Deep: true})
	if err != nil || got.OK || len(got.Violations) == 0 {
		t.Errorf("altered under an open workspace: %+v, %v", got, err)
	}
	f, err = os.OpenFile(path, os.O_WRONLY, 0)
	p.must(err)
	_, err = f.WriteAt(data[at:at+1], at)
	p.must(errors.Join(err, f.Close()))
}

// TestSavedFollowsTheLastEntry: on this laptop alone, on a stick, at a service that signed for it.
func TestSavedFollowsTheLastEntry(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a, h := p.laptops[0], newHost(t)
	expect := func(want string, seq uint64) {
		t.Helper()
		got, err := a.w.Saved(p.ctx)
		p.must(err)
		if got.State != want || got.Device != a.status().Device || got.Seq != seq || got.At == nil {
			t.Errorf("%+v, want %s of seq %d", got, want, seq)
		}
	}
	a.add("PLC-1")
	seq := a.newest("PLC-1").Seq
	expect(workspace.Saved, seq)
	a.sync()
	expect(workspace.Sent, seq)
	a.set("PLC-1", "x", "zone", "Z1")
	expect(workspace.Saved, seq+1)
	if views, err := a.w.Receipts(p.ctx); err != nil || len(views) != 0 {
		t.Errorf("receipts of no service: %+v, %v", views, err)
	}

	a.addRemote(h.spec("office"))
	remote, err := a.w.Connect(p.ctx, "office")
	p.must(err)
	p.must(second(a.w.SyncAs(p.ctx, "office", remote)))
	saved, err := a.w.Saved(p.ctx)
	p.must(err)
	if saved.State != workspace.Received || saved.Seq < seq+1 {
		t.Errorf("after a service took it: %+v", saved)
	}
	views, err := a.w.Receipts(p.ctx)
	p.must(err)
	if len(views) != 1 || *views[0].Remote != "office" || views[0].Device != saved.Device || views[0].Seq < saved.Seq || views[0].Time != "2026-03-09T12:00:00Z" {
		t.Errorf("receipts %+v", views)
	}
	p.must(second(a.w.RemoveRemote(p.ctx, "office")))
	if views, err = a.w.Receipts(p.ctx); err != nil || len(views) != 1 || views[0].Remote != nil {
		t.Errorf("receipts of a service that is no remote any more: %+v, %v", views, err)
	}
}

func TestARequestIsReadBeforeItIsAnswered(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	asked, err := workspace.Ask(p.ctx, p.laptop("new").config(), "Ines Duarte")
	p.must(err)
	got, err := workspace.InspectRequest(asked.File)
	p.must(err)
	device, err := envelope.ParseDeviceID(got.Device)
	approved, approval := p.laptops[0].w.Approve(p.ctx, asked.File, "")
	p.must(errors.Join(err, approval))
	if got.Member != "Ines Duarte" || !slices.Equal(got.Words, asked.Words) || approved.Device != device {
		t.Errorf("%+v", got)
	}
	if _, err := workspace.InspectRequest([]byte("rubbish")); !errors.Is(err, workspace.ErrRequest) {
		t.Errorf("rubbish: %v", err)
	}
}

// TestAnImportIsPreviewed: what each column is taken for, also of a list whose tag only a person can name.
func TestAnImportIsPreviewed(t *testing.T) {
	list := "Anlage;Kennzeichen;Hersteller;Loop\nRAV;PLC-1;Siemens;L1\nRAV;PLC-2;;L1\nRAV;PLC-3;ABB;L2\n"
	opts := workspace.ImportOptions{File: "liste.csv", Source: &workspace.ImportSource{Data: strings.NewReader(list), Size: int64(len(list))}}
	got, err := workspace.PreviewImport(t.Context(), opts)
	if err != nil || got.Missing == nil || len(got.Columns) != 4 || got.Rows != 3 || got.HeaderRow != 1 || len(got.Sample) != 3 {
		t.Fatalf("%+v, %v", got, err)
	}
	opts.Map = &sheet.Mapping{Columns: map[string]string{"Kennzeichen": "tag", "Anlage": "site", "Hersteller": "vendor"}}
	got, err = workspace.PreviewImport(t.Context(), opts)
	if err != nil || got.Missing != nil {
		t.Fatalf("%+v, %v", got, err)
	}
	tag, vendor, loop := got.Columns[1], got.Columns[2], got.Columns[3]
	if tag.Name != "tag" || tag.How != sheet.ByMapping || tag.Label == "" || !slices.Equal(vendor.Samples, []string{"Siemens", "ABB"}) || loop.How != sheet.Custom || loop.Name != "custom.Loop" {
		t.Errorf("%+v", got.Columns)
	}
	if !slices.Equal(got.Sample[1], []string{"RAV", "PLC-2", "", "L1"}) {
		t.Errorf("sample %q", got.Sample)
	}
	var refusal *sheet.Error
	opts.Map = &sheet.Mapping{Columns: map[string]string{"Kennzeichen": "colour"}}
	if _, err := workspace.PreviewImport(t.Context(), opts); !errors.As(err, &refusal) || !errors.Is(err, sheet.ErrMapping) {
		t.Errorf("a field that is none: %v", err)
	}
}
