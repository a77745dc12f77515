package workspace

import (
	"context"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/keyring"
	"fieldbook/record"
	"fieldbook/syncproto"
)

// The modes of a remote.
const (
	// ModeFolder is a folder: a USB stick, a network share.
	ModeFolder = "folder"
	// ModeMerging is a service that an owner granted the workspace's keys.
	ModeMerging = string(syncproto.Merging)
	// ModeSealed is a service that moves what it cannot open.
	ModeSealed = string(syncproto.Sealed)
)

// Keys of what a device keeps about its remotes, in its encrypted database.
const (
	metaRemotes  = "workspace.remotes"
	metaServices = "workspace.services"
	metaRemote   = "workspace.remote/" // and the name
)

// remote is an address that this device syncs with, under a name of its own. It
// holds secrets: it is never printed.
type remote struct {
	Name      string `cbor:"1,keyasint"`
	URL       string `cbor:"2,keyasint"`
	Second    string `cbor:"3,keyasint,omitempty"`
	Sign      []byte `cbor:"4,keyasint,omitempty"` // the service's keys, as they were when it was added
	Recipient string `cbor:"5,keyasint,omitempty"`
	// Invitation lets a service take a workspace or device that it does not know.
	Invitation string `cbor:"6,keyasint,omitempty"`
	TokenFile  string `cbor:"7,keyasint,omitempty"`
	// Certificate is the PEM of a certificate that its operator made; empty means
	// that the system's authorities vouch for it.
	Certificate []byte `cbor:"8,keyasint,omitempty"`
	// Unchecked is that of the two addresses that did not answer when the remote was
	// added. Nothing is sent to it before it has shown the service's keys.
	Unchecked string `cbor:"9,keyasint,omitempty"`
}

// String hides the secrets from every way of printing.
func (r remote) String() string { return "remote " + r.Name }

// keys are those of the service behind the remote.
func (r *remote) keys() envelope.DeviceKeys {
	return envelope.DeviceKeys{Sign: r.Sign, Recipient: r.Recipient}
}

// service is the id of the service behind the remote; zero for a folder.
func (r *remote) service() envelope.DeviceID {
	if r.folder() {
		return envelope.DeviceID{}
	}
	return r.keys().ID()
}

// words are eight words over the service's keys, for people to compare.
func (r *remote) words() []string { return keyring.ServiceWords(r.Sign, r.Recipient) }

func (r *remote) folder() bool { return len(r.Sign) == 0 }

// remoteState is what is remembered of a remote from sync to sync.
type remoteState struct {
	LastSync int64  `cbor:"1,keyasint"` // ms since 1970 UTC, by this device's clock
	Known    []byte `cbor:"2,keyasint"` // what the remote held then, as the request of one who holds that
	Refused  []byte `cbor:"3,keyasint"` // what either side would not take then, as an answer that says so
}

// refused is what either side would not take in the last sync.
func (s *remoteState) refused() []syncproto.Refusal {
	if len(s.Refused) == 0 {
		return []syncproto.Refusal{}
	}
	answer, err := syncproto.DecodeAnswer(s.Refused)
	if err != nil || answer.Refused == nil {
		return []syncproto.Refusal{} // of another version: the next sync says it again
	}
	return answer.Refused
}

// setRefused keeps refusals until the next sync.
func (s *remoteState) setRefused(refused []syncproto.Refusal) (err error) {
	answer := syncproto.Answer{Refused: refused[:min(len(refused), syncproto.MaxRefused)]}
	s.Refused, err = answer.Encode()
	return err
}

// known is what the remote held at the end of the last sync.
func (s *remoteState) known() []syncproto.Have {
	if len(s.Known) == 0 {
		return nil
	}
	r, err := syncproto.DecodeRequest(s.Known)
	if err != nil {
		return nil // of another version: a guess less
	}
	return r.Have
}

// RemoteView is a remote as people and programs see it.
type RemoteView struct {
	Name     string  `json:"name"`
	URL      string  `json:"url"`
	Second   *string `json:"second"`    // another address of the same service; null if there is none
	Mode     string  `json:"mode"`      // folder, merging or sealed
	LastSync *string `json:"last_sync"` // null before the first
	Unsent   int64   `json:"unsent"`    // events of this device that the remote does not have, as far as is known
	// Unchecked is the one of two addresses that has not shown the service's keys
	// yet, and is not used before; null once both have.
	Unchecked *string `json:"unchecked"`
	// Refused are the segments that either side would not take in the last sync.
	Refused []syncproto.Refusal `json:"refused"`
}

// Remotes lists this device's remotes by name.
func (w *Workspace) Remotes(ctx context.Context) (views []RemoteView, err error) {
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		views, err = w.remotes(tx)
		return err
	})
	return views, err
}

func (w *Workspace) remotes(tx *eventstore.Tx) ([]RemoteView, error) {
	list, err := loadRemotes(tx)
	if err != nil {
		return nil, err
	}
	branches, err := tx.Branches()
	if err != nil {
		return nil, err
	}
	views := make([]RemoteView, 0, len(list))
	for i := range list {
		view, err := w.remoteView(tx, &list[i], branches)
		if err != nil {
			return nil, err
		}
		views = append(views, view)
	}
	return views, nil
}

