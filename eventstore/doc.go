// Package eventstore keeps the append-only, encrypted log of one workspace in one SQLite file.
//
// Where each byte lies (docs/format/log.md is the specification):
//
//	PATH              the database: every 4096-byte block is encrypted with Adiantum under the 32-byte database key
//	PATH-wal          write-ahead log while the store is open, or after a crash; encrypted the same way
//	PATH-shm          index of the write-ahead log, holds page numbers only; gone after a clean Close
//	PATH-wal.partial  what was cut off a write-ahead log that a power cut left with a partial block
//	PATH.lock         empty; its file lock says that a process holds the workspace
//
//	meta      format version and small settings of this device
//	events    one row per envelope: position, branch, seq, previous hash, key, ACL reference, nonce and body
//	branches  the chains of each feed: where it forks off, its tip, its last signed head
//	keys      key ids, each stored once
//	acls      ACL references, each list stored once
//	segments  bounds, signature and witnesses of each segment: its bytes are rebuilt from the rows
//	receipts  what services have signed for the ends of segments
//	vouched   control envelopes that a grant carried before their feeds arrived
//
// The log is the truth: it holds sealed envelopes exactly as their authors made them, it never changes or deletes a row, and
// everything else in the file (the read models of package projections) can be rebuilt from it. Whatever Update
// acknowledged is on the disk: WAL with synchronous=FULL on every connection.
//
// Authenticity is the caller's: AddSegment checks that a segment is a chain that continues what is held, the caller has
// checked who signed it. Verify checks everything again from the raw rows.
package eventstore
