package s3

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"fieldbook/syncserver"
)

// pageSize is how many keys S3 lists in one answer.
const pageSize = 1000

// Page implements syncserver.Paged.
func (s *Store) Page() int { return pageSize }

// Bounds of listing in parallel: how many folders at once, and in how many
// folders the first answer may lie at most. With more, folders are small, and
// one answer after the other takes fewer requests.
const (
	parallel = 8
	fewest   = 2
)

// List implements syncserver.Store with one request per 1,000 objects. Where
// there are more, and in few folders, it lists these side by side.
func (s *Store) List(ctx context.Context, folder, after string, limit int) ([]syncserver.Entry, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := syncserver.CheckFolder(folder); err != nil {
		return nil, err
	}
	l := listing{store: s, folder: folder, limit: limit}
	err := l.page(ctx, &after)
	if err == nil && l.more && len(l.out) < limit && l.spread() <= fewest {
		err = l.fan(ctx, after)
	}
	if err == nil {
		err = l.rest(ctx, after)
	}
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", folder, err)
	}
	return l.out[:min(limit, len(l.out))], nil
}

// listing collects what lies below a folder.
type listing struct {
	store  *Store
	folder string
	limit  int
	out    []syncserver.Entry
	// more says that the bucket has more than was listed.
	more bool
}

// rest adds the objects of one answer after the other until there are no more,
// or enough.
func (l *listing) rest(ctx context.Context, after string) error {
	for l.more && len(l.out) < l.limit {
		if err := l.page(ctx, &after); err != nil {
			return err
		}
	}
	return nil
}

// page adds the objects of one answer and moves after to the last key seen.
func (l *listing) page(ctx context.Context, after *string) error {
	base := *l.store.key(l.folder + "/")
	ask := &s3.ListObjectsV2Input{Bucket: &l.store.bucket, Prefix: &base}
	ask.MaxKeys = aws.Int32(int32(min(l.limit-len(l.out), pageSize)))
	if *after != "" {
		ask.StartAfter = aws.String(base + *after)
	}
	answer, err := l.store.client.ListObjectsV2(ctx, ask)
	if err != nil {
		return explain(err)
	}
	for _, object := range answer.Contents {
		rest, below := strings.CutPrefix(aws.ToString(object.Key), base)
		if !below || rest <= *after {
			continue
		}
		*after = rest
		name := l.folder + "/" + rest
		if syncserver.IsObject(name) {
			_, damaged := l.store.damaged.Load(name)
			l.out = append(l.out, syncserver.Entry{Name: rest, Size: aws.ToInt64(object.Size), Damaged: damaged})
		}
	}
	l.more = aws.ToBool(answer.IsTruncated) && len(answer.Contents) > 0
	return nil
}

// spread counts the folders that the objects found so far lie in.
func (l *listing) spread() int {
	folders := map[string]bool{}
	for _, entry := range l.out {
		folders[entry.Name[:strings.LastIndexByte(entry.Name, '/')+1]] = true
	}
	return len(folders)
}

// fan lists the folders that hold names after after side by side, a few at a
// time, until the limit is reached.
func (l *listing) fan(ctx context.Context, after string) error {
	folders, err := l.folders(ctx, after)
	if err != nil || len(folders) < 2 {
		return err
	}
	for batch := range slices.Chunk(folders, parallel) {
		if len(l.out) >= l.limit {
			return nil
		}
		if err := l.batch(ctx, batch, after); err != nil {
			return err
		}
	}
	l.more = false
	return nil
}

// batch adds what lies in some folders.
func (l *listing) batch(ctx context.Context, folders []string, after string) error {
	found, errs := make([][]syncserver.Entry, len(folders)), make([]error, len(folders))
	var wait sync.WaitGroup
	for i, name := range folders {
		wait.Go(func() {
			rest, _ := strings.CutPrefix(after, name+"/")
			if rest == after {
				rest = ""
			}
			one := listing{store: l.store, folder: l.folder + "/" + name, limit: l.limit - len(l.out), more: true}
			errs[i] = one.rest(ctx, rest)
			found[i] = one.out
		})
	}
	wait.Wait()
	for i, name := range folders {
		if errs[i] != nil {
			return errs[i]
		}
		for _, entry := range found[i] {
			entry.Name = name + "/" + entry.Name
			l.out = append(l.out, entry)
		}
	}
	return nil
}

// folders gives the folders directly in this one that hold names after after,
// in the order of those names. None: objects lie among them, or there are too
// many, so that one answer after the other is the way.
func (l *listing) folders(ctx context.Context, after string) ([]string, error) {
	base := *l.store.key(l.folder + "/")
	answer, err := l.store.client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{
		Bucket: &l.store.bucket, Prefix: &base, StartAfter: aws.String(base + after), Delimiter: aws.String("/")})
	if err != nil {
		return nil, explain(err)
	}
	if aws.ToBool(answer.IsTruncated) || len(answer.Contents) > 0 {
		return nil, nil
	}
	var out []string
	for _, prefix := range answer.CommonPrefixes {
		name := strings.TrimSuffix(strings.TrimPrefix(aws.ToString(prefix.Prefix), base), "/")
		if syncserver.CheckFolder(l.folder+"/"+name) == nil {
			out = append(out, name)
		}
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Compare(a+"/", b+"/") })
	return out, nil
}
