package httpapi_test

import (
	"bufio"
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"fieldbook/syncproto"
)

// Whatever arrives is answered with a message or a problem, and never by a
// failure of the service.
func FuzzRequest(f *testing.F) {
	v := readVector(f)
	body := unhex(f, v.Body)
	var whole strings.Builder
	fmt.Fprintf(&whole, "%s %s HTTP/1.1\r\nHost: service\r\nContent-Length: %d\r\n", v.Method, v.Path, len(body))
	for name, value := range v.Headers {
		fmt.Fprintf(&whole, "%s: %s\r\n", name, value)
	}
	whole.WriteString("\r\n" + string(body))
	f.Add([]byte(whole.String()))
	f.Add([]byte(strings.Replace(whole.String(), `"@path" `, `"@path";tr "@path";sf "@query-param";name="x" `, 1)))
	f.Add([]byte(strings.Replace(whole.String(), "nonce=", "nonce=?1;nonce=", 1)))
	f.Add([]byte("GET /v1/workspaces/" + strings.Repeat("1", 64) + "/service HTTP/1.1\r\nHost: x\r\n\r\n"))
	f.Add([]byte("GET /v1/updates/a/../b HTTP/1.1\r\nHost: x\r\n\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		req, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(data)))
		if err != nil {
			return
		}
		w := httptest.NewRecorder()
		vectorHandler(t, v).ServeHTTP(w, req)
		if w.Code >= 500 {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		if w.Code >= 400 {
			if _, err := syncproto.DecodeProblem(w.Body.Bytes()); err != nil && req.Method != http.MethodHead {
				t.Errorf("%d without a problem: %s", w.Code, w.Body)
			}
		}
	})
}
