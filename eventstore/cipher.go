package eventstore

import (
	"crypto/rand"
	"encoding/binary"
	"io"

	"github.com/ncruces/go-sqlite3/vfs"
	adiantumvfs "github.com/ncruces/go-sqlite3/vfs/adiantum"
	"lukechampine.com/adiantum"
	"lukechampine.com/adiantum/hbsh"
)

// blockSize is the unit of encryption and the page size: equal, so that a torn page never touches its neighbours.
const blockSize = 4096

// plainMagic starts every unencrypted SQLite database.
const plainMagic = "SQLite format 3\x00"

// cipher gives the VFS the database key without the key ever standing in a URI, a pragma or an error. The bytes on the
// disk are the same as the library's own under a 32-byte hexkey.
type cipher struct{ key [32]byte }

// KDF returns the database key for the database, and a random key for a temporary file, which names no secret.
func (c cipher) KDF(secret string) []byte {
	if secret != "" {
		return c.key[:]
	}
	key := make([]byte, len(c.key))
	rand.Read(key) // never fails
	return key
}

// HBSH returns the wide-block cipher of a key.
func (cipher) HBSH(key []byte) *hbsh.HBSH { return adiantum.New(key) }

// register puts an encrypting VFS over the base VFS, under a name of its own so that stores never share a key.
func register(base vfs.VFS, key [32]byte) (name string) {
	name = "fieldbook-" + rand.Text()
	below := blockVFS{steadyVFS{gatherVFS{base, newBlocks, false}, &rescued{}}, &blockLocks{}}
	vfs.Register(name, gatherVFS{adiantumvfs.Wrap(below, cipher{key}), wholeFrames, true})
	return name
}

// starts are the beginnings of a database, its write-ahead log and its rollback journal (SQLite file format, sections 1.3,
// 4.1 and 3).
var starts = []struct{ suffix, magic string }{
	{"", plainMagic},
	{"-wal", "\x37\x7f\x06"},
	{"-journal", "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"},
}

// decrypt decrypts a block in place; its place in the file is the tweak, as in the VFS.
func decrypt(key [32]byte, block []byte, off int64) []byte {
	tweak := binary.LittleEndian.AppendUint64(nil, uint64(off))
	return adiantum.New(key[:]).Decrypt(block, tweak)
}

// looksRight tells whether the key decrypts a file although its beginning is lost: some of the first pages then look like
// B-tree pages (SQLite file format, section 1.6). A random block passes one time in about a thousand, hence the demand for
// a tenth of the pages sampled.
func looksRight(file io.ReaderAt, key [32]byte) bool {
	seen, good := 0, 0
	block := make([]byte, blockSize)
	for off := int64(blockSize); seen < 64; off += blockSize {
		if n, _ := file.ReadAt(block, off); n < blockSize {
			break
		}
		seen++
		if isTree(decrypt(key, block, off)) {
			good++
		}
	}
	return good*10 > seen
}

func isTree(page []byte) bool {
	kind := page[0]
	free, cells := binary.BigEndian.Uint16(page[1:]), binary.BigEndian.Uint16(page[3:])
	content := binary.BigEndian.Uint16(page[5:])
	return (kind == 2 || kind == 5 || kind == 10 || kind == 13) &&
		free < blockSize && content <= blockSize && 8+2*int(cells) <= int(content) && page[7] <= 60
}
