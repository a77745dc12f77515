package crdt

// Numbers in a chunk are LEB128: unsigned, and signed in two's complement. Only the shortest form is canonical; that is
// checked once for the whole chunk by encoding it again.

const maxLEB = 10 // bytes that 64 bits can take

// readU reads an unsigned number of s at i; next is negative when there is none of at most 64 bits.
func readU(s string, i int) (v uint64, next int) {
	for shift := uint(0); i < len(s) && shift < 7*maxLEB; shift += 7 {
		b := s[i]
		i++
		if shift == 63 && b > 1 {
			return 0, -1
		}
		v |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return v, i
		}
	}
	return 0, -1
}

// readS reads a signed number of s at i; next is negative when there is none of at most 64 bits.
func readS(s string, i int) (v int64, next int) {
	for shift := uint(0); i < len(s) && shift < 7*maxLEB; shift += 7 {
		b := s[i]
		i++
		if shift == 63 && b != 0 && b != 0x7f {
			return 0, -1
		}
		v |= int64(b&0x7f) << shift
		if b < 0x80 {
			if b&0x40 != 0 && shift < 57 {
				v |= -1 << (shift + 7)
			}
			return v, i
		}
	}
	return 0, -1
}

func appendU(dst []byte, v uint64) []byte {
	for v >= 0x80 {
		dst = append(dst, byte(v)|0x80)
		v >>= 7
	}
	return append(dst, byte(v))
}

func appendS(dst []byte, v int64) []byte {
	for v < -64 || v > 63 {
		dst = append(dst, byte(v)|0x80)
		v >>= 7
	}
	return append(dst, byte(v&0x7f))
}
