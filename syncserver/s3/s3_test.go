package s3_test

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	awss3 "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"fieldbook/internal/testkit/s3test"
	"fieldbook/syncserver"
	"fieldbook/syncserver/s3"
	"fieldbook/syncserver/storetest"
)

// A real server, with authentication, checksums and versions.
func TestGatewayKeepsTheContract(t *testing.T) {
	gateway := s3test.Start(t)
	var tests atomic.Int64
	storetest.Run(t, func(t *testing.T) storetest.Subject {
		return subject(gateway.Config(), gateway.Client(), fmt.Sprintf("test-%d", tests.Add(1)))(t)
	})
}

// A fake in this process, which needs no program.
func TestFakeKeepsTheContract(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Subject {
		cfg := fake(t)
		client := awss3.New(awss3.Options{Region: cfg.Region, BaseEndpoint: &cfg.Endpoint, UsePathStyle: true, Credentials: cfg.Credentials})
		return subject(cfg, client, "")(t)
	})
}

// fake starts gofakes3 with a bucket.
func fake(t *testing.T) s3.Config {
	backend := s3mem.New()
	if err := backend.CreateBucket("fake"); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(gofakes3.New(backend).Server())
	t.Cleanup(server.Close)
	return s3.Config{Bucket: "fake", Region: "us-east-1", Endpoint: server.URL, PathStyle: true,
		Credentials: credentials.NewStaticCredentialsProvider("a", "b", "")}
}

func subject(cfg s3.Config, client *awss3.Client, prefix string) func(t *testing.T) storetest.Subject {
	cfg.Prefix = prefix
	return func(t *testing.T) storetest.Subject {
		return storetest.Subject{
			Store:  open(t, cfg),
			Sizes:  true,
			Reopen: func(t *testing.T) syncserver.Store { return open(t, cfg) },
			Plant: func(t *testing.T, name string, data []byte) {
				_, err := client.PutObject(t.Context(), &awss3.PutObjectInput{Bucket: &cfg.Bucket,
					Key: aws.String(strings.TrimPrefix(prefix+"/"+name, "/")), Body: bytes.NewReader(data)})
				if err != nil {
					t.Fatal(err)
				}
			},
		}
	}
}

func open(t *testing.T, cfg s3.Config) *s3.Store {
	t.Helper()
	store, err := s3.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return store
}
