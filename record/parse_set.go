package record

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMembers caps how many members one list may set.
const maxMembers = 256

// keyRemoved, after a member's key, takes it out of its set; false brings it back.
const keyRemoved = "removed"

// member is one member of a set: the slug that names it in keys, and its attributes. A label is an attribute without a name,
// whose value lies at the member's own key.
type member struct {
	slug  string
	attrs []Edit // Key is the attribute's name
}

// members reads the text of a set, refusing what cannot be a member. The text is canonical when it is what listText writes.
func (f Field) members(text string) ([]member, error) {
	var found []member
	for _, item := range strings.FieldsFunc(text, f.separates) {
		if item = strings.TrimSpace(strings.Map(printable, item)); blank(item) {
			continue
		}
		m, err := f.member(item)
		if err != nil {
			return nil, err
		}
		if at := slices.IndexFunc(found, func(other member) bool { return other.slug == m.slug }); at >= 0 {
			found[at] = m
			continue
		}
		if found = append(found, m); len(found) > maxMembers {
			return nil, f.refuse("a list holds at most {0} entries", maxMembers)
		}
	}
	f.sort(found)
	return found, nil
}

// separates tells where a list is cut. Labels of accounts and names of software may hold commas.
func (f Field) separates(r rune) bool {
	return r == ';' || r == '\n' || r == '\r' || r == ',' && f.Type != Software && f.Key != "accounts"
}

func (f Field) member(item string) (member, error) {
	switch f.Type {
	case Ports:
		return f.port(item)
	case Software:
		return f.software(item)
	}
	if utf8.RuneCountInString(item) > maxLabel {
		return member{}, f.refuse(`"{0}" is longer than {1} characters`, clip(item), maxLabel)
	}
	return member{slug: slug(item), attrs: []Edit{{Value: StringValue(item)}}}, nil
}

// port reads "102/tcp", "tcp/102" and "102" (TCP), each with a service in brackets or after a space.
func (f Field) port(item string) (member, error) {
	item, service := aside(item)
	if place, rest, found := strings.Cut(item, " "); found && service == "" {
		item, service = place, strings.TrimSpace(rest)
	}
	number, proto, _ := strings.Cut(strings.ToLower(item), "/")
	if _, err := strconv.Atoi(proto); err == nil {
		number, proto = proto, number
	}
	port, err := strconv.Atoi(number)
	proto = cmp.Or(proto, "tcp")
	if err != nil || port < 1 || port > 65535 || !slices.Contains(transports, proto) || utf8.RuneCountInString(service) > maxLabel || strings.ContainsAny(service, "()") {
		return member{}, f.refuse(`"{0}" is not a port; write it as 102/tcp, from 1 to 65535, {1}`, clip(item), strings.Join(transports, ", "))
	}
	m := member{slug: proto + "-" + strconv.Itoa(port), attrs: []Edit{{Key: "proto", Value: StringValue(proto)}, {Key: "port", Value: IntValue(int64(port))}}}
	if service != "" {
		m.attrs = append(m.attrs, Edit{Key: "service", Value: StringValue(service)})
	}
	return m, nil
}

var transports = []string{"tcp", "udp", "sctp"}

// software reads "Name@1.2" and "Name@1.2 (open_source)".
func (f Field) software(item string) (member, error) {
	rest, kind := item, ""
	if head, last := aside(item); softwareKinds.holds(last) {
		rest, kind = head, softwareKinds.canonical(last)
	}
	rest = strings.TrimRight(rest, "@ ")
	name, version := rest, ""
	if at := strings.LastIndexByte(rest, '@'); at > 0 {
		name, version = strings.TrimSpace(rest[:at]), strings.TrimSpace(rest[at+1:])
	}
	if blank(name) || utf8.RuneCountInString(name) > maxLine || utf8.RuneCountInString(version) > maxLabel {
		return member{}, f.refuse(`"{0}" is not software; write it as Name@1.2`, clip(item))
	}
	m := member{slug: slug(name), attrs: []Edit{{Key: "name", Value: StringValue(name)}}}
	if version != "" {
		m.attrs = append(m.attrs, Edit{Key: "version", Value: StringValue(version)})
	}
	if kind != "" {
		m.attrs = append(m.attrs, Edit{Key: "kind", Value: StringValue(kind)})
	}
	return m, nil
}

type words []string

var softwareKinds = words{"commercial", "open_source", "custom"}

func (w words) holds(text string) bool { return w.canonical(text) != "" }

func (w words) canonical(text string) string {
	for _, word := range w {
		if NormName(word) == NormName(text) {
			return word
		}
	}
	return ""
}

// aside splits "text (remark)".
func aside(item string) (text, remark string) {
	open := strings.LastIndexByte(item, '(')
	if open <= 0 || !strings.HasSuffix(item, ")") {
		return item, ""
	}
	return strings.TrimSpace(item[:open]), strings.TrimSpace(item[open+1 : len(item)-1])
}

// sort orders members as lists show them: ports by number, others by slug.
func (f Field) sort(members []member) {
	slices.SortStableFunc(members, func(a, b member) int {
		if f.Type == Ports {
			if by := cmp.Compare(a.attr("port").Int, b.attr("port").Int); by != 0 {
				return by
			}
		}
		return cmp.Compare(a.slug, b.slug)
	})
}

func (m member) attr(name string) Value {
	for _, a := range m.attrs {
		if a.Key == name {
			return a.Value
		}
	}
	return NullValue()
}

// listText writes members as members reads them.
func (f Field) listText(members []member) string {
	items := make([]string, len(members))
	for i, m := range members {
		switch f.Type {
		case Ports:
			items[i] = m.attr("port").Display() + "/" + m.attr("proto").Str + bracket(m.attr("service").Str)
		case Software:
			items[i] = m.attr("name").Str
			if v := m.attr("version").Str; v != "" {
				items[i] += "@" + v
			}
			items[i] += bracket(m.attr("kind").Str)
		default:
			items[i] = m.attr("").Display()
		}
	}
	return strings.Join(items, ";")
}

func bracket(text string) string {
	if text == "" {
		return ""
	}
	return " (" + text + ")"
}

func (f Field) set(text string) (Value, error) {
	members, err := f.members(text)
	if err != nil {
		return Value{}, err
	}
	if len(members) == 0 {
		return NullValue(), nil
	}
	return StringValue(f.listText(members)), nil
}

// slug names a member of a set in document keys: lower letters and digits with single dashes, so that two devices which add
// the same label add one member. What a slug cannot show, such as the signs of "C++", is told apart by four hex digits.
func slug(text string) string {
	var b strings.Builder
	dash, lost := false, false
	for _, r := range strings.ToLower(text) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			if dash && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(r)
			dash = false
			continue
		}
		dash = true
		lost = lost || !(unicode.IsSpace(r) || strings.ContainsRune("-_./,:()", r))
	}
	if b.Len() > maxLabel || b.Len() == 0 || lost {
		sum := sha256.Sum256([]byte(strings.ToLower(text)))
		return strings.ToValidUTF8(b.String()[:min(b.Len(), maxLabel)], "") + "~" + hex.EncodeToString(sum[:2])
	}
	return b.String()
}
