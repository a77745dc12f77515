package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// testEnv is an environment without chance: ids count up, names derive from a fixed key.
func testEnv() Env {
	var count byte
	return Env{
		Now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), Zone: time.FixedZone("plant", 3600),
		Member: ID{0xaa}, MemberName: "Ada Okafor",
		NewID: func() ID { count++; return ID{0xf0, count} },
		Derive: func(parts ...string) ID {
			sum := sha256.Sum256([]byte("key\x00" + strings.Join(parts, "\x00")))
			return ID(sum[:16])
		},
	}
}

// fields splits "a=b|c=d".
func fields(t testing.TB, text string) []Assignment {
	t.Helper()
	var list []Assignment
	for _, item := range strings.Split(text, "|") {
		if item == "" {
			continue
		}
		a, err := ParseAssignment(item)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, a)
	}
	return list
}

const plc = "site=RAV|role=plc|criticality=high|lifecycle=in_service|owner_department=Controls|vendor=Siemens|model=S7-300|order_no=6ES7315-2EH14-0AB0|serial=S C-1|firmware=V3.2.16|ip_address=10.20.1.13/24"

// given is the asset RAV-PLC-004 after the given further changes.
func given(t testing.TB, env Env, changes ...string) Snapshot {
	t.Helper()
	e, err := AddAsset{Tag: "RAV-PLC-004", Fields: fields(t, plc), Reason: "survey"}.Decide(env)
	if err != nil {
		t.Fatal(err)
	}
	s := Snapshot{ID: e.Stream, Entity: Asset}.With(e)
	for _, change := range changes {
		events, err := SetAsset{Fields: fields(t, change), Reason: "given"}.Decide(env, s)
		if err != nil {
			t.Fatal(err)
		}
		s = s.With(events...)
	}
	return s
}

// concurrently adds a second live value to a key, as a merge would.
func concurrently(s Snapshot, key string, v Value) Snapshot {
	s = s.With()
	s.Values[key] = append(s.Values[key][:len(s.Values[key]):len(s.Values[key])], v)
	return s
}

// refused checks that a rule refused, and returns what it told the person.
func refused(t *testing.T, err error, rule string) string {
	t.Helper()
	var r *Refusal
	if !errors.As(err, &r) || r.Rule != rule || r.Said.IsZero() {
		t.Fatalf("got %#v, want a refusal of rule %q", err, rule)
	}
	return r.Error()
}

// list reads one of the sample lists.
func list(t testing.TB, name string, comma rune, skip int) (header []string, rows [][]string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "testdata", "inventory", name))
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(bytes.ToValidUTF8(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")), []byte("–"))))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, true
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[skip], all[skip+1:]
}

// rowOf names the cells of a row by its columns.
func rowOf(columns []Column, cells []string) []Assignment {
	var row []Assignment
	for i, cell := range cells {
		if columns[i].Name != "" {
			row = append(row, Assignment{Field: columns[i].Name, Text: cell})
		}
	}
	return row
}
