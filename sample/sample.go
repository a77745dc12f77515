// Package sample holds a plant to try the program on: the asset list of a water company's two sites, invented down to the
// serial numbers.
package sample

import (
	"bytes"
	_ "embed"
)

// What a workspace made of the sample is called, who founds it, and where it is.
const (
	Name   = "Sample plant"
	Member = "Ada Okafor"
	Zone   = "Europe/London"
	Reason = "asset list rev 14"
	File   = "assets.csv"
)

//go:embed assets.csv
var list []byte

// List is the asset list, as CSV.
func List() *bytes.Reader { return bytes.NewReader(list) }
