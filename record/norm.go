package record

import (
	"strings"
	"unicode"
)

// NormTag is the form in which tags compare: upper case, without spaces and dashes.
func NormTag(tag string) string { return squeeze(tag) }

// NormSerial is the form in which serial and order numbers compare: upper case, without spaces and dashes.
func NormSerial(serial string) string { return squeeze(serial) }

// squeeze passes plain text that is already in form through without a copy, as imports call it for every row.
func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, text)
}

// makers are names under which lists carry a vendor, by normalised name.
var makers = map[string]string{
	"siemensag": "siemens", "ab": "rockwellautomation", "allenbradley": "rockwellautomation", "rockwell": "rockwellautomation",
	"se": "schneiderelectric", "schneider": "schneiderelectric", "telemecanique": "schneiderelectric", "modicon": "schneiderelectric",
	"sel": "schweitzerengineeringlaboratories", "phoenix": "phoenixcontact", "dellemc": "dell",
}

// same tells whether a list's value of a field says the same as the record's, only written differently: case and spaces of
// names, "v 3.2.17" for V3.2.17, the year of a known day, another name of the vendor.
func same(f Field, record, list Value) bool {
	if record.Equal(list) {
		return true
	}
	if record.Kind != String || list.Kind != String {
		return false
	}
	a, b := record.Str, list.Str
	switch {
	case f.Type == Date:
		return strings.HasPrefix(a, b)
	case f.Type != Line:
		return false
	case f.Key == "firmware" || f.Key == "os_version" || f.Key == "hw_revision":
		return strings.TrimPrefix(squeezeSpace(a), "v") == strings.TrimPrefix(squeezeSpace(b), "v")
	case f.Key == keyTag || f.Key == "serial" || f.Key == "order_no":
		return squeeze(a) == squeeze(b)
	case f.Key == "vendor":
		return maker(a) == maker(b)
	}
	return squeezeSpace(a) == squeezeSpace(b)
}

func maker(text string) string {
	norm := NormName(text)
	if known, ok := makers[norm]; ok {
		return known
	}
	return norm
}

func squeezeSpace(text string) string {
	return strings.ToLower(strings.Join(strings.Fields(text), ""))
}