func (w *Workspace) remoteView(tx *eventstore.Tx, r *remote, branches []eventstore.Branch) (RemoteView, error) {
	view := RemoteView{Name: r.Name, URL: r.URL, Mode: w.mode(r)}
	if r.Second != "" {
		view.Second = &r.Second
	}
	if r.Unchecked != "" {
		view.Unchecked = &r.Unchecked
	}
	state, err := loadRemoteState(tx, r.Name)
	if err != nil {
		return view, err
	}
	if state.LastSync > 0 {
		at := time.UnixMilli(state.LastSync).UTC().Format(time.RFC3339Nano)
		view.LastSync = &at
	}
	view.Refused = state.refused()
	known := map[syncproto.Feed]syncproto.Have{}
	for _, have := range state.known() {
		known[have.Feed] = have
	}
	view.Unsent, err = w.unsentBehind(tx, branches, func(feed envelope.FeedID, n eventstore.SegmentName) bool {
		have := known[syncproto.Feed{Device: feed.Device, Epoch: uint64(feed.Epoch)}]
		return have.Holds(syncproto.Name{Number: n.Number, Hash: syncproto.Hash(n.Hash)})
	})
	return view, err
}

// mode is what a remote may do with what it holds, as this device knows it.
func (w *Workspace) mode(r *remote) string {
	if r.folder() {
		return ModeFolder
	}
	if state, err := w.roster.Now(); err == nil && grants(state, r.service()) {
		return ModeMerging
	}
	return ModeSealed
}

// grants says whether an owner's grant to a service holds.
func grants(state *envelope.ACLState, service envelope.DeviceID) bool {
	return slices.ContainsFunc(state.Services(), func(s envelope.Service) bool { return s.ID == service })
}

func loadRemotes(tx *eventstore.Tx) (list []remote, err error) {
	raw, err := tx.Meta(metaRemotes)
	if err == nil && len(raw) > 0 {
		err = cbor.Unmarshal(raw, &list)
	}
	return list, err
}

// saveRemotes keeps the list, sorted by name.
func saveRemotes(tx *eventstore.Tx, list []remote) error {
	slices.SortFunc(list, func(a, b remote) int { return strings.Compare(a.Name, b.Name) })
	raw, err := cbor.Marshal(list)
	if err != nil {
		return err
	}
	return tx.SetMeta(metaRemotes, raw)
}

func loadRemoteState(tx *eventstore.Tx, name string) (state remoteState, err error) {
	raw, err := tx.Meta(metaRemote + name)
	if err == nil && len(raw) > 0 {
		err = cbor.Unmarshal(raw, &state)
	}
	return state, err
}

func saveRemoteState(tx *eventstore.Tx, name string, state remoteState) error {
	raw, err := cbor.Marshal(state)
	if err != nil {
		return err
	}
	return tx.SetMeta(metaRemote+name, raw)
}

// remote finds a remote by name; *NotFound if there is none.
func (w *Workspace) remote(ctx context.Context, name string) (found remote, err error) {
	missing := &NotFound{What: "remote", Ref: name}
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		list, err := loadRemotes(tx)
		for _, r := range list {
			if r.Name == name {
				found = r
				return nil
			}
			missing.Near = append(missing.Near, r.Name)
		}
		if err != nil {
			return err
		}
		return missing
	})
	return found, err
}

// checkRemoteName refuses names that could be taken for a folder or an address.
func checkRemoteName(name string) error {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_.", r)
	}
	if name == "" || len(name) > 64 || strings.Trim(name, ".") == "" || strings.IndexFunc(name, func(r rune) bool { return !plain(r) }) >= 0 {
		return record.Misuse(`"{0}" cannot be a remote's name; take letters, digits and dashes`, name)
	}
	return nil
}

// IsService says whether an address is a service's, not a folder's. The error is
// a *record.UsageError: the address is neither.
func IsService(address string) (bool, error) {
	u, err := url.Parse(address)
	if err != nil || len(u.Scheme) <= 1 { // one letter is a Windows drive
		return false, nil
	}
	switch u.Scheme {
	case "https", "http":
		return true, checkServiceURL(u)
	case "file":
		return false, nil
	}
	return false, record.Misuse("{0}:// is no address to sync with; give https://..., or a folder", u.Scheme)
}

// checkServiceURL refuses what would send the record's metadata in the clear, or
// the passphrase of somebody in an address.
func checkServiceURL(u *url.URL) error {
	switch host := u.Hostname(); {
	case host == "":
		return record.Misuse("the address names no host; write it as https://host")
	case u.User != nil:
		return record.Misuse("the address holds a user or password; a service needs neither, laptops sign their requests")
	case strings.Trim(u.Path, "/")+u.RawQuery+u.Fragment != "":
		return record.Misuse("a service's address ends with its host; leave out what follows")
	case u.Scheme == "http" && !loopback(host):
		return record.Misuse("http:// is for this computer only; use https://{0}", u.Host)
	}
	return nil
}

// loopback says whether a host is this computer whatever a name server says.
func loopback(host string) bool {
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && addr.IsLoopback()
}
