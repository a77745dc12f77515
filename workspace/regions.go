package workspace

import (
	"context"
	"errors"

	"fieldbook/syncproto"
)

// everywhere exchanges with each address of a remote by itself, and says whether
// all of them hold exactly what this laptop holds. What one region has taken
// reaches the other minutes or hours later.
func (s *exchange) everywhere(ctx context.Context) (bool, error) {
	if s.name == "" {
		return true, nil
	}
	r, err := s.w.remote(ctx, s.name)
	if err != nil || r.Second == "" {
		return err == nil, err
	}
	report, to := s.report, s.remote
	defer func() { s.report, s.remote = report, to }()
	for _, address := range []string{r.URL, r.Second} {
		if address == r.Unchecked {
			return false, nil
		}
		if level, err := s.at(ctx, r, address); err != nil || !level {
			return false, err
		}
	}
	return true, nil
}

// at exchanges with one address and says whether it then holds exactly what this
// laptop holds. One that does not answer says nothing.
func (s *exchange) at(ctx context.Context, r remote, address string) (level bool, err error) {
	r.URL, r.Second = address, ""
	if s.remote, err = s.w.connect(&r); err != nil {
		return false, err
	}
	short, cancel := context.WithTimeout(ctx, impatience)
	defer cancel()
	for again := true; again && err == nil; {
		again, err = s.once(short)
	}
	switch {
	case ctx.Err() != nil:
		return false, ctx.Err()
	case short.Err() != nil || errors.Is(err, syncproto.ErrTemporary):
		return false, nil
	}
	return err == nil && s.report.Level, err
}
