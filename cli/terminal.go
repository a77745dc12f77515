package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"fieldbook/wording"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// terminal is where a command reads and writes. Answers go to out, everything
// else to err, so that out stays JSON when JSON is asked for.
type terminal struct {
	in       io.Reader
	out, err io.Writer
	json     bool
	asks     bool           // a person is there: stdin and stderr are terminals
	shows    bool           // progress is worth drawing: stderr is a terminal
	colours  bool           // stdout is a terminal and NO_COLOR is unset
	zone     *time.Location // of the plant: people read times in it, programs in UTC

	bar   *progressbar.ProgressBar
	stage string
}

func newTerminal(in, out, err *os.File) *terminal {
	shows := term.IsTerminal(int(err.Fd()))
	return &terminal{
		in: in, out: out, err: err,
		asks: shows && term.IsTerminal(int(in.Fd())), shows: shows,
		colours: term.IsTerminal(int(out.Fd())) && os.Getenv("NO_COLOR") == "",
	}
}

// answer prints the command's answer: v as JSON, or what text writes.
func (t *terminal) answer(v any, text func(io.Writer)) error {
	t.endProgress()
	if t.json {
		enc := json.NewEncoder(t.out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(v)
	}
	text(t.out)
	return nil
}

// stream prints a JSON array element by element, so that a million of them need
// no memory. An error ends the array where it came.
func stream[T any](t *terminal, each func(emit func(T) error) error) error {
	t.endProgress()
	out := bufio.NewWriter(t.out)
	n := 0
	err := each(func(v T) error {
		line, err := json.Marshal(v)
		if err != nil {
			return err
		}
		separator := ",\n"
		if n == 0 {
			separator = "[\n"
		}
		n++
		_, err = fmt.Fprintf(out, "%s%s", separator, line)
		return err
	})
	switch {
	case n > 0:
		fmt.Fprintln(out, "\n]")
	case err == nil:
		fmt.Fprintln(out, "[]")
	}
	return errors.Join(err, out.Flush())
}

// table prints aligned columns under a heading.
func (t *terminal) table(w io.Writer, heading []string, rows [][]string) {
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(tw, strings.ToUpper(strings.Join(heading, "\t")))
	for _, row := range rows {
		for i := range row {
			row[i] = oneLine(row[i])
		}
		fmt.Fprintln(tw, strings.Join(row, "\t"))
	}
	tw.Flush()
}

// clean makes text from the record safe to print: control characters, also such
// as turn the direction of writing, could otherwise drive the terminal.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.C, r) {
			return ' '
		}
		return r
	}, s)
}

// cleanLines is clean for a message of several lines.
func cleanLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = clean(lines[i])
	}
	return strings.Join(lines, "\n")
}

// oneLine makes text from the record safe and short enough for a table.
func oneLine(s string) string {
	const widest = 60
	s = clean(s)
	if runes := []rune(s); len(runes) > widest {
		return string(runes[:widest-1]) + "…"
	}
	return s
}

// local shows a time of an answer in the plant's zone.
func (t *terminal) local(at *string) string {
	if at == nil {
		return ""
	}
	moment, err := time.Parse(time.RFC3339Nano, *at)
	if err != nil || t.zone == nil {
		return oneLine(*at)
	}
	return moment.In(t.zone).Format("2006-01-02 15:04:05 MST")
}

// plural counts things: "1 note", "2 notes".
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

const (
	red    = "31"
	green  = "32"
	yellow = "33"
	bold   = "1"
)

// paint colours text where colours are seen.
func (t *terminal) paint(code, text string) string {
	if !t.colours {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// progress draws a bar on a terminal and nothing elsewhere.
func (t *terminal) progress(doing wording.Sentence, done, total int64) {
	stage := doing.String()
	const quick = 100 // units of work that are done before a bar could be read
	if !t.shows || total > 0 && total < quick {
		return
	}
	if t.bar == nil || stage != t.stage {
		t.endProgress()
		if total <= 0 {
			total = -1
		}
		t.stage = stage
		t.bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(t.err), progressbar.OptionSetDescription(stage),
			progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(24))
	}
	_ = t.bar.Set64(done) // drawing may fail; the work goes on
}

func (t *terminal) endProgress() {
	if t.bar != nil {
		_ = t.bar.Finish()
		t.bar = nil
	}
}
