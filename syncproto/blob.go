package syncproto

import (
	"crypto/sha256"
	"fmt"
	"io"
)

// Limits of blobs.
const (
	// ChunkSize is the length of every chunk of a blob but the last, in bytes.
	ChunkSize = 8 << 20
	// MaxBlob bounds a blob, in bytes.
	MaxBlob = 2 << 30
	// MaxChunks bounds the chunks of a blob.
	MaxChunks = MaxBlob / ChunkSize
)

// wireList is the wire form of a ChunkList; the hashes travel as one string.
type wireList struct {
	Version uint64 `cbor:"0,keyasint"`
	Size    uint64 `cbor:"1,keyasint"`
	Chunks  []byte `cbor:"2,keyasint"`
}

// ChunkList says what a blob consists of. Its hash names the blob, so that each
// chunk can be checked as it arrives and nobody can slip in another one.
type ChunkList struct {
	// Size is the blob's length in bytes, from 1 to MaxBlob.
	Size int64
	// Chunks are the SHA-256 of each ChunkSize bytes, and of the rest.
	Chunks []Hash
}

// ListChunks reads a blob of known size.
func ListChunks(size int64, blob io.ReaderAt) (*ChunkList, error) {
	list := &ChunkList{Size: size, Chunks: make([]Hash, chunks(size))}
	if err := list.Check(); err != nil {
		return nil, err
	}
	sum := sha256.New()
	for i := range list.Chunks {
		sum.Reset()
		n, err := io.Copy(sum, io.NewSectionReader(blob, list.Offset(i), int64(list.Length(i))))
		if err == nil && n != int64(list.Length(i)) {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return nil, fmt.Errorf("read blob: %w", err)
		}
		sum.Sum(list.Chunks[i][:0])
	}
	return list, nil
}

// chunks is how many chunks a blob has; none if its size is not allowed.
func chunks(size int64) int64 {
	if size < 1 || size > MaxBlob {
		return 0
	}
	return (size + ChunkSize - 1) / ChunkSize
}

// Check says whether the list keeps the limits.
func (l *ChunkList) Check() error {
	switch {
	case l.Size > MaxBlob:
		return fmt.Errorf("%w: blob of %d bytes", ErrLimit, l.Size)
	case l.Size < 1 || int64(len(l.Chunks)) != chunks(l.Size):
		return fmt.Errorf("%w: %d chunks for a blob of %d bytes", ErrMalformed, len(l.Chunks), l.Size)
	}
	return nil
}

// Offset is where a chunk begins in the blob.
func (l *ChunkList) Offset(i int) int64 { return int64(i) * ChunkSize }

// Length is how many bytes a chunk has.
func (l *ChunkList) Length(i int) int { return int(min(ChunkSize, l.Size-l.Offset(i))) }

// Name names a chunk among those of its blob.
func (l *ChunkList) Name(i int) Name { return Name{Number: uint64(i) + 1, Hash: l.Chunks[i]} }

// Encode writes the list. The SHA-256 of these bytes names the blob.
func (l *ChunkList) Encode() ([]byte, error) {
	if err := l.Check(); err != nil {
		return nil, err
	}
	w := wireList{Version: Version, Size: uint64(l.Size)}
	for i := range l.Chunks {
		w.Chunks = append(w.Chunks, l.Chunks[i][:]...)
	}
	return encode(&w)
}

// Blob gives the name of the blob: the hash of its list.
func (l *ChunkList) Blob() (Hash, error) {
	data, err := l.Encode()
	if err != nil {
		return Hash{}, err
	}
	return sha256.Sum256(data), nil
}

// DecodeChunkList reads the list of a blob. It accepts exactly the bytes that
// Encode writes.
func DecodeChunkList(blob Hash, data []byte) (*ChunkList, error) {
	if sha256.Sum256(data) != blob {
		return nil, fmt.Errorf("read chunk list: %w: not that of the blob", ErrMalformed)
	}
	var w wireList
	if err := unmarshal(data, &w); err != nil {
		return nil, fmt.Errorf("read chunk list: %w", err)
	}
	if w.Size > MaxBlob || len(w.Chunks)%sha256.Size != 0 {
		return nil, fmt.Errorf("read chunk list: %w", ErrMalformed)
	}
	l := &ChunkList{Size: int64(w.Size), Chunks: make([]Hash, len(w.Chunks)/sha256.Size)}
	for i := range l.Chunks {
		copy(l.Chunks[i][:], w.Chunks[i*sha256.Size:])
	}
	if err := l.Check(); err != nil {
		return nil, fmt.Errorf("read chunk list: %w", err)
	}
	return l, nil
}

// BlobFolder is the store folder of all blobs of a workspace.
func BlobFolder(w Workspace) string { return w.String() + "/blobs" }

// ListPath is the store name of a blob's list: "<workspace>/blobs/<blob>/list-<blob>".
func ListPath(w Workspace, blob Hash) string {
	return BlobFolder(w) + "/" + blob.String() + "/list-" + blob.String()
}

// ChunkPath is the store name of a chunk:
// "<workspace>/blobs/<blob>/<number, 16 hex>-<hash>".
func ChunkPath(w Workspace, blob Hash, chunk Name) string {
	return BlobFolder(w) + "/" + blob.String() + "/" + chunk.String()
}

// ParseHash reads what Hash.String writes and accepts no other spelling.
func ParseHash(s string) (Hash, error) {
	var h Hash
	if err := parseHex(h[:], s); err != nil {
		return Hash{}, fmt.Errorf("hash: %w", err)
	}
	return h, nil
}
