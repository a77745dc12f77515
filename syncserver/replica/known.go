package replica

import (
	"slices"
	"time"

	"fieldbook/envelope"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// relist is when everything is listed again, though the ends of the feeds show
// nothing amiss.
const relist = time.Hour

// known is what is remembered of a workspace, nil if it is to be listed as a
// whole.
func (s *Set) known(workspace syncproto.Workspace) *syncserver.Known {
	paged, ok := s.store.(syncserver.Paged)
	if !ok {
		return nil
	}
	s.mu.Lock()
	at := s.all[envelope.WorkspaceID(workspace)]
	s.mu.Unlock()
	if at == nil {
		return nil
	}
	r := at.Value.(*Replica)
	r.mu.Lock()
	defer r.mu.Unlock()
	if time.Since(r.listed) > relist {
		return nil
	}
	return r.state.known(paged.Page())
}

// known is what a listing of the long feeds' ends can be put together with, nil
// if that would spare no request.
func (s *state) known(page int) *syncserver.Known {
	k := &syncserver.Known{Page: page, Feeds: map[syncproto.Feed]syncserver.Past{}}
	spared := 0
	for id, f := range s.feeds {
		if old := len(f.names) - syncserver.Recent(page); old > 0 {
			spared += old
			k.Feeds[syncproto.Feed{Device: id.Device, Epoch: uint64(id.Epoch)}] = syncserver.Past{Names: slices.Clone(f.names), Size: f.size}
		}
	}
	if spared <= page {
		return nil
	}
	return k
}
