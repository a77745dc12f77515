// Package localapi is the HTTP API between the user interface and the record: an http.Handler over package workspace that
// the window mounts without a port, `fieldbook ui` serves on loopback, and a command reaches through a socket.
//
// Its OpenAPI 3.1 description is made from the Go types (huma) and lies in openapi.json, from which the TypeScript types are
// made. A test fails when the file is not what the code says; `go generate ./localapi` renews it.
//
// A Server holds at most one open workspace. Values of fields travel as text, as record.Show writes and Field.Parse reads
// them, so that no rule is written a second time on the other side.
//
//go:generate go test -run TestDescriptionIsCurrent -update
package localapi
