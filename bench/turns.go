package main

import (
	"slices"
	"time"
)

// timed runs fn and says how long it took.
func timed(fn func() error) (time.Duration, error) {
	start := time.Now()
	err := fn()
	return time.Since(start), err
}

// turns lets product and reference take turns and gives the median of each.
func turns(rounds int, product, reference func(round int) (time.Duration, error)) (p, r time.Duration, err error) {
	var ps, rs []time.Duration
	for i := range rounds {
		d, err := product(i)
		if err != nil {
			return 0, 0, err
		}
		ps = append(ps, d)
		if d, err = reference(i); err != nil {
			return 0, 0, err
		}
		rs = append(rs, d)
	}
	return median(ps), median(rs), nil
}

// repeat measures fn several times and gives the median.
func repeat(rounds int, fn func(round int) (time.Duration, error)) (time.Duration, error) {
	var ds []time.Duration
	for i := range rounds {
		d, err := fn(i)
		if err != nil {
			return 0, err
		}
		ds = append(ds, d)
	}
	return median(ds), nil
}

// median is the middle one; of an even number the mean of the middle two.
func median[N ~int64](list []N) N {
	s := slices.Clone(list)
	slices.Sort(s)
	if len(s) == 0 {
		return 0
	}
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}
