package timeline

import (
	"testing"

	"github.com/shipshape-report/shipshape"
)

func TestMergedNumber(t *testing.T) {
	tests := []struct {
		subject    string
		repository shipshape.RepositoryName
		n          int
	}{
		{"Merge pull request #5 from org/branch", "", 5},
		{"Merge pull request #5", "", 5},
		{"Merge org/app#1878: field: correct docs", "org/app", 1878},
		{"Merge #626: Revert \"Merge #620\"", "", 626},
		{"Merge PR #7: text", "", 7},
		{"Auto merge of #8 - user:branch, r=other", "", 8},
		{"Merge branch 'main' into topic", "", 0},
		{"Merge branch '#5' into topic", "", 0},
		{"Merge #5th attempt", "", 0},
		{"Merge #05", "", 0},
		{"Merge #1234567890", "", 0},
		{"Merge a/b/c#5: text", "", 0},
		{"Merge the work of #5", "", 0},
		{"Merged #5", "", 0},
		{"", "", 0},
	}
	for _, test := range tests {
		if repository, n := mergedNumber(test.subject); repository != test.repository || n != test.n {
			t.Errorf("%q merges %q #%d, want %q #%d", test.subject, repository, n, test.repository, test.n)
		}
	}
}

func TestLastNumber(t *testing.T) {
	tests := []struct {
		subject, title string
		n              int
	}{
		{"Fix it (#5)", "Fix it", 5},
		{"cherry-pick #5 for 3.1) (#6)", "cherry-pick #5 for 3.1)", 6},
		{"Fix (#5) (#6)", "Fix (#5)", 6},
		{"Fix it (#5) ", "Fix it", 5},
		{"(#5)", "", 5},
		{"Fix (#5) now", "Fix (#5) now", 0},
		{"Fix (5)", "Fix (5)", 0},
		{"Fix (#)", "Fix (#)", 0},
		{"Fix (#0)", "Fix (#0)", 0},
		{"Fix #5", "Fix #5", 0},
		{"Fix (org/app#5)", "Fix (org/app#5)", 0},
	}
	for _, test := range tests {
		if n, title := lastNumber(test.subject); n != test.n || title != test.title {
			t.Errorf("%q ends in #%d after %q, want #%d after %q", test.subject, n, title, test.n, test.title)
		}
	}
}

func FuzzSubject(f *testing.F) {
	for _, s := range []string{"Merge pull request #5 from a/b", "Merge a/b#5: c", "Fix (#5)", "Merge ##", "(#", "#5", "/#5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, subject string) {
		if repository, n := mergedNumber(subject); n < 0 || n == 0 && repository != "" {
			t.Errorf("%q merges %q #%d", subject, repository, n)
		}
		n, title := lastNumber(subject)
		if n < 0 || len(title) > len(subject) || n == 0 && title != subject {
			t.Errorf("%q ends in #%d after %q", subject, n, title)
		}
	})
}
