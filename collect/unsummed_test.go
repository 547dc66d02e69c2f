package collect

import (
	"testing"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// A summary that is refused takes every issue out of the answer, as the schema promises
// it: the issues are read without it.
func TestIssuesAreReadWithoutASummaryThatIsRefused(t *testing.T) {
	for field, lacks := range map[string]string{"Issue.subIssuesSummary": "subIssues", "Issue.issueDependenciesSummary": "blockedBy"} {
		h := generated(5, 30).Repositories[0]
		server, name := served(t, h, func(r *githubtest.Repository) { r.Forbidden = []string{field} })
		got, err := collected(t, server, name, everything(), 0)
		if err != nil || len(got.Issues) != len(h.Issues) || len(h.Issues) == 0 {
			t.Fatalf("%s: %d issues of %d, %v", field, len(got.Issues), len(h.Issues), err)
		}
		found := false
		for _, g := range got.Gaps {
			found = found || g.Entity == shipshape.IssueEntity && g.Field == lacks && g.ID == ""
		}
		if !found {
			t.Errorf("%s: no gap of %s: %v", field, lacks, got.Gaps)
		}
	}
}
