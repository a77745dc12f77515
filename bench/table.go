package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"
)

// row is one line of the table.
type row struct {
	what      string
	measured  string
	reference string // what it is compared with, and that one's figure
	ratio     string // product to reference, in speed: more is better; in size: less is better
	target    string
	met       string
	notes     []string // printed under the table
}

// met says whether a target is reached.
func met(ok bool) string {
	if ok {
		return "met"
	}
	return "not met"
}

// unmeasured stands where a size was left out.
const unmeasured = "not measured (-full)"

// printTable writes the rows as Markdown, notes below.
func printTable(out io.Writer, rows []row) error {
	var s strings.Builder
	s.WriteString("\n| what | measured | reference | ratio | target | |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, r := range rows {
		fmt.Fprintf(&s, "| %s | %s | %s | %s | %s | %s |\n", r.what, r.measured, orDash(r.reference), orDash(r.ratio), r.target, r.met)
	}
	for _, r := range rows {
		if len(r.notes) == 0 {
			continue
		}
		fmt.Fprintf(&s, "\n%s:\n\n", r.what)
		for _, n := range r.notes {
			fmt.Fprintf(&s, "- %s\n", n)
		}
	}
	_, err := io.WriteString(out, s.String())
	return err
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// count writes a number with commas.
func count[N int | int64](n N) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// rate is n things in d, as a person reads it.
func rate(n int, d time.Duration) string {
	return count(int64(perSecond(n, d)+0.5)) + "/s"
}

func perSecond(n int, d time.Duration) float64 { return float64(n) / d.Seconds() }

// span is a duration with three digits.
func span(d time.Duration) string {
	switch {
	case d >= 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d >= time.Second:
		return fmt.Sprintf("%.2f s", d.Seconds())
	case d >= 100*time.Millisecond:
		return fmt.Sprintf("%.0f ms", float64(d)/float64(time.Millisecond))
	case d >= time.Millisecond:
		return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
	}
	return fmt.Sprintf("%.0f µs", float64(d)/float64(time.Microsecond))
}

// mebi is a size in MiB.
func mebi(bytes int64) string { return fmt.Sprintf("%.0f MiB", float64(bytes)/(1<<20)) }

// machine says where this runs.
func machine() string {
	return fmt.Sprintf("%s, %d cores, %s, load %s, %s", processor(), runtime.NumCPU(), runtime.Version(), load(), time.Now().UTC().Format("2006-01-02 15:04 MST"))
}

func processor() string {
	text, _ := os.ReadFile("/proc/cpuinfo") // elsewhere than on Linux the name is left out
	for line := range strings.Lines(string(text)) {
		if name, ok := strings.CutPrefix(line, "model name"); ok {
			return strings.TrimSpace(strings.TrimLeft(name, "\t: "))
		}
	}
	return runtime.GOARCH
}

func load() string {
	text, _ := os.ReadFile("/proc/loadavg")
	if fields := strings.Fields(string(text)); len(fields) > 0 {
		return fields[0]
	}
	return "unknown"
}
