package s3

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"

	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// Errors that the one who runs the service has to act on. Everything that may
// pass by itself wraps syncproto.ErrTemporary instead.
var (
	// ErrBucket says that there is no such bucket.
	ErrBucket = errors.New("no such bucket; create it or correct its name and region")
	// ErrDenied says that the credentials do not allow what was tried.
	ErrDenied = errors.New("the bucket's owner does not allow this; the role needs s3:ListBucket, s3:GetObject and s3:PutObject")
	// ErrCredentials says that there are no credentials, or unknown or expired ones.
	ErrCredentials = errors.New("no valid credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or give the machine a role")
	// ErrClock says that this machine's clock is off by more than S3 accepts.
	ErrClock = errors.New("this machine's clock is wrong by more than 15 minutes; set it")
	// ErrRegion says that the bucket is in another region.
	ErrRegion = errors.New("the bucket is in another region; set AWS_REGION to it")
)

// meanings says what S3's error codes mean here. Answers to HEAD have no body;
// the SDK makes NotFound, Forbidden and the like of their status.
var meanings = map[string]error{
	"NoSuchKey":                    syncserver.ErrAbsent,
	"NotFound":                     syncserver.ErrAbsent,
	"NoSuchBucket":                 ErrBucket,
	"AccessDenied":                 ErrDenied,
	"Forbidden":                    ErrDenied,
	"AllAccessDisabled":            ErrDenied,
	"AccountProblem":               ErrDenied,
	"InvalidAccessKeyId":           ErrCredentials,
	"SignatureDoesNotMatch":        ErrCredentials,
	"ExpiredToken":                 ErrCredentials,
	"InvalidToken":                 ErrCredentials,
	"XAdminUserNotFound":           ErrCredentials, // versitygw
	"RequestTimeTooSkewed":         ErrClock,
	"PermanentRedirect":            ErrRegion,
	"AuthorizationHeaderMalformed": ErrRegion,
	"MovedPermanently":             ErrRegion,
	"QuotaExceeded":                syncserver.ErrFull,
	"InsufficientStorage":          syncserver.ErrFull,
	"ConditionalRequestConflict":   syncproto.ErrTemporary,
}

// explain adds to an error of the SDK what it means here.
func explain(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, ErrCredentials) {
		return err
	}
	var refused smithy.APIError
	if errors.As(err, &refused) {
		if meaning, known := meanings[refused.ErrorCode()]; known {
			return fmt.Errorf("%w: %w", meaning, err)
		}
	}
	switch status := statusOf(err); {
	case status == 0, status >= 500, status == http.StatusTooManyRequests: // 0: nobody answered
		return fmt.Errorf("%w: %w", syncproto.ErrTemporary, err)
	case status == http.StatusForbidden:
		return fmt.Errorf("%w: %w", ErrDenied, err)
	}
	return err
}

// statusOf gives the status of the answer that an error came with, 0 if there
// was none.
func statusOf(err error) int {
	var answered *awshttp.ResponseError
	if !errors.As(err, &answered) {
		return 0
	}
	return answered.HTTPStatusCode()
}
