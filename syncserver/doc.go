// Package syncserver is the sync service's code: it checks the segments that
// devices bring, stores them, and hands out what a device lacks. The folder
// remote of `fieldbook sync DIR` runs the same code in the device's process.
//
// A Store keeps objects under names that end in the hash of their bytes: in a
// folder, in memory, or in a bucket (package s3). The layout is
//
//	<workspace>/feeds/<device>-<epoch>/<number, 16 hex>-<hash>	segments
//	<workspace>/packs/...-<hash>	a service's caches
//	<workspace>/blobs/<blob>/list-<blob>	what a blob consists of
//	<workspace>/blobs/<blob>/<number, 16 hex>-<hash>	its chunks
//
// Nothing is ever changed or deleted there, so there are no locks and no
// manifest: what a store holds is what its listing shows.
package syncserver
