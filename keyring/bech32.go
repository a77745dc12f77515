package keyring

import "strings"

// hybridPrefix is the human-readable part of an age hybrid identity. age's data part is the 32-byte seed of the
// MLKEM768-X25519 key (draft-ietf-hpke-pq), in Bech32 and upper case.
const hybridPrefix = "age-secret-key-pq-"

// bech32Alphabet maps 5-bit values to characters (BIP 173).
const bech32Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

// bech32 encodes data under a lower-case human-readable part as BIP 173 says (without its length limit of 90, which age
// lifts) and returns it in upper case, as age writes secret keys. age keeps its own encoder internal.
func bech32(prefix string, data []byte) string {
	values := fives(data)
	var out strings.Builder
	out.WriteString(prefix)
	out.WriteByte('1')
	for _, v := range append(values, checksum(prefix, values)...) {
		out.WriteByte(bech32Alphabet[v])
	}
	return strings.ToUpper(out.String())
}

// fives regroups bytes into 5-bit values, most significant bit first, the last one padded with zero bits.
func fives(data []byte) []byte {
	var out []byte
	var acc, bits uint
	for _, b := range data {
		acc, bits = acc<<8|uint(b), bits+8
		for bits >= 5 {
			bits -= 5
			out = append(out, byte(acc>>bits)&31)
		}
		acc &= 1<<bits - 1
	}
	if bits > 0 {
		out = append(out, byte(acc<<(5-bits))&31)
	}
	return out
}

// checksum gives the six check values of BIP 173 over the prefix and the data values.
func checksum(prefix string, values []byte) []byte {
	var in []byte
	for i := range len(prefix) {
		in = append(in, prefix[i]>>5)
	}
	in = append(in, 0)
	for i := range len(prefix) {
		in = append(in, prefix[i]&31)
	}
	in = append(in, values...)
	mod := polymod(append(in, 0, 0, 0, 0, 0, 0)) ^ 1
	out := make([]byte, 6)
	for i := range out {
		out[i] = byte(mod>>(5*(5-i))) & 31
	}
	return out
}

// polymod is the remainder of the BCH code of BIP 173.
func polymod(values []byte) uint32 {
	generator := [5]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3}
	chk := uint32(1)
	for _, v := range values {
		top := chk >> 25
		chk = chk&0x1ffffff<<5 ^ uint32(v)
		for i, g := range generator {
			if top>>i&1 == 1 {
				chk ^= g
			}
		}
	}
	return chk
}
