package localapi

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// schemaPrefix is where the named schemas lie in the description.
const schemaPrefix = "#/components/schemas/"

// schemas is a huma.Registry that says exactly what this API sends: lists are never null, and a pointer to an object may be.
type schemas struct {
	named map[string]*huma.Schema
	types map[string]reflect.Type
}

func newSchemas() *schemas {
	return &schemas{named: map[string]*huma.Schema{}, types: map[string]reflect.Type{}}
}

// Schema describes a type: an object by a reference to its named schema.
func (r *schemas) Schema(t reflect.Type, allowRef bool, hint string) *huma.Schema {
	if t == reflect.TypeFor[*huma.ErrorModel]() || t == reflect.TypeFor[huma.ErrorModel]() {
		t = reflect.TypeFor[Problem]()
	}
	bare := t
	for bare.Kind() == reflect.Pointer {
		bare = bare.Elem()
	}
	if !isObject(bare) {
		s := huma.SchemaFromType(r, t)
		if bare.Kind() == reflect.Slice && s.Type == huma.TypeArray {
			s.Nullable = false
		}
		return s
	}
	name := huma.DefaultSchemaNamer(bare, hint)
	if r.types[name] == nil {
		r.types[name], r.named[name] = bare, &huma.Schema{} // so that a type may contain itself
		r.named[name] = huma.SchemaFromType(r, bare)
	}
	if r.types[name] != bare {
		panic(fmt.Sprintf("two types are called %s: %s and %s", name, bare, r.types[name]))
	}
	if !allowRef {
		return r.named[name]
	}
	ref := &huma.Schema{Ref: schemaPrefix + name}
	if t.Kind() == reflect.Pointer {
		return &huma.Schema{AnyOf: []*huma.Schema{ref, {Type: "null"}}}
	}
	return ref
}

// isObject tells types that are JSON objects with members of their own.
func isObject(t reflect.Type) bool {
	if t.Kind() != reflect.Struct || t == reflect.TypeFor[moment]() {
		return false
	}
	return !reflect.PointerTo(t).Implements(reflect.TypeFor[huma.SchemaProvider]())
}

// SchemaFromRef finds a named schema by its reference.
func (r *schemas) SchemaFromRef(ref string) *huma.Schema {
	return r.named[strings.TrimPrefix(ref, schemaPrefix)]
}

// TypeFromRef finds the type of a named schema by its reference.
func (r *schemas) TypeFromRef(ref string) reflect.Type {
	return r.types[strings.TrimPrefix(ref, schemaPrefix)]
}

// Map gives all named schemas.
func (r *schemas) Map() map[string]*huma.Schema { return r.named }

// RegisterTypeAlias is for another use of the interface than this one.
func (r *schemas) RegisterTypeAlias(reflect.Type, reflect.Type) {}

// MarshalJSON writes the named schemas as the description holds them.
func (r *schemas) MarshalJSON() ([]byte, error) { return json.Marshal(r.named) }
