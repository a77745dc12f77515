package httpapi

import (
	"context"
	"fmt"
	"log/slog"

	"fieldbook/syncproto"
)

// sync answers one exchange.
func (h *Handler) sync(c *call) error {
	req, err := syncproto.DecodeRequest(c.body)
	if err != nil {
		return err
	}
	if req.Workspace != c.workspace {
		return refuse(syncproto.CodeMalformed, "the message is about another workspace than its path")
	}
	founding := !c.replica.Known()
	full := h.confine(c, req)
	answer, err := c.replica.Exchange(c.request.Context(), req)
	if err != nil {
		return fmt.Errorf("exchange: %w", err)
	}
	answer.Refused = append(answer.Refused, full...)
	if founding && answer.Stored > 0 {
		h.founded.Add(1)
	}
	if !c.member {
		withhold(c, req, answer)
	}
	h.meters.exchange(answer)
	c.notes = append(c.notes, slog.Uint64("stored", answer.Stored), slog.Int("refused", len(answer.Refused)), slog.Int("handed", len(answer.Segments)))
	return send(c, answer)
}

// confine takes from the request what the workspace has no room for. The device
// is still handed what it lacks.
func (h *Handler) confine(c *call, req *syncproto.Request) []syncproto.Refusal {
	room := h.limits.StorageBytes - c.replica.Usage().Bytes
	for _, segment := range req.Segments {
		room -= int64(len(segment.Data))
	}
	if room >= 0 || len(req.Segments) == 0 {
		return nil
	}
	detail := fmt.Sprintf("the service stores at most %d MiB of a workspace", h.limits.StorageBytes>>20)
	full := make([]syncproto.Refusal, len(req.Segments))
	for i, segment := range req.Segments {
		full[i] = syncproto.Refuse(segment.Feed, segment.Name(), syncproto.Full, detail)
	}
	req.Segments = nil
	return full
}

// withhold leaves a device that was not admitted what it needs to bring its
// segments, unless these admit it.
func withhold(c *call, req *syncproto.Request, answer *syncproto.Answer) {
	if _, member := c.replica.Device(c.device); member {
		return
	}
	answer.Segments, answer.More, answer.Cursor, answer.Service = nil, false, req.Cursor, nil
}

// documents names what differs.
func (h *Handler) documents(c *call) error {
	req, err := syncproto.DecodeDocumentsRequest(c.body)
	if err != nil {
		return err
	}
	if req.Workspace != c.workspace {
		return refuse(syncproto.CodeMalformed, "the message is about another workspace than its path")
	}
	answer, err := c.replica.Documents(c.request.Context(), &req.Tree)
	if err != nil {
		return fmt.Errorf("compare documents: %w", err)
	}
	return send(c, answer)
}

// manifest hands out the newest manifest of packs.
func (h *Handler) manifest(c *call) error {
	return sendPack(c, func(ctx context.Context) (*syncproto.PackAnswer, error) { return c.replica.Manifest(ctx) })
}

// pack hands out one object of the packs.
func (h *Handler) pack(c *call) error {
	name := c.vars["name"]
	if syncproto.CheckPackName(name) != nil {
		return refuse(syncproto.CodeAbsent, "")
	}
	return sendPack(c, func(ctx context.Context) (*syncproto.PackAnswer, error) { return c.replica.Pack(ctx, name) })
}

func sendPack(c *call, get func(context.Context) (*syncproto.PackAnswer, error)) error {
	answer, err := get(c.request.Context())
	if err != nil {
		return fmt.Errorf("read pack: %w", err)
	}
	return send(c, answer)
}

// send answers with a message.
func send(c *call, message interface{ Encode() ([]byte, error) }) error {
	data, err := message.Encode()
	if err != nil { // ours, not the device's
		return &fault{code: syncproto.CodeInternal, detail: "its log says why", cause: err}
	}
	return c.answer(syncproto.TypeCBOR, data)
}

// service tells anybody who the service is.
func (h *Handler) service(c *call) error {
	keys, err := h.cfg.Replicas.Keys(c.request.Context(), c.workspace)
	if err != nil {
		return fmt.Errorf("service keys: %w", err)
	}
	id, err := keys.ID()
	if err != nil {
		return &fault{code: syncproto.CodeInternal, detail: "its log says why", cause: err}
	}
	info := &syncproto.ServiceInfo{Keys: keys, ID: id, Time: h.now(), Limits: syncproto.ServiceLimits{
		RequestBytes: h.limits.RequestBytes, Devices: h.limits.Devices, StorageBytes: h.limits.StorageBytes,
		Rate: h.limits.Rate, Burst: h.limits.Burst,
	}}
	data, err := info.Encode()
	if err != nil {
		return err
	}
	return c.answer(syncproto.TypeJSON, data)
}
