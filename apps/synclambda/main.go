package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"
	"strings"

	"github.com/aws/aws-lambda-go/lambda"
	awsconfig "github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/kms"

	"fieldbook/syncserver/httpapi"
	"fieldbook/syncserver/replica"
	"fieldbook/syncserver/s3"
	"fieldbook/syncserver/service"
)

// memory is the soft limit of the Go heap, in bytes: with the engine's process the
// function stays below 128 MB at 10,000 documents (docs/benchmarks.md).
const memory = 64 << 20

func main() {
	replica.WorkerMain()
	debug.SetMemoryLimit(memory)
	log := slog.New(slog.NewJSONHandler(os.Stdout, nil))
	handler, err := open(context.Background(), log, os.Getenv)
	if err != nil {
		log.Error("the sync service does not start", slog.String("cause", err.Error()))
		os.Exit(1)
	}
	lambda.StartWithOptions(bridge{handler}.Invoke, lambda.WithEnableSIGTERM(handler.Close))
}

// open makes the service of its environment.
func open(ctx context.Context, log *slog.Logger, env func(string) string) (*service.Service, error) {
	region := cmp.Or(env("FIELDBOOK_REGION_NAME"), env("AWS_REGION"))
	chain, err := awsconfig.LoadDefaultConfig(ctx, awsconfig.WithRegion(region))
	if err != nil {
		return nil, fmt.Errorf("read the AWS configuration: %w", err)
	}
	master, invitation, err := readSecrets(ctx, kms.NewFromConfig(chain), env("FIELDBOOK_CONFIG"))
	if err != nil {
		return nil, err
	}
	cfg := service.Config{Master: master, Invitation: invitation, Log: log}
	if cfg.Limits, err = limits(env("FIELDBOOK_LIMITS")); err != nil {
		return nil, err
	}
	if issuer := env("FIELDBOOK_OIDC_ISSUER"); issuer != "" {
		cfg.OIDC = &httpapi.OIDC{Issuer: issuer, Audience: env("FIELDBOOK_OIDC_AUDIENCE")}
	}
	// Another server than AWS's has no names of buckets in its host's name.
	elsewhere := cmp.Or(env("AWS_ENDPOINT_URL_S3"), env("AWS_ENDPOINT_URL")) != ""
	bucket := s3.Config{Bucket: env("FIELDBOOK_BUCKET"), Region: region, PathStyle: elsewhere}
	if cfg.Store, err = s3.Open(ctx, bucket); err != nil {
		return nil, err
	}
	if name := env("FIELDBOOK_UPDATES_BUCKET"); name != "" {
		bucket.Bucket = name
		updates, err := s3.Open(ctx, bucket)
		if err != nil {
			return nil, err
		}
		cfg.Updates = updates.Files()
	}
	return service.New(ctx, cfg)
}

// limits reads limits: the fields of httpapi.Limits by name. A name that is none
// of them is a slip that must not pass.
func limits(text string) (httpapi.Limits, error) {
	var l httpapi.Limits
	if text == "" {
		return l, nil
	}
	if err := strict(text, &l); err != nil {
		return l, fmt.Errorf("read FIELDBOOK_LIMITS: %w", err)
	}
	return l, nil
}

func strict(text string, into any) error {
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	return d.Decode(into)
}
