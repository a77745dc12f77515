package s3test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	awss3 "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// Replicator copies objects both ways between two gateways, as the replication
// between two regions does: late, in any order, and never over what is there.
// What it does and when is up to the test. Not safe for concurrent use.
type Replicator struct {
	sides   [2]*Gateway
	clients [2]*awss3.Client
	pending []copying
}

// copying is an object on its way.
type copying struct {
	from int
	key  string
}

// NewReplicator connects two gateways.
func NewReplicator(a, b *Gateway) *Replicator {
	return &Replicator{sides: [2]*Gateway{a, b}, clients: [2]*awss3.Client{a.Client(), b.Client()}}
}

// Scan looks for objects that the other side lacks and puts them on their way.
// It gives how many are on their way now.
func (r *Replicator) Scan(ctx context.Context) (int, error) {
	var keys [2]map[string]bool
	for i, client := range r.clients {
		var err error
		if keys[i], err = list(ctx, client); err != nil {
			return 0, fmt.Errorf("replicate: list side %d: %w", i, err)
		}
	}
	r.pending = nil
	for from := range keys {
		for key := range keys[from] {
			if !keys[1-from][key] {
				r.pending = append(r.pending, copying{from: from, key: key})
			}
		}
	}
	slices.SortFunc(r.pending, func(a, b copying) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.from, b.from))
	})
	return len(r.pending), nil
}

// Deliver lets at most n of the objects on their way arrive; which ones and in
// which order, random decides.
func (r *Replicator) Deliver(ctx context.Context, n int, random *rand.Rand) error {
	for ; n > 0 && len(r.pending) > 0; n-- {
		at := random.IntN(len(r.pending))
		if err := r.copy(ctx, r.pending[at]); err != nil {
			return fmt.Errorf("replicate %s: %w", r.pending[at].key, err)
		}
		r.pending = slices.Delete(r.pending, at, at+1)
	}
	return nil
}

// Drain copies until both sides hold the same.
func (r *Replicator) Drain(ctx context.Context) error {
	random := rand.New(rand.NewPCG(1, 1))
	for {
		n, err := r.Scan(ctx)
		if err != nil || n == 0 {
			return err
		}
		if err := r.Deliver(ctx, n, random); err != nil {
			return err
		}
	}
}

// Run replicates until ctx ends: at every tick a random part of what is on its
// way arrives. A side that is down holds things up and ends nothing.
func (r *Replicator) Run(ctx context.Context, tick time.Duration, random *rand.Rand) {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if n, err := r.Scan(ctx); err == nil && n > 0 {
			_ = r.Deliver(ctx, random.IntN(n+1), random) // what failed is found again by the next scan
		}
	}
}

// copy copies one object with its metadata and checksum.
func (r *Replicator) copy(ctx context.Context, c copying) error {
	bucket := aws.String(Bucket)
	got, err := r.clients[c.from].GetObject(ctx, &awss3.GetObjectInput{Bucket: bucket, Key: &c.key, ChecksumMode: types.ChecksumModeEnabled})
	if err != nil {
		return err
	}
	defer got.Body.Close()
	data, err := io.ReadAll(got.Body)
	if err != nil {
		return err
	}
	_, err = r.clients[1-c.from].PutObject(ctx, &awss3.PutObjectInput{Bucket: bucket, Key: &c.key, Body: bytes.NewReader(data),
		IfNoneMatch: aws.String("*"), Metadata: got.Metadata, ChecksumSHA256: got.ChecksumSHA256})
	var answer *awshttp.ResponseError
	if errors.As(err, &answer) && answer.HTTPStatusCode() == http.StatusPreconditionFailed {
		return nil
	}
	return err
}

// list gives all keys of a side.
func list(ctx context.Context, client *awss3.Client) (map[string]bool, error) {
	keys := map[string]bool{}
	pages := awss3.NewListObjectsV2Paginator(client, &awss3.ListObjectsV2Input{Bucket: aws.String(Bucket)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, object := range page.Contents {
			keys[aws.ToString(object.Key)] = true
		}
	}
	return keys, nil
}
