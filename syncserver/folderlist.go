package syncserver

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// chunk is how many entries of a folder are read at once.
const chunk = 4096

// List implements Store.
func (f *Folder) List(ctx context.Context, folder, after string, limit int) ([]Entry, error) {
	if err := CheckFolder(folder); err != nil {
		return nil, err
	}
	w := walk{folder: f, ctx: ctx, limit: limit}
	if err := w.below(folder, "", after); err != nil {
		return nil, fmt.Errorf("list %s: %w", folder, err)
	}
	return w.out, nil
}

// walk goes through the files below a folder in the order of their names.
type walk struct {
	folder *Folder
	ctx    context.Context
	limit  int
	out    []Entry
}

// child is an object or a folder directly in a folder.
type child struct {
	name string
	// key is the name, with a slash at its end for a folder, so that children
	// sort as all that lies below them does.
	key     string
	damaged bool
}

// below adds what lies below folder, whose name relative to the start of the
// walk is rel, from after on.
func (w *walk) below(folder, rel, after string) error {
	for {
		children, err := w.children(folder, after)
		if err != nil {
			return err
		}
		for _, c := range children {
			if len(w.out) == w.limit {
				return nil
			}
			if err := w.add(folder, rel, after, c); err != nil {
				return err
			}
		}
		if len(children) < w.limit || len(w.out) == w.limit {
			return nil
		}
		after = strings.Replace(children[len(children)-1].key, "/", "0", 1) // 0 follows the slash
	}
}

// add adds an object, or what lies below a folder.
func (w *walk) add(folder, rel, after string, c child) error {
	if c.key != c.name {
		rest, _ := strings.CutPrefix(after, c.key)
		if rest == after {
			rest = ""
		}
		return w.below(folder+"/"+c.name, rel+c.key, rest)
	}
	w.out = append(w.out, Entry{Name: rel + c.name, Size: w.folder.size(folder + "/" + c.name), Damaged: c.damaged})
	return nil
}

// children gives the first children of a folder that are or hold names after
// after, sorted. The folder is read chunk by chunk and only as many are kept, so
// that one stuffed with files takes no memory beyond that.
func (w *walk) children(folder, after string) ([]child, error) {
	if CheckFolder(folder) != nil { // too deep: nothing of ours
		return nil, nil
	}
	dir, err := w.folder.root.Open(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, w.folder.alive()
	}
	if err != nil {
		return nil, classify(err)
	}
	defer dir.Close()
	var out []child
	damaged := map[string]bool{}
	for err == nil {
		if err := w.ctx.Err(); err != nil {
			return nil, err
		}
		out, err = w.chunk(dir, folder, after, out, damaged)
		if err != nil || len(out) > 4*w.limit {
			slices.SortFunc(out, func(a, b child) int { return cmp.Compare(a.key, b.key) })
			out = out[:min(w.limit, len(out))]
		}
	}
	if !errors.Is(err, io.EOF) {
		return nil, classify(err)
	}
	for i := range out {
		out[i].damaged = damaged[out[i].key]
	}
	return out, nil
}

// chunk adds what the next entries of a folder hold. Names tell objects, so that
// not every file is looked at; of what else is there only folders count.
func (w *walk) chunk(dir *os.File, folder, after string, out []child, damaged map[string]bool) ([]child, error) {
	names, err := dir.Readdirnames(chunk)
	for _, name := range names {
		whole, marked := strings.CutSuffix(name, marker)
		switch {
		case marked && len(damaged) < w.limit:
			damaged[whole] = true
		case marked, strings.HasSuffix(name, noted), !plain(name):
		case hashed(name):
			if name > after {
				out = append(out, child{name: name, key: name})
			}
		default:
			key := name + "/"
			if (key > after || strings.HasPrefix(after, key)) && w.folder.isFolder(folder+"/"+name) {
				out = append(out, child{name: name, key: key})
			}
		}
	}
	return out, err
}

// isFolder says whether a folder lies there, and not a link to one.
func (f *Folder) isFolder(name string) bool {
	info, err := f.root.Lstat(name)
	return err == nil && info.IsDir()
}
