package localapi

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// routes registers operations.
type routes struct {
	api huma.API
	mux *http.ServeMux
}

// operation is what the description says of an operation.
type operation struct {
	id      string // stable: the TypeScript side names its files by it
	method  string
	path    string // below /api
	tag     string
	summary string
	status  int // 200 unless set
	body    int64
}

// maxBody bounds the body of a request unless its operation says otherwise.
const maxBody = 1 << 20

// newRoutes makes an API without operations.
func newRoutes(version string) *routes {
	mux := http.NewServeMux()
	cfg := huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{Title: "Fieldbook", Version: version,
				Description: "The API between the user interface and the record. Every operation but createSession needs the header Fieldbook-Session."},
			Components: &huma.Components{
				Schemas: newSchemas(),
				SecuritySchemes: map[string]*huma.SecurityScheme{
					"session": {Type: "apiKey", In: "header", Name: sessionHeader},
				},
			},
			Security: []map[string][]string{{"session": {}}},
			Tags:     tags,
		},
		Formats:       map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat},
		DefaultFormat: "application/json",
		Transformers:  []huma.Transformer{ownProblem},

		RejectUnknownQueryParameters: true,
	}
	return &routes{humago.NewWithPrefix(mux, "/api", cfg), mux}
}

// description is the OpenAPI description as the checked-in file has it.
func (r *routes) description() ([]byte, error) {
	data, err := json.MarshalIndent(r.api.OpenAPI(), "", "  ")
	return append(data, '\n'), err
}

// answer is a body.
type answer[O any] struct{ Body O }

// handle registers an operation with an answer.
func handle[I, O any](r *routes, op operation, do func(context.Context, *I) (O, error)) {
	huma.Register(r.api, op.huma(), func(ctx context.Context, in *I) (*answer[O], error) {
		out, err := do(ctx, in)
		if err != nil {
			return nil, explain(err)
		}
		full := &answer[O]{out}
		fill(reflect.ValueOf(full).Elem())
		return full, nil
	})
}

// act registers an operation whose answer has no body.
func act[I any](r *routes, op operation, do func(context.Context, *I) error) {
	op.status = http.StatusNoContent
	huma.Register(r.api, op.huma(), func(ctx context.Context, in *I) (*struct{}, error) {
		return nil, explain(do(ctx, in))
	})
}

func (op operation) huma() huma.Operation {
	if op.status == 0 {
		op.status = http.StatusOK
	}
	if op.body == 0 {
		op.body = maxBody
	}
	return huma.Operation{
		OperationID: op.id, Method: op.method, Path: op.path, Tags: []string{op.tag}, Summary: op.summary,
		DefaultStatus: op.status, MaxBodyBytes: op.body,
	}
}

// fill makes the empty lists and maps of an answer empty instead of null, as its description promises.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			fill(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() {
				fill(f)
			}
		}
	case reflect.Slice:
		if v.IsNil() {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		for i := range v.Len() {
			fill(v.Index(i))
		}
	case reflect.Map:
		if v.IsNil() {
			v.Set(reflect.MakeMap(v.Type()))
		}
	}
}

// ownProblem writes what huma says of a request as this API's problem.
func ownProblem(_ huma.Context, _ string, v any) (any, error) {
	model, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	return fromHuma(model), nil
}

// resultTypes are what jobs come to.
var resultTypes = []reflect.Type{
	reflect.TypeFor[Sampled](), reflect.TypeFor[Restored](), reflect.TypeFor[Bulk](), reflect.TypeFor[Verified](),
	reflect.TypeFor[SyncReport](), reflect.TypeFor[ImportReport](), reflect.TypeFor[Exported](), reflect.TypeFor[Rebuilt](),
}

const sessionHeader = "Fieldbook-Session"

func explain(err error) error { return err }

func fromHuma(m *huma.ErrorModel) *Problem { return problem(m.Status, "usage", m.Detail, "") }

// register registers all operations.
func (r *routes) register(s *Server) {
	r.app(s)
	r.record(s)
	r.trail(s)
	r.jobs(s)
	r.people(s)
}
