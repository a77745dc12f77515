package projections_test

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"syscall"
	"testing"
	"time"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

// row is one line of an imported list.
func (l *laptop) row(i int) record.Event {
	l.t.Helper()
	fields := assignments([]string{
		fmt.Sprintf("tag=RAV-PLC-%05d", i), "site=RAV", fmt.Sprintf("role=%s", []string{"plc", "hmi", "switch", "firewall"}[i%4]),
		fmt.Sprintf("zone=RAV-Z%d", i%9), "purdue=1", "vendor=" + []string{"Siemens", "Rockwell", "ABB"}[i%3], "model=SIMATIC S7-300 CPU 315-2 PN/DP",
		"order_no=6ES7315-2EH14-0AB0", fmt.Sprintf("serial=S C-XU%08d", i), fmt.Sprintf("hostname=rav-plc-%05d", i),
		fmt.Sprintf("ip_address=10.%d.%d.%d", i/60000, i/250%250, i%250+1), fmt.Sprintf("mac_address=00:1B:1B:%02X:%02X:%02X", i>>16&255, i>>8&255, i&255),
		"vlan=110", fmt.Sprintf("firmware=V3.2.%d", i%20), "protocols=S7comm", "ports=102/tcp", "criticality=medium", "lifecycle=in_service",
		"physical_or_virtual=physical", "location=MCC rooms 1-3", "owner_department=Controls", "custodian=j.hargreaves", "commissioned=2011-06-28",
		"end_of_support=2023-10-01", "logging=syslog", "accounts=local admin", "backup.type=manual project upload", "custom.Loop=L" + fmt.Sprint(i%500),
	})
	r := record.ImportRow{Fields: fields}
	id := record.AssetID(l.env(), "RAV", fmt.Sprintf("RAV-PLC-%05d", i))
	out, err := r.Decide(l.env(), record.Snapshot{ID: id})
	must(l.t, err)
	return out.Events[0]
}

// imported fills a laptop with n assets in transactions of many.
func imported(t testing.TB, n int) (*laptop, []record.ID) {
	t.Helper()
	l := newLaptop(t, 1)
	l.site("RAV")
	l.source = envelope.Source{Kind: "import", Name: "assets.csv"}
	ids := make([]record.ID, n)
	for from := 0; from < n; from += 10000 {
		bodies := l.bodies(from, min(n, from+10000), ids)
		l.update(func(tx *eventstore.Tx) error { return l.append(tx, plainKey, bodies...) })
	}
	return l, ids
}

func (l *laptop) bodies(from, to int, ids []record.ID) (bodies []*envelope.Body) {
	l.t.Helper()
	for i := from; i < to; i++ {
		ev := l.row(i)
		ids[i] = ev.Stream
		body, err := l.author(nil, ev)
		must(l.t, err)
		bodies = append(bodies, body)
	}
	return bodies
}

func BenchmarkApplyEdit(b *testing.B) {
	l, ids := imported(b, 1000)
	i := 0
	for b.Loop() {
		i++
		l.update(func(tx *eventstore.Tx) error {
			ev := record.Event{Type: "asset.field_changed", Schema: 1, Stream: ids[i%len(ids)], Edits: []record.Edit{{Key: "custodian", Value: record.StringValue(fmt.Sprint("p.", i))}}}
			body, err := l.author(tx, ev)
			if err != nil {
				return err
			}
			return l.append(tx, plainKey, body)
		})
	}
}

func BenchmarkApplyImport(b *testing.B) {
	const n = 10000
	for b.Loop() {
		b.StopTimer()
		l := newLaptop(b, 1)
		l.site("RAV")
		l.source = envelope.Source{Kind: "import", Name: "assets.csv"}
		bodies := l.bodies(0, n, make([]record.ID, n))
		opened := l.stored(bodies)
		before := cpu()
		b.StartTimer()
		l.update(func(tx *eventstore.Tx) error { return l.models.Apply(tx, opened) })
		b.ReportMetric((cpu()-before).Seconds()*1e6/n, "cpu-us/doc")
	}
}

// stored appends without projecting.
func (l *laptop) stored(bodies []*envelope.Body) (opened []projections.Opened) {
	l.t.Helper()
	l.update(func(tx *eventstore.Tx) error {
		envs := l.seal(plainKey, bodies...)
		positions, err := tx.Append(envs, []byte("a signature is not checked here"))
		for i, e := range envs {
			o, err := l.opener(eventstore.Row{Position: positions[i], Envelope: e, Hash: e.Hash()})
			must(l.t, err)
			opened = append(opened, o)
		}
		return err
	})
	return opened
}

// cpu is the processor time used so far, which a busy machine changes less than the wall clock.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func BenchmarkRebuild(b *testing.B) {
	const docs, edits = 10000, 9
	l, ids := imported(b, docs)
	l.edit(ids, edits)
	runtime.GC()
	debug.FreeOSMemory()
	before, n := cpu(), 0
	for b.Loop() {
		if err := l.models.Rebuild(context.Background(), nil); err != nil {
			b.Fatal(err)
		}
		n++
	}
	b.ReportMetric((cpu()-before).Seconds()/float64(n), "cpu-s/op")
	b.ReportMetric(peak(), "MB-sys")
}

