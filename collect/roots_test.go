package collect

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

// oid returns an object id of one digit.
func oid(digit string) shipshape.OID { return shipshape.OID(strings.Repeat(digit, 40)) }

func TestTheGraphIsReadFromWhatIsToldOf(t *testing.T) {
	r := newReader(nil, "o/r", Options{ReleaseBranch: func(name string) bool { return strings.HasPrefix(name, "release-") }})
	r.head = oid("0")
	r.h.Repository.DefaultBranch = "main"
	r.h.Refs = []shipshape.Ref{
		{Kind: shipshape.Branch, Name: "main", Target: oid("0")},
		{Kind: shipshape.Branch, Name: "release-1", Target: oid("1")},
		{Kind: shipshape.Branch, Name: "staging", Target: oid("2")},
		{Kind: shipshape.Branch, Name: "someone/works", Target: oid("3")},
		{Kind: shipshape.Tag, Name: "v1", Target: oid("4")},
		{Kind: shipshape.Tag, Name: "v1-again", Target: oid("4")},
	}
	r.h.Deployments = []shipshape.Deployment{
		{Commit: oid("5"), Ref: "staging"},
		{Commit: "no object id"},
		{Commit: oid("g")},
		{},
	}
	r.h.Releases = []shipshape.Release{{Commit: oid("6")}, {}}
	want := []shipshape.OID{oid("0"), oid("1"), oid("2"), oid("4"), oid("5"), oid("6")}
	if diff := cmp.Diff(want, r.roots()); diff != "" {
		t.Errorf("roots (-want +got):\n%s", diff)
	}
}

func TestAnEmptyRepositoryHasNoRootsAndNoLines(t *testing.T) {
	r := newReader(nil, "o/r", Options{})
	if roots := r.roots(); len(roots) != 0 {
		t.Errorf("roots %v, want none", roots)
	}
	if r.line("") {
		t.Error("the branch without a name is a line of releases")
	}
}
