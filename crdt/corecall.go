//go:build cgo && (linux || darwin) && (amd64 || arm64)

package crdt

// #include "core.h"
import "C"

import (
	"fmt"
	"slices"
	"time"
	"unsafe"
)

// holds tells whether the document has applied the change.
func (d *core) holds(hash Hash) bool {
	r := result{C.AMgetChangeByHash(d.doc, (*C.uint8_t)(unsafe.Pointer(&hash)), C.size_t(len(hash)))}
	if !r.ok() {
		return false
	}
	defer r.free()
	var change *C.AMchange
	item := C.AMresultItem(r.res)
	return item != nil && bool(C.AMitemToChange(item, &change))
}

// all gives the items under a key.
func (d *core) all(key string) (result, error) {
	k, n := chars(key)
	r := result{C.getAll(d.doc, k, n)}
	if !r.ok() {
		return r, fmt.Errorf("read key %q: %w", key, ErrEngine)
	}
	return r, nil
}

// object calls fn with the Text object of a key, which lives as long as the call; false if there is none.
func (d *core) object(key string, fn func(*C.AMobjId) error) (bool, error) {
	r, err := d.all(key)
	if err != nil {
		return false, err
	}
	defer r.free()
	var obj *C.AMobjId
	r.each(func(item *C.AMitem) {
		if C.AMitemValType(item) == itemObject {
			obj = C.AMitemObjId(item)
		}
	})
	if obj == nil {
		return false, nil
	}
	return true, fn(obj)
}

func (d *core) text(key string) (text string, ok bool, err error) {
	ok, err = d.object(key, func(obj *C.AMobjId) error {
		r := result{C.AMtext(d.doc, obj, nil)}
		if !r.ok() {
			return fmt.Errorf("read text %q: %w", key, ErrEngine)
		}
		defer r.free()
		var s C.AMbyteSpan
		C.AMitemToStr(C.AMresultItem(r.res), &s)
		text = string(copied(s))
		return nil
	})
	return text, ok, err
}

func (d *core) keys() ([]string, error) {
	r := result{C.AMkeys(d.doc, nil, nil)}
	if !r.ok() {
		return nil, fmt.Errorf("read keys: %w", ErrEngine)
	}
	defer r.free()
	var out []string
	r.each(func(item *C.AMitem) {
		var s C.AMbyteSpan
		C.AMitemToStr(item, &s)
		out = append(out, string(copied(s)))
	})
	slices.Sort(out)
	return out, nil
}

func (d *core) heads() ([]Hash, error) {
	r := result{C.AMgetHeads(d.doc)}
	if !r.ok() {
		return nil, fmt.Errorf("read heads: %w", ErrEngine)
	}
	defer r.free()
	var out []Hash
	r.each(func(item *C.AMitem) {
		var s C.AMbyteSpan
		if C.AMitemToChangeHash(item, &s) && s.count == 32 {
			out = append(out, Hash(copied(s)))
		}
	})
	slices.SortFunc(out, Hash.Compare)
	return out, nil
}

// fork gives a result with the document as of heads, all of which it holds.
func (d *core) fork(heads []Hash) result {
	var list result
	for i := range heads {
		p, n := chars(string(heads[i][:]))
		one := result{C.hashItem(p, n)}
		if i == 0 {
			list = one
			continue
		}
		both := result{C.AMresultCat(list.res, one.res)}
		list.free()
		one.free()
		list = both
	}
	defer list.free()
	items := C.AMresultItems(list.res)
	return result{C.AMfork(d.doc, &items)}
}

// write performs what a draft collected, as operations of the actor.
func (d *core) write(actor ActorID, draft *draft) error {
	id := result{C.AMactorIdFromBytes((*C.uint8_t)(unsafe.Pointer(&actor)), C.size_t(len(actor)))}
	if !id.ok() {
		return fmt.Errorf("actor: %w", ErrEngine)
	}
	defer id.free()
	var a *C.AMactorId
	C.AMitemToActorId(C.AMresultItem(id.res), &a)
	if err := (result{C.AMsetActorId(d.doc, a)}).done("set actor"); err != nil {
		return err
	}
	for _, e := range draft.sets {
		if _, text, err := d.text(e.Key); err != nil || text {
			return fmt.Errorf("key %q holds a text: %w", e.Key, ErrProfile)
		}
		if err := d.put(e.Key, e.Value); err != nil {
			return err
		}
	}
	for i := range draft.splices {
		if err := d.splice(&draft.splices[i]); err != nil {
			return err
		}
	}
	return nil
}

func (d *core) splice(p *patch) error {
	there, err := d.object(p.key, func(obj *C.AMobjId) error {
		if n := int(C.AMobjSize(d.doc, obj, nil)); p.at > n || p.cut > n-p.at {
			return fmt.Errorf("splice at %d of %d: %w", p.at, n, ErrElement)
		}
		s, n := chars(p.text)
		return result{C.spliceText(d.doc, obj, C.size_t(p.at), C.size_t(p.cut), s, n)}.done("splice")
	})
	if err == nil && !there {
		return ErrObject
	}
	return err
}

// commit ends the change and gives its bytes.
func (d *core) commit(at time.Time) ([]byte, error) {
	r := result{C.commit(d.doc, C.int64_t(at.UnixMilli()))}
	if !r.ok() {
		return nil, ErrEngine
	}
	var made C.AMbyteSpan
	item := C.AMresultItem(r.res)
	some := item != nil && bool(C.AMitemToChangeHash(item, &made))
	r.free()
	if !some {
		return nil, ErrEmpty
	}
	last := result{C.AMgetLastLocalChange(d.doc)}
	if !last.ok() {
		return nil, ErrEngine
	}
	defer last.free()
	var change *C.AMchange
	if !bool(C.AMitemToChange(C.AMresultItem(last.res), &change)) {
		return nil, ErrEngine
	}
	return copied(C.AMchangeRawBytes(change)), nil
}
