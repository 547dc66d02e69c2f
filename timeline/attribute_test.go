package timeline

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

// attributed is a history written for one rule of attribution.
type attributed struct {
	name  string
	graph string // as commitsOf reads it; the last commit is the tip of main
	// subjects and bodies are "A=subject; B=subject".
	subjects, bodies string
	// pulls are "number result head own,own merge-minute", "-" for what is not
	// recorded, separated by semicolons.
	pulls string
	// want tells for every commit what owns it: "#5", "direct", "pick #5", "merge".
	want string
}

func (a attributed) history() *shipshape.RepositoryHistory {
	h := historyOf(a.graph)
	each := func(pairs string, set func(c *shipshape.Commit, text string)) {
		for pair := range strings.SplitSeq(pairs, "; ") {
			name, text, _ := strings.Cut(pair, "=")
			for i := range h.Commits {
				if string(h.Commits[i].OID) == name {
					set(&h.Commits[i], text)
				}
			}
		}
	}
	each(a.subjects, func(c *shipshape.Commit, text string) { c.Headline = text })
	each(a.bodies, func(c *shipshape.Commit, text string) { c.Body = text })
	oid := func(name string) shipshape.OID { return shipshape.OID(strings.TrimPrefix(name, "-")) }
	for pull := range strings.SplitSeq(a.pulls, "; ") {
		var pr shipshape.Change
		var result, head, own string
		var merged int
		if _, err := fmt.Sscan(pull, &pr.Number, &result, &head, &own, &merged); err != nil {
			continue
		}
		pr.Title, pr.State = fmt.Sprintf("Pull %d", pr.Number), shipshape.ChangeMerged
		pr.MergeCommit, pr.HeadOID, pr.MergedAt = oid(result), oid(head), minute(merged-24*60)
		for name := range strings.SplitSeq(own, ",") {
			if name != "-" {
				pr.Commits = append(pr.Commits, shipshape.ChangeCommit{OID: oid(name)})
			}
		}
		h.Changes = append(h.Changes, pr)
	}
	return h
}

// owners words what owns each commit.
func owners(r *Repository) string {
	var out []string
	for i := range int32(r.graph.len()) {
		owner := ""
		switch c := r.owner[i]; {
		case c == nil && r.accounts[i] == mergeOnly:
			owner = "merge"
		case c == nil:
			owner = "nobody"
		case c.Number > 0:
			owner = fmt.Sprintf("#%d", c.Number)
		case c.CherryPickOf != "":
			owner = "pick " + c.CherryPickOf
		default:
			owner = "direct"
		}
		out = append(out, string(r.graph.oid(i))+" "+owner)
	}
	return strings.Join(out, ", ")
}

