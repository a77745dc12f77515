package httpapi

import (
	"strconv"

	"fieldbook/syncproto"
)

// StatusText is the status with which a code travels, as text.
func StatusText(code syncproto.Code) string { return strconv.Itoa(meanings[code].status) }

// Routes lists each route as "METHOD pattern", for the test of the description.
func Routes() (out []string) {
	for _, r := range routes() {
		out = append(out, r.method+" "+r.pattern)
	}
	return out
}
