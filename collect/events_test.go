package collect

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

func named(login string) *actor { return &actor{Typename: "User", Login: login} }

func refTo(repository string, number int) reference {
	var r reference
	r.Issue.Number, r.Issue.Repository.NameWithOwner = number, repository
	return r
}

func assignment(typ, who string, at int) *issueItem {
	n := &issueItem{Typename: typ}
	var a assigning
	a.CreatedAt, a.Assignee.Actor = second(at), actor{Typename: "User", Login: who}
	n.Assigned, n.Unassigned = a, a
	return n
}

func TestWhoIsAssignedIsFoldedFromTheTimeline(t *testing.T) {
	on, off := "AssignedEvent", "UnassignedEvent"
	for _, test := range []struct {
		name  string
		items []*issueItem
		want  []shipshape.Login
	}{
		{"nobody", nil, nil},
		{"in the order of assignment", []*issueItem{assignment(on, "zoe", 1), assignment(on, "adam", 2)}, []shipshape.Login{"zoe", "adam"}},
		{"and not any more", []*issueItem{assignment(on, "zoe", 1), assignment(off, "zoe", 2)}, nil},
		{"and once more, behind others", []*issueItem{assignment(on, "zoe", 1), assignment(on, "adam", 2), assignment(off, "zoe", 3), assignment(on, "zoe", 4)}, []shipshape.Login{"adam", "zoe"}},
		{"twice is once", []*issueItem{assignment(on, "zoe", 1), assignment(on, "zoe", 2)}, []shipshape.Login{"zoe"}},
		{"by time, whatever the order", []*issueItem{assignment(off, "zoe", 2), assignment(on, "zoe", 1)}, nil},
		{"a deleted account is nobody", []*issueItem{assignment(on, "", 1), assignment(off, "", 2)}, nil},
		{"a withheld item is passed over", []*issueItem{nil, assignment(on, "zoe", 1)}, []shipshape.Login{"zoe"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, tell(test.items, "o/r#1").assignees()); diff != "" {
				t.Errorf("assignees (-want +got):\n%s", diff)
			}
		})
	}
}

// Seen from a pull request, an issue's connection has the pull request at one end
// or at the other.
func TestAReferenceIsNamedByItsOtherEnd(t *testing.T) {
	self, other, none := refTo("o/r", 1), refTo("o/r", 2), reference{}
	for _, test := range []struct {
		name            string
		source, subject reference
		want            string
	}{
		{"source is self", self, other, "o/r#2"},
		{"subject is self", other, self, "o/r#2"},
		{"one end is hidden", none, other, "o/r#2"},
		{"the other end is hidden", self, none, ""},
		{"both are hidden", none, none, ""},
		{"both are self", self, self, ""},
		{"another repository", self, refTo("p/r", 1), "p/r#1"},
	} {
		n := &issueItem{Typename: "ConnectedEvent", Connected: connecting{Source: test.source, Subject: test.subject}}
		if got := n.event("o/r#1").Subject; got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestATimelineIsTakenApartByTime(t *testing.T) {
	comment := func(body string, at int) *changeItem {
		n := &changeItem{}
		n.Typename, n.Comment = "IssueComment", commentNode{Author: named("ann"), AuthorAssociation: "MEMBER", CreatedAt: second(at), Body: body}
		return n
	}
	ready := func(at int) *changeItem {
		n := &changeItem{ReadyForReview: happening{CreatedAt: second(at)}}
		n.Typename = "ReadyForReviewEvent"
		return n
	}
	unasked := &changeItem{}
	unasked.Typename = "LockedEvent"
	got := tell([]*changeItem{comment("late", 3), ready(2), comment("first", 1), nil, unasked, comment("second", 1)}, "o/r#1")
	want := told{
		events: []shipshape.Event{{Kind: shipshape.ReadyForReview, At: second(2)}},
		comments: []shipshape.Comment{
			{Author: "ann", Association: "MEMBER", At: second(1), Body: "first"},
			{Author: "ann", Association: "MEMBER", At: second(1), Body: "second"},
			{Author: "ann", Association: "MEMBER", At: second(3), Body: "late"},
		},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(told{})); diff != "" {
		t.Errorf("timeline (-want +got):\n%s", diff)
	}
}

func TestReviewersAreLoginsAndNamesOfTeams(t *testing.T) {
	var user, bot, team asking
	user.RequestedReviewer.Actor = actor{Typename: "User", Login: "ann"}
	bot.RequestedReviewer.Actor = actor{Typename: "Bot", Login: "copilot"}
	team.RequestedReviewer.Team.Name = "Core team"
	for want, a := range map[string]asking{"ann": user, "copilot[bot]": bot, "Core team": team, "": {}} {
		if got := a.asked(); got != want {
			t.Errorf("asked %q, want %q", got, want)
		}
	}
}

func TestPendingReviewsAreLeftOut(t *testing.T) {
	got := reviews([]*reviewNode{
		{State: "APPROVED", SubmittedAt: second(2), Author: named("bob"), AuthorAssociation: "NONE", Commit: &commitName{"c1"}},
		nil,
		{State: "PENDING", Author: named("me")},
		{State: "COMMENTED", SubmittedAt: second(1).In(time.FixedZone("", 3600)), Body: "hm"},
	})
	want := []shipshape.Review{
		{State: "COMMENTED", At: second(1), Body: "hm"},
		{State: "APPROVED", At: second(2), Author: "bob", Association: "NONE", Commit: "c1"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("reviews (-want +got):\n%s", diff)
	}
	if got[0].At.Location() != time.UTC {
		t.Errorf("a review's instant is in %v, want UTC", got[0].At.Location())
	}
}

func TestOnlyTheRepositorysOwnIssuesAreClosed(t *testing.T) {
	in := func(repository string, number int) *numbered {
		n := &numbered{Number: number}
		n.Repository.NameWithOwner = repository
		return n
	}
	got := closedIssues([]*numbered{in("o/r", 9), in("p/r", 3), nil, in("O/R", 2), in("o/r", 9), in("", 4)}, "o/r")
	if diff := cmp.Diff([]int{2, 9}, got); diff != "" {
		t.Errorf("closed issues (-want +got):\n%s", diff)
	}
}

func TestCommitsThatGitHubDoesNotListAreAGap(t *testing.T) {
	n := &changeNode{Number: 7}
	n.Commits.TotalCount = 251
	n.Commits.Nodes = make([]*listedCommit, 250)
	if _, lacking := n.unlistedCommits(); !lacking {
		t.Error("250 of 251 commits are taken for all")
	}
	n.Commits.TotalCount = 250
	if _, lacking := n.unlistedCommits(); lacking {
		t.Error("250 of 250 commits are taken for less than all")
	}
}
