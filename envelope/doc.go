// Package envelope is the codec of what Fieldbook stores and sends: envelopes, their bodies, signed heads, segments and
// control events, and the replay of control events into who may do what. It is pure: no I/O, no clock, no randomness, so
// that laptop, service and verifier share one reading of the bytes.
//
// Every form is deterministic CBOR (RFC 8949 section 4.2.1). One value has one encoding; a decoder refuses all others, so
// what decodes encodes to the same bytes again. docs/format/ specifies the forms, testdata/vectors holds examples of them.
//
//	envelope  [header, nonce, body]
//	header    [version, workspace, device, epoch, seq, prev, key, [acl, ...]]
//	hash      SHA-256(header || SHA-256(nonce || body))
//	head      COSE_Sign1 over [version, workspace, device, epoch, seq, hash]
//	segment   [version, COSE_Sign1, [witness, ...], [envelope, ...]]
//	body      {1: type, 2: schema, ...} and zeros up to a multiple of 64 bytes
//	control   {1: type, ...}
package envelope
