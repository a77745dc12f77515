package workspace

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/roster"
	"fieldbook/syncproto"
)

// Packs are where a service hands out its packs; what it gives is hostile until
// checked. *syncclient.Service is one.
type Packs interface {
	// Manifest gives the newest manifest with its name, none if there is none.
	Manifest(ctx context.Context) (name string, data []byte, err error)
	// Pack gives an object of the packs by its name.
	Pack(ctx context.Context, name string) ([]byte, error)
}

// errPack says that a pack is not what it must be. The feeds are read instead.
var errPack = errors.New("the service's pack is not usable")

// Bounds of what a pack may ask of a laptop.
const (
	// maxPackPlain is the greatest size of all parts together, unpacked, in bytes.
	maxPackPlain = 2 << 30
	// maxPackDocument is the same for one document.
	maxPackDocument = 64 << 20
	// packsAhead is how many parts are fetched before they are needed.
	packsAhead = 4
	// packAttempts is how often a part is asked for; the wait before the second
	// attempt, which doubles with each one.
	packAttempts = 5
	packWait     = 200 * time.Millisecond
)

// packReader fetches a service's pack and checks it. The control events in it
// are the service's word: they tell which keys open the pack and who may do
// what in it, and nothing beyond.
type packReader struct {
	w        *Workspace
	from     Packs
	packer   *envelope.Packer
	roster   *roster.Roster
	pinned   envelope.DeviceKeys // of the remote; zero if it is none of this device's
	manifest *envelope.Manifest
	cover    map[envelope.FeedID]*covered
	clock    uint64 // the greatest of the events read
	fetches  sync.WaitGroup
}

// covered is what of a feed went into a pack.
type covered struct {
	tips []envelope.SegmentName
	last uint64 // seq
}

// openPack fetches what comes before a pack's documents. Nil: the service has no
// pack with documents.
func (w *Workspace) openPack(ctx context.Context, from Packs, pinned envelope.DeviceKeys) (*packReader, error) {
	name, data, err := from.Manifest(ctx)
	if err != nil || name == "" {
		return nil, nil // a service that cannot be asked says why in the exchange that follows
	}
	packer, err := envelope.NewPacker()
	if err != nil {
		return nil, err
	}
	p := &packReader{w: w, from: from, packer: packer, pinned: pinned, roster: roster.New(w.id), cover: map[envelope.FeedID]*covered{}}
	if err = p.start(ctx, name, data); err == nil && p.manifest.Key.IsZero() {
		p.close()
		return nil, nil
	}
	if err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

// close waits for what is on its way: end its context first.
func (p *packReader) close() {
	p.fetches.Wait()
	p.packer.Close()
	p.roster.Wipe()
}

// start checks the manifest and reads the tables.
func (p *packReader) start(ctx context.Context, name string, data []byte) error {
	signed, err := p.packer.DecodeManifest(p.w.id, data, p.serviceKey)
	if err != nil {
		return fmt.Errorf("%w: %w", errPack, err)
	}
	if err := p.members(ctx, signed.Controls); err != nil {
		return err
	}
	m, err := p.packer.Open(signed, p.open)
	if err != nil {
		return fmt.Errorf("%w: %w", errPack, err)
	}
	if name != envelope.ManifestName(m.Segments, data) {
		return fmt.Errorf("%w: its manifest has another name", errPack)
	}
	p.manifest = m
	plain := uint64(0)
	for i := range m.Parts {
		plain += m.Parts[i].Plain
	}
	if plain > maxPackPlain {
		return fmt.Errorf("%w: it unpacks to %d bytes", errPack, plain)
	}
	for i := range m.Parts {
		if ref := &m.Parts[i]; ref.Kind == envelope.PartCover && !m.Key.IsZero() {
			if err := p.readCover(ctx, ref); err != nil {
				return err
			}
		}
	}
	return nil
}

// serviceKey is the key of a service that an owner granted the workspace's keys,
// or that this device's remote is pinned to and no owner has ended.
func (p *packReader) serviceKey(service envelope.DeviceID) (ed25519.PublicKey, bool) {
	now, err := p.w.roster.Now()
	if err != nil {
		return nil, false
	}
	if grants(now, service) {
		return p.w.roster.ServiceKey(service)
	}
	if _, known := p.w.roster.ServiceKey(service); known || len(p.pinned.Sign) == 0 || p.pinned.ID() != service {
		return nil, false
	}
	return p.pinned.Sign, true
}

// members replays the control events of the log and of the pack, apart from this
// device's own roster.
func (p *packReader) members(ctx context.Context, names []envelope.Hash) error {
	err := p.w.store.View(ctx, func(tx *eventstore.Tx) error {
		controls, err := tx.Control()
		p.roster.Admit(controls...)
		return err
	})
	if err != nil {
		return err
	}
	for _, name := range names {
		part, err := p.part(ctx, &envelope.PartRef{Kind: envelope.PartControls, Name: name})
		if err != nil {
			return err
		}
		for _, data := range part.Controls {
			e, err := envelope.Decode(data)
			if err != nil || e.Workspace != p.w.id || !e.IsControl() {
				return fmt.Errorf("%w: it holds what is no control event of this workspace", errPack)
			}
			p.roster.Admit(e)
		}
	}
	return p.roster.Take(p.w.identity)
}

// open undoes the seal of a workspace key.
func (p *packReader) open(id envelope.KeyID, ad, nonce, sealed []byte) ([]byte, error) {
	key, err := p.roster.Key(id)
	if err != nil {
		return nil, err
	}
	return key.Open(ad, nonce, sealed)
}

func (p *packReader) readCover(ctx context.Context, ref *envelope.PartRef) error {
	part, err := p.part(ctx, ref)
	if err != nil {
		return err
	}
	for i := range part.Cover {
		line := &part.Cover[i]
		c := p.cover[line.Feed]
		if c == nil {
			c = &covered{}
			p.cover[line.Feed] = c
		}
		for _, tip := range line.Tips {
			c.tips, c.last = append(c.tips, tip.Name), max(c.last, tip.Seq)
		}
	}
	return nil
}

// part fetches a part and checks that it is the one that was meant.
func (p *packReader) part(ctx context.Context, ref *envelope.PartRef) (*envelope.Part, error) {
	data, err := p.fetch(ctx, envelope.PartName(ref.Name))
	if err != nil {
		return nil, err
	}
	if sha256.Sum256(data) != ref.Name || ref.Size > 0 && uint64(len(data)) != ref.Size {
		return nil, fmt.Errorf("%w: a part is not what its name says", errPack)
	}
	part, err := p.packer.DecodePart(p.w.id, data, p.open)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errPack, err)
	}
	if part.Kind != ref.Kind {
		return nil, fmt.Errorf("%w: a part of another kind", errPack)
	}
	return part, nil
}

