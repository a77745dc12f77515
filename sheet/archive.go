package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

const (
	maxParts = 4096    // files in an archive; a workbook of 200 sheets with pictures has fewer
	maxRatio = 200     // unpacked to packed; sheets of repeated words reach 50, bombs 1,000
	freely   = 8 << 20 // bytes of a part that may be unpacked at any ratio
	maxToken = 1 << 20 // bytes of one XML tag or text
)

// archive is the zip file of an XLSX. Parts are read as streams; what they give is counted, since the sizes in the
// directory are only claims.
type archive struct {
	ctx      context.Context
	lim      Limits
	parts    map[string]*zip.File // by name, lower case
	unpacked int64
}

func openArchive(ctx context.Context, src *io.SectionReader, lim Limits) (*archive, error) {
	if err := countParts(src); err != nil {
		return nil, err
	}
	reader, err := zip.NewReader(src, src.Size())
	if err != nil {
		return nil, damaged(err)
	}
	a := &archive{ctx: ctx, lim: lim, parts: map[string]*zip.File{}}
	claimed := uint64(0)
	for _, f := range reader.File {
		if claimed += f.UncompressedSize64; f.UncompressedSize64 > uint64(lim.Unpacked) || claimed > uint64(lim.Unpacked) {
			return nil, bomb(lim)
		}
		if f.UncompressedSize64 > freely && f.UncompressedSize64/maxRatio > f.CompressedSize64 {
			return nil, bomb(lim)
		}
		a.parts[strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))] = f
	}
	return a, nil
}

// countParts counts the entries of the directory by their signature, before the zip reader makes each of them a struct of
// several hundred bytes.
func countParts(src *io.SectionReader) error {
	mark, n := []byte("PK\x01\x02"), 0
	err := chunks(src, 0, func(chunk []byte, last bool) (int, error) {
		n += bytes.Count(chunk, mark)
		if n > maxParts {
			return 0, refuse(ErrBomb, 0, "the archive holds more than {0} files; this is no ordinary XLSX", maxParts)
		}
		if last || bytes.HasSuffix(chunk, mark) {
			return len(chunk), nil
		}
		return max(len(chunk)-len(mark)+1, 1), nil
	})
	return err
}

func bomb(lim Limits) error {
	return refuse(ErrBomb, 0, "the file unpacks to more than {0} or to over {1} times its size, which no asset list does; save the list as CSV", mebibytes(lim.Unpacked), maxRatio)
}

// damaged is what errors of zip, deflate and XML come to; refusals and cancellation stay what they are.
func damaged(err error) error {
	var own *Error
	if err == nil || errors.As(err, &own) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return refuse(ErrNotTable, 0, "the XLSX file is damaged or cut off ({0}); copy it again, or open it in a spreadsheet program and save it anew", err)
}

// part is one file of the archive as a stream of XML tokens.
type part struct {
	*xml.Decoder
	close func() error
	meter *meter
}

// open begins a part; nil when there is none of that name.
func (a *archive) open(name string) (*part, error) {
	f := a.parts[strings.ToLower(name)]
	if f == nil {
		return nil, nil
	}
	src, err := f.Open()
	if err != nil {
		return nil, damaged(err)
	}
	m := &meter{a: a, src: src, packed: int64(min(f.CompressedSize64, uint64(a.lim.Bytes)))}
	return &part{Decoder: xml.NewDecoder(m), close: src.Close, meter: m}, nil
}

// each hands every token of a part to visit, until it fails. A part that does not exist has none.
func (a *archive) each(name string, visit func(xml.Token) error) error {
	p, err := a.open(name)
	if p == nil {
		return err
	}
	defer p.close()
	for {
		p.meter.token = 0
		token, err := p.RawToken()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = visit(token)
		}
		if err != nil {
			return err
		}
	}
}

// meter counts what a part gives: all of it against the limit, its ratio, and what one token takes.
type meter struct {
	a            *archive
	src          io.Reader
	packed, read int64
	token        int64
}

// Read stops with a refusal at the first byte beyond a limit.
func (m *meter) Read(buf []byte) (int, error) {
	if err := m.a.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := m.src.Read(buf)
	m.read += int64(n)
	m.token += int64(n)
	m.a.unpacked += int64(n)
	switch {
	case m.a.unpacked > m.a.lim.Unpacked, m.read > freely && m.read/maxRatio > m.packed:
		return 0, bomb(m.a.lim)
	case m.token > maxToken:
		return 0, refuse(ErrTooLarge, 0, "a single cell of the XLSX holds more than {0}", mebibytes(maxToken))
	}
	return n, err
}
