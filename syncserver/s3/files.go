package s3

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// maxRead is the largest file that Files reads itself, in bytes. Of a larger
// one it gives the size; Link says where it can be read.
const maxRead = 4 << 20

// Files are read-only files below the store's prefix, such as a repository of
// updates.
type Files struct{ store *Store }

// Files gives the files below the prefix of the store. Give the
// store a bucket or prefix of its own, which devices cannot write.
func (s *Store) Files() *Files { return &Files{store: s} }

// Open gives a file by its slash-separated path, with its size. ErrAbsent: there
// is no such file.
func (f *Files) Open(ctx context.Context, path string) (file io.ReadCloser, size int64, err error) {
	out, err := f.store.client.GetObject(ctx, &s3.GetObjectInput{Bucket: &f.store.bucket, Key: f.store.key(path)})
	if err != nil {
		return nil, 0, fmt.Errorf("open %s: %w", path, explain(err))
	}
	size = aws.ToInt64(out.ContentLength)
	if size > maxRead {
		return out.Body, size, nil
	}
	defer out.Body.Close()
	data, err := io.ReadAll(io.LimitReader(out.Body, size))
	if err != nil {
		return nil, 0, fmt.Errorf("read %s: %w", path, explain(err))
	}
	return io.NopCloser(bytes.NewReader(data)), int64(len(data)), nil
}

// Link gives a URL that reads the file for a while.
func (f *Files) Link(ctx context.Context, path string, ttl time.Duration) (string, error) {
	signed, err := f.store.presign.PresignGetObject(ctx,
		&s3.GetObjectInput{Bucket: &f.store.bucket, Key: f.store.key(path)}, s3.WithPresignExpires(ttl))
	if err != nil {
		return "", fmt.Errorf("link to %s: %w", path, explain(err))
	}
	return signed.URL, nil
}
