package collect

import (
	"net/http"
	"testing"
	"time"

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
