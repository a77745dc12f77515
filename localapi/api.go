package localapi

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// routes registers operations.
type routes struct {
	api huma.API
	mux *http.ServeMux
	log *slog.Logger
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
func newRoutes(version string, log *slog.Logger) *routes {
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
		Formats:       map[string]huma.Format{"application/json": format, "json": format},
		DefaultFormat: "application/json",
		Transformers:  []huma.Transformer{ownProblem},

		RejectUnknownQueryParameters: true,
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { write(w, errNoSuch) })
	return &routes{humago.NewWithPrefix(mux, "/api", cfg), mux, log}
}

// format is JSON whose bytes are wiped once they have become a request: they may hold a passphrase, and the framework keeps
// its buffers. It reads each body twice, the first time into an untyped value to check it against the schema.
var format = huma.Format{
	Marshal: huma.DefaultJSONFormat.Marshal,
	Unmarshal: func(data []byte, v any) error {
		err := json.Unmarshal(data, v)
		if _, checking := v.(*any); !checking {
			clear(data)
		}
		return err
	},
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
			return nil, r.explain(ctx, op, err)
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
		return nil, r.explain(ctx, op, do(ctx, in))
	})
}

// explain makes a Problem of an error. The cause of one that nobody expects goes to the log.
func (r *routes) explain(ctx context.Context, op operation, err error) error {
	if err == nil {
		return nil
	}
	p, expected := describe(err)
	if !expected {
		r.log.ErrorContext(ctx, "a request failed", "operation", op.id, "cause", err)
	}
	return p
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
		// A deadline for the body would stay on the connection and end a request that takes longer.
		BodyReadTimeout: -1,
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

// register registers all operations.
func (r *routes) register(s *Server) {
	r.app(s)
	r.record(s)
	r.trail(s)
	r.jobs(s)
	r.people(s)
}
