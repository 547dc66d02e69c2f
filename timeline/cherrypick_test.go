package timeline

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

func TestPickedFrom(t *testing.T) {
	const oid = "25e3cfbf9b52d2f5afa543f967a73aa8850d2038"
	tests := []struct {
		name, message string
		want          []shipshape.OID
	}{
		{"by git", "Text.\n\n(cherry picked from commit " + oid + ")", []shipshape.OID{oid}},
		{"without the word commit", "(cherry picked from 25e3cfb)", []shipshape.OID{"25e3cfb"}},
		{"with a hyphen and capitals", "Cherry-picked from commit 25E3CFB.", []shipshape.OID{"25e3cfb"}},
		{"by address", "cherry picked from https://github.com/org/app/commit/" + oid, []shipshape.OID{oid}},
		{"a pick of a pick, the original first", "(cherry picked from commit aaaaaaa)\n(cherry picked from commit bbbbbbb)",
			[]shipshape.OID{"aaaaaaa", "bbbbbbb"}},
		{"too short", "(cherry picked from commit 25e3cf)", nil},
		{"from a branch", "cherry picked from the main branch", nil},
		{"about picking", "Do not cherry pick this", nil},
		{"", "", nil},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, pickedFrom(test.message)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.name, diff)
		}
	}
}

func TestPickedChange(t *testing.T) {
	tests := map[string]int{
		"Cherry pick of #123 on release-1.20.":      123,
		"[release-1.9] cherry-pick #12: title":      12,
		"Backport of org/app#7":                     7,
		"Backports PR #8":                           8,
		"back-port from #9 (#10)":                   9,
		"Backport of other/app#7":                   0,
		"This should be backported":                 0,
		"#12 needs a backport":                      0,
		"Cherry tomatoes, see #5":                   0,
		"backport of other/app#1, backport of #200": 200,
	}
	for text, want := range tests {
		if got := pickedChange(text, "org/app"); got != want {
			t.Errorf("%q is a pick of #%d, want #%d", text, got, want)
		}
	}
}

func TestOriginOfACherryPick(t *testing.T) {
	tests := []attributed{
		{
			name: "of a pull request's squash", graph: "aaaaaaa bbbbbbb<aaaaaaa C<bbbbbbb", subjects: "bbbbbbb=Pull 1 (#1)",
			bodies: "C=(cherry picked from commit bbbbbbb)", pulls: "1 bbbbbbb x x 1",
			want: "aaaaaaa direct, bbbbbbb #1, C pick #1",
		},
		{
			name: "of a squashed commit", graph: "R bbbbbbb<R C<bbbbbbb", subjects: "bbbbbbb=Pull 1 (#1)",
			bodies: "C=(cherry picked from commit ccccccc)", pulls: "1 bbbbbbb ccccccc ccccccc 1",
			want: "R direct, bbbbbbb #1, C pick #1",
		},
		{
			name: "of a commit without a pull request", graph: "aaaaaaaaa C<aaaaaaaaa",
			bodies: "C=(cherry picked from commit aaaaaaaaa)", want: "aaaaaaaaa direct, C pick aaaaaaa",
		},
		{
			name: "of a commit that nobody has", graph: "R C<R",
			bodies: "C=(cherry picked from commit ffffffffff)", want: "R direct, C pick fffffff",
		},
		{
			name: "of a pick of a pull request", graph: "aaaaaaa bbbbbbb<aaaaaaa C<bbbbbbb", subjects: "aaaaaaa=Pull 1 (#1)",
			bodies: "bbbbbbb=(cherry picked from commit aaaaaaa); C=(cherry picked from commit fffffff)\n(cherry picked from commit aaaaaaa)",
			pulls:  "1 aaaaaaa x x 0", want: "aaaaaaa #1, bbbbbbb pick #1, C pick #1",
		},
		{
			name: "a number that was given out later", graph: "R C<R", subjects: "C=From elsewhere (#1)",
			pulls: "1 - x x 50000", want: "R direct, C direct",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := test.history()
			if strings.HasPrefix(test.name, "a number") {
				h.Changes[0].CreatedAt = minute(49000)
			}
			if diff := cmp.Diff(test.want, owners(linked(h, never))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestCherryPickWithAPullRequestIsAChangeThatNamesItsOrigin(t *testing.T) {
	tests := []struct {
		name, title, body, commit, want string
	}{
		{name: "by its commit", title: "Fix", commit: "(cherry picked from commit bbbbbbb)", want: "#1"},
		{name: "by its title", title: "Cherry-pick #1 for 3.1", want: "#1"},
		{name: "by the number its title ends in", title: "[3.1] Fix (#1)", want: "#1"},
		{name: "by its description", title: "Fix", body: "Backport of #1.", want: "#1"},
		{name: "its own number", title: "Fix (#2)"},
		{name: "a number of no pull request", title: "Fix (#9)"},
		{name: "one that is none", title: "Fix"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := attributed{
				graph: "aaaaaaa bbbbbbb<aaaaaaa C<bbbbbbb", subjects: "bbbbbbb=Pull 1 (#1); C=Fix (#2)",
				bodies: "C=" + test.commit, pulls: "1 bbbbbbb x x 1; 2 C y y 2",
			}.history()
			h.Changes[1].Title, h.Changes[1].Body = test.title, test.body
			h.Refs = append(h.Refs, shipshape.Ref{Kind: shipshape.Tag, Name: "v1.0.0", Target: "C"})
			r := linked(h, never)
			c := r.Changes[len(r.Changes)-1]
			if c.Number != 2 || c.CherryPickOf != test.want {
				t.Errorf("#%d is a pick of %q, want %q", c.Number, c.CherryPickOf, test.want)
			}
			want := Ledger{Commits: 3, Listed: 2, Direct: 1, Explained: 3}
			if diff := cmp.Diff(want, r.Releases[0].Ledger); diff != "" {
				t.Errorf("ledger (-want +got)\n%s", diff)
			}
		})
	}
}

func TestAbbreviationOfTwoCommitsNamesNone(t *testing.T) {
	x := newCommitIndex(newGraph(commitsOf("abcdef0a abcdef0b abcdef1a")), nil)
	if o, ok := x.find("abcdef0"); ok {
		t.Errorf("an ambiguous abbreviation names %s", o)
	}
	if o, ok := x.find("abcdef1"); !ok || o != "abcdef1a" {
		t.Errorf("got %q, %v", o, ok)
	}
	if o, ok := x.find("ffffffff"); ok {
		t.Errorf("the end of the list names %s", o)
	}
}

func FuzzPicked(f *testing.F) {
	f.Add("(cherry picked from commit 25e3cfbf9b52d2f5afa543f967a73aa8850d2038)")
	f.Add("Backport of a/b#5, cherry-pick #6")
	f.Fuzz(func(t *testing.T, text string) {
		for _, o := range pickedFrom(text) {
			if len(o) < 7 || len(o) > 64 || strings.Trim(string(o), "0123456789abcdef") != "" {
				t.Errorf("origin %q", o)
			}
		}
		if n := pickedChange(text, "a/b"); n < 0 {
			t.Errorf("number %d", n)
		}
	})
}
