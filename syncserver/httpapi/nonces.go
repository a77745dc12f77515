package httpapi

import (
	"crypto/sha256"
	"sync"
	"time"

	"fieldbook/syncproto"
)

// maxNonces bounds the nonces remembered at one time: about 16 MB.
const maxNonces = 1 << 17

// nonces remembers the signatures that were answered, as long as they could be
// shown again. A process knows its own only: another one would answer a replay,
// which stores nothing new, since an exchange may be repeated.
type nonces struct {
	mu sync.Mutex
	// present and past hold signatures until the time at which no clock check
	// lets them pass; past is dropped when all of it has gone stale.
	present, past map[[16]byte]struct{}
	turned        time.Time
}

// fresh is how long a signature can pass the check of its time, at most.
const fresh = 2*syncproto.MaxSkew*time.Second + time.Second

func newNonces() *nonces {
	return &nonces{present: map[[16]byte]struct{}{}, past: map[[16]byte]struct{}{}}
}

// take notes a signature that holds, or refuses it if it was seen.
func (n *nonces) take(s *signature, now time.Time) error {
	sum := sha256.Sum256(append(s.device[:len(s.device):len(s.device)], s.nonce...))
	key := [16]byte(sum[:16])
	n.mu.Lock()
	defer n.mu.Unlock()
	// A clock set back by less forgets nothing.
	if past := now.Sub(n.turned); past > fresh || past < -fresh {
		n.past, n.present, n.turned = n.present, map[[16]byte]struct{}{}, now
	}
	_, seen := n.present[key]
	if _, before := n.past[key]; seen || before {
		return refuse(syncproto.CodeReplay, "sign again with another nonce")
	}
	if len(n.present) >= maxNonces {
		return tooFast()
	}
	n.present[key] = struct{}{}
	return nil
}
