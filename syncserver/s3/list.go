package s3

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"fieldbook/syncserver"
)

// pageSize is how many keys S3 lists in one answer.
const pageSize = 1000

// List implements syncserver.Store with one request per 1,000 objects.
func (s *Store) List(ctx context.Context, folder, after string, limit int) ([]syncserver.Entry, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := syncserver.CheckFolder(folder); err != nil {
		return nil, err
	}
	var out []syncserver.Entry
	for more := true; more && len(out) < limit; {
		var err error
		out, after, more, err = s.page(ctx, folder, after, out, limit)
		if err != nil {
			return nil, fmt.Errorf("list %s: %w", folder, err)
		}
	}
	return out, nil
}

// page adds the objects of one answer. It gives the last key seen, relative to
// the folder, and whether there are more.
func (s *Store) page(ctx context.Context, folder, after string, out []syncserver.Entry, limit int) ([]syncserver.Entry, string, bool, error) {
	base := *s.key(folder + "/")
	ask := &s3.ListObjectsV2Input{Bucket: &s.bucket, Prefix: &base, MaxKeys: aws.Int32(int32(min(limit-len(out), pageSize)))}
	if after != "" {
		ask.StartAfter = aws.String(base + after)
	}
	answer, err := s.client.ListObjectsV2(ctx, ask)
	if err != nil {
		return nil, "", false, explain(err)
	}
	for _, object := range answer.Contents {
		rest, below := strings.CutPrefix(aws.ToString(object.Key), base)
		if !below || rest <= after {
			continue
		}
		after = rest
		name := folder + "/" + rest
		if syncserver.IsObject(name) {
			_, damaged := s.damaged.Load(name)
			out = append(out, syncserver.Entry{Name: rest, Size: aws.ToInt64(object.Size), Damaged: damaged})
		}
	}
	return out, after, aws.ToBool(answer.IsTruncated) && len(answer.Contents) > 0, nil
}
