package syncproto

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// maxReason bounds the reason of a refusal, in bytes. Later versions may know
// more reasons than this one; readers show them as they are.
const maxReason = 32

// Check says whether the request keeps the limits and orders of the protocol.
// Decoded requests do; a remote in the same process checks what it is given.
func (r *Request) Check() error {
	if err := checkHave(r.Have); err != nil {
		return err
	}
	if len(r.Wanted) > MaxWanted {
		return fmt.Errorf("%w: %d receipts wanted", ErrLimit, len(r.Wanted))
	}
	_, err := checkSegments(r.Segments)
	return err
}

// Check says whether the answer keeps the limits and orders of the protocol.
func (a *Answer) Check() error {
	if err := checkHave(a.Have); err != nil {
		return err
	}
	if !slices.IsSortedFunc(a.Have, func(x, y Have) int { return x.Feed.Compare(y.Feed) }) {
		return fmt.Errorf("%w: feeds out of order", ErrMalformed)
	}
	size, err := checkSegments(a.Segments)
	if err != nil {
		return err
	}
	if err := checkReceipts(a.Receipts, size); err != nil {
		return err
	}
	if err := a.Service.check(); err != nil {
		return err
	}
	if a.More && a.Cursor == nil {
		return fmt.Errorf("%w: more without a cursor", ErrMalformed)
	}
	if len(a.Refused) > MaxRefused {
		return fmt.Errorf("%w: %d refusals", ErrLimit, len(a.Refused))
	}
	for _, r := range a.Refused {
		if r.Reason == "" || len(r.Reason) > maxReason || len(r.Detail) > MaxDetail || !printable(string(r.Reason)+r.Detail) {
			return fmt.Errorf("%w: refusal without a readable reason", ErrMalformed)
		}
	}
	return nil
}

// printable says whether text from the other side can be shown on a terminal:
// it holds no control characters.
func printable(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) < 0
}

// checkHave checks that feeds are named once and statements make sense.
func checkHave(have []Have) error {
	if len(have) > MaxFeeds {
		return fmt.Errorf("%w: %d feeds", ErrLimit, len(have))
	}
	names, seen := 0, make(map[Feed]bool, len(have))
	for _, h := range have {
		if seen[h.Feed] {
			return fmt.Errorf("%w: feed named twice", ErrMalformed)
		}
		seen[h.Feed] = true
		if (h.Number == 0) != (h.Tip == Hash{}) {
			return fmt.Errorf("%w: number and tip do not go together", ErrMalformed)
		}
		if names += len(h.Names); names > MaxNames {
			return fmt.Errorf("%w: more than %d segments named", ErrLimit, MaxNames)
		}
		for i, n := range h.Names {
			if n.Number == 0 || i > 0 && h.Names[i-1].Compare(n) >= 0 {
				return fmt.Errorf("%w: segment names out of order", ErrMalformed)
			}
		}
	}
	return nil
}

// checkSegments checks number and sizes of the segments in a message and gives
// their size together.
func checkSegments(segments []Segment) (int, error) {
	if len(segments) > MaxSegments {
		return 0, fmt.Errorf("%w: %d segments", ErrLimit, len(segments))
	}
	total := 0
	for _, s := range segments {
		if s.Number == 0 {
			return 0, fmt.Errorf("%w: segment without a number", ErrMalformed)
		}
		if len(s.Data) > MaxSegment {
			return 0, fmt.Errorf("%w: segment of %d bytes", ErrLimit, len(s.Data))
		}
		if len(s.Receipt) > MaxReceipt {
			return 0, fmt.Errorf("%w: receipt of %d bytes", ErrLimit, len(s.Receipt))
		}
		if total += len(s.Data) + len(s.Receipt); total > MaxPage {
			return 0, fmt.Errorf("%w: segments of more than %d bytes together", ErrLimit, MaxPage)
		}
	}
	return total, nil
}

// checkReceipts checks number and sizes of receipts, which share the room of a
// page with its segments.
func checkReceipts(receipts []Received, size int) error {
	if len(receipts) > MaxSegments {
		return fmt.Errorf("%w: %d receipts", ErrLimit, len(receipts))
	}
	for _, r := range receipts {
		if r.Name.Number == 0 || len(r.Receipt) == 0 {
			return fmt.Errorf("%w: receipt for nothing", ErrMalformed)
		}
		if len(r.Receipt) > MaxReceipt {
			return fmt.Errorf("%w: receipt of %d bytes", ErrLimit, len(r.Receipt))
		}
		if size += len(r.Receipt); size > MaxPage {
			return fmt.Errorf("%w: segments and receipts of more than %d bytes together", ErrLimit, MaxPage)
		}
	}
	return nil
}
