// Package simtest is a plant with several laptops and a sync service of two
// regions in one process: buckets that replicate late and out of order, service
// instances that forget or are killed, and a network that loses, repeats and
// delays requests.
//
// A World has laptops that are in memory and speak to replicas directly, so that
// thousands of histories take minutes. Books are fewer and have the whole
// program on each laptop, its database on a disk, and the service's HTTP side.
//
// Everything that happens is drawn by rapid, time is counted and not measured,
// and what the programs draw at random comes from a seed that rapid draws too.
// A history that failed therefore replays from its seed: in a World to the byte
// of every object that a region stores, in Books to the byte of every segment.
// Books' packs are fetched part by part in no certain order, and sealed with
// randomness that depends on it.
package simtest