func TestOwnerOfACommit(t *testing.T) {
	tests := []attributed{
		{
			name: "merge", graph: "R A<R B<A M<R,B", subjects: "M=Merge pull request #1 from a/b",
			pulls: "1 M B A,B 3", want: "R direct, A #1, B #1, M #1",
		},
		{
			name: "merge of which no commit is listed", graph: "R A<R B<A M<R,B", subjects: "M=Merge pull request #1 from a/b",
			pulls: "1 M B - 3", want: "R direct, A #1, B #1, M #1",
		},
		{
			name: "merge of which nothing is recorded", graph: "R A<R B<A M<R,B", subjects: "M=Merge pull request #1 from a/b",
			pulls: "1 - - - 3", want: "R direct, A #1, B #1, M #1",
		},
		{
			name: "a merge that only names the number, a month off", graph: "R A<R M<R,A", subjects: "M=Merge pull request #1 from a/b",
			pulls: "1 - - - 50000", want: "R direct, A direct, M merge",
		},
		{
			name: "script: what is recorded is the head", graph: "R A<R M<R,A", subjects: "M=Merge acme/shop#1: Pull 1",
			pulls: "1 A A A 2", want: "R direct, A #1, M #1",
		},
		{
			name: "script in another repository's history", graph: "R A<R M<R,A", subjects: "M=Merge acme/other#1: Pull 1",
			pulls: "1 gone - - 2", want: "R direct, A direct, M merge",
		},
		{
			name: "merge recorded in no history", graph: "R A<R M<R,A", subjects: "M=Merge #1: Pull 1",
			pulls: "1 gone A A 2", want: "R direct, A #1, M #1",
		},
		{
			name: "squash", graph: "R S<R", subjects: "S=Pull 1 (#1)",
			pulls: "1 S x x 1", want: "R direct, S #1",
		},
		{
			name: "squash of which nothing is recorded, by its title", graph: "R S<R", subjects: "S=Pull 1 (#1)",
			pulls: "1 - x x 50000", want: "R direct, S #1",
		},
		{
			name: "squash of which nothing is recorded, by its time", graph: "R S<R", subjects: "S=Other words (#1)",
			pulls: "1 - x x 5", want: "R direct, S #1",
		},
		{
			name: "a subject with the number, of another title and time", graph: "R S<R", subjects: "S=Other words (#1)",
			pulls: "1 - x x 50000", want: "R direct, S pick #1",
		},
		{
			name: "one number on several commits", graph: "R S<R P<S", subjects: "S=Pull 1 (#1); P=Pull 1 (#1)",
			pulls: "1 S x x 1", want: "R direct, S #1, P pick #1",
		},
		{
			name: "fast-forward", graph: "R A<R B<A",
			pulls: "1 B B A,B 2", want: "R direct, A #1, B #1",
		},
		{
			name: "nested: the innermost merge owns", graph: "R A<R B<A N<A,B C<N M<R,C",
			subjects: "N=Merge pull request #2 from a/b; M=Merge pull request #1 from a/c",
			pulls:    "1 M C A,B,N,C 5; 2 N B B 3", want: "R direct, A #1, B #2, N #2, C #1, M #1",
		},
		{
			name: "stacked: the first that was merged owns", graph: "R A<R B<A M<R,A N<M,B",
			subjects: "M=Merge pull request #1 from a/b; N=Merge pull request #2 from a/c",
			pulls:    "1 M A A 3; 2 N B A,B 4", want: "R direct, A #1, B #2, M #1, N #2",
		},
		{
			name: "a merge of main into a branch brings nothing of main's", graph: "R A<R D<R B<A,D M<D,B",
			subjects: "M=Merge pull request #1 from a/b",
			pulls:    "1 M B - 4", want: "R direct, A #1, D direct, B #1, M #1",
		},
		{
			name: "a merge that swaps its parents", graph: "R S<R A<R M<A,S",
			subjects: "S=Pull 1 (#1); M=Merge branch 'main' of host",
			pulls:    "1 S x x 1", want: "R direct, S #1, A direct, M merge",
		},
		{
			name: "two pull requests that arrived with one merge", graph: "R A<R B<A M<R,B", subjects: "M=Merge pull request #2 from a/b",
			pulls: "1 M A A 3; 2 M B A,B 3", want: "R direct, A #1, B #2, M #2",
		},
		{
			name: "a pull request that was not merged", graph: "R A<R M<R,A", subjects: "M=Merge pull request #7 from a/b",
			want: "R direct, A direct, M merge",
		},
		{
			name: "on no line that is kept", graph: "X R", want: "X nobody, R direct",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, owners(linked(test.history(), never))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestRebasedCommitsBelongToTheirPullRequest(t *testing.T) {
	// #1 was rebased: B' and C' are copies, its merge was dropped. D is not its own.
	h := historyOf("R D<R B'<D C'<B'")
	h.Commits[2].Headline, h.Commits[3].Headline = "Do b", "Do c"
	h.Changes = []shipshape.Change{{
		Number: 1, State: shipshape.ChangeMerged, MergedAt: minute(0), MergeCommit: "C'", HeadOID: "C",
		Commits: []shipshape.ChangeCommit{
			{OID: "B", Headline: "Do b", AuthoredAt: h.Commits[2].AuthoredAt},
			{OID: "M", Headline: "Merge branch 'main' into topic", AuthoredAt: minute(-7)},
			{OID: "C", Headline: "Do c", AuthoredAt: h.Commits[3].AuthoredAt},
		},
	}}
	r := linked(h, never)
	if diff := cmp.Diff("R direct, D direct, B' #1, C' #1", owners(r)); diff != "" {
		t.Errorf("owners (-want +got)\n%s", diff)
	}
	var own []string
	for _, c := range r.Changes[len(r.Changes)-1].Commits {
		own = append(own, fmt.Sprintf("%s %v", c.OID, c.Merge))
	}
	if diff := cmp.Diff([]string{"B false", "M true", "C false"}, own); diff != "" {
		t.Errorf("own commits (-want +got)\n%s", diff)
	}
}

func TestSquashOfSeveralCommitsTakesNothingBelowIt(t *testing.T) {
	h := historyOf("R D<R S<D")
	h.Commits[2].Headline = "Pull 1 (#1)"
	h.Changes = []shipshape.Change{{
		Number: 1, State: shipshape.ChangeMerged, MergedAt: minute(0), MergeCommit: "S", HeadOID: "B",
		Commits: []shipshape.ChangeCommit{
			{OID: "A", Headline: "Do a", AuthoredAt: minute(-9)}, {OID: "B", Headline: "Do b", AuthoredAt: minute(-8)},
		},
	}}
	r := linked(h, never)
	if diff := cmp.Diff("R direct, D direct, S #1", owners(r)); diff != "" {
		t.Errorf("owners (-want +got)\n%s", diff)
	}
	c := r.Changes[len(r.Changes)-1]
	if len(c.Commits) != 2 || !c.FirstAuthored.Equal(minute(-9)) || c.Commit != "S" || c.Head != "B" {
		t.Errorf("commits %v, first authored %v, commit %s, head %s", c.Commits, c.FirstAuthored, c.Commit, c.Head)
	}
}

func TestChangeInNoHistoryIsKeptAndSaysSo(t *testing.T) {
	r := linked(attributed{graph: "R", pulls: "1 gone x x 0"}.history(), never)
	c := r.Changes[len(r.Changes)-1]
	if c.Number != 1 || c.InGraph || c.Commit != "x" {
		t.Errorf("got #%d, in graph %v, commit %q", c.Number, c.InGraph, c.Commit)
	}
}

func TestSizeIsUnknownWhereNoLinesAreStated(t *testing.T) {
	h := attributed{graph: "R A<R", subjects: "A=Pull 1 (#1)", pulls: "1 A x x 1"}.history()
	sizes := func() (known []bool) {
		for _, c := range linked(h, never).Changes {
			known = append(known, c.SizeKnown)
		}
		return known
	}
	if diff := cmp.Diff([]bool{false, true}, sizes()); diff != "" {
		t.Errorf("a commit without lines, a pull request of none (-want +got)\n%s", diff)
	}
	h.Commits[0].Files, h.Changes[0].Additions = 1, 3
	if diff := cmp.Diff([]bool{true, true}, sizes()); diff != "" {
		t.Errorf("stated (-want +got)\n%s", diff)
	}
	h.Gaps = []shipshape.Gap{{Entity: shipshape.ChangeEntity, Field: "additions", Reason: shipshape.Absent}}
	if diff := cmp.Diff([]bool{true, false}, sizes()); diff != "" {
		t.Errorf("a gap of pull requests (-want +got)\n%s", diff)
	}
}
