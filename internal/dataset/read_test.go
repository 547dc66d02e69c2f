package dataset

import (
	"bytes"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

// january reads an instant of January 2026.
func january(t *testing.T, dayAndTime string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04", "2026-01-"+dayAndTime)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func readFixture(t *testing.T, fsys fstest.MapFS) shipshape.RepositoryHistory {
	t.Helper()
	h, err := ReadFS(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if len(h.Repositories) != 1 {
		t.Fatalf("%d repositories, want 1", len(h.Repositories))
	}
	return h.Repositories[0]
}

func TestReadTurnsEveryListIntoNouns(t *testing.T) {
	at := func(s string) time.Time { return january(t, s) }
	one, two, six := shipshape.OID(one40), shipshape.OID(two40), shipshape.OID(six40)
	want := shipshape.RepositoryHistory{
		Repository: shipshape.Repository{
			Name: "o/r", URL: "https://github.com/o/r", DefaultBranch: "main", CreatedAt: at("01 00:00"),
			Labels:       []shipshape.Label{{Name: "bug", Color: "ff0000"}, {Name: "feature", Color: "00ff00"}},
			Environments: []string{"production", "staging"}, Codeowners: "* @o/team\n",
		},
		Origin: shipshape.Origin{Until: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Source: "a test", Notes: []string{"Made by hand."}},
		Commits: []shipshape.Commit{
			{OID: one, AuthoredAt: at("01 10:00"), CommittedAt: at("01 11:00"), Headline: "Begin", Author: "ann", AuthorName: "Ann"},
			{OID: two, Parents: []shipshape.OID{one}, AuthoredAt: at("02 08:00"), CommittedAt: at("02 11:00"), Headline: "Go on", Body: "Fixes #9", Additions: 3, Deletions: 1, Files: 2},
		},
		Refs: []shipshape.Ref{
			{Kind: shipshape.Branch, Name: "main", Target: two},
			{Kind: shipshape.Tag, Name: "v1", Target: one, TaggedAt: at("01 12:00"), Tagger: "Ann", Message: "One"},
		},
		Changes: []shipshape.Change{{
			Number: 7, Title: "Go on", URL: "https://github.com/o/r/pull/7", State: shipshape.ChangeMerged,
			Author: "bob[bot]", Association: "NONE", CreatedAt: at("02 09:00"), UpdatedAt: at("02 12:00"),
			ClosedAt: at("02 11:00"), MergedAt: at("02 11:00"), Base: "main", Head: "topic", HeadOID: six,
			MergeCommit: two, Labels: []string{"bug"}, Milestone: 4,
			Commits: []shipshape.ChangeCommit{
				{OID: two, AuthoredAt: at("02 08:00"), CommittedAt: at("02 11:00"), Headline: "Go on"},
				{OID: six},
			},
			Reviews: []shipshape.Review{
				{State: shipshape.Commented, At: at("02 10:00")},
				{Author: "ann", State: shipshape.Approved, At: at("02 10:30")},
			},
			Comments: []shipshape.Comment{{Author: "ann", At: at("02 10:10"), Body: "ACK"}},
			Events: []shipshape.Event{
				{Kind: shipshape.ReviewRequested, At: at("02 09:10"), Subject: "ann"},
				{Kind: shipshape.Labeled, At: at("02 09:30"), Actor: "ann", Label: "bug"},
			},
			ClosesIssues: []int{9},
		}},
		Issues: []shipshape.Issue{{
			Number: 9, Title: "Broken", URL: "https://github.com/o/r/issues/9", State: "CLOSED", StateReason: "COMPLETED",
			Type: "Bug", Association: "NONE", CreatedAt: at("01 13:00"), UpdatedAt: at("02 12:00"), ClosedAt: at("02 11:00"),
			Events: []shipshape.Event{{Kind: shipshape.CrossReferenced, At: at("02 09:00"), Subject: "o/r#7"}},
		}},
		Releases: []shipshape.Release{{
			Tag: "v1", URL: "https://github.com/o/r/releases/tag/v1", Commit: one, CreatedAt: at("01 12:00"),
			PublishedAt: at("01 14:00"), Assets: []shipshape.Asset{{Name: "r.tgz", Size: 3000000000, Downloads: 5}},
		}},
		Deployments: []shipshape.Deployment{{
			ID: 4294967296, Environment: "production", Commit: one, Payload: `{"a":1}`,
			CreatedAt: at("01 15:00"), UpdatedAt: at("01 15:05"), State: "INACTIVE",
			Statuses: []shipshape.DeploymentStatus{
				{State: shipshape.DeploymentQueued, At: at("01 15:00")},
				{State: shipshape.DeploymentSuccess, At: at("01 15:05")},
			},
		}},
		Runs: []shipshape.Run{{
			ID: 4294967297, Workflow: "ci", Event: "push", Commit: one, Number: 1, CreatedAt: at("01 11:00"),
			UpdatedAt: at("01 11:09"), Status: "COMPLETED", Conclusion: "SUCCESS",
		}},
		Milestones: []shipshape.Milestone{{
			Number: 4, Title: "1.0", State: "OPEN", CreatedAt: at("01 00:00"), DueOn: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC),
		}},
		Controls: []shipshape.Control{
			{Kind: shipshape.BranchProtection, Name: "main", RequiresReview: is(true), Reviews: count(1)},
			{Kind: shipshape.EnvironmentControl, Name: "production", RequiresApproval: is(false), WaitMinutes: count(0), BranchPolicy: is(false)},
			{Kind: shipshape.Ruleset, Name: "all", Target: "BRANCH", Enforcement: "ACTIVE",
				RequiresReview: is(false), CodeOwnerReview: is(false), DismissStale: is(false), LastPushApproval: is(false),
				ConversationResolution: is(false), RequiresChecks: is(false), StrictChecks: is(false), RequiresDeployments: is(false),
				Signatures: is(false), LinearHistory: is(false), Queue: is(false), ForcePushes: is(true), Deletions: is(false)},
		},
		Gaps: []shipshape.Gap{{Entity: shipshape.ChangeEntity, Field: "base", Reason: shipshape.Derived, Why: "It is.", Remedy: "Collect."}},
	}
	if diff := cmp.Diff(want, readFixture(t, fixture())); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
}

func TestOrderOfLinesAndCompressionDecideNothing(t *testing.T) {
	want := readFixture(t, fixture())
	turned := fixture()
	for _, name := range names(turned) {
		file, isList := bytes.CutSuffix([]byte(name), []byte(".jsonl"))
		if !isList {
			continue
		}
		lines := bytes.Split(turned[name].Data, []byte("\n"))
		slices.Reverse(lines)
		packed, err := pack(append(bytes.Join(lines, []byte("\n")), '\n'))
		if err != nil {
			t.Fatal(err)
		}
		delete(turned, name)
		turned[string(file)+".jsonl.gz"] = &fstest.MapFile{Data: packed}
	}
	if diff := cmp.Diff(want, readFixture(t, turned)); diff != "" {
		t.Errorf("the same lines, turned and compressed (-want +got):\n%s", diff)
	}
}

func TestWhatIsLeftOutStaysUnknown(t *testing.T) {
	fsys := fixture()
	for _, name := range names(fsys) {
		if name != "o/r/repository.json" {
			delete(fsys, name)
		}
	}
	want := shipshape.RepositoryHistory{Repository: shipshape.Repository{
		Name: "o/r", URL: "https://github.com/o/r", DefaultBranch: "main", CreatedAt: january(t, "01 00:00"), Codeowners: "* @o/team\n",
	}}
	if diff := cmp.Diff(want, readFixture(t, fsys)); diff != "" {
		t.Errorf("a repository without lists (-want +got):\n%s", diff)
	}
}

func TestPayloadStaysAsItWasSent(t *testing.T) {
	for _, test := range []struct{ json, want string }{
		{`{"a": 1}`, `{"a":1}`},
		{`"deploy v1"`, "deploy v1"},
		{`null`, ""},
		{`[1, 9007199254740993]`, `[1,9007199254740993]`},
	} {
		r := readFixture(t, with("deployments.jsonl", `{"a": 1}`, test.json))
		if got := r.Deployments[0].Payload; got != test.want {
			t.Errorf("payload %s became %q, want %q", test.json, got, test.want)
		}
	}
}

func TestStatedHeadWinsOverTheListedCommits(t *testing.T) {
	r := readFixture(t, with("pullRequests.jsonl", `"number":7`, `"number":7,"headRefOid":"`+one40+`"`))
	if got := r.Changes[0].HeadOID; string(got) != one40 {
		t.Errorf("head %s, want the stated one", got)
	}
}

func TestListedCommitMayBringItsOwnTimes(t *testing.T) {
	whole := `{"oid":"` + six40 + `","authoredDate":"2026-01-03T10:00:00Z","committedDate":"2026-01-03T11:00:00Z","messageHeadline":"Squashed away"}`
	r := readFixture(t, with("pullRequests.jsonl", `"`+six40+`"`, whole))
	want := shipshape.ChangeCommit{OID: shipshape.OID(six40), AuthoredAt: january(t, "03 10:00"), CommittedAt: january(t, "03 11:00"), Headline: "Squashed away"}
	if diff := cmp.Diff(want, r.Changes[0].Commits[1]); diff != "" {
		t.Errorf("listed commit (-want +got):\n%s", diff)
	}
}

func TestReferenceWithoutRepositoryNamesNobody(t *testing.T) {
	r := readFixture(t, with("issues.jsonl", `,"repository":"o/r"`, ``))
	if got := r.Issues[0].Events[0].Subject; got != "" {
		t.Errorf("subject %q, want none: number 7 may be any repository's", got)
	}
}
