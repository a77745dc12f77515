package projections_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"fieldbook/crdt"
	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

func (l *laptop) heads() []projections.DocumentHeads {
	return view(l, func(ctx context.Context, tx *eventstore.Tx) ([]projections.DocumentHeads, error) {
		return l.models.Heads(ctx, tx)
	})
}

func (l *laptop) fingerprint() [32]byte {
	return view(l, func(_ context.Context, tx *eventstore.Tx) ([32]byte, error) { return l.models.Fingerprint(tx) })
}

// What tells that no document has changed is the same as long as the heads are, on every device, and also after a rebuild.
func TestFingerprintOfDocuments(t *testing.T) {
	a, b := newLaptop(t, 1), newLaptop(t, 2)
	plc := a.add("RAV-PLC-004")
	b.pull(a)
	before := a.fingerprint()
	if b.fingerprint() != before {
		t.Error("two devices with the same events name them otherwise")
	}
	b.set(plc, "zone=Z1")
	if b.fingerprint() == before {
		t.Error("an edit left it as it was")
	}
	a.pull(b)
	a.sound() // rebuilds
	if a.fingerprint() != b.fingerprint() {
		t.Error("it depends on how the read models were built")
	}
}

// The heads that are compared with a service's are those of the documents themselves, on every device that has the same events,
// and change with every edit.
func TestHeadsOfDocuments(t *testing.T) {
	a, b := newLaptop(t, 1), newLaptop(t, 2)
	plc := a.add("RAV-PLC-004")
	a.add("RAV-SW-001")
	b.pull(a)
	before := a.heads()
	if !slices.Equal(before, b.heads()) || !slices.IsSortedFunc(before, func(x, y projections.DocumentHeads) int { return strings.Compare(x.Stream.String(), y.Stream.String()) }) {
		t.Errorf("%v, the other laptop %v", before, b.heads())
	}
	a.set(plc, "name=Pump control")
	b.set(plc, "zone=Z1")
	if slices.Equal(a.heads(), b.heads()) || slices.Equal(a.heads(), before) {
		t.Error("an edit left the heads as they were")
	}
	a.pull(b)
	b.pull(a)
	if !slices.Equal(a.heads(), b.heads()) {
		t.Error("the heads differ after the merge")
	}
	at := slices.IndexFunc(a.heads(), func(d projections.DocumentHeads) bool { return d.Stream == plc })
	heads := a.assets(projections.Query{Where: map[string]string{"tag": "RAV-PLC-004"}}).Items[0].Heads
	sum := sha256.New()
	for _, h := range heads {
		raw, err := hex.DecodeString(h)
		if err != nil {
			t.Fatal(err)
		}
		sum.Write(raw)
	}
	if len(heads) != 2 || a.heads()[at].Digest != crdt.Hash(sum.Sum(nil)) {
		t.Errorf("digest %x of heads %v", a.heads()[at].Digest, heads)
	}
}

// What a remote has otherwise is a finding until a comparison ends it, and nobody else's business.
func TestDivergedDocumentsAreFindings(t *testing.T) {
	l := newLaptop(t, 1)
	l.site("RAV")
	plc := l.add("RAV-PLC-004")
	digest := l.digest()
	diverge := func(remote string, streams ...record.ID) {
		l.update(func(tx *eventstore.Tx) error { return l.models.SetDiverged(tx, remote, streams) })
	}
	diverge("office", plc, record.ID{7})
	diverge("cloud", plc)
	found := l.findings()
	if len(found) != 3 || found[0].Kind != "diverged" {
		t.Fatalf("%+v", found)
	}
	named := slices.IndexFunc(found, func(f projections.FindingView) bool {
		return len(f.Tags) == 1 && strings.Contains(f.Detail, "RAV-PLC-004") && strings.Contains(f.Detail, "office")
	})
	if named < 0 || l.digest() != digest {
		t.Errorf("%+v, digest %x was %x", found, l.digest(), digest)
	}
	if err := l.models.Rebuild(t.Context(), nil); err != nil || len(l.findings()) != 3 {
		t.Errorf("after a rebuild: %v, %+v", err, l.findings())
	}
	diverge("office")
	if left := l.findings(); len(left) != 1 || !strings.Contains(left[0].Detail, "cloud") {
		t.Errorf("after an equal comparison: %+v", left)
	}
	diverge("cloud")
	if left := l.findings(); len(left) != 0 {
		t.Errorf("at the end: %+v", left)
	}
}
