package lambdatest

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
)

// mark begins what the KMS of tests takes for its ciphertexts.
var mark = []byte("sealed:")

// Secrets are a function's configuration as Config wants it in FIELDBOOK_CONFIG.
func Secrets(serviceKey, invitation string) string {
	plain, err := json.Marshal(map[string]string{"service_key": serviceKey, "invitation": invitation})
	if err != nil {
		panic(err) // two strings always encode
	}
	return base64.StdEncoding.EncodeToString(append(mark, plain...))
}

// KMS runs a server that decrypts what Secrets made until the test ends; it gives
// its URL.
func KMS(t testing.TB) string {
	t.Helper()
	server := httptest.NewServer(Decrypter())
	t.Cleanup(server.Close)
	return server.URL
}

// Decrypter is the KMS as a handler. It decrypts if the request states the
// encryption context.
func Decrypter() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var in struct {
			CiphertextBlob    []byte
			EncryptionContext map[string]string
		}
		err := json.NewDecoder(r.Body).Decode(&in)
		plain, ours := bytes.CutPrefix(in.CiphertextBlob, mark)
		w.Header().Set("Content-Type", "application/x-amz-json-1.1")
		if err != nil || !ours || in.EncryptionContext["purpose"] != "fieldbook-service" || r.Header.Get("X-Amz-Target") != "TrentService.Decrypt" {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = w.Write([]byte(`{"__type":"InvalidCiphertextException"}`))
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"Plaintext": plain, "KeyId": "test"})
	})
}
