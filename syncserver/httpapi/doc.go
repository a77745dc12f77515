// Package httpapi is the sync service as one http.Handler, for Lambda and for
// any server: it knows who asks, holds them to limits, and hands messages to
// the workspace's replica.
//
// Whoever asks signs the request with the device's key (RFC 9421). A workspace
// knows its devices from its own control events, so the service keeps no
// accounts. A device it does not know shows its keys, which certify its id, and
// an invitation or a receipt that the service once gave it; it may then bring
// segments, and is handed none until the members' state admits it.
//
// The handler keeps no state but caches: nonces seen, rates, and what its
// replicas hold in memory. docs/format/sync.md specifies the HTTP side,
// docs/format/sync.openapi.yaml describes its routes.
package httpapi
