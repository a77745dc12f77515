// Package workspace is the application service: everything a person can do to
// a record, as methods on one type, for the command line, the window and tests.
//
// A command runs in one transaction of the log, in this order:
//
//	decide (record) → author (crdt) → seal (keyring) → append (eventstore) → project (projections)
//
// It either returns after the commit, and then the entry survives a power cut,
// or returns an error and has changed nothing. A received segment takes the
// second half of the same way: check, append, open, project.
//
// On disk, a device of a workspace is one folder:
//
//	identity.age        the device's secrets under the passphrase (keyring)
//	fieldbook.db        the log and its read models (eventstore, projections)
//	fieldbook.db.lock   held while a process has the workspace open
//
// No SQL and no cryptography is needed above this package. Methods are safe for
// concurrent use; writes are serialised by the log.
package workspace
