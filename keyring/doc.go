// Package keyring holds the secrets of a device and of a workspace and does everything that needs them: it signs, seals,
// wraps and names. It knows no event, no envelope and no storage but its own identity file.
//
// Four kinds of secret exist:
//
//   - An [Identity] is one device: an Ed25519 seed to sign, the 32-byte seed of an age hybrid (ML-KEM-768 and X25519)
//     identity to receive keys, and the key of the device's database. It lies in the identity file, encrypted by age
//     under a passphrase.
//   - A [Key] is a workspace key. It never encrypts anything itself: HKDF-SHA-256 (RFC 5869) gives one subkey for each
//     use, told apart by its label, and the key's public id.
//   - The recovery key is 32 random bytes shown once to a person; the whole identity of the recovery member derives
//     from it.
//   - A [Master] is the one secret of a sync service. Its identity in each workspace derives from it.
//
// Two files pass between people while a device joins: a [Request] and a [Grant]. Both are COSE_Sign1 messages (RFC 9052)
// whose protected header names what they are (typ, RFC 9596), and both give eight words for two people to compare.
//
// The byte formats are specified in docs/format/keys.md.
//
// Secrets are wiped by the Wipe methods as far as Go allows: the arrays this package owns are overwritten. Copies made by
// the runtime, by age (a passphrase is a string there), by the AEAD and by the operating system are out of its reach.
// No secret appears in an error, and every secret type prints as "[secret]" under every verb of package fmt and in JSON.
package keyring
