package collect

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/git"
)

// listedCommit is a commit as a pull request lists it. Its message is asked for
// whole, since GitHub cuts a headline after 72 characters, and then it is not that of
// the commit any more that a rebase made of this one.
type listedCommit struct {
	Commit struct {
		OID           shipshape.OID `graphql:"oid"`
		AuthoredDate  time.Time
		CommittedDate time.Time
		Message       string
	}
}

// listedCommits converts a pull request's commits, in git's order as GitHub lists
// them.
func listedCommits(nodes []*listedCommit) []shipshape.ChangeCommit {
	var list []shipshape.ChangeCommit
	for _, n := range nodes {
		if n == nil || n.Commit.OID == "" {
			continue
		}
		headline, _ := git.Message(n.Commit.Message)
		list = append(list, shipshape.ChangeCommit{
			OID:         n.Commit.OID,
			AuthoredAt:  n.Commit.AuthoredDate.UTC(),
			CommittedAt: n.Commit.CommittedDate.UTC(),
			Headline:    strings.Clone(headline), // or the whole message stays in memory
		})
	}
	return list
}

// unlistedCommits is the gap of commits that GitHub counts and does not list. It
// lists 250 of a pull request, see
// https://docs.github.com/en/rest/pulls/pulls#list-commits-on-a-pull-request
func (n *changeNode) unlistedCommits() (shipshape.Gap, bool) {
	listed, total := len(n.Commits.Nodes), n.Commits.TotalCount
	return shipshape.Gap{
		Entity: shipshape.ChangeEntity,
		Field:  "commits",
		ID:     fmt.Sprint(n.Number),
		Reason: shipshape.Truncated,
		Why:    fmt.Sprintf("GitHub lists %d of the %d commits of pull request %d.", listed, total, n.Number),
		Remedy: "Nothing: GitHub lists no more than 250 commits of a pull request.",
	}, listed < total && !n.Commits.PageInfo.HasNextPage
}

// labels are names in the order of GitHub, which is that of the labels' creation.
func labels(nodes []*labelName) []string {
	var names []string
	for _, n := range nodes {
		if n != nil {
			names = append(names, n.Name)
		}
	}
	return names
}

// closedIssues are the numbers of the repository's own issues, in order. A number
// of another repository would be taken for one of this one.
func closedIssues(nodes []*numbered, repository shipshape.RepositoryName) []int {
	var numbers []int
	for _, n := range nodes {
		if n != nil && n.Number > 0 && strings.EqualFold(n.Repository.NameWithOwner, string(repository)) {
			numbers = append(numbers, n.Number)
		}
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// calledIn is how others call a number of a repository.
func calledIn(repository shipshape.RepositoryName, number int) string {
	return fmt.Sprintf("%s#%d", repository, number)
}
