package replica

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"fieldbook/crdt"
	"fieldbook/record"
)

// Between the service and its engine's process frames travel: four bytes of
// length (big-endian), then that many bytes. First the service sends the key of
// the courier. Then each job is one frame (document, base, changes as the
// courier packs them), answered by one frame (outcome, digest of heads).

// maxFrame bounds a frame: the whole of one document.
const maxFrame = 256 << 20

// Outcomes of a job on their way.
const (
	outcomeDone = iota
	outcomeBase
	outcomeFailed
)

var errFrame = errors.New("not a frame of the engine's process")

// send writes one frame of some pieces.
func send(w *bufio.Writer, pieces ...[]byte) error {
	size := 0
	for _, p := range pieces {
		size += len(p)
	}
	if size > maxFrame {
		return fmt.Errorf("%d bytes: %w", size, errFrame)
	}
	var head [4]byte
	binary.BigEndian.PutUint32(head[:], uint32(size))
	if _, err := w.Write(head[:]); err != nil {
		return err
	}
	for _, p := range pieces {
		if _, err := w.Write(p); err != nil {
			return err
		}
	}
	return nil
}

// receive reads one frame.
func receive(r *bufio.Reader) ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	size := binary.BigEndian.Uint32(head[:])
	if size > maxFrame {
		return nil, fmt.Errorf("%d bytes: %w", size, errFrame)
	}
	frame := make([]byte, size)
	_, err := io.ReadFull(r, frame)
	return frame, err
}

// sendJob writes a job.
func sendJob(w *bufio.Writer, c crdt.Courier, job *Job) error {
	return send(w, job.ID[:], job.Base[:], c.Pack(job.Changes))
}

// readJob reads what sendJob wrote.
func readJob(c crdt.Courier, frame []byte) (*Job, error) {
	const fixed = len(record.ID{}) + len(crdt.Hash{})
	if len(frame) < fixed {
		return nil, errFrame
	}
	changes, err := c.Unpack(frame[fixed:])
	if err != nil {
		return nil, err
	}
	job := &Job{Changes: changes}
	copy(job.ID[:], frame)
	copy(job.Base[:], frame[len(job.ID):])
	return job, nil
}

// sendResult writes a result.
func sendResult(w *bufio.Writer, r Result) error {
	outcome := byte(outcomeDone)
	switch {
	case errors.Is(r.Err, ErrBase):
		outcome = outcomeBase
	case r.Err != nil:
		outcome = outcomeFailed
	}
	return send(w, []byte{outcome}, r.Heads[:])
}

// readResult reads what sendResult wrote.
func readResult(frame []byte) (r Result, err error) {
	if len(frame) != 1+len(r.Heads) {
		return r, errFrame
	}
	copy(r.Heads[:], frame[1:])
	switch frame[0] {
	case outcomeDone:
	case outcomeBase:
		r.Err = ErrBase
	default:
		r.Err = ErrEngine
	}
	return r, nil
}
