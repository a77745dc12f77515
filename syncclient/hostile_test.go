package syncclient_test

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"testing"

	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// remote is a Remote that answers as a test wants.
type remote func(*syncproto.Request) (*syncproto.Answer, error)

func (r remote) Exchange(_ context.Context, req *syncproto.Request) (*syncproto.Answer, error) {
	return r(req)
}

// feed invents feeds in rising order.
func feed(n int) syncproto.Feed {
	var f syncproto.Feed
	binary.BigEndian.PutUint64(f.Device[:], uint64(n))
	return f
}

var someName = syncproto.Name{Number: 1, Hash: syncproto.Hash{1}}

// Given a remote that never comes to an end or does not keep to the protocol,
// then the sync ends with ErrProtocol after a bounded number of requests.
func TestSyncEndsWhateverTheRemoteAnswers(t *testing.T) {
	a := synctest.NewAuthor(plant, "a", 1)
	valid := a.Segments(1)[0]
	calls := 0
	for name, answer := range map[string]func() *syncproto.Answer{
		"more for ever, in place": func() *syncproto.Answer {
			return &syncproto.Answer{More: true, Cursor: &syncproto.Cursor{Feed: feed(1), Name: someName}}
		},
		"more for ever, moving on": func() *syncproto.Answer {
			return &syncproto.Answer{More: true, Cursor: &syncproto.Cursor{Feed: feed(calls), Name: someName}}
		},
		"backwards": func() *syncproto.Answer {
			return &syncproto.Answer{More: true, Cursor: &syncproto.Cursor{Feed: feed(1 << 20 / calls), Name: someName}}
		},
		"the same segment for ever": func() *syncproto.Answer {
			return &syncproto.Answer{More: true, Cursor: &syncproto.Cursor{Feed: feed(calls), Name: someName}, Segments: []syncproto.Segment{valid}}
		},
		"garbage for ever": func() *syncproto.Answer {
			garbage := syncproto.Segment{Feed: feed(calls), Number: 1, Data: []byte{byte(calls), byte(calls >> 8)}}
			return &syncproto.Answer{More: true, Cursor: &syncproto.Cursor{Feed: feed(calls), Name: someName}, Segments: []syncproto.Segment{garbage}}
		},
		"more without a cursor": func() *syncproto.Answer { return &syncproto.Answer{More: true} },
		"a segment too large": func() *syncproto.Answer {
			return &syncproto.Answer{Segments: []syncproto.Segment{{Number: 1, Data: make([]byte, syncproto.MaxSegment+1)}}}
		},
		"too many feeds": func() *syncproto.Answer { return &syncproto.Answer{Have: make([]syncproto.Have, syncproto.MaxFeeds+1)} },
		"nothing":        func() *syncproto.Answer { return nil },
	} {
		t.Run(name, func(t *testing.T) {
			calls = 0
			laptop := synctest.NewLaptop(plant, a)
			_, err := syncclient.Sync(t.Context(), laptop, remote(func(*syncproto.Request) (*syncproto.Answer, error) {
				calls++
				return answer(), nil
			}), syncclient.Options{})
			if !errors.Is(err, syncclient.ErrProtocol) || calls > 100 {
				t.Errorf("%v after %d requests", err, calls)
			}
		})
	}
}

// Given a remote that claims to hold what it never hands out, then the sync
// asks again, but not for ever, and counts it as waiting.
func TestSyncEndsWhenSegmentsAreWithheld(t *testing.T) {
	a := synctest.NewAuthor(plant, "a", 1)
	laptop := synctest.NewLaptop(plant, a)
	laptop.Keep(a.Segments(3)...)
	calls := 0
	report, err := syncclient.Sync(t.Context(), laptop, remote(func(*syncproto.Request) (*syncproto.Answer, error) {
		calls++
		return &syncproto.Answer{Have: []syncproto.Have{{Feed: a.Feed(), Number: 3, Tip: syncproto.Hash{byte(calls)}}}}, nil
	}), syncclient.Options{})
	if err != nil || report.Waiting != 1 || calls > 10 {
		t.Errorf("%+v, %v after %d requests", report, err, calls)
	}
}

// Given a remote that refuses everything, or whatever it likes, then each
// segment is listed once and pushed at most twice.
func TestSyncDoesNotPushForEver(t *testing.T) {
	a := synctest.NewAuthor(plant, "a", 1)
	for _, reason := range []syncproto.Reason{syncproto.Hole, syncproto.Malformed, "whim"} {
		laptop := synctest.NewLaptop(plant, a)
		laptop.Keep(a.Clone(string(reason)).Segments(3)...)
		pushed := 0
		report, err := syncclient.Sync(t.Context(), laptop, remote(func(req *syncproto.Request) (*syncproto.Answer, error) {
			answer := &syncproto.Answer{}
			for _, s := range req.Segments {
				pushed++
				answer.Refused = append(answer.Refused, syncproto.Refuse(s.Feed, s.Name(), reason, "no"))
			}
			return answer, nil
		}), syncclient.Options{})
		if err != nil || len(report.Refused) != 3 || pushed > 6 || report.Sent != 0 {
			t.Errorf("%s: %+v, %v, %d pushed", reason, report, err, pushed)
		}
	}
}

