package sheet

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
)

// workbook is what all sheets of an XLSX share (ECMA-376 part 1, chapter 18).
type workbook struct {
	*archive
	sheets   []sheetRef
	shared   []string
	styles   []style
	date1904 bool // days count from 1904-01-01 (18.2.28)
}

// sheetRef is a visible sheet: the name on its tab and the part of the archive that holds it.
type sheetRef struct{ name, part string }

// readXLSX reads the first sheet in which a row names at least two fields, else the first that names one.
func readXLSX(ctx context.Context, src *io.SectionReader, lim Limits, names names) (*Table, error) {
	a, err := openArchive(ctx, src, lim)
	if err != nil {
		return nil, err
	}
	b, pool := &workbook{archive: a}, newPool(lim)
	if err := b.load(pool); err != nil {
		return nil, damaged(err)
	}
	chosen, most := b.sheets[0], 0
	for _, s := range b.sheets {
		c := newCollector(ctx, lim, names, pool)
		c.peek = true
		if err := b.read(s, c); err != nil && !errors.Is(err, errEnough) {
			return nil, damaged(err)
		}
		if _, score := c.best(); score > most {
			chosen, most = s, score
		}
		if most > 1 {
			break
		}
	}
	c := newCollector(ctx, lim, names, pool)
	if err := b.read(chosen, c); err != nil {
		return nil, damaged(err)
	}
	if err := c.finish(); err != nil {
		return nil, err
	}
	c.table.Name, c.table.Encoding = chosen.name, utf8Text
	return &c.table, nil
}

// load finds the parts by their relationships (ECMA-376 part 2) and reads what the sheets refer to.
func (b *workbook) load(pool *pool) error {
	main := "xl/workbook.xml"
	if _, byType, err := b.relations(""); err != nil {
		return err
	} else if target := byType["officeDocument"]; target != "" {
		main = target
	}
	if b.parts[strings.ToLower(main)] == nil {
		return b.notWorkbook()
	}
	byID, byType, err := b.relations(main)
	if err != nil {
		return err
	}
	if err := b.loadSheets(main, byID); err != nil {
		return err
	}
	if len(b.sheets) == 0 {
		return refuse(ErrNotTable, 0, "the XLSX file has no visible sheet; show the sheet with the list and save it again")
	}
	if err := b.loadStyles(byType["styles"]); err != nil {
		return err
	}
	return b.loadShared(byType["sharedStrings"], pool)
}

func (b *workbook) notWorkbook() error {
	switch {
	case b.parts["content.xml"] != nil:
		return refuse(ErrNotTable, 0, "this is an OpenDocument file; save it as .xlsx or .csv")
	case b.parts["word/document.xml"] != nil:
		return refuse(ErrNotTable, 0, "this is a Word document; "+notTable)
	case b.parts["xl/workbook.bin"] != nil:
		return refuse(ErrNotTable, 0, "this is a binary workbook (.xlsb); save it as .xlsx or .csv")
	}
	return refuse(ErrNotTable, 0, "this is an archive without a workbook; unpack it and choose the CSV or XLSX file in it")
}

// relations gives the targets that a part refers to, by id and by the last word of their type.
func (b *workbook) relations(of string) (byID, byType map[string]string, err error) {
	byID, byType = map[string]string{}, map[string]string{}
	dir, file := path.Split(of)
	err = b.each(dir+"_rels/"+file+".rels", func(token xml.Token) error {
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "Relationship" || len(byID) > maxParts {
			return nil
		}
		target := attr(start, "Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/", dir, target)
		}
		target = strings.TrimPrefix(path.Clean(target), "/")
		byID[attr(start, "Id")] = target
		byType[path.Base(attr(start, "Type"))] = target
		return nil
	})
	return byID, byType, err
}

func (b *workbook) loadSheets(main string, byID map[string]string) error {
	return b.each(main, func(token xml.Token) error {
		start, ok := token.(xml.StartElement)
		switch {
		case !ok:
		case start.Name.Local == "workbookPr":
			v := attr(start, "date1904")
			b.date1904 = v == "1" || v == "true"
		case start.Name.Local == "sheet" && len(b.sheets) < maxParts:
			s := sheetRef{name: attr(start, "name"), part: byID[attr(start, "id")]}
			if state := attr(start, "state"); state == "" || state == "visible" {
				b.sheets = append(b.sheets, s)
			}
		}
		return nil
	})
}

// loadShared reads the table of strings (18.4.9). Text of phonetic runs is not part of a string.
func (b *workbook) loadShared(name string, pool *pool) error {
	t := textOf{cell: b.lim.Cell}
	return b.each(name, func(token xml.Token) error {
		if err := t.take(token); err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local == "si" {
				t.text = t.text[:0]
			}
		case xml.EndElement:
			if e.Name.Local != "si" {
				return nil
			}
			if len(b.shared) >= b.lim.Cells {
				return refuse(ErrTooLarge, 0, "the XLSX holds more than {0} texts; split the list", b.lim.Cells)
			}
			text, err := pool.keep(unescape(t.text))
			if err != nil {
				return err
			}
			b.shared = append(b.shared, text)
		}
		return nil
	})
}
