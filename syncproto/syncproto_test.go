package syncproto

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
)

func testFeed(n byte) Feed           { return Feed{Device: [32]byte{n}, Epoch: 0xfedc << 48} }
func testName(n uint64, h byte) Name { return Name{Number: n, Hash: Hash{h}} }

func fullRequest() *Request {
	return &Request{
		Workspace: Workspace{7},
		Have: []Have{
			{Feed: testFeed(2), Number: 2, Tip: Hash{2}, Names: []Name{testName(1, 1), testName(1, 2), testName(9, 1)}},
			{Feed: testFeed(1)},
		},
		Segments: []Segment{
			{Feed: testFeed(2), Number: 1, Data: []byte("one")},
			{Feed: testFeed(2), Number: 2, Data: []byte("two")},
			{Feed: testFeed(1), Number: 1, Data: []byte("three"), Receipt: []byte("receipt")},
			{Feed: testFeed(2), Number: 3, Data: []byte{}},
		},
		Cursor: &Cursor{Feed: testFeed(1), Name: testName(4, 4)},
		Wanted: []Cursor{{Feed: testFeed(2), Name: testName(3, 3)}, {Feed: testFeed(1), Name: testName(1, 1)}},
	}
}

func fullAnswer() *Answer {
	r := fullRequest()
	return &Answer{
		Stored:   3,
		Refused:  []Refusal{Refuse(testFeed(1), testName(1, 1), Damaged, "it does not match")},
		Segments: r.Segments, More: true, Cursor: r.Cursor,
		Have:     []Have{{Feed: testFeed(1), Number: 1, Tip: Hash{1}}, r.Have[0]},
		Receipts: []Received{{Feed: testFeed(2), Name: testName(1, 1), Receipt: []byte("receipt")}},
		Service: &Service{
			Mode: Merging, Documents: 3, Digest: Hash{4}, Complete: true, Unopened: 5,
			Failed: [][16]byte{{6}, {7}}, Time: 1_700_000_000_000,
		},
	}
}

// What is written is read back the same, and written again the same.
func TestMessagesSurviveTheWire(t *testing.T) {
	for _, want := range []*Request{{}, fullRequest()} {
		data, err := want.Encode()
		if err != nil {
			t.Fatal(err)
		}
		got, err := DecodeRequest(data)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, %v; want %+v", got, err, want)
		}
	}
	for _, want := range []*Answer{{}, fullAnswer()} {
		data, err := want.Encode()
		if err != nil {
			t.Fatal(err)
		}
		got, err := DecodeAnswer(data)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, %v; want %+v", got, err, want)
		}
	}
}

// The bytes of docs/format/sync.md.
func TestBytesAreThoseOfTheFormat(t *testing.T) {
	r := &Request{
		Workspace: Workspace(bytes.Repeat([]byte{0x11}, 32)),
		Have: []Have{{
			Feed:   Feed{Device: [32]byte(bytes.Repeat([]byte{0x22}, 32)), Epoch: 5},
			Number: 3, Tip: Hash(bytes.Repeat([]byte{0x33}, 32)),
		}},
	}
	data, err := r.Encode()
	want := "a5" + "0001" + "015820" + strings.Repeat("11", 32) +
		"0281" + "85" + "5820" + strings.Repeat("22", 32) + "05" + "03" + "5820" + strings.Repeat("33", 32) + "80" +
		"0380" + "04f6"
	if err != nil || hex.EncodeToString(data) != want {
		t.Errorf("%x, %v; want %s", data, err, want)
	}
}

