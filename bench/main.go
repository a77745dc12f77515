// Command bench measures the product against references in one run and prints
// the table of docs/benchmarks.md.
//
// Product and reference take turns (A B A B), so that what else the machine does
// falls on both; every figure is a median. The references are the least that the
// same promise costs: plain SQLite with the same bytes and the same durability,
// and nothing but decryption of the same bytes. They live in a module of their
// own, so that the product depends on none of them.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"

	"fieldbook/syncserver/replica"
)

func main() {
	replica.WorkerMain()
	if len(os.Args) > 1 && os.Args[1] == peakCommand {
		os.Exit(runPeak(os.Args[2:]))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// sizes say how much is measured. Only with the defaults does the table mean
// what its targets mean.
type sizes struct {
	rows   int // of an imported list
	assets int // of the workspace that is edited and verified
	edits  int // single-field edits of each of these assets
	more   int // the same for the million; 0 leaves it out
	sync   int // events of one sync
	served int // edits of each asset that a new laptop gets from a service
	single int // durable edits of one round
	rounds int
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	var s sizes
	flags.IntVar(&s.rows, "rows", 50_000, "rows of the imported list")
	flags.IntVar(&s.assets, "assets", 10_000, "assets of the workspace that is edited and verified")
	flags.IntVar(&s.edits, "edits", 9, "single-field edits of each asset")
	flags.IntVar(&s.sync, "sync", 10_000, "events of a sync")
	flags.IntVar(&s.served, "served", 19, "edits of each asset that a new laptop gets from a service")
	flags.IntVar(&s.single, "single", 400, "durable edits in a round")
	flags.IntVar(&s.rounds, "rounds", 5, "rounds, of which the median counts")
	full := flags.Bool("full", false, "also measure with 99 edits of each asset (1,000,000 events), which takes long to build")
	only := flags.String("only", "", "measure only rows whose name fits this regular expression")
	dir := flags.String("dir", "out", "folder for what is measured; emptied at the end")
	bin := flags.String("bin", "../bin/fieldbook", "the product's binary, for peak memory")
	profile := flags.String("cpuprofile", "", "write a CPU profile of the product's part of all rows here")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *full {
		s.more = 99
	}
	pick, err := regexp.Compile(*only)
	if err != nil {
		return err
	}
	b, err := newBench(s, *dir, *bin)
	if err != nil {
		return err
	}
	defer b.close()
	stop, err := b.profileTo(*profile)
	if err != nil {
		return err
	}
	defer stop()
	return b.table(ctx, pick)
}

// measurement is one row of the table before it is measured.
type measurement struct {
	name    string
	measure func(context.Context) (row, error)
}

func (b *bench) measurements() []measurement {
	return []measurement{
		{"append one durable edit", b.append},
		{"import a list", b.importing},
		{"verify and rebuild everything", b.verify},
		{"open to first query answered", b.open},
		{"list, filter, search", b.list},
		{"first page of the audit trail", b.trail},
		{"sync through a folder to an empty device", b.sync},
		{"new laptop from a service: usable, complete", b.bootstrap},
		{"sync with nothing to do", b.nothing},
		{"push and pull edits through a merging service", b.exchanges},
		{"bytes on the wire", b.carried},
		{"requests to S3", b.requests},
		{"Lambda bootstrap", b.lambda},
		{"bytes on disk per single-field edit, log only", b.bytes},
		{"peak memory, importing", b.peakImport},
		{"peak memory, many events", b.peakMany},
	}
}

// table measures and prints row by row, then the whole.
func (b *bench) table(ctx context.Context, pick *regexp.Regexp) error {
	fmt.Println(machine())
	var rows []row
	for _, m := range b.measurements() {
		if !pick.MatchString(m.name) {
			continue
		}
		fmt.Fprintf(os.Stderr, "measuring: %s ...\n", m.name)
		r, err := m.measure(ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		fmt.Fprintf(os.Stderr, "  %s (%s)\n", r.measured, r.met)
		rows = append(rows, r)
	}
	return printTable(os.Stdout, rows)
}
