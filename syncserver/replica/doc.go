// Package replica is a workspace as a sync service keeps it: a device without
// a pen. It replays the control events, checks who writes, signs receipts,
// and, if an owner granted it a key, opens events and merges the documents.
//
// A replica is a function of the segments that the store lists: of each feed it
// takes those that hang together from the feed's beginning, whichever way they
// came. What it keeps in memory is checked against each listing; what it writes
// beside the segments (packs, docs/format/pack.md) are caches named by their own
// hash, so that any number of instances may serve one store, and a wrong or
// missing one is passed over and made again.
//
// Changes pass the guard (crdt.History) here, and only then an engine, which
// runs in a process of its own: one that a document makes abort takes down
// nothing but the merging of that document.
package replica
