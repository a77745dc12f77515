package syncclient

import "context"

// Sync brings local and remote level and says what it did.
func Sync(ctx context.Context, local Local, remote Remote, opts Options) (Report, error) {
	s := newSession(local, remote, opts)
	err := s.run(ctx)
	return s.report, err
}
