package sheet

import (
	"errors"

	"fieldbook/wording"
)

// The reasons for which a file is refused as a whole. Every error of Read wraps one of them (or the error of the file
// system or the context) in an Error, whose message says what to do.
var (
	// ErrTooLarge: the file, its rows, columns or one of its cells is beyond Limits.
	ErrTooLarge = errors.New("table too large")
	// ErrNotTable: the file is no CSV and no XLSX, or is damaged or empty.
	ErrNotTable = errors.New("not a table")
	// ErrEncoding: the text is in none of the encodings that are read, or mixes two.
	ErrEncoding = errors.New("unknown text encoding")
	// ErrBomb: an XLSX unpacks to far more than a list of assets ever would.
	ErrBomb = errors.New("archive unpacks to too much")
	// ErrNoHeader: no row could be the header.
	ErrNoHeader = errors.New("no header row")
	// ErrMapping: the mapping file cannot be read or names a field that does not exist.
	ErrMapping = errors.New("unusable column mapping")
	// ErrFormat: the name of a file to write ends in neither .csv nor .xlsx.
	ErrFormat = errors.New("unknown table format")
)

// Error is a refusal with a sentence for the person who chose the file.
type Error struct {
	Kind error            // one of the sentinels above
	Line int              // line or row where it was seen, from 1; 0 when it is about the whole file
	Said wording.Sentence // what is wrong and what to do, without the file's name
}

// Sentence is what is wrong, with the line when there is one.
func (e *Error) Sentence() wording.Sentence {
	if e.Line > 0 {
		return wording.Say("line {0}: {1}", e.Line, e.Said)
	}
	return e.Said
}

// Error is the sentence for a command line.
func (e *Error) Error() string { return e.Sentence().String() }

// Unwrap gives the kind.
func (e *Error) Unwrap() error { return e.Kind }

func refuse(kind error, line int, pattern wording.Pattern, values ...any) error {
	return &Error{Kind: kind, Line: line, Said: wording.Say(pattern, values...)}
}
