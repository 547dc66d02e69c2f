package timeline

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

func TestTakenBack(t *testing.T) {
	const oid, other = "25e3cfbf9b52d2f5afa543f967a73aa8850d2038", "116d2ab3df630455f23a7b21f50237689879ecc0"
	tests := []struct {
		name, title, text string
		want              takeback
	}{
		{"GitHub's button", `Revert "Add x"`, "Reverts org/app#12", takeback{title: "Add x", numbers: []int{12}}},
		{"another repository", `Revert "Add x"`, "Reverts org/other#12", takeback{title: "Add x"}},
		{"git revert", `Revert "Add x"`, "This reverts commit " + oid + ".", takeback{title: "Add x", commits: []shipshape.OID{oid}}},
		{"git revert of a merge", `Revert "Merge #5: x"`, "This reverts commit " + oid + ", reversing\nchanges made to " + other + ".",
			takeback{title: "Merge #5: x", commits: []shipshape.OID{oid}}},
		{"abbreviated, in capitals", "Go back", "this reverts commit 25E3CFB", takeback{commits: []shipshape.OID{"25e3cfb"}}},
		{"several commits", "Go back", "This reverts commits 25e3cfb, 116d2ab and aaaaaaa.",
			takeback{commits: []shipshape.OID{"25e3cfb", "116d2ab", "aaaaaaa"}}},
		{"several numbers", "Go back", "Reverts #1, #2 and org/app#3", takeback{numbers: []int{1, 2, 3}}},
		{"by address", "Go back", "This PR reverts https://github.com/org/app/pull/7", takeback{numbers: []int{7}}},
		{"an address elsewhere", "Go back", "This PR reverts https://github.com/org/other/pull/7", takeback{}},
		{"the reason is not taken back", "Go back", "Reverts #12 because of #13", takeback{numbers: []int{12}}},
		{"conventional", "revert: feat: add x", "", takeback{title: "feat: add x"}},
		{"conventional type before", "chore(api)!: revert x", "", takeback{title: "x"}},
		{"conventional with quotes", `fix: revert "feat: add x" (#9)`, "", takeback{title: "feat: add x", suffix: 9}},
		{"typographic quotes", "Revert “Add x”", "", takeback{title: "Add x"}},
		{"revert of a revert", `Revert "Revert "Add x""`, "", takeback{title: `Revert "Add x"`}},
		{"reapply", `Reapply "Add x"`, "", takeback{title: `Revert "Add x"`}},
		{"number within the title", `Revert "Add x (#12)"`, "", takeback{title: "Add x (#12)", numbers: []int{12}}},
		{"a cause's number within the title", `Revert "Fix crash of #45"`, "", takeback{title: "Fix crash of #45"}},
		{"number only", "Revert #12", "", takeback{title: "#12", numbers: []int{12}}},
		{"pull request by words", "Revert PR #12 (#20)", "", takeback{title: "PR #12", numbers: []int{12}, suffix: 20}},
		{"commit only", "Revert commit 25e3cfb", "", takeback{title: "commit 25e3cfb", commits: []shipshape.OID{"25e3cfb"}}},
		{"cut", "Revert \"Add a very long…", "", takeback{title: "Add a very long…"}},
		{"a list in Markdown", "Go back", "Why:\n- reverts #4\n- Reverts #5", takeback{numbers: []int{4, 5}}},
		{"in part", "Tidy", "This partially reverts commit 25e3cfb", takeback{}},
		{"by another", "Tidy", "It was reverted by #5, see if we should revert #6", takeback{}},
		{"reversible", "Reversible migrations (#5)", "Reverts nothing", takeback{}},
		{"nothing", "", "", takeback{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := takenBack(test.title, test.text, "org/app")
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(takeback{})); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// pullsOf returns a history in which each line is a pull request, squashed onto
// main: "title | description | body of the result". The first is #1, and so on.
func pullsOf(lines ...string) *shipshape.RepositoryHistory {
	h := historyOf("root")
	for k, line := range lines {
		parts := append(strings.Split(line, " | "), "", "")
		n, oid := k+1, shipshape.OID(fmt.Sprintf("%07x%033d", 0xabcdef0+k, 0))
		own := shipshape.OID(fmt.Sprintf("%07x%033d", 0x1234560+k, 0))
		h.Commits = append(h.Commits, shipshape.Commit{
			OID: oid, Parents: []shipshape.OID{h.Commits[k].OID}, CommittedAt: minute(k), AuthoredAt: minute(k),
			Headline: fmt.Sprintf("%s (#%d)", parts[0], n), Body: parts[2],
		})
		h.Changes = append(h.Changes, shipshape.Change{
			Number: n, Title: parts[0], Body: parts[1], State: shipshape.ChangeMerged, MergedAt: minute(k),
			MergeCommit: oid, HeadOID: own, Commits: []shipshape.ChangeCommit{{OID: own}},
		})
		h.Refs[0].Target = oid
	}
	return h
}

func TestRevertAndTargetNameEachOther(t *testing.T) {
	tests := []struct {
		name  string
		pulls []string
		want  string // "revert>target", and those in force at the end
	}{
		{"by title", []string{"Add x", `Revert "Add x"`}, "2>1, in force 2"},
		{"by title, in another case", []string{"feat: Add  x", `revert: feat: add x`}, "2>1, in force 2"},
		{"by title without its type", []string{"feat(api): add x", "chore: revert add x"}, "2>1, in force 2"},
		{"by number", []string{"Add x", "Go back | Reverts acme/shop#1"}, "2>1, in force 2"},
		{"by number in the title", []string{"Add x", "Add x", `Revert "Add x (#1)"`}, "3>1, in force 2 3"},
		{"by number after the title", []string{"Add x", "Add x", `Revert "Add x" (#1)`}, "3>1, in force 2 3"},
		{"a backport names the revert", []string{"Add x", `Revert "Add x"`, `Revert "Add x" (#2)`}, "2>1, in force 2 3"},
		{"by squash", []string{"Add x", "Go back | | This reverts commit abcdef0" + strings.Repeat("0", 33) + "."}, "2>1, in force 2"},
		{"by abbreviation", []string{"Add x", "Go back | This reverts commit abcdef0."}, "2>1, in force 2"},
		{"by its own commit", []string{"Add x", "Go back | This reverts commit 1234560" + strings.Repeat("0", 33) + "."}, "2>1, in force 2"},
		{"several at once", []string{"Add x", "Add y", "Go back | Reverts #1 and #2"}, "3>1 3>2, in force 3"},
		{"twice named is once", []string{"Add x", `Revert "Add x" | Reverts #1 | This reverts commit abcdef0.`}, "2>1, in force 2"},
		{"names before titles", []string{"Add x", "Add x", `Revert "Add x" | Reverts #1`}, "3>1, in force 2 3"},
		{"the latest of equal titles", []string{"Add x", "Add x", `Revert "Add x"`}, "3>2, in force 1 3"},
		{"the latest still in force", []string{"Add x", "Add x", `Revert "Add x"`, `Revert "Add x"`}, "3>2 4>1, in force 3 4"},
		{"cut", []string{"Add a very long title", "Revert \"Add a very…"}, "2>1, in force 2"},
		{"cut too short to tell", []string{"Add a very long title", "Revert \"Add…"}, "in force 1 2"},
		{"only what came before", []string{`Revert "Add x"`, "Add x", "Go back | Reverts #4", "Add y"}, "in force 1 2 3 4"},
		{"itself never", []string{"Go back | Reverts #1"}, "in force 1"},
		{"chain", []string{"Add x", `Revert "Add x"`, `Revert "Revert "Add x""`}, "2>1 3>2, in force 1 3"},
		{"chain by reapplying", []string{"Add x", `Revert "Add x"`, `Reapply "Add x"`}, "2>1 3>2, in force 1 3"},
		{"longer chain", []string{"Add x", `Revert "Add x"`, `Reapply "Add x"`, `Revert "Add x"`}, "2>1 3>2 4>1, in force 3 4"},
		{"an unknown number", []string{"Add x", "Go back | Reverts #99"}, "in force 1 2"},
		{"an unknown commit", []string{"Add x", "Go back | This reverts commit fffffff."}, "in force 1 2"},
		{"too short an abbreviation", []string{"Add x", "Add y", "Go back | This reverts commit abcdef."}, "in force 1 2 3"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := linked(pullsOf(test.pulls...), never)
			var reverts, force []string
			for _, c := range r.Changes {
				if c.Number == 0 {
					continue // the root
				}
				for _, target := range c.Reverts {
					reverts = append(reverts, fmt.Sprintf("%d>%d", c.Number, target.Number))
				}
				if c.Effective() {
					force = append(force, fmt.Sprint(c.Number))
				}
			}
			got := "in force " + strings.Join(force, " ")
			if len(reverts) > 0 {
				got = strings.Join(reverts, " ") + ", " + got
			}
			if got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
			for _, c := range r.Changes {
				for _, target := range c.Reverts {
					if !slices.Contains(target.RevertedBy, c) {
						t.Errorf("#%d reverts #%d, which does not name it", c.Number, target.Number)
					}
				}
			}
		})
	}
}

func TestRevertOfEqualTitlesIsOfWhatLiesBelowIt(t *testing.T) {
	// The change came to main as A and to a branch as B, later; C on main takes it
	// back there.
	h := historyOf("root A<root B<root C<A")
	for i, title := range []string{"", "Add x", "Add x", `Revert "Add x"`} {
		h.Commits[i].Headline = title
	}
	h.Refs = append(h.Refs, shipshape.Ref{Kind: shipshape.Tag, Name: "v1.0.0", Target: "B"})
	for _, c := range linked(h, never).Changes {
		if c.Commit == "C" && (len(c.Reverts) != 1 || c.Reverts[0].Commit != "A") {
			t.Errorf("C reverts %v, want A", c.Reverts)
		}
	}
}

func TestChainsThatNameEverythingEnd(t *testing.T) {
	var pulls []string
	for n := range 60 {
		var all []string
		for k := range n {
			all = append(all, fmt.Sprintf("#%d", k+1))
		}
		pulls = append(pulls, "Go back | Reverts "+strings.Join(all, ", "))
	}
	for _, c := range linked(pullsOf(pulls...), never).Changes {
		if last := c.Number == 60 || c.Number == 0; c.Effective() != last {
			t.Errorf("#%d in force: %v", c.Number, c.Effective())
		}
	}
}

func FuzzTakenBack(f *testing.F) {
	f.Add(`Revert "Add x" (#5)`, "This reverts commit 25e3cfb, reversing\nchanges")
	f.Add("Revert #12", "Reverts a/b#5, #6 and #7")
	f.Add(`Revert "Revert "x…`, "reverts https://github.com/a/b/pull/1")
	f.Fuzz(func(t *testing.T, title, text string) {
		got := takenBack(title, text, "a/b")
		for _, n := range got.numbers {
			if n <= 0 {
				t.Errorf("number %d", n)
			}
		}
		for _, o := range got.commits {
			if len(o) < 7 || len(o) > 64 || strings.Trim(string(o), "0123456789abcdef") != "" {
				t.Errorf("commit %q", o)
			}
		}
		if inner := got.title; len(inner) > len(title)+len("Revert ") {
			t.Errorf("title %q", inner)
		}
		cutTitle(title)
	})
}