// fetch gets an object of the packs, again while the service is not available for
// the moment.
func (p *packReader) fetch(ctx context.Context, name string) ([]byte, error) {
	for attempt, wait := 1, packWait; ; attempt, wait = attempt+1, 2*wait {
		data, err := p.from.Pack(ctx, name)
		if err == nil || attempt == packAttempts || !errors.Is(err, syncproto.ErrTemporary) {
			return data, err
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil, ctx.Err()
		case <-timer.C:
		}
	}
}

// fetching gives the parts with documents, and fetches ahead of their use.
type fetching struct {
	reader *packReader
	ctx    context.Context
	order  []*envelope.PartRef // as they will be needed
	begun  map[*envelope.PartRef]bool
	coming map[*envelope.PartRef]chan fetched
}

type fetched struct {
	part *envelope.Part
	err  error
}

// documents names the parts with documents, by run, the oldest run first.
func (p *packReader) documents(ctx context.Context) (f *fetching, runs [][]*envelope.PartRef) {
	f = &fetching{reader: p, ctx: ctx, begun: map[*envelope.PartRef]bool{}, coming: map[*envelope.PartRef]chan fetched{}}
	for i := range p.manifest.Parts {
		ref := &p.manifest.Parts[i]
		if ref.Kind != envelope.PartDocuments {
			continue
		}
		f.order = append(f.order, ref)
		if n := len(runs); n > 0 && runs[n-1][0].Run == ref.Run {
			runs[n-1] = append(runs[n-1], ref)
		} else {
			runs = append(runs, []*envelope.PartRef{ref})
		}
	}
	slices.SortStableFunc(f.order, func(a, b *envelope.PartRef) int { return slices.Compare(a.First[:], b.First[:]) })
	return f, runs
}

func (f *fetching) start(ref *envelope.PartRef) {
	if f.begun[ref] {
		return
	}
	result := make(chan fetched, 1)
	f.begun[ref], f.coming[ref] = true, result
	f.reader.fetches.Go(func() {
		part, err := f.reader.part(f.ctx, ref)
		result <- fetched{part, err}
	})
}

// get gives a part, each once.
func (f *fetching) get(ref *envelope.PartRef) (*envelope.Part, error) {
	f.start(ref)
	for len(f.order) > 0 && len(f.coming) < packsAhead {
		f.start(f.order[0])
		f.order = f.order[1:]
	}
	result := <-f.coming[ref]
	delete(f.coming, ref)
	return result.part, result.err
}
