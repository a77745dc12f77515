package projections

import "time"

// Config says what the read models get from their surroundings; its zero value is useful.
type Config struct {
	// Clock is the wall clock, for what depends on today (clock_skew); nil means time.Now.
	Clock func() time.Time
	// Progress, if set, hears of catching up and rebuilding: events done of total.
	Progress func(done, total int64)
	// CacheBytes bounds the cache of document histories; 0 means 16 MiB.
	CacheBytes int
	// Unindexed bounds the changed documents that a search looks into one by one before the full-text index takes up their
	// words; 0 means 512.
	Unindexed int
	// ReadOnly takes the tables as they are: Open neither catches up nor rebuilds, and fails if they are missing or of
	// another version.
	ReadOnly bool
}

func (c Config) now() time.Time {
	if c.Clock != nil {
		return c.Clock()
	}
	return time.Now()
}

func (c Config) report(done, total int64) {
	if c.Progress != nil {
		c.Progress(done, total)
	}
}

func (c Config) maxUnindexed() int {
	if c.Unindexed > 0 {
		return c.Unindexed
	}
	return maxUnindexed
}

func (c Config) cacheBytes() int {
	if c.CacheBytes > 0 {
		return c.CacheBytes
	}
	return 16 << 20
}
