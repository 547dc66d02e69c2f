package collect

import (
	"fmt"
	"net/http"
	"runtime"
	"testing"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/dataset"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// BenchmarkReadingOfAHundredChanges is what the program itself takes for the
// hundred youngest pull requests of a real repository, answers at hand.
func BenchmarkReadingOfAHundredChanges(b *testing.B) {
	h, err := dataset.Read("../testdata/datasets/secp256k1")
	if err != nil {
		b.Fatal(err)
	}
	all := &h.Repositories[0].Changes
	*all = (*all)[len(*all)-100:]
	server, err := githubtest.New(h, githubtest.Options{})
	if err != nil {
		b.Fatal(err)
	}
	var said [][]byte
	read := func(transport roundTrip) {
		r := newReader(through(b, transport), h.Repositories[0].Repository.Name, Options{})
		if err := r.changes(b.Context(), time.Time{}); err != nil || len(r.h.Changes) != 100 {
			b.Fatal(err, len(r.h.Changes))
		}
	}
	read(recording(server, &said))
	for b.Loop() {
		n := 0
		read(func(q *http.Request) (*http.Response, error) {
			n++
			return saying(q, said[n-1]), nil
		})
	}
	size := 0
	for _, body := range said {
		size += len(body)
	}
	b.SetBytes(int64(size))
}

// BenchmarkMemoryOfManyChanges reads a large repository's pull requests and says what
// is held of them in the end, and the most that was held on the way, garbage taken
// away. The records of the server are not counted.
func BenchmarkMemoryOfManyChanges(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			server, err := githubtest.New(&shipshape.History{Repositories: []shipshape.RepositoryHistory{busy(n, 0)}}, githubtest.Options{Budget: -1})
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				start, peak, steps := held(), uint64(0), 0
				o := everything()
				o.Progress = func(s Step) {
					if s.Done*20/n > steps || s.Done == n {
						steps, peak = s.Done*20/n, max(peak, held())
					}
				}
				r := newReader(newClient(b, server), "acme/crowd", o)
				if err := r.changes(b.Context(), time.Time{}); err != nil || len(r.h.Changes) != n {
					b.Fatal(len(r.h.Changes), err)
				}
				const mb = 1 << 20
				end := held()
				b.ReportMetric(float64(end-start)/mb, "MB-held")
				b.ReportMetric(float64(max(peak, end)-start)/mb, "MB-peak")
				runtime.KeepAlive(r)
			}
		})
	}
}

// held is how many bytes live in the heap.
func held() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
