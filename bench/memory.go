package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"fieldbook/workspace"
)

// peakCommand makes this program run another one and print its peak memory. A
// process of its own is needed: Linux lets a started program inherit the peak of
// the one that started it, and that one holds large lists.
const peakCommand = "run-and-print-peak"

// runPeak runs a command and prints its peak resident memory in KiB (what
// getrusage(2) calls ru_maxrss on Linux) as the last line of standard error.
func runPeak(args []string) int {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stderr = os.Stderr
	err := cmd.Run()
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if err != nil || !ok {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Fprintf(os.Stderr, "\n%d\n", usage.Maxrss)
	return 0
}

// peakOf runs the product's binary on a device and gives its peak memory in bytes.
func (b *bench) peakOf(ctx context.Context, dir string, args ...string) (int64, error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	secret := filepath.Join(b.dir, "passphrase")
	if err := os.WriteFile(secret, []byte(passphrase), 0o600); err != nil {
		return 0, err
	}
	cmd := exec.CommandContext(ctx, self, append([]string{peakCommand, b.bin, "--dir", dir, "--passphrase-file", secret}, args...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		return 0, fmt.Errorf("fieldbook %s: %w: %s", args[0], err, stderr.String())
	}
	lines := strings.Split(strings.TrimSpace(stderr.String()), "\n")
	kib, err := strconv.ParseInt(lines[len(lines)-1], 10, 64)
	return kib << 10, err
}

// peakImport measures the real binary while it imports the large list.
func (b *bench) peakImport(ctx context.Context) (row, error) {
	file, err := b.listOf(b.rows)
	if err != nil {
		return row{}, err
	}
	dir := filepath.Join(b.dir, "peak-import")
	if _, err := b.peakOf(ctx, dir, "init", "--name", "Ravensmere", "--member", "Ada Okafor"); err != nil {
		return row{}, err
	}
	first, err := b.peakOf(ctx, dir, "import", "assets", file)
	if err != nil {
		return row{}, err
	}
	again, err := b.peakOf(ctx, dir, "import", "assets", file)
	if err != nil {
		return row{}, err
	}
	listing, err := b.peakOf(ctx, dir, "asset", "list", "--json")
	peak := max(first, again)
	return row{
		what:     fmt.Sprintf("peak memory, importing %s rows", count(b.rows)),
		measured: mebi(peak), target: "under 300 MB", met: met(peak < 300_000_000),
		notes: []string{
			fmt.Sprintf("first import %s, the same list again %s; whole list as JSON %s", mebi(first), mebi(again), mebi(listing)),
			"unlocking alone takes 64 MiB, which the passphrase's cost asks for",
		},
	}, err
}

// peakMany measures the real binary on the device with the most events.
func (b *bench) peakMany(ctx context.Context) (row, error) {
	get, events := b.many, b.assets*(b.edits+1)
	if b.more > 0 {
		get, events = b.most, b.assets*(b.more+1)
	}
	dir, err := get(ctx)
	if err != nil {
		return row{}, err
	}
	if err := dear(ctx, dir); err != nil {
		return row{}, err
	}
	out := row{what: fmt.Sprintf("peak memory with about %s events", count(events)), target: "under 200 MB at 1,000,000"}
	var peak int64
	for _, args := range [][]string{
		{"status"}, {"asset", "list", "--where", "role=firewall"}, {"asset", "list", "--search", "siemens"},
		{"asset", "set", "--where", "role=historian", "firmware=V9.9.9", "--reason", "vendor visit"},
		{"log", "--json"}, {"verify"}, {"rebuild"}, {"verify", "--deep"},
	} {
		used, err := b.peakOf(ctx, dir, args...)
		if err != nil {
			return row{}, err
		}
		peak = max(peak, used)
		out.notes = append(out.notes, fmt.Sprintf("`%s`: %s", strings.Join(args, " "), mebi(used)))
	}
	out.measured, out.met = mebi(peak), met(peak < 200_000_000)
	if b.more == 0 {
		out.met += "; 1,000,000: " + unmeasured
	}
	return out, nil
}

// dear gives a device the passphrase's usual cost, which a person's device has.
func dear(ctx context.Context, dir string) error {
	w, err := workspace.Open(ctx, config(dir, 0))
	if err != nil {
		return err
	}
	err = w.ChangePassphrase(ctx, config(dir, 0).Passphrase)
	return errors.Join(err, w.Close())
}
