package record

import "slices"

// Scope tells whose field it is, and so under which path its key lies.
type Scope uint8

// Own fields lie at the top of a document, Unit fields under the installed unit, Interface fields under the first interface.
const (
	Own Scope = iota
	Unit
	Interface
)

// Type tells how a field's text is read and which Value it becomes.
type Type uint8

// The types of fields.
const (
	Line     Type = iota // one line of text; line breaks and tabs become spaces
	Free                 // text as given, line breaks kept: custom fields
	Prose                // long text, merged letter by letter
	Choice               // one of Enum, case-insensitive
	RoleName             // one of Roles
	Flag                 // yes or no
	Whole                // a whole number
	Decimal              // a decimal number; comma or point
	Date                 // ISO date, as precise as the source: 2019, 2019-05 or 2019-05-31
	Moment               // an instant
	Address              // an IP address; "10.20.1.12/24" also gives the prefix
	MAC                  // a hardware address, as 00:1B:1B:02:ED:DC
	Code                 // a site code: 2-8 of A-Z0-9
	ZoneName             // an IANA time zone
	Ref                  // the id of another entity
	Labels               // a set of labels: "local admin;AD group"
	Software             // a set of software: "Name@1.2;Other@3"
	Ports                // a set of ports: "102/tcp;161/udp"
)

// Field describes one field once: validation, columns, documents and forms follow from it.
type Field struct {
	Name     string   // public name, used in field=value and as column
	Key      string   // document key; for Unit and Interface fields the part after units/<id>/ or interfaces/<id>/
	Scope    Scope    // whose field
	Type     Type     // how it is read
	Enum     []string // the values of a Choice
	Required bool     // must be given on creation and never cleared
	Max      int      // greatest length in characters, or greatest number for Whole; 0 is the default of the type
	Aliases  []string // other names, also of spreadsheet columns; compared as NormName does
	Label    string   // for forms
	Help     string   // one sentence for forms

	// Synonyms are further words for the values of a Choice, such as "live" for in_service; keys are as NormName gives them.
	Synonyms map[string]string
}

// Fields lists the fields of an entity in the order in which forms and exports show them.
func Fields(entity Entity) []Field { return slices.Clone(table(entity)) }

func table(entity Entity) []Field {
	switch entity {
	case Asset:
		return assetFields
	case Site:
		return siteFields
	case Note:
		return noteFields
	case Workspace:
		return workspaceFields
	case Member:
		return memberFields
	}
	return nil
}
