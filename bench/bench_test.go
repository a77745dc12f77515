package main

import (
	"context"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"fieldbook/syncserver/replica"
)

// tiny is enough to see every row measured, and far too little to mean anything.
var tiny = sizes{rows: 250, assets: 20, edits: 2, sync: 60, served: 30, single: 5, rounds: 1, more: 3}

func TestEveryRowIsMeasured(t *testing.T) {
	b, err := newBench(tiny, t.TempDir(), "unused")
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	for _, m := range b.measurements() {
		if strings.HasPrefix(m.name, "peak memory") { // needs the built binary
			continue
		}
		r, err := m.measure(context.Background())
		if err != nil {
			t.Fatalf("%s: %v", m.name, err)
		}
		if r.what == "" || r.measured == "" || r.target == "" || r.met == "" {
			t.Errorf("%s: an empty cell in %+v", m.name, r)
		}
	}
}

func TestPeakIsThatOfTheProgramAndNotOfItsParent(t *testing.T) {
	held := make([]byte, 300<<20) // a parent with a large peak
	for i := 0; i < len(held); i += 4096 {
		held[i] = 1
	}
	b, err := newBench(tiny, t.TempDir(), "/bin/true")
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	peak, err := b.peakOf(context.Background(), b.dir, "status")
	if err != nil {
		t.Fatal(err)
	}
	if peak <= 0 || peak > 100<<20 {
		t.Errorf("a program that does nothing took %s beside a parent with %s", mebi(peak), mebi(int64(len(held))))
	}
}

func TestNamesOfThingsInALargerListAreDistinct(t *testing.T) {
	var out strings.Builder
	header := []string{"asset_number", "serial_number", "hostname", "ip_address", "mac_address", "site"}
	if err := multiply(&out, header, [][]string{{"RAV-PLC-001", "S C-1", "rav-plc-001", "10.20.1.10", "00:1B:1B:02:ED:DC", "RAV"}}, 70_000); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(out.String()) {
		for _, cell := range strings.Split(strings.TrimSpace(line), ",")[:5] {
			if seen[cell] {
				t.Fatalf("%s twice", cell)
			}
			seen[cell] = true
		}
	}
}

func TestFiguresAsPeopleReadThem(t *testing.T) {
	for got, want := range map[string]string{
		count(1234567): "1,234,567", count(999): "999", rate(1000, time.Second/2): "2,000/s",
		span(1500 * time.Millisecond): "1.50 s", span(999 * time.Microsecond): "999 µs", span(20 * time.Second): "20.0 s",
		span(median([]time.Duration{3 * time.Second, time.Second})): "2.00 s", span(median([]time.Duration{5, 1, 9000})): "0 µs",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestOnlyRowsAskedForAreMeasured(t *testing.T) {
	b, err := newBench(tiny, t.TempDir(), "unused")
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	if err := b.table(context.Background(), regexp.MustCompile("^nothing$")); err != nil {
		t.Fatal(err)
	}
}

// TestMain lets the test's own binary be the process that measures another's peak, and the engine's.
func TestMain(m *testing.M) {
	replica.WorkerMain()
	if len(os.Args) > 1 && os.Args[1] == peakCommand {
		os.Exit(runPeak(os.Args[2:]))
	}
	os.Exit(m.Run())
}
