package workspace

import (
	"context"
	"crypto/ed25519"
	"errors"

	"github.com/fxamacker/cbor/v2"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
)

// errNoService says that nothing vouches for the service that signed a receipt.
var errNoService = errors.New("it is signed by a service that this workspace does not know")

// services are the signing keys of the services that this device was told to
// trust, by id. Those an owner granted are in the members' state besides.
type services map[string][]byte

func loadServices(tx *eventstore.Tx) (services, error) {
	s := services{}
	raw, err := tx.Meta(metaServices)
	if err == nil && len(raw) > 0 {
		err = cbor.Unmarshal(raw, &s)
	}
	return s, err
}

// keepService remembers a service's key, for ever: its receipts are checked long
// after its remote was removed.
func keepService(tx *eventstore.Tx, keys envelope.DeviceKeys) error {
	s, err := loadServices(tx)
	if err != nil {
		return err
	}
	s[keys.ID().String()] = keys.Sign
	raw, err := cbor.Marshal(s)
	if err != nil {
		return err
	}
	return tx.SetMeta(metaServices, raw)
}

// openReceipt checks a receipt of a service that an owner granted, or that this
// device was told to trust.
func (w *Workspace) openReceipt(known services, data []byte) (eventstore.Receipt, error) {
	r, sig, err := envelope.DecodeReceipt(data)
	if err != nil {
		return eventstore.Receipt{}, err
	}
	kept := eventstore.Receipt{Head: r.Head, Service: r.Service, Time: r.Time, Data: data}
	key, ok := w.roster.ServiceKey(r.Service)
	if !ok {
		key, ok = known[r.Service.String()]
	}
	switch {
	case !ok || len(key) != ed25519.PublicKeySize:
		return kept, errNoService
	case r.Head.Workspace != w.id:
		return kept, errors.New("it is for another workspace")
	}
	return kept, envelope.VerifyReceipt(r, key, sig)
}

// Receipts implements syncclient.Local.
func (l *local) Receipts(ctx context.Context, receipts []syncproto.Received) error {
	l.w.mu.Lock()
	defer l.w.mu.Unlock()
	return l.w.update(ctx, func(tx *eventstore.Tx) error {
		for _, r := range receipts {
			if err := l.keep(tx, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// keep keeps a receipt that holds, for a segment that is here. Others say nothing
// about the segment, and are left out.
func (l *local) keep(tx *eventstore.Tx, r syncproto.Received) error {
	p, held := l.place(r.Feed, r.Name)
	if !held {
		return nil
	}
	receipt, err := l.w.openReceipt(l.trusted, r.Receipt)
	if err != nil {
		return nil
	}
	_, err = tx.AddReceipt(p.branch, p.segment(), receipt)
	return err
}

// taken notes where the segments lie that were taken, and keeps the receipts that
// they carry.
func (l *local) taken(tx *eventstore.Tx, segments []syncproto.Segment, outcomes []syncclient.Outcome) error {
	grown := map[syncproto.Feed]bool{}
	for i, s := range segments {
		if outcomes[i].Fate == syncclient.Taken {
			grown[s.Feed] = true
		}
	}
	for feed := range grown {
		if _, known := l.names[feed]; known {
			l.names[feed] = nil
		}
	}
	if err := l.list(tx, func(f syncproto.Feed) bool { return grown[f] }); err != nil {
		return err
	}
	for _, s := range segments {
		if len(s.Receipt) == 0 {
			continue
		}
		if err := l.keep(tx, syncproto.Received{Feed: s.Feed, Name: s.Name(), Receipt: s.Receipt}); err != nil {
			return err
		}
	}
	return nil
}

// receipts checks that the log still has what services have signed for.
func (v *verifier) receipts(ctx context.Context) error {
	v.cfg.report(ctx, "checking receipts", 0, 0)
	var known services
	err := v.w.store.View(ctx, func(tx *eventstore.Tx) (err error) {
		known, err = loadServices(tx)
		return err
	})
	if err != nil {
		return err
	}
	v.out.Receipts, err = v.w.store.VerifyReceipts(ctx, func(data []byte) (eventstore.Receipt, error) { return v.w.openReceipt(known, data) }, v.report)
	return err
}