// edit makes edits of each document, one after the other.
func (l *laptop) edit(ids []record.ID, edits int) {
	l.t.Helper()
	for k := range edits {
		for from := 0; from < len(ids); from += 2000 {
			l.update(func(tx *eventstore.Tx) error {
				var bodies []*envelope.Body
				for _, id := range ids[from:min(len(ids), from+2000)] {
					ev := record.Event{Type: "asset.field_changed", Schema: 1, Stream: id, Edits: []record.Edit{{Key: "custodian", Value: record.StringValue(fmt.Sprint("p.", k))}}}
					body, err := l.author(tx, ev)
					if err != nil {
						return err
					}
					bodies = append(bodies, body)
				}
				return l.append(tx, plainKey, bodies...)
			})
		}
	}
}

func peak() float64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.Sys) / (1 << 20)
}

func BenchmarkAssets(b *testing.B) {
	l, _ := imported(b, 50000)
	for _, bench := range []struct {
		name string
		q    projections.Query
	}{
		{"list", projections.Query{Limit: 100}},
		{"last", projections.Query{Limit: 100, Offset: 49900}},
		{"filter", projections.Query{Limit: 100, Where: map[string]string{"role": "plc", "vendor": "Siemens"}}},
		{"serial", projections.Query{Limit: 100, Where: map[string]string{"serial": "S C-XU00040000"}}},
		{"custom", projections.Query{Limit: 100, Where: map[string]string{"custom.Loop": "L77"}}},
		{"search", projections.Query{Limit: 100, Search: "plc-0400"}},
		{"search all", projections.Query{Limit: 100, Search: "siemens"}},
		{"everything", projections.Query{}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			before, n := cpu(), 0
			for b.Loop() {
				if page := l.assets(bench.q); page.Total == 0 {
					b.Fatal("nothing found")
				}
				n++
			}
			b.ReportMetric((cpu()-before).Seconds()*1000/float64(n), "cpu-ms/op")
		})
	}
}

// BenchmarkList measures pages of 100 rows with 12 columns of 50,000 assets once they have been read, which is measured too: its
// time, and what it keeps in memory.
func BenchmarkList(b *testing.B) {
	l, ids := imported(b, 50000)
	columns := []string{"tag", "site", "role", "zone", "vendor", "model", "serial", "ip_address", "firmware", "criticality", "lifecycle", "custom.Loop"}
	list := func(q projections.ListQuery) {
		q.Limit, q.Columns = 100, columns
		if page := l.list(q); page.Total == 0 {
			b.Fatal("nothing found")
		}
	}
	b.Run("read", func(b *testing.B) {
		held := 0.0
		for b.Loop() {
			b.StopTimer()
			l.store.Close()
			l.open()
			before := heap()
			b.StartTimer()
			list(projections.ListQuery{Sort: "tag"})
			b.StopTimer()
			held = heap() - before
			b.StartTimer()
		}
		b.ReportMetric(held, "MB-held")
	})
	for _, bench := range []struct {
		name string
		q    projections.ListQuery
	}{
		{"default", projections.ListQuery{}},
		{"last", projections.ListQuery{Offset: 49900}},
		{"sort serial", projections.ListQuery{Sort: "-serial", Offset: 20000}},
		{"sort role", projections.ListQuery{Sort: "role"}},
		{"filter", projections.ListQuery{Where: []projections.Condition{{Field: "role", Op: projections.Is, Text: "plc"}, {Field: "vendor", Op: projections.IsNot, Text: "ABB"}}}},
		{"filter serial", projections.ListQuery{Where: []projections.Condition{{Field: "serial", Op: projections.Is, Text: "S C-XU00040000"}}}},
		{"contains", projections.ListQuery{Where: []projections.Condition{{Field: "hostname", Op: projections.Contains, Text: "LC-004"}}, Sort: "ip_address"}},
		{"custom", projections.ListQuery{Where: []projections.Condition{{Field: "custom.Loop", Op: projections.Is, Text: "L77"}}}},
		{"search", projections.ListQuery{Search: "plc-0400", Sort: "model"}},
		{"search all", projections.ListQuery{Search: "siemens", Sort: "-ip_address"}},
		{"search and filter", projections.ListQuery{Search: "rav", Where: []projections.Condition{{Field: "zone", Op: projections.Contains, Text: "z3"}}, Sort: "firmware"}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			list(bench.q)
			before, n := cpu(), 0
			for b.Loop() {
				list(bench.q)
				n++
			}
			b.ReportMetric((cpu()-before).Seconds()*1000/float64(n), "cpu-ms/op")
		})
	}
	b.Run("facets", func(b *testing.B) {
		for b.Loop() {
			l.facets("zone", projections.ListQuery{Search: "rav"})
		}
	})
	b.Run("after an edit", func(b *testing.B) {
		n := 0
		for b.Loop() {
			b.StopTimer()
			n++
			l.edit(ids[n:n+1], 1)
			b.StartTimer()
			list(projections.ListQuery{Sort: "custodian"})
		}
	})
}

// heap is what lives on Go's heap, in MB.
func heap() float64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}
