// Package syncproto holds the messages, names and limits of the sync protocol:
// what a device asks a remote, what the remote answers, and how both are
// written as bytes. It does no I/O and knows nothing of what a segment holds;
// to this package a segment is a run of bytes with a feed, a number and a hash.
//
// docs/format/sync.md specifies the same for readers of other languages.
package syncproto
