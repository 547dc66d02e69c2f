package dataset

import (
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

// bundled histories lie here.
const bundledDir = "../../testdata/datasets"

// bundledHistories is every bundled repository by name.
type bundledHistories map[shipshape.RepositoryName]shipshape.RepositoryHistory

// readOnce serves all tests, which only look at it.
var readOnce = sync.OnceValues(readAll)

func readAll() (bundledHistories, error) {
	all := bundledHistories{}
	for _, name := range []string{"govuk", "secp256k1"} {
		h, err := Read(bundledDir + "/" + name)
		if err != nil {
			return nil, err
		}
		for _, r := range h.Repositories {
			all[r.Repository.Name] = r
		}
	}
	return all, nil
}

func readBundled(t *testing.T) bundledHistories {
	t.Helper()
	all, err := readOnce()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// The numbers are those that the sources state, see each SOURCE.md.
func TestBundledHistoriesHoldWhatTheirSourcesCount(t *testing.T) {
	type count struct {
		Commits, Refs, Changes, Issues, Releases, Deployments, Runs, Milestones, Labels int
		Until                                                                           string
	}
	want := map[shipshape.RepositoryName]count{
		"alphagov/locations-api": {Commits: 1808, Refs: 745, Changes: 845, Releases: 741, Deployments: 1563, Until: "2026-08-18T15:08:13Z"},
		"alphagov/search-api-v2": {Commits: 1453, Refs: 615, Changes: 631, Releases: 614, Deployments: 1692, Until: "2026-08-18T15:08:42Z"},
		"bitcoin-core/secp256k1": {Commits: 2866, Refs: 13, Changes: 1310, Issues: 517, Releases: 12, Milestones: 11, Labels: 16, Until: "2026-08-22T07:23:36Z"},
	}
	got := map[shipshape.RepositoryName]count{}
	for name, r := range readBundled(t) {
		got[name] = count{
			Commits: len(r.Commits), Refs: len(r.Refs), Changes: len(r.Changes), Issues: len(r.Issues),
			Releases: len(r.Releases), Deployments: len(r.Deployments), Runs: len(r.Runs),
			Milestones: len(r.Milestones), Labels: len(r.Repository.Labels),
			Until: r.Origin.Until.Format("2006-01-02T15:04:05Z07:00"),
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("bundled histories (-want +got):\n%s", diff)
	}
}

func TestBundledReviewsAndEventsOfSecp256k1(t *testing.T) {
	r := readBundled(t)["bitcoin-core/secp256k1"]
	got := map[string]int{}
	for _, c := range r.Changes {
		got[string(c.State)]++
		got["reviews"] += len(c.Reviews)
		got["comments"] += len(c.Comments)
		for _, e := range c.Events {
			got[string(e.Kind)]++
		}
	}
	want := map[string]int{
		"OPEN": 76, "CLOSED": 290, "MERGED": 944, "reviews": 2675, "comments": 7296,
		"MergedEvent": 944, "ClosedEvent": 1259, "RenamedTitleEvent": 200, "MilestonedEvent": 62, "ReopenedEvent": 25,
		"DemilestonedEvent": 10, "LabeledEvent": 683, "ReviewRequestedEvent": 41, "AssignedEvent": 10, "UnassignedEvent": 2,
		"ReadyForReviewEvent": 94, "ConvertToDraftEvent": 63, "CrossReferencedEvent": 1, "ConnectedEvent": 26, "UnlabeledEvent": 54,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("changes of secp256k1 (-want +got):\n%s", diff)
	}
}

func TestBundledFactsAgreeWithEachOther(t *testing.T) {
	for name, r := range readBundled(t) {
		commits := map[shipshape.OID]bool{}
		for _, c := range r.Commits {
			commits[c.OID] = true
		}
		for _, c := range r.Commits {
			for _, p := range c.Parents {
				if !commits[p] {
					t.Errorf("%s: parent %s of %s is not there", name, p, c.OID)
				}
			}
		}
		for _, c := range r.Changes {
			if (c.State == shipshape.ChangeMerged) == c.MergedAt.IsZero() {
				t.Errorf("%s#%d is %s and merged at %s", name, c.Number, c.State, c.MergedAt)
			}
			if c.HeadOID == "" {
				t.Errorf("%s#%d has no head", name, c.Number)
			}
			for _, listed := range c.Commits {
				if listed.AuthoredAt.IsZero() || listed.CommittedAt.IsZero() {
					t.Errorf("%s#%d: commit %s has no time", name, c.Number, listed.OID)
				}
			}
		}
	}
}

func TestBundledDeploymentIDsExceed32Bits(t *testing.T) {
	large := 0
	for _, r := range readBundled(t) {
		for _, d := range r.Deployments {
			if d.ID > 1<<31 {
				large++
			}
			if d.Statuses[0].State != shipshape.DeploymentSuccess || !d.Statuses[0].At.Equal(d.CreatedAt) {
				t.Errorf("deployment %d does not begin with the success at its request", d.ID)
			}
		}
	}
	if large < 2000 {
		t.Errorf("%d deployments have an id above 2^31, want most of 3255", large)
	}
}

// What a measure is refused for, and what it is not.
func TestBundledGapsCover(t *testing.T) {
	all := readBundled(t)
	govuk := []shipshape.RepositoryName{"alphagov/locations-api", "alphagov/search-api-v2"}
	secp := []shipshape.RepositoryName{"bitcoin-core/secp256k1"}
	for _, test := range []struct {
		repositories []shipshape.RepositoryName
		entity       shipshape.Entity
		field        string
		want         bool
	}{
		{govuk, shipshape.DeploymentEntity, "statuses", true},
		{govuk, shipshape.DeploymentEntity, "", false},
		{govuk, shipshape.DeploymentEntity, "createdAt", false},
		{govuk, shipshape.ChangeEntity, "createdAt", true},
		{govuk, shipshape.ChangeEntity, "reviews", true},
		{govuk, shipshape.ChangeEntity, "labels", true},
		{govuk, shipshape.ChangeEntity, "comments", true},
		{govuk, shipshape.ChangeEntity, "mergedAt", false},
		{govuk, shipshape.ChangeEntity, "author", false},
		{govuk, shipshape.IssueEntity, "", true},
		{govuk, shipshape.RunEntity, "", true},
		{govuk, shipshape.ReleaseEntity, "", false},
		{govuk, shipshape.ReleaseEntity, "publishedAt", true},
		{govuk, shipshape.CommitEntity, "authoredAt", false},
		{secp, shipshape.DeploymentEntity, "", true},
		{secp, shipshape.RunEntity, "", true},
		{secp, shipshape.ReleaseEntity, "", false},
		{secp, shipshape.ChangeEntity, "reviews", false},
		{secp, shipshape.ChangeEntity, "createdAt", false},
		{secp, shipshape.ChangeEntity, "closesIssues", false},
		{secp, shipshape.ChangeEntity, "mergeCommit", false},
		{secp, shipshape.RepositoryEntity, "createdAt", true},
	} {
		for _, name := range test.repositories {
			got := false
			for _, g := range all[name].Gaps {
				got = got || g.Covers(test.entity, test.field)
			}
			if got != test.want {
				t.Errorf("%s: %s %s covered %v, want %v", name, test.entity, test.field, got, test.want)
			}
		}
	}
}

// The git mirror of secp256k1 was read for the last time at its newest commit, the
// rest up to the origin's until.
func TestBundledGapsSayWhatEndsEarlier(t *testing.T) {
	ends := time.Date(2026, 8, 4, 21, 17, 14, 0, time.UTC)
	want := map[shipshape.RepositoryName]map[shipshape.Entity]time.Time{
		"alphagov/locations-api": {},
		"alphagov/search-api-v2": {},
		"bitcoin-core/secp256k1": {shipshape.CommitEntity: ends, shipshape.RefEntity: ends, shipshape.ReleaseEntity: ends},
	}
	got := map[shipshape.RepositoryName]map[shipshape.Entity]time.Time{}
	for name, r := range readBundled(t) {
		got[name] = map[shipshape.Entity]time.Time{}
		for _, g := range r.Gaps {
			if g.Reason == shipshape.NotReached && g.Field == "" && g.ID == "" {
				got[name][g.Entity] = g.After
			}
		}
		newest := time.Time{}
		for _, c := range r.Commits {
			newest = latest(newest, c.CommittedAt)
		}
		if after := got[name][shipshape.CommitEntity]; !after.IsZero() && !after.Equal(newest) {
			t.Errorf("%s: commits are said to end at %s, the newest is of %s", name, after, newest)
		}
		for _, release := range r.Releases {
			if after := got[name][shipshape.ReleaseEntity]; !after.IsZero() && release.CreatedAt.After(after) {
				t.Errorf("%s: release %s is of %s, after the end of %s", name, release.Tag, release.CreatedAt, after)
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what ends before until (-want +got):\n%s", diff)
	}
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func TestBundledGapsAndOriginsAreToldInSentences(t *testing.T) {
	for name, r := range readBundled(t) {
		sentences := r.Origin.Notes
		for _, g := range r.Gaps {
			sentences = append(sentences, g.Why, g.Remedy)
		}
		for _, s := range sentences {
			if s == "" || s != strings.TrimSpace(s) || !strings.HasSuffix(s, ".") || strings.ToUpper(s[:1]) != s[:1] {
				t.Errorf("%s: %q is no sentence", name, s)
			}
		}
		if r.Origin.License == "" || r.Origin.URL == "" || len(r.Origin.Notes) == 0 {
			t.Errorf("%s: origin %+v lacks licence, address or notes", name, r.Origin)
		}
	}
}

func TestReadingTwiceGivesTheSame(t *testing.T) {
	again, err := readAll()
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(readBundled(t), again) {
		t.Error("the second reading of the bundled histories differs from the first")
	}
}
