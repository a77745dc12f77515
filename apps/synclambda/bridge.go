package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/aws/aws-lambda-go/events"
)

// maxAnswer bounds the body of an answer: a function may return 6 MB of JSON,
// and base64 makes four bytes of three.
const maxAnswer = 4400 << 10

// errAnswer says that an answer is too large for a function.
var errAnswer = errors.New("answer is larger than a function may return")

// bridge serves events of an HTTP API with a handler.
type bridge struct{ handler http.Handler }

// Invoke answers one event. An event that is no request is answered with 400:
// an error of the function would only be retried.
func (b bridge) Invoke(ctx context.Context, event events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
	request, err := toRequest(ctx, event)
	if err != nil {
		return events.APIGatewayV2HTTPResponse{StatusCode: http.StatusBadRequest}, nil
	}
	answer := &answer{header: http.Header{}}
	b.handler.ServeHTTP(answer, request)
	return answer.event(), nil
}

// toRequest makes a request of an event. API Gateway joins several values of a
// header with commas, as RFC 9110 5.3 allows, and they are left joined.
func toRequest(ctx context.Context, event events.APIGatewayV2HTTPRequest) (*http.Request, error) {
	body := []byte(event.Body)
	if event.IsBase64Encoded {
		var err error
		if body, err = base64.StdEncoding.DecodeString(event.Body); err != nil {
			return nil, fmt.Errorf("read body of the event: %w", err)
		}
	}
	if !strings.HasPrefix(event.RawPath, "/") {
		return nil, errors.New("event without a path")
	}
	target := &url.URL{Path: event.RawPath, RawQuery: event.RawQueryString}
	request, err := http.NewRequestWithContext(ctx, event.RequestContext.HTTP.Method, target.String(), bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("read event: %w", err)
	}
	for name, value := range event.Headers {
		request.Header.Set(name, value)
	}
	request.Host = request.Header.Get("Host")
	request.RequestURI = target.RequestURI()
	request.RemoteAddr = event.RequestContext.HTTP.SourceIP + ":0"
	return request, nil
}

// answer collects what a handler answers.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
	over   bool
}

// Header implements http.ResponseWriter.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader implements http.ResponseWriter; the first status counts.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

// Write implements http.ResponseWriter.
func (a *answer) Write(data []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	if a.body.Len()+len(data) > maxAnswer {
		a.over = true
		return 0, errAnswer
	}
	return a.body.Write(data)
}

// ReadFrom implements io.ReaderFrom, so that a file that is too large is given
// up at the limit and not read to its end.
func (a *answer) ReadFrom(r io.Reader) (int64, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxAnswer+1))
	if err != nil {
		return int64(len(data)), err
	}
	n, err := a.Write(data)
	return int64(n), err
}

// event is the answer as API Gateway takes it, always in base64.
func (a *answer) event() events.APIGatewayV2HTTPResponse {
	if a.over {
		return events.APIGatewayV2HTTPResponse{StatusCode: http.StatusInsufficientStorage}
	}
	a.WriteHeader(http.StatusOK)
	headers := make(map[string]string, len(a.header))
	for name, values := range a.header {
		headers[name] = strings.Join(values, ", ")
	}
	return events.APIGatewayV2HTTPResponse{
		StatusCode: a.status, Headers: headers,
		Body: base64.StdEncoding.EncodeToString(a.body.Bytes()), IsBase64Encoded: true,
	}
}
