package eventstore_test

import (
	"fmt"
	"os"
	"testing"

	"fieldbook/eventstore"
)

func BenchmarkAppend(b *testing.B) {
	for _, batch := range []int{1, 100, 1000} {
		b.Run(fmt.Sprint(batch), func(b *testing.B) {
			cfg := config(b)
			s := open(b, cfg)
			a := newAuthor(1)
			a.append(b, s, 1)
			for b.Loop() {
				b.StopTimer()
				envs := a.make(batch)
				sig := a.sign(b)
				b.StartTimer()
				update(b, s, func(tx *eventstore.Tx) error {
					_, err := tx.Append(envs, sig)
					return err
				})
			}
			b.StopTimer()
			s.Close()
			info, err := os.Stat(cfg.Path)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(info.Size())/float64(b.N*batch), "B/event")
			b.ReportMetric(float64(b.N*batch)/b.Elapsed().Seconds(), "events/s")
		})
	}
}

// filled is a log of n events of one feed, cut into segments.
func filled(b *testing.B, n int) *eventstore.Store {
	s := open(b, config(b))
	a := newAuthor(1)
	for i := 0; i < n; i += 1000 {
		a.append(b, s, 1000)
	}
	update(b, s, func(tx *eventstore.Tx) error {
		_, err := tx.Cut(1, nil, a)
		return err
	})
	return s
}

func BenchmarkScan(b *testing.B) {
	s := filled(b, 100_000)
	for b.Loop() {
		rows := 0
		view(b, s, func(tx *eventstore.Tx) error {
			return tx.Scan(0, func(eventstore.Row) error { rows++; return nil })
		})
		if rows != 100_000 {
			b.Fatal(rows)
		}
	}
	b.ReportMetric(float64(b.N)*100_000/b.Elapsed().Seconds(), "events/s")
}

func BenchmarkVerify(b *testing.B) {
	s := filled(b, 100_000)
	for b.Loop() {
		wantClean(b, s)
	}
	b.ReportMetric(float64(b.N)*100_000/b.Elapsed().Seconds(), "events/s")
}
