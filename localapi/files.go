package localapi

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"path"
	"reflect"
	"strconv"
	"strings"

	"fieldbook/wording"

	"github.com/danielgtaylor/huma/v2"
)

// octets is the content of the operations that carry files.
const octets = "application/octet-stream"

// maxFileName bounds a file's name in bytes.
const maxFileName = 255

// files registers the two operations whose bodies are files. They go past the framework, which would copy them through
// buffers that it keeps.
func (r *routes) files(s *Server) {
	schemas := r.api.OpenAPI().Components.Schemas
	failed := &huma.Response{Description: "Error", Content: map[string]*huma.MediaType{
		problemType: {Schema: schemas.Schema(reflect.TypeFor[Problem](), true, "")},
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
	r.mux.HandleFunc("POST /api/uploads", s.uploadFile)
	r.api.OpenAPI().AddOperation(&huma.Operation{
		OperationID: "getDownload", Method: http.MethodGet, Path: "/downloads/{id}", Tags: []string{"jobs"},
		Summary:    "The bytes of a file that a job made; once",
		Parameters: []*huma.Param{{Name: "id", In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString}}},
		Responses: map[string]*huma.Response{
			"200":     {Description: "OK", Content: map[string]*huma.MediaType{octets: {Schema: binary}}},
			"default": failed,
		},
	})
	r.mux.HandleFunc("GET /api/downloads/{id}", s.getDownload)
}

func (s *Server) uploadFile(w http.ResponseWriter, r *http.Request) {
	name := baseName(r.URL.Query().Get("name"))
	if name == "" || len(name) > maxFileName {
		write(w, wrong("name", "Name the file."))
		return
	}
	if r.ContentLength > maxUpload {
		write(w, errTooLarge)
		return
	}
	f := &file{}
	if _, err := io.Copy(f, http.MaxBytesReader(w, r.Body, maxUpload)); err != nil {
		f.wipe()
		write(w, broken(err))
		return
	}
	id, err := s.vault.keep(name, f)
	if err != nil {
		p, _ := describe(err)
		write(w, p)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(Upload{id, name, f.size}) // who has hung up hears nothing
}

// broken says why an upload did not arrive.
func broken(err error) *Problem {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return errTooLarge
	}
	return misuse(wording.Say("The file did not arrive whole."))
}

// baseName is a file's name without the folders that some browsers put before it.
func baseName(name string) string {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	if base == "." || base == "/" {
		return ""
	}
	return strings.ToValidUTF8(base, "")
}

func (s *Server) getDownload(w http.ResponseWriter, r *http.Request) {
	f, done, err := s.vault.borrow(r.PathValue("id"), true)
	if err != nil {
		write(w, errNoFile)
		return
	}
	defer done()
	w.Header().Set("Content-Type", octets)
	w.Header().Set("Content-Length", strconv.FormatInt(f.size, 10))
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.name}))
	_, _ = io.Copy(w, f.reader()) // who has hung up hears nothing
}
