// Package syncclient brings a device and a remote level: it sends the remote
// the segments it lacks and takes those the device lacks, page by page, until
// neither has anything new for the other.
//
// Every step can be repeated: a sync cut at any moment is continued by the
// next one. One bad segment never stops the others. A remote may be hostile;
// whatever it answers, Sync ends.
package syncclient
