package sheet

import (
	"encoding/binary"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// The encodings that are read, by the name a Table gives them.
const (
	utf8Text  = "UTF-8"
	utf16LE   = "UTF-16LE"
	utf16BE   = "UTF-16BE"
	ansiText  = "cp1252"
	chunkSize = 64 << 10
)

// encoding is how a file's bytes become text, and how many bytes of byte order mark come before.
type encoding struct {
	name string
	skip int64
}

// reader gives the text of src as UTF-8.
func (e encoding) reader(src *io.SectionReader) io.Reader {
	text := io.NewSectionReader(src, e.skip, src.Size()-e.skip)
	switch e.name {
	case utf16LE:
		return transform.NewReader(text, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder())
	case utf16BE:
		return transform.NewReader(text, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder())
	case ansiText:
		return transform.NewReader(text, charmap.Windows1252.NewDecoder())
	}
	return text
}

// detect finds the encoding of a text file, reading all of it: the first letter that is not ASCII may be on the last line.
func detect(src *io.SectionReader) (encoding, error) {
	head := make([]byte, min(src.Size(), chunkSize))
	if _, err := src.ReadAt(head, 0); err != nil && err != io.EOF {
		return encoding{}, err
	}
	switch {
	case len(head) >= 3 && string(head[:3]) == "\xEF\xBB\xBF":
		return eightBit(src, 3)
	case len(head) >= 2 && string(head[:2]) == "\xFF\xFE":
		return sixteenBit(src, encoding{utf16LE, 2}, binary.LittleEndian)
	case len(head) >= 2 && string(head[:2]) == "\xFE\xFF":
		return sixteenBit(src, encoding{utf16BE, 2}, binary.BigEndian)
	}
	even, odd, control := census(head)
	switch pairs := len(head) / 2; {
	case odd*10 > pairs*4 && even*20 < odd:
		return sixteenBit(src, encoding{utf16LE, 0}, binary.LittleEndian)
	case even*10 > pairs*4 && odd*20 < even:
		return sixteenBit(src, encoding{utf16BE, 0}, binary.BigEndian)
	case even+odd > 0, control*100 > len(head):
		return encoding{}, refuse(ErrNotTable, 0, "this is a binary file, not text; "+notTable)
	}
	return eightBit(src, 0)
}

// census counts zero bytes at even and odd places, which tell UTF-16, and control characters that no list has.
func census(head []byte) (even, odd, control int) {
	for i, b := range head {
		switch {
		case b == 0 && i%2 == 0:
			even++
		case b == 0:
			odd++
		case b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\v' && b != '\f' && b != 0x1A:
			control++
		}
	}
	return even, odd, control
}

// sixteenBit checks UTF-16: whole units and paired surrogates.
func sixteenBit(src *io.SectionReader, e encoding, order binary.ByteOrder) (encoding, error) {
	line, high := 1, false
	if (src.Size()-e.skip)%2 != 0 {
		return e, refuse(ErrEncoding, 0, "the UTF-16 text ends in half a character; the file is cut off, export it again")
	}
	err := chunks(src, e.skip, func(chunk []byte, _ bool) (int, error) {
		for i := 0; i < len(chunk); i += 2 {
			unit := order.Uint16(chunk[i:])
			low := unit>>10 == 0xDC00>>10
			if low != high {
				return 0, refuse(ErrEncoding, line, "this is no UTF-16 text; save the list as UTF-8")
			}
			high = unit>>10 == 0xD800>>10
			if unit == '\n' {
				line++
			}
		}
		return len(chunk), nil
	})
	if err == nil && high {
		err = refuse(ErrEncoding, line, "the UTF-16 text ends in half a character; the file is cut off, export it again")
	}
	return e, err
}

// bytesSeen is what a pass over 8-bit text has counted.
type bytesSeen struct {
	line           int
	valid, invalid int // letters beyond ASCII that are UTF-8, and bytes that are not
	badLine        int // line of the first such byte
	undefined      int // line of the first byte that cp1252 does not define
}

// eightBit tells UTF-8 from cp1252. A file in which most letters are UTF-8 and some are not was damaged or glued together
// and is refused: read either way it would be wrong.
func eightBit(src *io.SectionReader, skip int64) (encoding, error) {
	seen := bytesSeen{line: 1}
	if err := chunks(src, skip, seen.count); err != nil {
		return encoding{}, err
	}
	switch {
	case seen.invalid == 0:
		return encoding{utf8Text, skip}, nil
	case skip > 0 || seen.valid > seen.invalid:
		return encoding{}, refuse(ErrEncoding, seen.badLine, "a character is not UTF-8 although the rest of the file is; save the list again as UTF-8")
	case seen.undefined > 0:
		return encoding{}, refuse(ErrEncoding, seen.undefined, "a character is neither UTF-8 nor cp1252 (Windows, Western Europe); save the list as UTF-8")
	}
	return encoding{ansiText, 0}, nil
}

func (s *bytesSeen) count(chunk []byte, last bool) (int, error) {
	for i := 0; i < len(chunk); {
		b := chunk[i]
		if b < utf8.RuneSelf {
			if b == '\n' {
				s.line++
			}
			i++
			continue
		}
		if !last && !utf8.FullRune(chunk[i:]) {
			return i, nil
		}
		r, size := utf8.DecodeRune(chunk[i:])
		if r == utf8.RuneError && size == 1 {
			s.bad(b)
		} else {
			s.valid++
		}
		i += size
	}
	return len(chunk), nil
}

func (s *bytesSeen) bad(b byte) {
	s.invalid++
	if s.badLine == 0 {
		s.badLine = s.line
	}
	switch b {
	case 0x81, 0x8D, 0x8F, 0x90, 0x9D:
		if s.undefined == 0 {
			s.undefined = s.line
		}
	}
}

// chunks hands src from skip on to visit, piece by piece of even length. What visit does not take comes again.
func chunks(src *io.SectionReader, skip int64, visit func(chunk []byte, last bool) (int, error)) error {
	buf := make([]byte, chunkSize)
	for at := skip; at < src.Size(); {
		n, err := src.ReadAt(buf, at)
		if err != nil && err != io.EOF {
			return err
		}
		if n == 0 {
			return io.ErrUnexpectedEOF
		}
		taken, err := visit(buf[:n], at+int64(n) >= src.Size())
		if err != nil {
			return err
		}
		at += int64(taken)
	}
	return nil
}
