package syncproto

import "fmt"

// Encode writes the request after checking its limits.
func (r *Request) Encode() ([]byte, error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	return encode(&wireRequest{
		Version: Version, Workspace: r.Workspace, Have: toHave(r.Have),
		Segments: toRuns(r.Segments), Cursor: toCursor(r.Cursor), Wanted: toCursors(r.Wanted),
	})
}

// DecodeRequest reads a request and checks its limits. It accepts exactly the
// bytes that Encode writes.
func DecodeRequest(data []byte) (*Request, error) {
	var w wireRequest
	if err := unmarshal(data, &w); err != nil {
		return nil, fmt.Errorf("read sync request: %w", err)
	}
	segments, err := fromRuns(w.Segments)
	if err != nil {
		return nil, fmt.Errorf("read sync request: %w", err)
	}
	r := &Request{
		Workspace: w.Workspace, Have: fromHave(w.Have),
		Segments: segments, Cursor: fromCursor(w.Cursor), Wanted: fromCursors(w.Wanted),
	}
	if err := r.Check(); err != nil {
		return nil, fmt.Errorf("read sync request: %w", err)
	}
	return r, nil
}

// Encode writes the answer after checking its limits.
func (a *Answer) Encode() ([]byte, error) {
	if err := a.Check(); err != nil {
		return nil, err
	}
	refused := make([]wireRefusal, len(a.Refused))
	for i, r := range a.Refused {
		refused[i] = wireRefusal{
			Device: r.Feed.Device, Epoch: r.Feed.Epoch, Number: r.Name.Number, Hash: r.Name.Hash,
			Reason: string(r.Reason), Detail: r.Detail,
		}
	}
	return encode(&wireAnswer{
		Version: Version, Stored: a.Stored, Refused: refused, Segments: toRuns(a.Segments),
		More: a.More, Cursor: toCursor(a.Cursor), Have: toHave(a.Have),
		Receipts: toReceipts(a.Receipts), Service: toService(a.Service),
	})
}

// DecodeAnswer reads an answer and checks its limits. It accepts exactly the
// bytes that Encode writes.
func DecodeAnswer(data []byte) (*Answer, error) {
	var w wireAnswer
	if err := unmarshal(data, &w); err != nil {
		return nil, fmt.Errorf("read sync answer: %w", err)
	}
	segments, err := fromRuns(w.Segments)
	if err != nil {
		return nil, fmt.Errorf("read sync answer: %w", err)
	}
	a := &Answer{
		Stored: w.Stored, Segments: segments, More: w.More,
		Cursor: fromCursor(w.Cursor), Have: fromHave(w.Have),
		Receipts: fromReceipts(w.Receipts), Service: fromService(w.Service),
	}
	for _, r := range w.Refused {
		a.Refused = append(a.Refused, Refusal{
			Feed: Feed{Device: r.Device, Epoch: r.Epoch}, Name: Name{Number: r.Number, Hash: r.Hash},
			Reason: Reason(r.Reason), Detail: r.Detail,
		})
	}
	if err := a.Check(); err != nil {
		return nil, fmt.Errorf("read sync answer: %w", err)
	}
	return a, nil
}

func encode(v any) ([]byte, error) {
	data, err := marshal(v)
	if err != nil {
		return nil, fmt.Errorf("write sync message: %w", err)
	}
	if len(data) > MaxMessage {
		return nil, fmt.Errorf("write sync message: %w: %d bytes", ErrLimit, len(data))
	}
	return data, nil
}
