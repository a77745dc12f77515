package projections

import (
	"crypto/sha256"
	"encoding/json"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/crdt"
	"fieldbook/wording"
)

// The kinds of findings that are derived here.
const (
	kindConcurrent = "concurrent_values"
	kindRetired    = "edit_after_retire"
	kindStale      = "stale_precondition"
	kindPolicy     = "policy_violation"
	kindDangling   = "dangling_reference"
	kindMalformed  = "malformed"
	kindMasked     = "masked"
	kindRestored   = "restored_device"
	kindFork       = "fork"
	kindWithheld   = "withheld"
	kindSkew       = "clock_skew"
)

var duplicateKinds = [...]string{keyTag: "duplicate_tag", keySerial: "duplicate_serial", keyIP: "duplicate_ip", keyMAC: "duplicate_mac"}

// finding is a finding as it is derived: a function of the events held, with nothing in it that other documents may change.
// What it says to a person is put into words when it is read.
type finding struct {
	Kind     string           `json:"-"`
	Subjects []string         `json:"-"` // ids of documents, devices or feeds
	Key      string           `json:"key,omitempty"`
	Value    string           `json:"value,omitempty"`
	Causes   []string         `json:"causes,omitempty"` // hashes of changes or envelopes, hex, sorted
	group    string           // of duplicates
	say      wording.Sentence // of findings that are read from a clock or from segments
}

// id names a finding: the hash of its kind, subjects, key and causes. It is equal on all devices.
func (f *finding) id() [32]byte {
	b := appendText(appendHead(nil, majorArray, 4), f.Kind)
	b = appendHead(b, majorArray, uint64(len(f.Subjects)))
	for _, s := range f.Subjects {
		b = appendText(b, s)
	}
	b = appendText(b, f.Key)
	b = appendHead(b, majorArray, uint64(len(f.Causes)))
	for _, c := range f.Causes {
		b = appendText(b, c)
	}
	return sha256.Sum256(b)
}

func causes(hashes ...crdt.Hash) []string {
	list := make([]string, len(hashes))
	for i, h := range hashes {
		list[i] = h.String()
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// replaceFindings makes found all of the findings that the query names.
func (w *work) replaceFindings(found []finding, doc int64, query string, args ...any) error {
	stored, err := w.t.findingIDs(query, args...)
	if err != nil {
		return err
	}
	for i := range found {
		id := found[i].id()
		if at := slices.Index(stored, id); at >= 0 {
			stored = slices.Delete(stored, at, at+1)
			continue
		}
		if err := w.addFinding(&found[i], doc); err != nil {
			return err
		}
	}
	for _, id := range stored {
		if err := w.t.exec(`DELETE FROM $findings WHERE id = ?`, id[:]); err != nil {
			return err
		}
	}
	return nil
}

func (t table) findingIDs(query string, args ...any) (ids [][32]byte, err error) {
	err = t.each(func(s *sqlite3.Stmt) error {
		var id [32]byte
		copy(id[:], s.ColumnRawBlob(0))
		ids = append(ids, id)
		return nil
	}, query, args...)
	return ids, err
}

func (w *work) addFinding(f *finding, doc int64) error {
	subjects, err := json.Marshal(f.Subjects)
	if err != nil {
		return err
	}
	cause, err := json.Marshal(f)
	if err != nil {
		return err
	}
	id := f.id()
	return w.t.exec(`INSERT OR REPLACE INTO $findings VALUES (?,?,?,?,?,?)`, id[:], f.Kind, doc, string(subjects), string(cause), optional(f.group))
}

// looseFinding notes what an event outside documents tells: evidence of a fault, or a device that was restored.
func (w *work) looseFinding(o *Opened, state eventState) error {
	f := finding{Causes: []string{o.Hash.String()}, Subjects: []string{o.Feed.String()}}
	switch {
	case state == stateMalformed:
		f.Kind = kindMalformed
	case state == stateMasked:
		f.Kind = kindMasked
	case o.Control != nil && o.Control.Continues != nil:
		f.Kind, f.Subjects, f.Value = kindRestored, []string{o.Feed.Device.String()}, o.Control.Continues.Feed.String()
	default:
		return nil
	}
	return w.addFinding(&f, 0)
}
