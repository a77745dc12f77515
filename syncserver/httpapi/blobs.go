package httpapi

import (
	"errors"
	"fmt"
	"net/http"

	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// blob answers where the chunks of a blob go or are.
func (h *Handler) blob(c *call) error {
	if h.blobs == nil {
		return refuse(syncproto.CodeAbsent, "the service keeps no blobs")
	}
	req, err := syncproto.DecodeBlobRequest(c.body)
	if err != nil {
		return err
	}
	if req.Workspace != c.workspace {
		return refuse(syncproto.CodeMalformed, "the message is about another workspace than its path")
	}
	answer, err := h.blobs.Ask(c.request.Context(), req, h.limits.StorageBytes-c.replica.Usage().Bytes)
	if errors.Is(err, syncserver.ErrFull) {
		return &fault{code: syncproto.CodeStorage, cause: err,
			detail: fmt.Sprintf("the service stores at most %d MiB of a workspace", h.limits.StorageBytes>>20)}
	}
	if err != nil {
		return fmt.Errorf("ask for blob: %w", err)
	}
	return send(c, answer)
}

// putChunk stores a chunk that comes through the service.
func (h *Handler) putChunk(c *call) error {
	blob, chunk, err := h.chunkOf(c)
	if err != nil {
		return err
	}
	err = h.blobs.Put(c.request.Context(), c.workspace, blob, chunk, c.body)
	if errors.Is(err, syncserver.ErrName) {
		return refuse(syncproto.CodeMalformed, "the bytes are not those of the chunk")
	}
	if err != nil {
		return fmt.Errorf("put chunk: %w", err)
	}
	return c.answer(syncproto.TypeBytes, nil)
}

// getChunk hands out a chunk.
func (h *Handler) getChunk(c *call) error {
	blob, chunk, err := h.chunkOf(c)
	if err != nil {
		return err
	}
	data, err := h.blobs.Get(c.request.Context(), c.workspace, blob, chunk)
	if err != nil {
		return fmt.Errorf("get chunk: %w", err)
	}
	return c.answer(syncproto.TypeBytes, data)
}

// chunkOf reads blob and chunk from the path.
func (h *Handler) chunkOf(c *call) (syncproto.Hash, syncproto.Name, error) {
	blob, err := syncproto.ParseHash(c.vars["blob"])
	if err != nil || h.blobs == nil {
		return syncproto.Hash{}, syncproto.Name{}, refuse(syncproto.CodeAbsent, "")
	}
	chunk, err := syncproto.ParseName(c.vars["chunk"])
	if err != nil {
		return syncproto.Hash{}, syncproto.Name{}, refuse(syncproto.CodeAbsent, "")
	}
	return blob, chunk, nil
}

// blobRoutes are those of blobs. A chunk is held in memory as a whole while it
// is checked, so only a few travel at one time; and it may take a slow line long.
func blobRoutes(workspace string) []route {
	const one = "/blobs/{blob}/{chunk}"
	return []route{
		{method: http.MethodPost, pattern: workspace + "/blobs", name: "blob", access: members, media: syncproto.TypeCBOR, serve: (*Handler).blob},
		{method: http.MethodPut, pattern: workspace + one, name: "put_chunk", access: members, media: syncproto.TypeBytes,
			limit: syncproto.ChunkSize, heavy: true, serve: (*Handler).putChunk},
		{method: http.MethodGet, pattern: workspace + one, name: "get_chunk", access: members, heavy: true, serve: (*Handler).getChunk},
	}
}
