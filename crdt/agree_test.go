package crdt

import (
	"errors"
	"testing"
	"time"

	"fieldbook/record"
)

// TestAgree: both engines agree with a history of edits and prose, and an engine
// that lies about one value is found out.
func TestAgree(t *testing.T) {
	stream := record.ID{1}
	h := NewHistory(stream)
	actor := Actor([32]byte{2}, stream, []byte("salt"))
	for i, text := range []string{"first text", "first words of text"} {
		raw, needs, err := h.Author(actor, time.Unix(int64(i), 0), []record.Edit{{Key: "firmware", Value: record.IntValue(int64(i))}}, []record.TextEdit{{Key: "text", Text: text}})
		if err != nil {
			t.Fatal(err)
		}
		if _, v, err := h.Add(raw, Origin{Device: [32]byte{2}, Stream: stream, Salt: []byte("salt"), Texts: needs}); v != Accepted {
			t.Fatal(v, err)
		}
	}
	core, err := NewAutomerge([32]byte{})
	if err != nil {
		t.Fatal(err)
	}
	for _, engine := range []Engine{core, NewPure([32]byte{})} {
		if err := Agree(engine, h); err != nil {
			t.Error(err)
		}
		if err := Agree(liar{engine}, h); !errors.Is(err, ErrDisagree) {
			t.Errorf("a lying engine was believed: %v", err)
		}
	}
}

// liar shows another value than the document holds.
type liar struct{ Engine }

func (l liar) New(stream record.ID) (Document, error) {
	d, err := l.Engine.New(stream)
	return lie{d}, err
}

type lie struct{ Document }

func (lie) Values(string) ([]record.Value, error) {
	return []record.Value{record.StringValue("something else")}, nil
}
