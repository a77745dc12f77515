// Package syncserver is the sync service's code: it checks the segments that
// devices bring, stores them, and hands out what a device lacks. The folder
// remote of `fieldbook sync DIR` runs the same code in the device's process.
//
// A Store keeps objects under names that end in the hash of their bytes. The
// layout is
//
//	<workspace>/feeds/<device>-<epoch>/<number, 16 hex>-<hash>
//
// Nothing is ever changed or deleted there, so there are no locks and no
// manifest: what a store holds is what its listing shows.
package syncserver
