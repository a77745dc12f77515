package cli

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"

	"fieldbook/syncserver"
	"fieldbook/syncserver/httpapi"
	"fieldbook/syncserver/s3"
)

// openStore opens a folder, which is made if it is not there, or a bucket.
func openStore(ctx context.Context, ref string) (syncserver.Store, error) {
	bucket, ok, err := bucketOf(ref)
	if err != nil {
		return nil, err
	}
	if !ok {
		return syncserver.OpenFolder(syncserver.FolderConfig{Path: ref, Create: true, Sizes: true})
	}
	store, err := s3.Open(ctx, bucket)
	if err == nil {
		err = store.Check(ctx)
	}
	if err != nil {
		return nil, err
	}
	return store, nil
}

// openUpdates opens the repository of updates.
func openUpdates(ctx context.Context, ref string) (httpapi.Files, error) {
	bucket, ok, err := bucketOf(ref)
	if err != nil {
		return nil, err
	}
	if ok {
		store, err := s3.Open(ctx, bucket)
		if err != nil {
			return nil, err
		}
		return store.Files(), nil
	}
	if info, err := os.Stat(ref); err != nil || !info.IsDir() {
		return nil, usage(fmt.Errorf("%s is no folder", ref))
	}
	return syncserver.NewFiles(ref), nil
}

// bucketOf reads s3://BUCKET[/FOLDER]; anything else is a folder's path.
func bucketOf(ref string) (cfg s3.Config, ok bool, err error) {
	if !strings.HasPrefix(ref, "s3://") {
		return cfg, false, nil
	}
	u, err := url.Parse(ref)
	if err != nil || u.Host == "" || u.RawQuery != "" || u.User != nil {
		return cfg, true, usage(fmt.Errorf("%s is no bucket; write s3://BUCKET or s3://BUCKET/FOLDER", ref))
	}
	elsewhere := cmp.Or(os.Getenv("AWS_ENDPOINT_URL_S3"), os.Getenv("AWS_ENDPOINT_URL")) != ""
	return s3.Config{Bucket: u.Host, Prefix: strings.Trim(u.Path, "/"), PathStyle: elsewhere}, true, nil
}
