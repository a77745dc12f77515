package s3

import (
	"context"
	"fmt"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// counter tells of each request that is sent.
type counter struct {
	s3.HTTPClient
	count func(operation string)
}

// Do implements s3.HTTPClient.
func (c counter) Do(req *http.Request) (*http.Response, error) {
	c.count(awsmiddleware.GetOperationName(req.Context()))
	return c.HTTPClient.Do(req)
}

// marked are credentials whose absence can be told from other failures.
type marked struct{ aws.CredentialsProvider }

// Retrieve implements aws.CredentialsProvider.
func (m marked) Retrieve(ctx context.Context) (aws.Credentials, error) {
	found, err := m.CredentialsProvider.Retrieve(ctx)
	if err != nil && ctx.Err() == nil {
		return found, fmt.Errorf("%w: %w", ErrCredentials, err)
	}
	return found, err
}
