package projections

import (
	"runtime"
	"sync"

	"fieldbook/envelope"
	"fieldbook/record"
)

// work is one round of projecting: what it has looked up, and what has to be looked at across documents afterwards.
type work struct {
	m     *Models
	t     table
	cache *cache
	feeds map[envelope.FeedID]int64
	next  int64 // row number of the last new document, 0 before the first
	bulk  bool  // too many documents to keep in the cache
	build bool  // a rebuild looks across all documents at its end
	later bool  // words of changed documents wait for the full-text index

	unindexed map[int64]bool // documents whose words wait
	changed   map[int64]bool // assets whose rows are others than before

	claimed int64                         // how many more documents have claims than before
	belied  map[record.ID][]envelope.Hash // claims that turned out false, by document

	groups   map[string]keyRow      // keys that came or went: duplicates to look for
	anyGroup *bool                  // whether there was any finding of duplicates
	merges   map[record.ID]bool     // assets whose own merging changed
	targets  map[record.ID]bool     // assets that came, went or were struck
	arrivals map[string][]record.ID // new assets by the code of their site
	sites    map[string]bool        // site codes looked up
	places   map[string]bool        // site codes that came or went
	dangle   map[record.ID]bool     // documents whose references must be checked
}

func (m *Models) newWork(t table, c *cache) *work {
	return &work{
		m: m, t: t, cache: c, feeds: map[envelope.FeedID]int64{}, groups: map[string]keyRow{}, merges: map[record.ID]bool{},
		targets: map[record.ID]bool{}, arrivals: map[string][]record.ID{}, sites: map[string]bool{}, places: map[string]bool{},
		dangle: map[record.ID]bool{}, unindexed: map[int64]bool{}, changed: map[int64]bool{}, belied: map[record.ID][]envelope.Hash{},
	}
}

// parallel calls fn for 0 to n-1 on all cores and returns the first error by number.
func parallel(n int, fn func(i int) error) error {
	workers := min(runtime.GOMAXPROCS(0), (n+7)/8)
	if workers <= 1 {
		for i := range n {
			if err := fn(i); err != nil {
				return err
			}
		}
		return nil
	}
	errs := make([]error, n)
	var wait sync.WaitGroup
	for k := range workers {
		wait.Go(func() {
			for i := k; i < n; i += workers {
				errs[i] = fn(i)
			}
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
