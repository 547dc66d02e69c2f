package script

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

func utc(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02T15:04:05", text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func mustParse(t *testing.T, text string) *Script {
	t.Helper()
	s, err := Parse("test.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestFrame(t *testing.T) {
	s := mustParse(t, `# One line.
#
# Another.

zone Europe/Berlin
window 2026-03-29..2026-03-30 # the day clocks go forward
set machines deployer,builder
want source none 0
`)
	if want := "One line.\n\nAnother."; s.Header != want {
		t.Errorf("header: got %q, want %q", s.Header, want)
	}
	window := shipshape.Window{From: utc(t, "2026-03-28T23:00:00"), To: utc(t, "2026-03-29T22:00:00")}
	if diff := cmp.Diff(window, s.Window); diff != "" {
		t.Errorf("window (-want +got)\n%s", diff)
	}
	if !s.AsOf.Equal(window.To) {
		t.Errorf("as-of: got %v, want the window's end", s.AsOf)
	}
	if diff := cmp.Diff([]Setting{{7, "machines", []string{"deployer,builder"}}}, s.Settings); diff != "" {
		t.Errorf("settings (-want +got)\n%s", diff)
	}
	want := []Want{{8, "acme/shop", []string{"source", "none", "0"}, "want source none 0"}}
	if diff := cmp.Diff(want, s.Wants); diff != "" {
		t.Errorf("wants (-want +got)\n%s", diff)
	}
}

func TestCommits(t *testing.T) {
	s := mustParse(t, `# Graph.
asof 2026-03-31
commit A 03-01T09:00
commit B 03-02T09:00:30 by bob authored -1d title "Fix" body "This reverts commit {A:7}." lines +3-1
commit X 03-03 branch fix parents A
commit O 03-04 branch none parents B,X
`)
	h := s.History.Repositories[0]
	var names []string
	for _, c := range h.Commits {
		names = append(names, s.CommitName(c.OID))
		for _, p := range c.Parents {
			names = append(names, "<"+s.CommitName(p))
		}
	}
	if got, want := strings.Join(names, " "), "A B <A X <A O <B <X"; got != want {
		t.Errorf("graph: got %s, want %s", got, want)
	}
	want := shipshape.Commit{
		OID: h.Commits[1].OID, Parents: []shipshape.OID{h.Commits[0].OID},
		AuthoredAt: utc(t, "2026-03-01T09:00:30"), CommittedAt: utc(t, "2026-03-02T09:00:30"),
		Headline: "Fix", Body: "This reverts commit " + h.Commits[0].OID.Short() + ".",
		Author: "bob", AuthorName: "bob", Additions: 3, Deletions: 1, Files: 1,
	}
	if diff := cmp.Diff(want, h.Commits[1]); diff != "" {
		t.Errorf("B (-want +got)\n%s", diff)
	}
	refs := []shipshape.Ref{
		{Kind: shipshape.Branch, Name: "fix", Target: h.Commits[2].OID},
		{Kind: shipshape.Branch, Name: "main", Target: h.Commits[1].OID},
	}
	if diff := cmp.Diff(refs, h.Refs); diff != "" {
		t.Errorf("refs (-want +got)\n%s", diff)
	}
	if len(h.Commits[0].OID) != 40 {
		t.Errorf("id %q has %d digits", h.Commits[0].OID, len(h.Commits[0].OID))
	}
}

func TestChange(t *testing.T) {
	s := mustParse(t, `# A change.
asof 2026-03-31
commit B 03-02T10:00
change 7 03-01T09:00 merged +1d1h as B by ann commits c1@-2h,B labels fix,hot@+1h lines +5-2 ready +2h approved bob@+3h commented eve@+1h
comment 7 eve@03-01T11:00 "ACK"
review 7 bob@03-01T10:30 "See {B:7}" state rejected
`)
	h := s.History.Repositories[0]
	b := h.Commits[0].OID
	opened := utc(t, "2026-03-01T09:00:00")
	merged := opened.Add(25 * time.Hour)
	want := shipshape.Change{
		Number: 7, Title: "Change 7", URL: "https://github.com/acme/shop/pull/7", State: shipshape.ChangeMerged, Author: "ann",
		CreatedAt: opened, UpdatedAt: merged, ClosedAt: merged, MergedAt: merged, MergedBy: "bob", Base: "main", Head: "topic-7",
		HeadOID: b, MergeCommit: b, Labels: []string{"fix", "hot"}, Additions: 5, Deletions: 2, Files: 1,
		Commits: []shipshape.ChangeCommit{
			{OID: h.Changes[0].Commits[0].OID, AuthoredAt: opened.Add(-2 * time.Hour), CommittedAt: opened.Add(-2 * time.Hour), Headline: "Commit c1"},
			{OID: b, AuthoredAt: utc(t, "2026-03-02T10:00:00"), CommittedAt: utc(t, "2026-03-02T10:00:00"), Headline: "Commit B"},
		},
		Reviews: []shipshape.Review{
			{Author: "eve", State: shipshape.Commented, At: opened.Add(time.Hour)},
			{Author: "bob", State: shipshape.ChangesRequested, At: opened.Add(90 * time.Minute), Body: "See " + b.Short()},
			{Author: "bob", State: shipshape.Approved, At: opened.Add(3 * time.Hour)},
		},
		Comments: []shipshape.Comment{{Author: "eve", At: opened.Add(2 * time.Hour), Body: "ACK"}},
		Events: []shipshape.Event{
			{Kind: shipshape.Labeled, At: opened.Add(time.Hour), Actor: "ann", Label: "hot"},
			{Kind: shipshape.ReadyForReview, At: opened.Add(2 * time.Hour), Actor: "ann"},
		},
	}
	if diff := cmp.Diff(want, h.Changes[0]); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if name := s.CommitName(want.Commits[0].OID); name != "c1" {
		t.Errorf("squashed commit: got %s, want c1", name)
	}
}

func TestDeploymentsReleasesAndRuns(t *testing.T) {
	s := mustParse(t, `# Events.
asof 2026-03-31
commit A 03-01T09:00
deploy 3881429895 A production 03-01T10:00 statuses success@+5m,queued@+0s failure +1h updated 03-20
release v1.0.0 A 03-01T10:00 published +2h prerelease
release v1.1.0 A 03-02T10:00 draft
run 4 A push 03-01T10:00 took 90s started +30s
gap deployments.statuses derived "Why." "Remedy." id 7
gap releases "not reached" "Why." "Remedy." after 03-04T10:00
`)
	h := s.History.Repositories[0]
	a, at := h.Commits[0].OID, utc(t, "2026-03-01T10:00:00")
	deployment := shipshape.Deployment{
		ID: 3881429895, Environment: "production", Commit: a, Ref: "main", Task: "deploy", Creator: "ann", CreatedAt: at,
		UpdatedAt: utc(t, "2026-03-20T00:00:00"), State: "FAILURE", Statuses: []shipshape.DeploymentStatus{
			{State: shipshape.DeploymentQueued, At: at},
			{State: shipshape.DeploymentSuccess, At: at.Add(5 * time.Minute)},
			{State: shipshape.DeploymentFailure, At: at.Add(time.Hour)},
		},
	}
	if diff := cmp.Diff([]shipshape.Deployment{deployment}, h.Deployments); diff != "" {
		t.Errorf("deployments (-want +got)\n%s", diff)
	}
	if got, want := h.Releases[0].PublishedAt, at.Add(2*time.Hour); !got.Equal(want) || !h.Releases[0].Prerelease {
		t.Errorf("release: got %v, want published at %v", h.Releases[0], want)
	}
	if !h.Releases[1].PublishedAt.IsZero() || !h.Releases[1].Draft {
		t.Errorf("draft: got %v", h.Releases[1])
	}
	run := shipshape.Run{
		ID: 4, Workflow: "build", Event: "push", Branch: "main", Commit: a, Number: 4,
		URL: "https://github.com/acme/shop/actions/runs/4", CreatedAt: at, UpdatedAt: at.Add(2 * time.Minute), Status: "COMPLETED",
		Conclusion: "SUCCESS", StartedAt: at.Add(30 * time.Second), CompletedAt: at.Add(2 * time.Minute),
	}
	if diff := cmp.Diff([]shipshape.Run{run}, h.Runs); diff != "" {
		t.Errorf("runs (-want +got)\n%s", diff)
	}
	gap := shipshape.Gap{Entity: "deployments", Field: "statuses", ID: "7", Reason: "derived", Why: "Why.", Remedy: "Remedy."}
	ended := shipshape.Gap{Entity: "releases", Reason: "not reached", After: utc(t, "2026-03-04T10:00:00"), Why: "Why.", Remedy: "Remedy."}
	if diff := cmp.Diff([]shipshape.Gap{gap, ended}, h.Gaps); diff != "" {
		t.Errorf("gaps (-want +got)\n%s", diff)
	}
	var tags []string
	for _, ref := range h.Refs {
		if ref.Kind == shipshape.Tag {
			tags = append(tags, ref.Name)
		}
	}
	if diff := cmp.Diff([]string{"v1.0.0"}, tags); diff != "" {
		t.Errorf("tags: a release has one, a draft none (-want +got)\n%s", diff)
	}
}

func TestRepositoriesAreApart(t *testing.T) {
	s := mustParse(t, `# Two.
asof 2026-03-31
repo acme/shop since 03-05
commit A 03-01T09:00
repo acme/cart
commit A 03-02T09:00
want team x
repo acme/shop
commit B 03-03T09:00
want team y
`)
	h := s.History.Repositories
	if h[0].Repository.Name != "acme/cart" || len(h[0].Commits) != 1 || len(h[1].Commits) != 2 {
		t.Errorf("got %v", h)
	}
	if got := h[1].Origin.Since; !got.Equal(utc(t, "2026-03-05T00:00:00")) {
		t.Errorf("since: got %v", got)
	}
	if s.Wants[0].Repository != "acme/cart" || s.Wants[1].Repository != "acme/shop" {
		t.Errorf("wants: got %v", s.Wants)
	}
}
