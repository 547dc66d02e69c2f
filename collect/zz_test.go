package collect

import (
	"testing"
	"time"

	"github.com/shipshape-report/shipshape/internal/githubtest"
)

func TestZZFull(t *testing.T) {
	s, err := githubtest.FullSchema("/tmp/colB/full.graphql")
	if err != nil {
		t.Fatal(err)
	}
	_, r := serve(t, generated(1, 5), githubtest.Options{Schema: s})
	r.most = 2
	readConversations(t, r, time.Time{})
	if len(r.h.Changes) != 5 || len(r.h.Gaps) > 0 {
		t.Error(len(r.h.Changes), r.h.Gaps)
	}
}
