package sheet

import (
	"strings"
	"unicode/utf8"
)

// Spreadsheet programs run a cell that begins with one of these as a formula, also when it comes from a CSV. The second line
// are their full-width forms, which East Asian versions take too.
const starters = "=+-@" +
	"\uFF1D\uFF0B\uFF0D\uFF20"

// blanks at the very beginning of a cell are skipped by some programs before they look for a formula.
const blanks = "\t\r\n"

// separators end a cell for a program that opens the file with another delimiter than the one it was written with: a
// German Excel splits at semicolons, whatever quotes a comma-separated file has.
const separators = ",;\t\r\n"

// neutral gives the cell with an apostrophe before each place that a spreadsheet program could run: at its beginning and
// after each separator inside. Negative numbers stay as they are. plain is the inverse, for every text.
func neutral(cell string) string {
	if !strings.ContainsAny(cell, starters+blanks) {
		return cell
	}
	var out strings.Builder
	rest := cell
	for first := true; rest != ""; first = false {
		quotes := len(rest) - len(strings.TrimLeft(rest, "'"))
		if runs(rest[quotes:], first) {
			out.WriteByte('\'')
		}
		n := piece(rest, quotes)
		out.WriteString(rest[:n])
		rest = rest[n:]
	}
	return out.String()
}

// plain takes back what neutral has put in: one apostrophe of those before a place that a spreadsheet program could run.
func plain(cell string) string {
	if !strings.Contains(cell, "'") {
		return cell
	}
	var out strings.Builder
	rest := cell
	for first := true; rest != ""; first = false {
		quotes := len(rest) - len(strings.TrimLeft(rest, "'"))
		n := piece(rest, quotes)
		from := 0
		if quotes > 0 && runs(rest[quotes:], first) {
			from = 1
		}
		out.WriteString(rest[from:n])
		rest = rest[n:]
	}
	return out.String()
}

// piece gives the length of the text up to and with its next separator, looking from the given place on.
func piece(text string, from int) int {
	if i := strings.IndexAny(text[from:], separators); i >= 0 {
		return from + i + 1
	}
	return len(text)
}

// runs tells whether a spreadsheet program could run the text: it begins like a formula and is no negative number.
func runs(text string, first bool) bool {
	r, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return false
	}
	return first && strings.ContainsRune(blanks, r) || strings.ContainsRune(starters, r) && !negative(text)
}

// negative tells a minus sign, digits and at most one point, up to the next separator.
func negative(text string) bool {
	if i := strings.IndexAny(text, separators); i >= 0 {
		text = text[:i]
	}
	digits, points := 0, 0
	for i, b := range []byte(text) {
		switch {
		case i == 0 && b == '-':
		case b >= '0' && b <= '9':
			digits++
		case b == '.':
			points++
		default:
			return false
		}
	}
	return digits > 0 && points <= 1 && text[0] == '-'
}
