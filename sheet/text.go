package sheet

import (
	"bytes"
	"encoding/xml"
	"strconv"
)

// textOf gathers the text of elements t, v and f as tokens pass by.
type textOf struct {
	text, formula []byte
	into          *[]byte // nil outside of such an element
	phonetic      bool
	cell          int // greatest length
}

func (t *textOf) take(token xml.Token) error {
	switch e := token.(type) {
	case xml.StartElement:
		switch e.Name.Local {
		case "rPh":
			t.phonetic = true
		case "t", "v":
			if !t.phonetic {
				t.into = &t.text
			}
		case "f":
			t.into = &t.formula
		}
	case xml.EndElement:
		if e.Name.Local == "rPh" {
			t.phonetic = false
		}
		t.into = nil
	case xml.CharData:
		if t.into == nil {
			return nil
		}
		if *t.into = append(*t.into, e...); len(*t.into) > t.cell {
			return refuse(ErrTooLarge, 0, "a cell is longer than {0} bytes", t.cell)
		}
	}
	return nil
}

func attr(start xml.StartElement, name string) string {
	for _, a := range start.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// unescape resolves _xHHHH_ (22.9.2.19), by which a workbook writes characters that XML cannot hold.
func unescape(text []byte) []byte {
	if !bytes.Contains(text, []byte("_x")) {
		return text
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] == '_' && i+6 < len(text) && text[i+1] == 'x' && text[i+6] == '_' {
			if unit, err := strconv.ParseUint(string(text[i+2:i+6]), 16, 16); err == nil {
				out = append(out, string(rune(unit))...)
				i += 6
				continue
			}
		}
		out = append(out, text[i])
	}
	return out
}
