// Package simtest is a plant with several laptops and a sync service of two
// regions in one process: buckets that replicate late and out of order, service
// instances that forget or are killed, and a network that loses, repeats and
// delays requests. Everything that happens is drawn by rapid and everything
// random comes from a seed, so that a failing history replays exactly.
package simtest
