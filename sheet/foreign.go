package sheet

import (
	"bytes"
	"strings"

	"fieldbook/wording"
)

// signature is how a kind of file begins that people take for a table, and what to do with it.
type signature struct {
	prefix string
	advice wording.Pattern
}

const (
	saveAs   = "open it in a spreadsheet program and save it as .xlsx or .csv"
	notTable = "choose the CSV or XLSX file of the list"
)

var signatures = []signature{
	{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "this is an old Excel file (.xls) or one with a password; " + saveAs + ", without a password"},
	{"%PDF", "this is a PDF; export the list from the program that made it as .xlsx or .csv"},
	{"\x89PNG", "this is an image (PNG); " + notTable},
	{"\xFF\xD8\xFF", "this is an image (JPEG); " + notTable},
	{"GIF8", "this is an image (GIF); " + notTable},
	{"II*\x00", "this is an image (TIFF); " + notTable},
	{"MM\x00*", "this is an image (TIFF); " + notTable},
	{"\x1F\x8B", "this is a compressed file (gzip); unpack it first"},
	{"7z\xBC\xAF\x27\x1C", "this is a compressed file (7z); unpack it first"},
	{"Rar!", "this is a compressed file (RAR); unpack it first"},
	{"\x7FELF", "this is a program; " + notTable},
	{"MZ", "this is a program; " + notTable},
	{"SQLite format 3", "this is a database; " + notTable},
	{"age-encryption.org/", "this file is encrypted; " + notTable},
	{"{\\rtf", "this is a text document (RTF); " + notTable},
	{"\xFF\xFE\x00\x00", "this is UTF-32 text; save it as UTF-8"},
}

// foreign refuses what is certainly neither CSV nor XLSX by how it begins.
func foreign(head []byte) error {
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.prefix)) && (s.prefix != "MZ" || bytes.IndexByte(head, 0) >= 0) {
			return refuse(ErrNotTable, 0, s.advice)
		}
	}
	text := strings.ToLower(string(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")))))
	switch {
	case text == "":
		if len(head) < 512 {
			return refuse(ErrNotTable, 0, "the file is empty")
		}
	case strings.HasPrefix(text, "<!doctype html"), strings.HasPrefix(text, "<html"), strings.HasPrefix(text, "<?xml"):
		return refuse(ErrNotTable, 0, "this is a web page or XML, whatever its name says; "+saveAs)
	case strings.HasPrefix(text, "{") && strings.Contains(text, "\":"), strings.HasPrefix(text, "[{"):
		return refuse(ErrNotTable, 0, "this is JSON; "+notTable)
	}
	return nil
}

// isArchive tells a zip archive, which every XLSX is.
func isArchive(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06"))
}
