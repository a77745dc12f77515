package sheet

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"fieldbook/record"
)

// Caps of a mapping file.
const (
	mappingBytes  = 1 << 20
	mappingValues = 10_000
)

// What a mapping makes of a column that is no field.
const (
	toCustom = "custom" // keep it as a custom field under its header
	toNone   = "-"      // leave it out
)

// Mapping says what columns and values of a list mean where record does not know it.
type Mapping struct {
	// Columns: header to the name of a field, "custom", "custom.Other header", or "-" to leave the column out. Headers are
	// compared without case and punctuation.
	Columns map[string]string `json:"columns"`
	// Values: name of a field, then text of a cell to the text it stands for. Texts are compared without case.
	Values map[string]map[string]string `json:"values"`
}

// ReadMapping reads a mapping from a JSON file. The error wraps ErrMapping, and names the nearest fields for one that does
// not exist.
func ReadMapping(path string) (Mapping, error) {
	file, err := os.Open(path)
	if err != nil {
		return Mapping{}, fmt.Errorf("read mapping: %w", err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, mappingBytes+1))
	if err != nil {
		return Mapping{}, fmt.Errorf("read mapping: %w", err)
	}
	return parseMapping(text)
}

// CheckMapping gives a mapping that a program made with the proper names of its fields. The error is that of ReadMapping.
func CheckMapping(m Mapping) (Mapping, error) { return m.named() }

func parseMapping(text []byte) (Mapping, error) {
	if len(text) > mappingBytes {
		return Mapping{}, refuse(ErrMapping, 0, "the mapping file has more than {0}", mebibytes(mappingBytes))
	}
	decoder := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(text, []byte("\uFEFF"))))
	decoder.DisallowUnknownFields()
	var m Mapping
	if err := decoder.Decode(&m); err != nil {
		return Mapping{}, refuse(ErrMapping, 0, `the mapping file is not JSON of the form {"columns": {"Header": "field"}, "values": {"field": {"from": "to"}}}: {0}`, err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Mapping{}, refuse(ErrMapping, 0, "the mapping file goes on after its end; keep one JSON object in it")
	}
	return m.named()
}

// named gives the mapping with the proper names of its fields.
func (m Mapping) named() (Mapping, error) {
	out := Mapping{Columns: map[string]string{}, Values: map[string]map[string]string{}}
	for header, name := range m.Columns {
		field, err := target(name)
		if err != nil {
			return Mapping{}, err
		}
		out.Columns[header] = field
	}
	count := 0
	for name, values := range m.Values {
		field, err := target(name)
		if err != nil {
			return Mapping{}, err
		}
		if count += len(values); count > mappingValues {
			return Mapping{}, refuse(ErrMapping, 0, "the mapping file has more than {0} values", mappingValues)
		}
		lower := make(map[string]string, len(values))
		for from, to := range values {
			lower[fold(from)] = to
		}
		out.Values[field] = lower
	}
	return out, nil
}

func target(name string) (string, error) {
	if name == toCustom || name == toNone {
		return name, nil
	}
	field, ok := record.Lookup(record.Asset, name)
	if !ok {
		return "", refuse(ErrMapping, 0, `there is no field "{0}"; the nearest are {1}. To keep a column as it is write "custom", to leave it out "-"`,
			name, strings.Join(record.Suggest(record.Asset, name), ", "))
	}
	return field.Name, nil
}

func fold(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

// Headers gives the headers that the mapping names, for Read to recognise.
func (m Mapping) Headers() []string {
	headers := make([]string, 0, len(m.Columns))
	for header := range m.Columns {
		headers = append(headers, header)
	}
	return headers
}

// Value gives what a cell of a field stands for: the mapped text, or the cell as it is.
func (m Mapping) Value(field, cell string) string {
	values := m.Values[field]
	if len(values) == 0 {
		return cell
	}
	for _, from := range []string{cell, fold(cell)} {
		if to, ok := values[from]; ok {
			return to
		}
	}
	return cell
}
