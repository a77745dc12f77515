package syncserver

import (
	"context"
	"net/http"
	"time"
)

// Presigner is a Store whose objects can be sent and fetched past the service,
// by URLs that it signs for a while. Package s3 implements it.
type Presigner interface {
	// PresignPut gives a URL and the headers that a PUT to it must carry to
	// create one object of that size and SHA-256, in which name ends. Other
	// bytes are refused, and nothing is overwritten: 412 says that something is
	// there already.
	PresignPut(ctx context.Context, name string, size int64, sha256 [32]byte, ttl time.Duration) (url string, header http.Header, err error)
	// PresignGet gives a URL from which a GET reads the object.
	PresignGet(ctx context.Context, name string, ttl time.Duration) (url string, err error)
}
