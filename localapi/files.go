package localapi

import (
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// octets is the content of the operations that carry files.
const octets = "application/octet-stream"

// files registers the two operations whose bodies are files: they go past huma, which would copy them through its buffers.
func (r *routes) files(s *Server) {
	schemas := r.api.OpenAPI().Components.Schemas
	failed := &huma.Response{Description: "Error", Content: map[string]*huma.MediaType{
		"application/problem+json": {Schema: schemas.Schema(reflect.TypeFor[Problem](), true, "")},
	}}
	binary := &huma.Schema{Type: huma.TypeString, Format: "binary"}
	r.api.OpenAPI().AddOperation(&huma.Operation{
		OperationID: "uploadFile", Method: http.MethodPost, Path: "/uploads", Tags: []string{"jobs"},
		Summary:     "Hand over a file for an import or a restore; it is kept in memory for half an hour",
		Parameters:  []*huma.Param{{Name: "name", In: "query", Required: true, Schema: &huma.Schema{Type: huma.TypeString}}},
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{octets: {Schema: binary}}},
		Responses: map[string]*huma.Response{
			"200":     {Description: "OK", Content: map[string]*huma.MediaType{"application/json": {Schema: schemas.Schema(reflect.TypeFor[Upload](), true, "")}}},
			"default": failed,
		},
	})
	r.api.OpenAPI().AddOperation(&huma.Operation{
		OperationID: "getDownload", Method: http.MethodGet, Path: "/downloads/{id}", Tags: []string{"jobs"},
		Summary:    "The bytes of a file that a job made; once",
		Parameters: []*huma.Param{{Name: "id", In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString}}},
		Responses: map[string]*huma.Response{
			"200":     {Description: "OK", Content: map[string]*huma.MediaType{octets: {Schema: binary}}},
			"default": failed,
		},
	})
	_ = s
}