// Whatever is not the one encoding of a message within the limits is refused
// with the class of its error.
func TestMalformedMessagesAreRefused(t *testing.T) {
	good, err := fullRequest().Encode()
	if err != nil {
		t.Fatal(err)
	}
	newer := bytes.Replace(good, []byte{0xa6, 0x00, 0x01}, []byte{0xa6, 0x00, 0x02}, 1)
	long := bytes.Replace(good, []byte{0xa6, 0x00, 0x01}, []byte{0xa6, 0x00, 0x18, 0x01}, 1)
	extra, _ := cbor.Marshal(map[int]any{0: 1, 9: 1})
	split := fullRequest()
	split.Segments = split.Segments[:2]
	w := wireRequest{Version: Version, Segments: append(toRuns(split.Segments[:1]), toRuns(split.Segments[1:])...)}
	runs, err := marshal(&w)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		data []byte
		want error
	}{
		"nothing":              {nil, ErrMalformed},
		"cut":                  {good[:len(good)-1], ErrMalformed},
		"something behind":     {append(slices.Clone(good), 0), ErrMalformed},
		"another version":      {newer, ErrVersion},
		"a number too long":    {long, ErrMalformed},
		"an unknown field":     {extra, ErrMalformed},
		"a feed in two runs":   {runs, ErrMalformed},
		"too large":            {make([]byte, MaxMessage+1), ErrLimit},
		"an indefinite length": {[]byte{0xbf, 0x00, 0x01, 0xff}, ErrMalformed},
		"deep nesting":         {bytes.Repeat([]byte{0x81}, 1000), ErrMalformed},
		"a huge array":         {[]byte{0xa2, 0x00, 0x01, 0x02, 0x9a, 0xff, 0xff, 0xff, 0xff}, ErrMalformed},
	} {
		if _, err := DecodeRequest(test.data); !errors.Is(err, test.want) {
			t.Errorf("request of %s: %v, want %v", name, err, test.want)
		}
		if _, err := DecodeAnswer(test.data); err == nil {
			t.Errorf("answer of %s was read", name)
		}
	}
}

