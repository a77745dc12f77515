package projections

import (
	"cmp"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/eventstore"
	"fieldbook/record"
	"fieldbook/wording"
)

// minPrefix is how much of an id must be given, in hex digits.
const minPrefix = 4

// FindAsset resolves TAG, SITE/TAG, an id or a unique beginning of one. An asset that was merged into another is found as its
// survivor. Errors: *NotFound, *Ambiguous.
func (m *Models) FindAsset(tx *eventstore.Tx, ref string) (record.ID, error) {
	t, err := m.live(tx)
	if err != nil {
		return record.ID{}, err
	}
	ref = strings.TrimSpace(ref)
	if id, ok, err := m.exactly(t, ref); ok || err != nil {
		return id, err
	}
	fit, err := t.assetsNamed(ref)
	if err == nil && len(fit) == 0 {
		fit, err = t.byID(record.Asset, ref)
	}
	if err != nil {
		return record.ID{}, err
	}
	if len(fit) == 0 {
		near, err := t.nearTags(ref)
		if err != nil {
			return record.ID{}, err
		}
		return record.ID{}, &NotFound{What: "asset", Ref: ref, Near: near}
	}
	return t.single("asset", ref, fit)
}

// hit is a document that a reference may mean.
type hit struct {
	id       record.ID
	status   status
	survivor record.ID
}

// hitColumns are read by readHit.
const hitColumns = `SELECT d.stream, d.status, d.survivor FROM `

func readHit(s *sqlite3.Stmt) (h hit) {
	copy(h.id[:], s.ColumnRawBlob(0))
	h.status = status(s.ColumnInt64(1))
	copy(h.survivor[:], s.ColumnRawBlob(2))
	return h
}

