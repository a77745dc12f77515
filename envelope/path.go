package envelope

import (
	"fmt"
	"strings"
)

// SegmentPath is the name of a segment in a store: "<workspace>/feeds/<device>-<epoch>/<number>-<hash>". Names of one feed
// sort by number.
func SegmentPath(ws WorkspaceID, f FeedID, number uint64, h Hash) string {
	return fmt.Sprintf("%s/feeds/%s/%016x-%s", ws, f, number, h)
}

// ParseSegmentPath reads what SegmentPath wrote; any other name is not a segment's: ErrMalformed.
func ParseSegmentPath(path string) (ws WorkspaceID, f FeedID, number uint64, h Hash, err error) {
	parts := strings.Split(path, "/")
	if len(parts) != 4 || parts[1] != "feeds" || len(parts[3]) != 16+1+64 || parts[3][16] != '-' {
		return ws, f, 0, h, fmt.Errorf("segment name: %w", ErrMalformed)
	}
	if ws, err = ParseWorkspaceID(parts[0]); err != nil {
		return ws, f, 0, h, err
	}
	if f, err = ParseFeedID(parts[2]); err != nil {
		return ws, f, 0, h, err
	}
	if number, err = parseNumber(parts[3][:16]); err != nil {
		return ws, f, 0, h, err
	}
	if number == 0 || number > MaxSeq {
		return ws, f, 0, h, fmt.Errorf("segment number: %w", ErrMalformed)
	}
	h, err = ParseHash(parts[3][17:])
	return ws, f, number, h, err
}
