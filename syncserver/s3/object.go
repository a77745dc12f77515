package s3

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// noteKey is the name of the user metadata that holds a note, in base64.
const noteKey = "note"

// rounds is how often what concurrent writers do to one object is looked at
// again, and how often an answer that was cut off is asked for.
const rounds = 3

// Create implements syncserver.Store. One request stores an object. Where
// something lies in its place, a second one reads that; bytes that do not match
// the name are replaced only if they are still those that were read. A bucket
// with versions keeps them as a version.
func (s *Store) Create(ctx context.Context, name string, data, note []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := syncserver.CheckObject(name, data, note); err != nil {
		return err
	}
	err := s.create(ctx, name, data, note)
	if err == nil || errors.Is(err, syncserver.ErrExists) {
		s.damaged.Delete(name)
	}
	if err != nil {
		return fmt.Errorf("create %s: %w", name, err)
	}
	return nil
}

func (s *Store) create(ctx context.Context, name string, data, note []byte) error {
	put := &s3.PutObjectInput{IfNoneMatch: aws.String("*")}
	for range rounds {
		err := s.put(ctx, put, name, data, note)
		switch statusOf(err) {
		case http.StatusPreconditionFailed, http.StatusConflict, http.StatusNotFound:
		default:
			return s.replacing(put, err)
		}
		there, err := s.get(ctx, name, len(data))
		switch {
		case errors.Is(err, syncserver.ErrAbsent): // its writer failed after all
			put = &s3.PutObjectInput{IfNoneMatch: aws.String("*")}
		case errors.Is(err, syncserver.ErrDamaged), errors.Is(err, syncserver.ErrSize):
			put = &s3.PutObjectInput{IfMatch: there.tag}
			if there.note != nil {
				note = there.note
			}
		case err != nil:
			return err
		default:
			return syncserver.ErrExists
		}
	}
	return fmt.Errorf("%w: several writers at once", syncproto.ErrTemporary)
}

// replacing explains an error of a write. A bucket whose policy allows nobody to
// replace anything keeps the damage until its owner removes it.
func (s *Store) replacing(put *s3.PutObjectInput, err error) error {
	if err == nil {
		return nil
	}
	err = explain(err)
	if put.IfMatch != nil && errors.Is(err, ErrDenied) {
		return fmt.Errorf("%w, and the bucket's policy does not let it be replaced: %w", syncserver.ErrDamaged, err)
	}
	return err
}

// put sends one conditional write.
func (s *Store) put(ctx context.Context, put *s3.PutObjectInput, name string, data, note []byte) error {
	hash, err := syncserver.HashOf(name)
	if err != nil {
		return err
	}
	put.Bucket, put.Key = &s.bucket, s.key(name)
	put.Body, put.ContentLength = bytes.NewReader(data), aws.Int64(int64(len(data)))
	put.ChecksumSHA256 = aws.String(base64.StdEncoding.EncodeToString(hash[:]))
	if len(note) > 0 {
		put.Metadata = map[string]string{noteKey: base64.StdEncoding.EncodeToString(note)}
	}
	_, err = s.client.PutObject(ctx, put)
	return err
}

// found is what lies in the place of an object.
type found struct {
	data, note []byte
	// tag names these bytes in a conditional write.
	tag *string
}

// Get implements syncserver.Store with one request.
func (s *Store) Get(ctx context.Context, name string, max int) (data, note []byte, err error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	if err := syncserver.CheckName(name); err != nil {
		return nil, nil, err
	}
	there, err := s.get(ctx, name, max)
	if errors.Is(err, syncserver.ErrDamaged) {
		s.damaged.Store(name, true)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("get %s: %w", name, err)
	}
	return there.data, there.note, nil
}

// get reads an object and checks it against its name. With ErrDamaged and
// ErrSize it says what is there.
func (s *Store) get(ctx context.Context, name string, max int) (found, error) {
	var there found
	var err error
	for range rounds {
		there, err = s.fetch(ctx, name, max)
		if !errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
	}
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return there, fmt.Errorf("%w: %w", syncproto.ErrTemporary, err)
	case err != nil:
		return there, err
	case !syncserver.Matches(name, there.data):
		return there, syncserver.ErrDamaged
	}
	return there, nil
}

// fetch reads an object's bytes, and at most max of them. ErrUnexpectedEOF: the
// answer was cut off.
func (s *Store) fetch(ctx context.Context, name string, max int) (found, error) {
	out, err := s.client.GetObject(ctx, &s3.GetObjectInput{Bucket: &s.bucket, Key: s.key(name)})
	if err != nil {
		return found{}, explain(err)
	}
	defer out.Body.Close()
	there := found{note: note(out.Metadata), tag: out.ETag}
	if aws.ToInt64(out.ContentLength) > int64(max) {
		return there, syncserver.ErrSize
	}
	there.data, err = io.ReadAll(io.LimitReader(out.Body, int64(max)+1))
	switch {
	case ctx.Err() != nil:
		return there, ctx.Err()
	case err != nil:
		return there, fmt.Errorf("%w: %w", io.ErrUnexpectedEOF, err)
	case len(there.data) > max:
		return there, syncserver.ErrSize
	}
	return there, nil
}

// Note implements syncserver.Store with one request.
func (s *Store) Note(ctx context.Context, name string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := syncserver.CheckName(name); err != nil {
		return nil, err
	}
	out, err := s.client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &s.bucket, Key: s.key(name)})
	var absent *types.NotFound
	if errors.As(err, &absent) {
		err = syncserver.ErrAbsent
	}
	if err != nil {
		return nil, fmt.Errorf("note of %s: %w", name, explain(err))
	}
	return note(out.Metadata), nil
}

// note reads a note from metadata, which anybody who may write the bucket can
// have put there.
func note(metadata map[string]string) []byte {
	data, err := base64.StdEncoding.Strict().DecodeString(metadata[noteKey])
	if err != nil || len(data) == 0 || len(data) > syncserver.MaxNote {
		return nil
	}
	return data
}
