// Package s3 keeps the objects of workspaces in a bucket of S3, or of a service
// that speaks its protocol and honours conditional writes.
//
// An object's key is the prefix and the object's name. It is created with
// If-None-Match and with the SHA-256 that its name ends in as checksum, so the
// bucket itself refuses to overwrite it and to take other bytes. Its note is
// user metadata. Listings are strongly consistent within a region; another
// region's bucket follows by the bucket's own replication.
package s3

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"fieldbook/syncserver"
)

// Config says where the bucket is.
type Config struct {
	// Bucket is the name of the bucket. Required.
	Bucket string
	// Prefix is a folder within the bucket, without a slash at its ends; ""
	// uses the whole bucket.
	Prefix string
	// Region is the region of the bucket; "" takes the one of the environment
	// or of the AWS configuration file.
	Region string
	// Endpoint is the URL of a service other than AWS; "" is AWS.
	Endpoint string
	// PathStyle puts the bucket into the path of requests instead of the host's
	// name, as most services other than AWS need.
	PathStyle bool
	// Credentials sign the requests; nil looks for them where AWS tools do:
	// environment, configuration files, the machine's or function's role.
	Credentials aws.CredentialsProvider
	// Timeout ends one attempt of a request; 0 means 20 s.
	Timeout time.Duration
	// Attempts is how often a request is tried; 0 means 4.
	Attempts int
	// Count, if set, is told the S3 operation of each request that is sent,
	// repetitions included. It is called concurrently.
	Count func(operation string)
}

// Store is a syncserver.Store in a bucket. Safe for concurrent use.
type Store struct {
	client  *s3.Client
	presign *s3.PresignClient
	bucket  string
	prefix  string
	// damaged holds the names of objects that a Get of this process found wrong.
	damaged sync.Map
}

var (
	_ syncserver.Store     = (*Store)(nil)
	_ syncserver.Presigner = (*Store)(nil)
	_ syncserver.Paged     = (*Store)(nil)
)

// Open prepares access to a bucket. It sends nothing; Check does.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	if cfg.Bucket == "" {
		return nil, fmt.Errorf("open bucket: %w: no name given", ErrBucket)
	}
	if cfg.Prefix != "" && syncserver.CheckFolder(cfg.Prefix) != nil {
		return nil, fmt.Errorf("open bucket %s: prefix %q: %w", cfg.Bucket, cfg.Prefix, syncserver.ErrName)
	}
	chain, err := config.LoadDefaultConfig(ctx, cfg.options()...)
	if err != nil {
		return nil, fmt.Errorf("open bucket %s: read the AWS configuration: %w", cfg.Bucket, err)
	}
	if chain.Region == "" {
		return nil, fmt.Errorf("open bucket %s: no region; set AWS_REGION", cfg.Bucket)
	}
	client := s3.NewFromConfig(chain, cfg.client)
	return &Store{client: client, presign: s3.NewPresignClient(client), bucket: cfg.Bucket, prefix: prefix(cfg.Prefix)}, nil
}

// options are what goes into the configuration that all AWS clients share. The
// HTTP client is the SDK's own kind: AWS_CA_BUNDLE fails with any other.
func (c Config) options() []func(*config.LoadOptions) error {
	timeout, attempts := c.Timeout, c.Attempts
	if timeout == 0 {
		timeout = 20 * time.Second
	}
	if attempts == 0 {
		attempts = 4
	}
	out := []func(*config.LoadOptions) error{
		config.WithHTTPClient(awshttp.NewBuildableClient().WithTimeout(timeout)),
		config.WithRetryer(func() aws.Retryer {
			return retry.NewStandard(func(o *retry.StandardOptions) {
				o.MaxAttempts, o.MaxBackoff = attempts, time.Second
			})
		}),
	}
	if c.Region != "" {
		out = append(out, config.WithRegion(c.Region))
	}
	if c.Credentials != nil {
		out = append(out, config.WithCredentialsProvider(c.Credentials))
	}
	return out
}

// client sets what concerns S3 alone. Checksums are ours: each object's name
// is one, and Get checks it.
func (c Config) client(o *s3.Options) {
	o.UsePathStyle = c.PathStyle
	o.RequestChecksumCalculation = aws.RequestChecksumCalculationWhenRequired
	o.ResponseChecksumValidation = aws.ResponseChecksumValidationWhenRequired
	o.Credentials = marked{o.Credentials}
	if c.Endpoint != "" {
		o.BaseEndpoint = aws.String(c.Endpoint)
	}
	if c.Count != nil {
		o.HTTPClient = counter{HTTPClient: o.HTTPClient, count: c.Count}
	}
}

// Check says whether the bucket is there and may be listed.
func (s *Store) Check(ctx context.Context) error {
	_, err := s.client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{
		Bucket: &s.bucket, Prefix: &s.prefix, MaxKeys: aws.Int32(1)})
	if err != nil {
		return fmt.Errorf("look into bucket %s: %w", s.bucket, explain(err))
	}
	return nil
}

// key is the key of an object or folder.
func (s *Store) key(name string) *string { return aws.String(s.prefix + name) }

func prefix(folder string) string {
	if folder == "" {
		return ""
	}
	return strings.Trim(folder, "/") + "/"
}
