package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strings"

	"fieldbook/keyring"
	"fieldbook/record"
	"fieldbook/workspace"
)

// passphrase opens every device made here; they hold invented data only.
const passphrase = "measured in the field"

// sample is the list of the sample plant, of which larger ones are made.
const sample = "../testdata/inventory/assets.csv"

// bench makes what is measured, once for all rows that need it.
type bench struct {
	sizes
	dir, bin string
	edited   string // folder of the device with edited assets
	million  string // the same with more edits
	imported string // folder of the device with the imported list
	made     int    // services with two laptops
}

func newBench(s sizes, dir, bin string) (*bench, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if bin, err = filepath.Abs(bin); err != nil {
		return nil, err
	}
	if dir, err = os.MkdirTemp(dir, "run-"); err != nil {
		return nil, err
	}
	return &bench{sizes: s, dir: dir, bin: bin}, nil
}

func (b *bench) close() { os.RemoveAll(b.dir) }

// profileTo profiles until the returned function is called.
func (b *bench) profileTo(path string) (stop func(), err error) {
	if path == "" {
		return func() {}, nil
	}
	out, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(out); err != nil {
		return nil, err
	}
	return func() { pprof.StopCPUProfile(); out.Close() }, nil
}

// config is a device in a folder. Its passphrase costs next to nothing, so that
// unlocking is left out of what is measured.
func config(dir string, work keyring.Work) workspace.Config {
	return workspace.Config{Dir: dir, Work: work, Passphrase: func(context.Context) ([]byte, error) { return []byte(passphrase), nil }}
}

// cheap is the lowest cost of a passphrase.
const cheap keyring.Work = 1

// found makes a workspace in a new folder.
func (b *bench) found(ctx context.Context, name string) (*workspace.Workspace, string, error) {
	dir := filepath.Join(b.dir, name)
	w, _, err := workspace.Create(ctx, config(dir, cheap), workspace.Founding{Name: "Ravensmere", Member: "Ada Okafor", Zone: "Europe/London"})
	return w, dir, err
}

// fill imports a list of n rows into a workspace.
func (b *bench) fill(ctx context.Context, w *workspace.Workspace, n int) error {
	file, err := b.listOf(n)
	if err != nil {
		return err
	}
	report, err := w.ImportAssets(ctx, entry, workspace.ImportOptions{File: file})
	if err == nil && report.Totals.Created != n {
		err = fmt.Errorf("imported %+v of %d rows", report.Totals, n)
	}
	return err
}

// entry is the reason given for every write; edits carry it in their bytes.
var entry = workspace.Entry{Reason: "read on the display during the round"}

// changes are the single-field edits made of each asset, by turns.
var changes = []func(n int) record.Assignment{
	func(n int) record.Assignment { return assign("firmware", fmt.Sprintf("V3.2.%d", n)) },
	func(n int) record.Assignment { return assign("custodian", fmt.Sprintf("j.hargreaves%d", n)) },
	func(n int) record.Assignment { return assign("location.room", fmt.Sprintf("MCC room %d", n)) },
	func(n int) record.Assignment { return assign("last_verified", fmt.Sprintf("2025-03-%02d", n%28+1)) },
}

func assign(field, text string) record.Assignment { return record.Assignment{Field: field, Text: text} }

func change(n int) []record.Assignment { return []record.Assignment{changes[n%len(changes)](n)} }

// editedAssets makes a device with assets and as many edits of each, all assets
// changed in one batch a round: the edits of an asset lie far apart in the log.
func (b *bench) editedAssets(ctx context.Context, name string, assets, edits int) (string, error) {
	return b.edit(ctx, name, assets, edits, []map[string]string{nil})
}

// edit makes a device whose assets are edited group by group.
func (b *bench) edit(ctx context.Context, name string, assets, edits int, groups []map[string]string) (string, error) {
	w, dir, err := b.found(ctx, name)
	if err != nil {
		return "", err
	}
	defer w.Close()
	if err := b.fill(ctx, w, assets); err != nil {
		return "", err
	}
	done := 0
	for _, group := range groups {
		for n := range edits {
			bulk, err := w.SetAssets(ctx, entry, group, change(n))
			if err != nil {
				return "", err
			}
			done += len(bulk.Items)
		}
	}
	if done != assets*edits {
		return "", fmt.Errorf("made %d of %d edits", done, assets*edits)
	}
	return dir, nil
}

// many is the device with assets and edits, made when first asked for.
func (b *bench) many(ctx context.Context) (_ string, err error) {
	if b.edited == "" {
		b.edited, err = b.editedAssets(ctx, "edited", b.assets, b.edits)
	}
	return b.edited, err
}

// most is the device with the million. Its networks are edited one after the
// other, which makes it in a fraction of the time.
func (b *bench) most(ctx context.Context) (_ string, err error) {
	if b.million == "" {
		var networks []map[string]string
		for n := vlan(0); n <= vlan(b.assets-1); n++ {
			networks = append(networks, map[string]string{"vlan": fmt.Sprint(n)})
		}
		b.million, err = b.edit(ctx, "million", b.assets, b.more, networks)
	}
	return b.million, err
}

// listOf writes a list of n assets as the sample has them, with tags, serial
// numbers, names and addresses of their own.
func (b *bench) listOf(n int) (string, error) {
	path := filepath.Join(b.dir, fmt.Sprintf("list-%d.csv", n))
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	in, err := os.Open(sample)
	if err != nil {
		return "", err
	}
	defer in.Close()
	rows, err := csv.NewReader(in).ReadAll()
	if err != nil {
		return "", err
	}
	out, err := os.Create(path)
	if err != nil {
		return "", err
	}
	defer out.Close()
	return path, multiply(out, rows[0], rows[1:], n)
}

func multiply(out io.Writer, header []string, rows [][]string, n int) error {
	w := csv.NewWriter(out)
	if err := w.Write(header); err != nil {
		return err
	}
	for i := range n {
		cells := append([]string(nil), rows[i%len(rows)]...)
		for c, name := range header {
			cells[c] = distinct(name, cells[c], i)
		}
		if err := w.Write(cells); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// vlan puts a hundred assets side by side into one network.
func vlan(i int) int { return i/100 + 1 }

// distinct makes a cell that names one thing in the world the i-th of its kind.
func distinct(column, cell string, i int) string {
	switch {
	case column == "asset_number":
		return fmt.Sprintf("%s-%05d", cell[:strings.LastIndexByte(cell, '-')], i)
	case column == "vlan":
		return fmt.Sprint(vlan(i))
	case cell == "":
		return ""
	case column == "serial_number":
		return fmt.Sprintf("%s%05d", cell, i)
	case column == "hostname":
		return fmt.Sprintf("%s-%05d", cell, i)
	case column == "ip_address":
		return fmt.Sprintf("10.%d.%d.%d", 20+i/62500, i/250%250, i%250+1)
	case column == "mac_address":
		return fmt.Sprintf("00:1B:1B:%02X:%02X:%02X", i>>16&255, i>>8&255, i&255)
	}
	return cell
}
