package record

import (
	"encoding/hex"
	"math/bits"
	"net/netip"
	"strconv"
	"strings"
)

// NormIP gives the canonical text of an IP address, so that equal addresses compare equal: leading zeros of IPv4 are decimal,
// IPv6 is as RFC 5952 writes it. A prefix after a slash is returned apart, -1 when there is none.
func NormIP(text string) (ip string, prefix int, ok bool) {
	address, length, hasLength := strings.Cut(strings.TrimSpace(text), "/")
	parsed, err := netip.ParseAddr(unpad(address))
	if err != nil || parsed.Zone() != "" {
		return "", -1, false
	}
	parsed, prefix = parsed.Unmap(), -1
	if hasLength {
		if prefix, ok = prefixBits(length); !ok || prefix > parsed.BitLen() {
			return "", -1, false
		}
	}
	return parsed.String(), prefix, true
}

// unpad drops the leading zeros with which lists align IPv4 addresses.
func unpad(address string) string {
	address = strings.TrimSpace(address)
	if strings.Contains(address, ":") || !strings.HasPrefix(address, "0") && !strings.Contains(address, ".0") {
		return address
	}
	parts := strings.Split(address, ".")
	for i, part := range parts {
		if len(part) > 1 && len(part) <= 3 {
			parts[i] = strings.TrimLeft(part[:len(part)-1], "0") + part[len(part)-1:]
		}
	}
	return strings.Join(parts, ".")
}

// prefixBits reads a prefix length, "24" or "/24", or a netmask without holes.
func prefixBits(text string) (int, bool) {
	text = strings.TrimPrefix(strings.TrimSpace(text), "/")
	if n, err := strconv.Atoi(strings.TrimSuffix(text, ".0")); err == nil && strings.Count(text, ".") < 2 {
		return n, n >= 0 && n <= 128
	}
	mask, err := netip.ParseAddr(text)
	if err != nil || !mask.Is4() {
		return 0, false
	}
	raw := mask.As4()
	m := uint32(raw[0])<<24 | uint32(raw[1])<<16 | uint32(raw[2])<<8 | uint32(raw[3])
	ones := bits.LeadingZeros32(^m)
	return ones, m<<ones == 0
}

func (f Field) address(text string) (Value, error) {
	ip, _, ok := NormIP(text)
	if !ok {
		return Value{}, f.refuse(`"{0}" is not an IP address; write it as 10.20.1.12 or 10.20.1.12/24`, clip(text))
	}
	return StringValue(ip), nil
}

// NormMAC gives a hardware address as 00:1B:1B:02:ED:DC. It reads bare hex, and hex grouped by colons, dashes, dots or spaces.
func NormMAC(text string) (string, bool) {
	var digits [12]byte
	n := 0
	for _, c := range []byte(strings.TrimSpace(text)) {
		switch {
		case c == ':' || c == '-' || c == '.' || c == ' ':
			continue
		case n == len(digits):
			return "", false
		}
		digits[n] = c
		n++
	}
	var raw [6]byte
	if _, err := hex.Decode(raw[:], digits[:]); n != len(digits) || err != nil {
		return "", false
	}
	return macText(raw), true
}

func macText(raw [6]byte) string {
	const hexDigits = "0123456789ABCDEF"
	out := make([]byte, 0, 17)
	for i, b := range raw {
		if i > 0 {
			out = append(out, ':')
		}
		out = append(out, hexDigits[b>>4], hexDigits[b&15])
	}
	return string(out)
}

func (f Field) mac(text string) (Value, error) {
	mac, ok := NormMAC(text)
	if !ok {
		return Value{}, f.refuse(`"{0}" is not a MAC address; write it as 00:1B:1B:02:ED:DC`, clip(text))
	}
	return StringValue(mac), nil
}