// Neither side can write or be made to take what breaks limits or orders.
func TestLimitsHoldBothWays(t *testing.T) {
	have := func(h ...Have) *Request { return &Request{Have: h} }
	many := func(n int) (out []Segment) {
		for range n {
			out = append(out, Segment{Number: 1})
		}
		return out
	}
	for name, test := range map[string]struct {
		message interface{ Check() error }
		want    error
	}{
		"a feed twice":           {have(Have{}, Have{}), ErrMalformed},
		"a number without tip":   {have(Have{Number: 1}), ErrMalformed},
		"a tip without number":   {have(Have{Tip: Hash{1}}), ErrMalformed},
		"names out of order":     {have(Have{Names: []Name{testName(2, 1), testName(1, 1)}}), ErrMalformed},
		"a name twice":           {have(Have{Names: []Name{testName(2, 1), testName(2, 1)}}), ErrMalformed},
		"a name without number":  {have(Have{Names: []Name{{}}}), ErrMalformed},
		"too many feeds":         {have(make([]Have, MaxFeeds+1)...), ErrLimit},
		"too many names":         {have(Have{Names: make([]Name, MaxNames+1)}), ErrLimit},
		"too many segments":      {&Request{Segments: many(MaxSegments + 1)}, ErrLimit},
		"a segment too large":    {&Request{Segments: []Segment{{Number: 1, Data: make([]byte, MaxSegment+1)}}}, ErrLimit},
		"segments too large":     {&Request{Segments: []Segment{{Number: 1, Data: make([]byte, MaxSegment)}, {Number: 2, Data: make([]byte, MaxSegment)}}}, ErrLimit},
		"a segment numbered 0":   {&Request{Segments: []Segment{{}}}, ErrMalformed},
		"feeds out of order":     {&Answer{Have: []Have{{Feed: testFeed(2)}, {Feed: testFeed(1)}}}, ErrMalformed},
		"more without cursor":    {&Answer{More: true}, ErrMalformed},
		"too many refusals":      {&Answer{Refused: make([]Refusal, MaxRefused+1)}, ErrLimit},
		"a refusal without why":  {&Answer{Refused: []Refusal{{}}}, ErrMalformed},
		"a refusal that blinks":  {&Answer{Refused: []Refusal{{Reason: Hole, Detail: "\x1b[5m"}}}, ErrMalformed},
		"a refusal without end":  {&Answer{Refused: []Refusal{{Reason: Hole, Detail: strings.Repeat("a", MaxDetail+1)}}}, ErrMalformed},
		"a reason without end":   {&Answer{Refused: []Refusal{{Reason: Reason(strings.Repeat("a", maxReason+1))}}}, ErrMalformed},
		"bad segments in answer": {&Answer{Segments: []Segment{{}}}, ErrMalformed},
		"a receipt too large":    {&Request{Segments: []Segment{{Number: 1, Receipt: make([]byte, MaxReceipt+1)}}}, ErrLimit},
		"too many receipts":      {&Answer{Receipts: make([]Received, MaxSegments+1)}, ErrLimit},
		"a receipt for nothing":  {&Answer{Receipts: []Received{{Receipt: []byte{1}}}}, ErrMalformed},
		"an empty receipt":       {&Answer{Receipts: []Received{{Name: testName(1, 1)}}}, ErrMalformed},
		"a receipt without end":  {&Answer{Receipts: []Received{{Name: testName(1, 1), Receipt: make([]byte, MaxReceipt+1)}}}, ErrLimit},
		"receipts and segments": {&Answer{
			Segments: []Segment{{Number: 1, Data: make([]byte, MaxSegment)}, {Number: 2, Data: make([]byte, MaxPage-MaxSegment)}},
			Receipts: []Received{{Name: testName(1, 1), Receipt: []byte{1}}},
		}, ErrLimit},
		"a service of no mode":      {&Answer{Service: &Service{}}, ErrMalformed},
		"a mode that blinks":        {&Answer{Service: &Service{Mode: "\x1b[5m"}}, ErrMalformed},
		"failures without end":      {&Answer{Service: &Service{Mode: Sealed, Failed: make([][16]byte, MaxFailed+1)}}, ErrLimit},
		"failures out of order":     {&Answer{Service: &Service{Mode: Sealed, Failed: [][16]byte{{2}, {1}}}}, ErrMalformed},
		"documents without end":     {&DocumentsAnswer{Documents: make([]DocumentHeads, MaxDocuments+1)}, ErrLimit},
		"documents out of order":    {&DocumentsAnswer{Documents: []DocumentHeads{{ID: [16]byte{1}}, {ID: [16]byte{1}}}}, ErrMalformed},
		"a pack too large":          {&PackAnswer{Name: "a", Data: make([]byte, MaxPack+1)}, ErrLimit},
		"a pack without a name":     {&PackAnswer{Data: []byte{1}}, ErrMalformed},
		"a pack that leads astray":  {&PackAnswer{Name: "../a", Data: []byte{1}}, ErrMalformed},
		"a pack with nothing in it": {&PackAnswer{Name: "a"}, ErrMalformed},
	} {
		if err := test.message.Check(); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
}

// A message as large as the limits allow stays within MaxMessage.
func TestTheLargestMessageFits(t *testing.T) {
	a := &Answer{More: true, Cursor: &Cursor{}}
	wide := func(i int) Feed { return Feed{Device: [32]byte{byte(i >> 8), byte(i)}, Epoch: 1 << 63} }
	for i := range MaxFeeds {
		a.Have = append(a.Have, Have{Feed: wide(i), Number: 1 << 62, Tip: Hash{1}})
	}
	for i := range MaxNames {
		a.Have[0].Names = append(a.Have[0].Names, Name{Number: 1<<62 + uint64(i)})
	}
	for i := range MaxRefused {
		a.Refused = append(a.Refused, Refuse(wide(i), testName(1<<62, 1), Unauthentic, strings.Repeat("a", MaxDetail)))
	}
	for i := range MaxSegments {
		a.Receipts = append(a.Receipts, Received{Feed: wide(i), Name: testName(1<<62, 1), Receipt: make([]byte, MaxReceipt/2)})
		a.Segments = append(a.Segments, Segment{
			Feed: wide(i), Number: 1 << 62, Data: make([]byte, MaxPage/MaxSegments-MaxReceipt), Receipt: make([]byte, MaxReceipt/2),
		})
	}
	a.Service = &Service{Mode: Sealed, Time: 1 << 60}
	for i := range MaxFailed {
		a.Service.Failed = append(a.Service.Failed, [16]byte{byte(i)})
	}
	if data, err := a.Encode(); err != nil {
		t.Errorf("%d bytes: %v", len(data), err)
	}
}

func TestNamesHaveOneSpelling(t *testing.T) {
	feed, name := testFeed(0xab), testName(0xabc, 0xcd)
	if got, err := ParseFeed(feed.String()); err != nil || got != feed {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := ParseName(name.String()); err != nil || got != name {
		t.Errorf("%v, %v", got, err)
	}
	for _, s := range []string{"", "-", feed.String() + "0", strings.ToUpper(feed.String()), feed.String()[1:], "x" + feed.String()[1:], strings.ReplaceAll(feed.String(), "-", "_")} {
		if _, err := ParseFeed(s); !errors.Is(err, ErrMalformed) {
			t.Errorf("feed %q: %v", s, err)
		}
	}
	for _, s := range []string{"", "-", name.String() + "0", strings.ToUpper(name.String()), name.String()[1:], name.String() + ".damaged"} {
		if _, err := ParseName(s); !errors.Is(err, ErrMalformed) {
			t.Errorf("name %q: %v", s, err)
		}
	}
}

// Holding and Holds agree: what is held is said to be held, with and without
// forks and holes; what is above is not.
func TestHoldingSaysWhatIsHeld(t *testing.T) {
	for _, names := range [][]Name{
		nil,
		{testName(1, 1), testName(2, 1), testName(3, 1)},
		{testName(1, 1), testName(2, 1), testName(2, 2), testName(3, 1)},
		{testName(1, 1), testName(1, 2)},
		{testName(1, 1), testName(3, 1), testName(4, 1)},
		{testName(5, 1)},
	} {
		have := Holding(testFeed(1), names)
		if err := checkHave([]Have{have}); err != nil {
			t.Errorf("%v: %v", names, err)
		}
		for _, name := range names {
			if !have.Holds(name) {
				t.Errorf("%v: does not hold %v", have, name)
			}
		}
		for _, name := range []Name{testName(2, 9), testName(3, 9), testName(9, 1)} {
			listed := slices.ContainsFunc(have.Names, func(n Name) bool { return n.Number == name.Number })
			if have.Holds(name) && (listed || name.Number >= have.Number) {
				t.Errorf("%v: holds %v", have, name)
			}
		}
	}
}

func TestRefusalsAreShownAsPromised(t *testing.T) {
	r := Refuse(testFeed(1), testName(2, 3), Damaged, "bad\x07 "+strings.Repeat("ü", 200))
	if err := (&Answer{Refused: []Refusal{r}}).Check(); err != nil {
		t.Errorf("what Refuse built is refused: %v", err)
	}
	r.Detail = "bytes differ"
	got, err := json.Marshal(r)
	want := `{"feed":"` + r.Feed.String() + `","segment":"` + r.Name.String() + `","reason":"damaged: bytes differ"}`
	if err != nil || string(got) != want {
		t.Errorf("%s, %v; want %s", got, err, want)
	}
}

func TestOrderPutsNamedFeedsFirst(t *testing.T) {
	feeds := []Feed{testFeed(1), testFeed(2), testFeed(3), testFeed(4)}
	order := NewOrder([]Have{{Feed: testFeed(3)}, {Feed: testFeed(2)}})
	slices.SortFunc(feeds, order.Feeds)
	if want := []Feed{testFeed(3), testFeed(2), testFeed(1), testFeed(4)}; !slices.Equal(feeds, want) {
		t.Errorf("%v", feeds)
	}
}
