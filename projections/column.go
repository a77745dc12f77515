package projections

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"fieldbook/record"
)

// A gridColumn is one field of all assets: each different text once, and for each row which one it is.
type gridColumn struct {
	field  record.Field
	codes  []uint32 // by row, 0 for an empty field; nil as long as all are empty
	values []string // by code
	ids    map[string]uint32

	order []uint32 // codes in order, but 0
	fresh []uint32 // codes that are not in order yet
	rank  []uint32 // by code: place in order; none of 0
}

// none is the rank of an empty field, which comes last.
const none = math.MaxUint32

// maxText bounds the bytes kept of one text. Of a longer one the beginning is kept and marked: the document tells the rest.
const maxText = 256

// cutMark ends a text that was cut. No text of a field has it.
const cutMark = "\x00"

func newGridColumn(f record.Field) *gridColumn { return &gridColumn{field: f, values: []string{""}} }

// short is a text as columns keep it.
func short(text string) string {
	if len(text) <= maxText {
		return text
	}
	n := maxText
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n] + cutMark
}

func isCut(text string) bool { return strings.HasSuffix(text, cutMark) }

// set gives a row its text.
func (c *gridColumn) set(row int, text string) {
	if text == "" && row >= len(c.codes) {
		return
	}
	for len(c.codes) <= row {
		c.codes = append(c.codes, 0)
	}
	c.codes[row] = c.code(short(text))
}

func (c *gridColumn) at(row int32) uint32 {
	if int(row) >= len(c.codes) {
		return 0
	}
	return c.codes[row]
}

// code finds the code of a text, or gives it one. While many rows are set, ids remember them; without, the column is searched.
func (c *gridColumn) code(text string) uint32 {
	if text == "" {
		return 0
	}
	if c.ids != nil {
		if code, known := c.ids[text]; known {
			return code
		}
	} else if at := slices.Index(c.values, text); at > 0 {
		return uint32(at)
	}
	code := uint32(len(c.values))
	text = strings.Clone(text) // it may be part of a larger one
	c.values, c.fresh = append(c.values, text), append(c.fresh, code)
	if c.ids != nil {
		c.ids[text] = code
	}
	return code
}

// gather makes the column ready for many rows, and settle ends that.
func (c *gridColumn) gather() {
	c.ids = make(map[string]uint32, len(c.values))
	for code, text := range c.values {
		c.ids[text] = uint32(code)
	}
}

func (c *gridColumn) settle() { c.ids = nil }

// ranks gives the place in order of each code. Choices are in the order of their definition, all else in natural order.
func (c *gridColumn) ranks() []uint32 {
	if len(c.fresh) == 0 && len(c.rank) == len(c.values) {
		return c.rank
	}
	merged, old := make([]uint32, 0, len(c.values)), c.order
	for _, code := range c.sorted(c.fresh) {
		at, _ := slices.BinarySearchFunc(old, code, c.compare)
		merged = append(append(merged, old[:at]...), code)
		old = old[at:]
	}
	c.order, c.fresh = append(merged, old...), nil
	c.rank = make([]uint32, len(c.values))
	c.rank[0] = none
	for at, code := range c.order {
		c.rank[code] = uint32(at)
	}
	return c.rank
}

// sorted gives codes in order.
func (c *gridColumn) sorted(codes []uint32) []uint32 {
	type keyed struct {
		key  string
		code uint32
	}
	list := make([]keyed, len(codes))
	for i, code := range codes {
		list[i] = keyed{naturalKey(c.values[code]), code}
	}
	slices.SortFunc(list, func(a, b keyed) int {
		return cmp.Or(c.choice(a.code)-c.choice(b.code), strings.Compare(a.key, b.key), strings.Compare(c.values[a.code], c.values[b.code]))
	})
	inOrder := make([]uint32, len(list))
	for i := range list {
		inOrder[i] = list[i].code
	}
	return inOrder
}

// compare is the order of two codes.
func (c *gridColumn) compare(a, b uint32) int {
	return cmp.Or(c.choice(a)-c.choice(b), compareNatural(c.values[a], c.values[b]))
}

// choice is the place of a code's text among the field's choices; 0 where there are none.
func (c *gridColumn) choice(code uint32) int {
	if len(c.field.Enum) == 0 {
		return 0
	}
	if at := slices.Index(c.field.Enum, c.values[code]); at >= 0 {
		return at
	}
	return len(c.field.Enum)
}
