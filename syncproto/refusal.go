package syncproto

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ErrMalformed says that bytes are no message or name of this protocol.
var ErrMalformed = errors.New("malformed sync message")

// ErrVersion says that a message is of a version this program does not speak.
var ErrVersion = errors.New("sync message of another version; update fieldbook")

// ErrLimit says that a message goes beyond a limit of the protocol.
var ErrLimit = errors.New("sync message beyond a limit")

// ErrTemporary says that a remote could not answer now and that repeating the
// same request later is safe. Remotes wrap it.
var ErrTemporary = errors.New("remote not available for the moment")

// Reason says in one word why a segment was refused.
type Reason string

// The reasons for refusing a segment.
const (
	// Damaged: the stored bytes do not match their name; a device that holds
	// the segment repairs it with its next sync.
	Damaged Reason = "damaged"
	// Malformed: the bytes are not a canonical segment.
	Malformed Reason = "malformed"
	// Foreign: the segment belongs to another workspace, feed or number than
	// its sender said.
	Foreign Reason = "foreign"
	// Hole: the segment it continues is not here yet.
	Hole Reason = "hole"
	// Unauthentic: signature or membership do not hold.
	Unauthentic Reason = "unauthentic"
	// Limit: it would go beyond a limit of the remote.
	Limit Reason = "limit"
	// Full: there is no room left at the remote. Nothing is wrong with the
	// segment.
	Full Reason = "full"
	// ReadOnly: the remote may be read but not written. Nothing is wrong with
	// the segment.
	ReadOnly Reason = "readonly"
)

// Refusal is one segment that was not taken, and why.
type Refusal struct {
	// Feed and Name are those the segment came under.
	Feed Feed
	Name Name
	// Reason is the kind of refusal; Detail says more, for people, in at most
	// MaxDetail bytes.
	Reason Reason
	Detail string
}

// Refuse builds a refusal; a detail that is too long is cut, and what cannot be
// printed becomes a question mark.
func Refuse(feed Feed, name Name, reason Reason, detail string) Refusal {
	return Refusal{Feed: feed, Name: name, Reason: reason, Detail: clean(detail, MaxDetail)}
}

// clean makes text that can be shown on a terminal, of at most limit bytes.
func clean(text string, limit int) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '?'
	}, text)
	if len(text) > limit {
		cut := limit
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut]
	}
	return text
}

// Error makes a refusal usable as an error.
func (r Refusal) Error() string {
	return fmt.Sprintf("segment %s of feed %s refused: %s", r.Name, r.Feed, r.why())
}

// MarshalJSON writes {"feed", "segment", "reason"}, the shape in which
// `fieldbook sync --json` lists refusals.
func (r Refusal) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Feed    string `json:"feed"`
		Segment string `json:"segment"`
		Reason  string `json:"reason"`
	}{r.Feed.String(), r.Name.String(), r.why()})
}

// why joins reason and detail for people.
func (r Refusal) why() string {
	if r.Detail == "" {
		return string(r.Reason)
	}
	return string(r.Reason) + ": " + r.Detail
}
