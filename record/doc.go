// Package record is the domain of Fieldbook: what engineers record of a plant, the rules it must keep, and the events that
// a command turns into. It is pure: no file, clock, network or random source is touched; what a rule needs from outside is
// handed in with Env. It uses the standard library only.
//
// The life of a command:
//
//	fields typed by a person or read from a list ([]Assignment)
//	  -> parsed and normalised by the field tables (Fields, Lookup, Field.Parse)
//	  -> checked against the state of the document (Snapshot)
//	  -> an Event in the past tense with the document keys it writes (Edit) and the prose it replaces (TextEdit)
//
// A document is one flat map. Keys are paths: own fields by name with a slash for groups (`location/room`), the units a
// position has had as `units/<id>/...` with `unit` pointing at the installed one, interfaces as `interfaces/<id>/...`, and
// members of sets as `<set>/<slug>`. A key is never deleted: clearing writes null, and leaving a set writes `<member>/removed`.
//
// Rules that one device can check refuse the command (Refusal). Rules about several entities, such as one serial number per
// plant, cannot hold offline; they never refuse and become findings after a merge (Finding kinds).
//
// The same tables that parse a field also name it (NameOfKey), show it (View, Show), list its spreadsheet columns
// (MapColumns) and describe it for forms (Field.Label, Field.Help).
package record
