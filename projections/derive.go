package projections

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fieldbook/record"
)

// facts are the rows that follow from one document's state and status alone.
type facts struct {
	snap     record.Snapshot
	status   status
	survivor record.ID
	site     string
	tag      string
	columns  []int64 // one for each of columns, 0 is null
	keys     []keyRow
	links    []linkRow
}

type keyRow struct {
	kind    int
	value   string
	scope   string
	part    string // the unit or interface that has it
	counted bool   // takes part in the search for duplicates
}

type linkRow struct {
	kind   int
	target record.ID
}

// derive gives the rows of a document. Whether it is absorbed depends on other documents, and so is handed in.
func derive(snap record.Snapshot, st status, survivor record.ID) *facts {
	f := &facts{snap: snap, status: st, survivor: survivor}
	if !snap.Exists {
		return f
	}
	switch snap.Entity {
	case record.Asset:
		f.asset(snap)
	case record.Note:
		f.note(snap)
	case record.Site:
		f.site = snap.Current("code").Str
	case record.Member:
		f.tag = snap.Current("name").Str
	}
	return f
}

func (f *facts) asset(snap record.Snapshot) {
	f.site, f.tag = snap.Current("site").Str, snap.Current("tag").Str
	unit, iface := installed(snap), firstInterface(snap)
	f.columns = make([]int64, len(columns))
	for i, c := range columns {
		f.columns[i] = c.of(snap.Current(keyOf(c.field, unit, iface)))
	}
	f.addKeys(snap, unit)
	if id, ok := mergeTarget(snap); ok {
		f.links = append(f.links, linkRow{linkMerge, id})
	}
}

// keyOf is the document key of a field, for the installed unit and the first interface.
func keyOf(f record.Field, unit, iface string) string {
	switch f.Scope {
	case record.Unit:
		return "units/" + unit + "/" + f.Key
	case record.Interface:
		return "interfaces/" + iface + "/" + f.Key
	}
	return f.Key
}

func installed(snap record.Snapshot) string { return snap.Current("unit").Str }

func firstInterface(snap record.Snapshot) string {
	if ids := snap.Interfaces(); len(ids) > 0 {
		return ids[0]
	}
	return ""
}

func (f *facts) addKeys(snap record.Snapshot, unit string) {
	counted := f.status == listed
	add := func(kind int, value, scope, part string) {
		if value != "" {
			f.keys = append(f.keys, keyRow{kind, value, scope, part, counted})
		}
	}
	add(keyTag, record.NormTag(f.tag), f.site, "")
	add(keySerial, record.NormSerial(snap.Current("units/"+unit+"/serial").Str), "", unit)
	zone := snap.Current("zone").Str
	for _, id := range snap.Interfaces() {
		path := "interfaces/" + id + "/"
		add(keyIP, snap.Current(path+"ip").Str, zone+"/"+snap.Current(path+"vlan").Display(), id)
		add(keyMAC, snap.Current(path+"mac").Str, "", id)
	}
}

func mergeTarget(snap record.Snapshot) (record.ID, bool) {
	id, err := record.ParseID(snap.Current("merged_into").Str)
	return id, err == nil && id != snap.ID
}

func (f *facts) note(snap record.Snapshot) {
	for _, id := range snap.NoteAssets() {
		f.links = append(f.links, linkRow{linkNote, id})
	}
	if id, err := record.ParseID(snap.Current("amends").Str); err == nil {
		f.links = append(f.links, linkRow{linkAmends, id})
	}
}

// ownStatus is the status as far as the document itself says it.
func ownStatus(snap record.Snapshot) status {
	if snap.Current("void").IsNull() {
		return listed
	}
	return voided
}

// wordless tells the keys whose values nobody searches by: choices, flags, dates and references.
func wordless(key string) bool {
	switch key[strings.LastIndexByte(key, '/')+1:] {
	case "removed", "order", "heads", "at", "unit", "merged_into", "safety_related", "purdue", "criticality", "lifecycle", "cip_impact",
		"cip_class", "logging", "time_source", "kind", "method", "date", "prefix", "needed", "physical_or_virtual":
		return true
	}
	return false
}

// words collects what a document is found by: each word whole and from each of its inner boundaries on, so that both
// "RAV-PLC-004" and "PLC-004" and "10.20.1" begin a word. The order is that of the keys.
func words(snap record.Snapshot) string {
	if !snap.Exists || snap.Entity != record.Asset && snap.Entity != record.Note {
		return ""
	}
	var bag bag
	for _, key := range sortedKeys(snap.Values) {
		if wordless(key) {
			continue
		}
		for _, v := range snap.Values[key] {
			if v.Kind == record.String || v.Kind == record.Int || v.Kind == record.Float {
				bag.add(v.Display())
			}
		}
	}
	for _, key := range sortedKeys(snap.Texts) {
		bag.add(snap.Texts[key])
	}
	for _, key := range sortedKeys(snap.Values) {
		if strings.HasPrefix(key, ownPrefix) {
			bag.put(ownWord(key, snap.Current(key)))
		}
	}
	return bag.String()
}

// ownPrefix begins the keys of custom fields.
const ownPrefix = "custom/"

// ownWord stands for the whole value of a custom field, so that the index answers a filter by it: custom fields have no column
// of their own. No word of a text looks like it by chance, as it holds a 48-bit hash.
func ownWord(key string, v record.Value) string {
	return fmt.Sprintf("own:%012x", valueHash(key+"="+v.Display()))
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// groupOf names a group of equal keys; findings of duplicates are kept by it.
func (k keyRow) groupOf() string { return strconv.Itoa(k.kind) + "/" + k.value + "/" + k.scope }