// Given a remote that hands out segments of other workspaces, forged, cut or
// under a wrong name among good ones, then the bad are refused each with its
// reason and the good are taken.
func TestSyncRefusesWhatIsNotAuthentic(t *testing.T) {
	a, b := synctest.NewAuthor(plant, "a", 1), synctest.NewAuthor(plant, "b", 1)
	elsewhere := synctest.NewAuthor("elsewhere", "a", 1).Segments(1)[0]
	good := a.Segments(2)
	forged := b.Clone("forged").Segments(1)[0]
	forged.Data[len(forged.Data)-1] ^= 1
	cut := b.Clone("cut").Segments(1)[0]
	cut.Data = cut.Data[:len(cut.Data)/2]
	renamed := b.Segments(1)[0]
	renamed.Number = 7
	bad := []syncproto.Segment{elsewhere, forged, cut, renamed}

	laptop := synctest.NewLaptop(plant, a, b)
	report, err := syncclient.Sync(t.Context(), laptop, remote(func(*syncproto.Request) (*syncproto.Answer, error) {
		return &syncproto.Answer{Segments: append(append([]syncproto.Segment{}, bad...), good...)}, nil
	}), syncclient.Options{})
	if err != nil || len(report.Refused) != len(bad) || len(laptop.Inventory()) != 2 {
		t.Fatalf("%+v, %v, %d held", report, err, len(laptop.Inventory()))
	}
	reasons := map[syncproto.Reason]int{}
	for _, r := range report.Refused {
		reasons[r.Reason]++
	}
	if reasons[syncproto.Foreign] != 2 || reasons[syncproto.Malformed]+reasons[syncproto.Unauthentic] != 2 {
		t.Errorf("reasons %v", reasons)
	}
}

// Given a segment that the remote never takes, then what comes behind it in its
// feed is not sent piece by piece to be refused, and other feeds are.
func TestSyncStopsAFeedBehindARefusal(t *testing.T) {
	a, b := synctest.NewAuthor(plant, "a", 1), synctest.NewAuthor(plant, "b", 1)
	laptop, server, pushed := synctest.NewLaptop(plant, a, b), newServer(&syncserver.Memory{}), 0
	var bad syncproto.Name
	for n := range 9 {
		a.Write(1, 700<<10)
		cut := a.Cut()
		laptop.Keep(cut...)
		if n == 2 {
			bad = cut[0].Name()
		}
	}
	laptop.Keep(b.Segments(1)...)
	report, err := syncclient.Sync(t.Context(), laptop, remote(func(req *syncproto.Request) (*syncproto.Answer, error) {
		pushed += len(req.Segments)
		at := slices.IndexFunc(req.Segments, func(s syncproto.Segment) bool { return s.Name() == bad })
		if at < 0 {
			return server.Exchange(t.Context(), req)
		}
		refused := syncproto.Refuse(req.Segments[at].Feed, bad, syncproto.Damaged, "")
		req.Segments = slices.Delete(req.Segments, at, at+1)
		answer, err := server.Exchange(t.Context(), req)
		answer.Refused = append(answer.Refused, refused)
		return answer, err
	}), syncclient.Options{})
	if err != nil || report.SentSegments != 3 || pushed > 5 || report.Level {
		t.Errorf("%+v, %v; pushed %d", report, err, pushed)
	}
}

// failing is a laptop whose disk is full.
type failing struct{ *synctest.Laptop }

var errDisk = errors.New("disk full")

func (failing) Accept(context.Context, []syncproto.Segment) ([]syncclient.Outcome, error) {
	return nil, errDisk
}

// Given a laptop that cannot store, then the sync ends with its error.
func TestSyncEndsWhenTheLaptopCannotStore(t *testing.T) {
	a := synctest.NewAuthor(plant, "a", 1)
	full, server := synctest.NewLaptop(plant, a), newServer(&syncserver.Memory{})
	full.Keep(a.Segments(1)...)
	sync(t, full, server)
	_, err := syncclient.Sync(t.Context(), failing{synctest.NewLaptop(plant, a)}, server, syncclient.Options{})
	if !errors.Is(err, errDisk) {
		t.Errorf("%v, want the laptop's error", err)
	}
}

// An ended context ends the sync.
func TestSyncEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := syncclient.Sync(ctx, synctest.NewLaptop(plant), newServer(&syncserver.Memory{}), syncclient.Options{})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want context.Canceled", err)
	}
}
