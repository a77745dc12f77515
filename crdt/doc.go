// Package crdt holds the documents of Fieldbook: Automerge changes restricted to a profile, the guard that every change must
// pass, and the history that answers what a document says. docs/format/change.md is its specification.
//
// The life of a change:
//
//	bytes of an event
//	  -> decode: one uncompressed change chunk within the caps, in its one canonical encoding (chunk, decode.go)
//	  -> guard: actor, seq, start operation, predecessors and elements checked against its causal past (guard.go)
//	  -> rows: one row an operation, kept by the History (history.go), from which live values, text, before-values are read
//	  -> Admitted: the proof, issued by a History only, without which no Document takes a change
//
// A History is pure Go and is all that projections need. A Document is the same thing behind an engine-neutral interface:
// Automerge (automerge-go's core, called directly so that its memory is freed explicitly) and Pure (the History itself). Both
// pass the suite in crdttest.
//
// Everything here is a function of the set of changes added and never of the order in which they came.
package crdt
