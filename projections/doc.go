// Package projections holds the read models of Fieldbook: what the command line and the window show, built from opened
// events and thrown away at will. They lie in the same SQLite file as the log, are changed in the transaction that appends,
// and are a function of the set of events held: order and batching of arrival leave no trace in them, so that a rebuild gives
// the same rows and every device the same digest.
//
// Tables carry the prefix of their generation, g1_ or g2_. A setting of the log names the live one, the version of the code that
// built it, the last position it has applied, the edition of its assets, and the documents whose words and digests the indexes
// do not have yet, into which a search looks one by one:
//
//	gN_docs      one row a document: heads, live operations, prose and verdict counts as one canonical CBOR text, its digest
//	gN_events    one row an event, clustered by document: who, when, which change, and what it replaced
//	gN_assets    one narrow row a listed, voided or absorbed asset, clustered by site and tag, with hashes of field values
//	gN_keys      normalised tags, serials, addresses: look-up and duplicate check
//	gN_links     what a document points at: a note's assets, a merged asset's survivor, an asset's site
//	gN_fts       full-text index over assets and notes
//	gN_findings  what a person must look at
//	gN_feeds     the feeds seen, with the skew of their clocks
//
// Row numbers of documents and feeds are local and appear in no answer and no digest.
//
// The values of a document come from crdt.History. A document is derived once for each transaction that touches it: its
// History is taken from a bounded cache or read back from the log, the new changes are added, and all of its rows follow
// from the result by a pure function; only rows that differ are written.
package projections
