package s3

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"fieldbook/syncserver"
)

// PresignPut gives a URL with which anyone may create the object of that name
// and size within ttl, with exactly the headers given. The signature covers
// length, checksum and If-None-Match, so the bucket takes only the right bytes
// and overwrites nothing: 412 says that something is there already.
func (s *Store) PresignPut(ctx context.Context, name string, size int64, hash [32]byte, ttl time.Duration) (url string, header http.Header, err error) {
	if named, err := syncserver.HashOf(name); err != nil || named != hash {
		return "", nil, fmt.Errorf("presign put of %s: %w", name, syncserver.ErrName)
	}
	signed, err := s.presign.PresignPutObject(ctx, &s3.PutObjectInput{
		Bucket: &s.bucket, Key: s.key(name), IfNoneMatch: aws.String("*"), ContentLength: aws.Int64(size),
		ChecksumSHA256: aws.String(base64.StdEncoding.EncodeToString(hash[:])),
	}, s3.WithPresignExpires(ttl))
	if err != nil {
		return "", nil, fmt.Errorf("presign put of %s: %w", name, explain(err))
	}
	signed.SignedHeader.Del("Host") // part of the URL
	return signed.URL, signed.SignedHeader, nil
}

// PresignGet gives a URL with which anyone may read the object within ttl.
func (s *Store) PresignGet(ctx context.Context, name string, ttl time.Duration) (url string, err error) {
	if !syncserver.IsObject(name) {
		return "", fmt.Errorf("presign get of %s: %w", name, syncserver.ErrName)
	}
	signed, err := s.presign.PresignGetObject(ctx, &s3.GetObjectInput{Bucket: &s.bucket, Key: s.key(name)}, s3.WithPresignExpires(ttl))
	if err != nil {
		return "", fmt.Errorf("presign get of %s: %w", name, explain(err))
	}
	return signed.URL, nil
}