// meant lists the documents of hits, each once, survivors in place of those merged into them.
func meant(fit []hit) (ids []record.ID) {
	for _, h := range fit {
		id := h.id
		if h.status == absorbed {
			id = h.survivor
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// single gives the one document meant.
func (t table) single(what wording.Pattern, ref string, fit []hit) (record.ID, error) {
	ids := meant(fit)
	if len(ids) == 1 {
		return ids[0], nil
	}
	a := &Ambiguous{What: what, Ref: ref}
	for _, id := range ids {
		label, err := t.label(id)
		if err != nil {
			return record.ID{}, err
		}
		a.Candidates = append(a.Candidates, Candidate{ID: id.String(), Label: label})
	}
	return record.ID{}, a
}

// label names a document for a list of candidates.
func (t table) label(id record.ID) (string, error) {
	snap, row, err := t.snapshot(id)
	if err != nil {
		return "", err
	}
	switch row.entity {
	case record.Asset:
		return row.site + "/" + row.tag, nil
	case record.Note:
		return clip(snap.Texts["text"], 60), nil
	}
	return cmp.Or(row.tag, row.site), nil
}

func clip(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// assetsNamed lists the assets with a tag, or with SITE/TAG; struck ones only when there are no others.
func (t table) assetsNamed(ref string) ([]hit, error) {
	fit, err := t.tagged(record.NormTag(ref), nil)
	if site, tag, ok := strings.Cut(ref, "/"); ok && len(fit) == 0 && err == nil {
		fit, err = t.tagged(record.NormTag(tag), strings.ToUpper(strings.TrimSpace(site)))
	}
	return fit, err
}

func (t table) tagged(tag string, site any) (fit []hit, err error) {
	if tag == "" {
		return nil, nil
	}
	var struck []hit
	err = t.each(func(s *sqlite3.Stmt) error {
		if h := readHit(s); h.status == voided {
			struck = append(struck, h)
		} else {
			fit = append(fit, h)
		}
		return nil
	}, hitColumns+`$keys k JOIN $docs d ON d.id = k.doc WHERE k.kind = 1 AND k.value = ?1 AND (?2 IS NULL OR k.scope = ?2) ORDER BY d.stream`, tag, site)
	if len(fit) == 0 {
		fit = struck
	}
	return fit, err
}

// byID lists the documents of an entity whose id is, or begins with, a text.
func (t table) byID(entity record.Entity, ref string) (fit []hit, err error) {
	from, to, ok := hexRange(strings.ToLower(ref), len(record.ID{}))
	if !ok {
		return nil, nil
	}
	err = t.each(func(s *sqlite3.Stmt) error {
		fit = append(fit, readHit(s))
		return nil
	}, hitColumns+`$docs d WHERE d.stream BETWEEN ? AND ? AND d.entity = ? ORDER BY d.stream LIMIT 20`, from, to, string(entity))
	return fit, err
}

// hexRange gives the smallest and greatest id of some bytes that begins with hex digits.
func hexRange(prefix string, size int) (from, to []byte, ok bool) {
	if len(prefix) < minPrefix || len(prefix) > 2*size {
		return nil, nil, false
	}
	from, err := hex.DecodeString(prefix + strings.Repeat("0", 2*size-len(prefix)))
	if err != nil {
		return nil, nil, false
	}
	to, err = hex.DecodeString(prefix + strings.Repeat("f", 2*size-len(prefix)))
	return from, to, err == nil
}

// nearTags lists the tags that look most like a reference.
func (t table) nearTags(ref string) ([]string, error) {
	type near struct {
		tag   string
		score int
	}
	sought, best := record.NormTag(ref), []near{}
	err := t.each(func(s *sqlite3.Stmt) error {
		n := near{tag: s.ColumnText(0)}
		if n.score = likeness(sought, record.NormTag(n.tag)); n.score < 3 {
			return nil
		}
		at, _ := slices.BinarySearchFunc(best, n, func(a, b near) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.tag, b.tag)) })
		if best = slices.Insert(best, at, n); len(best) > 5 {
			best = best[:5]
		}
		return nil
	}, `SELECT tag FROM $assets WHERE status = 0 LIMIT 20000`)
	var tags []string
	for _, n := range best {
		if !slices.Contains(tags, n.tag) {
			tags = append(tags, n.tag)
		}
	}
	return tags, err
}

// likeness counts the characters two words begin and end with alike, less the difference of their lengths.
func likeness(a, b string) int {
	n := min(len(a), len(b))
	i := 0
	for i < n && a[i] == b[i] {
		i++
	}
	j := 0
	for j < n-i && a[len(a)-1-j] == b[len(b)-1-j] {
		j++
	}
	return i + j - max(len(a), len(b)) + n
}

// FindNote resolves an id of a note or a unique beginning of one.
func (m *Models) FindNote(tx *eventstore.Tx, ref string) (record.ID, error) {
	return m.findByID(tx, record.Note, "note", ref)
}

func (m *Models) findByID(tx *eventstore.Tx, entity record.Entity, what wording.Pattern, ref string) (record.ID, error) {
	t, err := m.live(tx)
	if err != nil {
		return record.ID{}, err
	}
	fit, err := t.byID(entity, strings.TrimSpace(ref))
	if err != nil {
		return record.ID{}, err
	}
	if len(fit) == 0 {
		return record.ID{}, &NotFound{What: what, Ref: ref}
	}
	return t.single(what, ref, fit)
}

// FindSite resolves a site code.
func (m *Models) FindSite(tx *eventstore.Tx, code string) (record.ID, error) {
	return m.findNamed(tx, "site", code, hitColumns+`$docs d WHERE entity = 'site' AND entity <> 'asset' AND site = upper(?) ORDER BY stream`)
}

// FindMember resolves a member's name, without regard to case, or id.
func (m *Models) FindMember(tx *eventstore.Tx, ref string) (record.ID, error) {
	if id, err := record.ParseID(ref); err == nil {
		return id, nil
	}
	return m.findNamed(tx, "member", ref, hitColumns+`$docs d WHERE entity = 'member' AND entity <> 'asset' AND lower(tag) = lower(?) ORDER BY stream`)
}

func (m *Models) findNamed(tx *eventstore.Tx, what wording.Pattern, ref, query string) (record.ID, error) {
	t, err := m.live(tx)
	if err != nil {
		return record.ID{}, err
	}
	var fit []hit
	err = t.each(func(s *sqlite3.Stmt) error {
		fit = append(fit, readHit(s))
		return nil
	}, query, strings.TrimSpace(ref))
	if err != nil {
		return record.ID{}, err
	}
	if len(fit) == 0 {
		near, err := t.nearNames(string(what))
		if err != nil {
			return record.ID{}, err
		}
		return record.ID{}, &NotFound{What: what, Ref: ref, Near: near}
	}
	return t.single(what, ref, fit)
}

func (t table) nearNames(entity string) (list []string, err error) {
	err = t.each(func(s *sqlite3.Stmt) error {
		list = append(list, s.ColumnText(0))
		return nil
	}, `SELECT max(site, tag) FROM $docs WHERE entity = ? AND entity <> 'asset' ORDER BY 1 LIMIT 5`, entity)
	return list, err
}

// family lists an asset and all that were merged into it, directly or by way of others.
func (t table) family(id record.ID) ([]record.ID, error) {
	list := []record.ID{id}
	for i := 0; i < len(list); i++ {
		from, err := t.linked(linkMerge, list[i])
		if err != nil {
			return nil, err
		}
		for _, f := range from {
			_, row, err := t.readDoc(f)
			if err != nil {
				return nil, err
			}
			if row.status == absorbed && !slices.Contains(list, f) {
				list = append(list, f)
			}
		}
	}
	return list, nil
}
