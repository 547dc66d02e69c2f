package collect

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

func TestOfARecordThatCameTwiceTheLastStays(t *testing.T) {
	r := newReader(nil, "o/r", Options{})
	r.h.Deployments = []shipshape.Deployment{
		{ID: 2, CreatedAt: day(2), State: "PENDING"},
		{ID: 1, CreatedAt: day(1)},
		{ID: 2, CreatedAt: day(2), State: "SUCCESS"},
	}
	r.h.Releases = []shipshape.Release{
		{Tag: "v1", URL: "a", CreatedAt: day(1), Draft: true},
		{Tag: "v1", URL: "b", CreatedAt: day(2), Draft: true},
		{Tag: "v1", URL: "c", CreatedAt: day(3)},
		{Tag: "v1", URL: "c", CreatedAt: day(3), Name: "edited"},
	}
	r.tidy()
	if diff := cmp.Diff([]shipshape.Deployment{{ID: 1, CreatedAt: day(1)}, {ID: 2, CreatedAt: day(2), State: "SUCCESS"}}, r.h.Deployments); diff != "" {
		t.Errorf("deployments (-want +got):\n%s", diff)
	}
	var releases []string
	for _, l := range r.h.Releases {
		releases = append(releases, l.URL+l.Name)
	}
	if diff := cmp.Diff([]string{"a", "b", "cedited"}, releases); diff != "" {
		t.Errorf("releases (-want +got):\n%s", diff)
	}
	if len(r.h.Gaps) > 0 {
		t.Errorf("gaps %v, want none", r.seen())
	}
}

func TestRecordsThatNothingCanReferToAreLeftOutWithAGap(t *testing.T) {
	r := newReader(nil, "o/r", Options{})
	r.h.Refs = []shipshape.Ref{{Kind: shipshape.Tag, Name: "v1", Target: oid("1")}, {Kind: shipshape.Tag, Name: "v2"}, {Kind: shipshape.Tag, Target: oid("3")}}
	r.h.Runs = []shipshape.Run{{CreatedAt: day(1)}, {CreatedAt: day(1)}}
	r.h.Changes = []shipshape.Change{{Number: 1, CreatedAt: day(1)}, {Number: 2, State: shipshape.ChangeOpen, CreatedAt: day(1)}}
	r.tidy()
	if len(r.h.Refs) != 1 || len(r.h.Runs) != 0 || len(r.h.Changes) != 1 {
		t.Errorf("%d refs, %d runs and %d changes stay, want 1, 0 and 1", len(r.h.Refs), len(r.h.Runs), len(r.h.Changes))
	}
	want := []seen{
		{shipshape.ChangeEntity, "", "", shipshape.Truncated},
		{shipshape.RefEntity, "", "", shipshape.Truncated},
		{shipshape.RunEntity, "", "", shipshape.Truncated},
	}
	if diff := cmp.Diff(want, r.seen()); diff != "" {
		t.Errorf("gaps (-want +got):\n%s", diff)
	}
}
