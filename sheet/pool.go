package sheet

const (
	poolSize   = 1 << 16 // different short cells kept once; beyond it each cell is its own string
	poolLength = 64      // bytes of a cell that may repeat
)

// pool turns cells into strings, equal short cells into the same one: half of an asset list is the same few words. It counts
// the text that is kept.
type pool struct {
	lim  Limits
	seen map[string]string // the cell as read to the cell as kept
	text int64
}

func newPool(lim Limits) *pool { return &pool{lim: lim, seen: map[string]string{}} }

// keep gives the text of a cell, without what neutral has put in.
func (p *pool) keep(cell []byte) (string, error) {
	if text, ok := p.seen[string(cell)]; ok {
		return text, nil
	}
	raw := string(cell)
	p.text += int64(len(raw))
	if p.text > p.lim.Bytes {
		return "", refuse(ErrTooLarge, 0, "the table holds more than {0} of text; split the list", mebibytes(p.lim.Bytes))
	}
	text := plain(raw)
	if len(raw) <= poolLength && len(p.seen) < poolSize {
		p.seen[raw] = text
	}
	return text, nil
}
