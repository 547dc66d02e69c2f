package timeline_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/history"
	"github.com/shipshape-report/shipshape/testdata"
	"github.com/shipshape-report/shipshape/timeline"
)

// The numbers of this file were worked out by hand from commits, their parents
// and dates alone, as `git log` and `git rev-list` show them: three production
// deployments and three releases of the bundled histories.

// byHandDeployment is what a deployment to production brought. Seconds run from
// the authored date of the only commit of each pull request to the deployment:
// these pull requests were merged with a merge commit, and no time of their
// opening is recorded.
type byHandDeployment struct {
	Kind     timeline.Kind
	Previous string
	Commits  []string // abbreviated, sorted
	Lead     map[int]int
}

func TestThreeDeploymentsWorkedOutByHand(t *testing.T) {
	tl := bundled(t)
	tests := []struct {
		repo, id string
		want     byHandDeployment
	}{
		// v652 on 12 August 2026, 09:13:16. Production ran v650 (9662802). Since then
		// two merges: 560232d of d56d109 (authored 10 August 02:03:54, so
		// 2 d 7 h 9 min 22 s before) and 9204f1d of fe7b156 (authored 12 August
		// 02:02:56, so 7 h 10 min 20 s before).
		{"alphagov/locations-api", "4663149902", byHandDeployment{
			timeline.Forward, "4658836777",
			[]string{"560232d", "9204f1d", "d56d109", "fe7b156"},
			map[int]int{915: 198562, 916: 25820},
		}},
		// Two days later v653 was taken back to v652 (14 August 12:48:48): its commit
		// 9204f1d is an ancestor of v653's 0256d01 and had been in production, so this
		// is a rollback, and it brought nothing.
		{"alphagov/locations-api", "4667793202", byHandDeployment{
			timeline.Rollback, "4667559452", nil, nil,
		}},
		// v634 on 28 July 2026, 15:27:28. Four dependency updates since v630's
		// abe1201, authored on 21 July 18:22:54, 24 July 18:23:08, 27 July 18:23:23 and
		// 18:24:22, and the merge of each.
		{"alphagov/search-api-v2", "4631311202", byHandDeployment{
			timeline.Forward, "4619991902",
			[]string{"5db6ee5", "7d1d123", "7e22bcc", "800979b", "83d554f", "893dee6", "9ac5dfb", "dcecb80"},
			map[int]int{710: 594274, 712: 335060, 713: 75845, 714: 75786},
		}},
	}
	for _, test := range tests {
		d := deploymentOf(t, tl, test.repo, test.id)
		got := byHandDeployment{Kind: d.Kind, Previous: d.Previous.ID, Commits: shortened(d.Commits)}
		for _, c := range d.Changes {
			if got.Lead == nil {
				got.Lead = map[int]int{}
			}
			got.Lead[c.Number] = int(c.LeadTo(d.Finished).Duration / time.Second)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s of %s (-want +got):\n%s", test.id, test.repo, diff)
		}
	}
}

// byHandRelease is what a release brought. Seconds run from the authored date of
// the first commit of a pull request to the publication.
type byHandRelease struct {
	Previous string
	Commits  int
	Changes  []int
	Direct   int
	Picks    int
	Lead     map[int]int // of some of the changes
}

func TestThreeReleasesWorkedOutByHand(t *testing.T) {
	tl := bundled(t)
	tests := []struct {
		repo, tag string
		want      byHandRelease
	}{
		// `git rev-list v0.3.0..v0.3.1` has 38 commits, 17 of them merges; each merge
		// names its pull request, and the other 21 came with them. It was published on
		// 10 April 2023, 19:38:45: 46 min 34 s after the only commit of #1269 was written
		// (18:52:11), and 281 d 1 h 47 min 17 s after the first of #1118 (3 July 2022,
		// 17:51:28).
		{"bitcoin-core/secp256k1", "v0.3.1", byHandRelease{"v0.3.0", 38,
			[]int{1118, 1226, 1228, 1236, 1238, 1241, 1242, 1243, 1244, 1245, 1246, 1247, 1250, 1252, 1257, 1266, 1269}, 0, 0,
			map[int]int{1269: 2794, 1118: 24284837}}},
		// `git rev-list v0.3.1..v0.3.2` has 139 commits, 37 of them merges of pull
		// requests. It was published on 13 May 2023, 17:45:20; the commit of #1312 was
		// written on 12 May, 15:27:36, so 26 h 17 min 44 s before.
		{"bitcoin-core/secp256k1", "v0.3.2", byHandRelease{"v0.3.1", 139,
			[]int{1066, 1133, 1205, 1207, 1230, 1231, 1234, 1239, 1240, 1263, 1265, 1267, 1268, 1270, 1273, 1275, 1276, 1277, 1279, 1283,
				1284, 1285, 1286, 1289, 1292, 1296, 1299, 1300, 1301, 1303, 1304, 1305, 1306, 1307, 1309, 1311, 1312}, 0, 0,
			map[int]int{1312: 94664}}},
		// Two merges within five seconds got their tags in the wrong order: v649
		// (560232d, 09:04:14) holds v650 (9662802, 09:04:09). By ancestry v649 brings
		// one merge and its commit, written at 02:03:54, on top of v650.
		{"alphagov/locations-api", "v649", byHandRelease{"v650", 2, []int{915}, 0, 0, map[int]int{915: 25220}}},
	}
	for _, test := range tests {
		r := releaseOf(t, tl, test.repo, test.tag)
		got := byHandRelease{r.Previous.Tag, len(r.Commits), nil, len(r.Direct), len(r.CherryPicks), map[int]int{}}
		for _, c := range r.Changes {
			got.Changes = append(got.Changes, c.Number)
			if _, asked := test.want.Lead[c.Number]; asked {
				got.Lead[c.Number] = int(c.LeadTo(r.Published).Duration / time.Second)
			}
		}
		slices.Sort(got.Changes)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s of %s (-want +got):\n%s", test.tag, test.repo, diff)
		}
	}
}

// bundled builds the timeline of the bundled histories as the demo does.
func bundled(t *testing.T) *timeline.Timeline {
	t.Helper()
	h, err := history.ReadArchive(bytes.NewReader(testdata.Demo))
	if err != nil {
		t.Fatal(err)
	}
	return timeline.Build(h, timeline.Defaults(time.Date(2026, 8, 18, 15, 8, 13, 0, time.UTC)))
}

func deploymentOf(t *testing.T, tl *timeline.Timeline, repo, id string) *timeline.Deployment {
	t.Helper()
	for _, d := range tl.Repository(shipshape.RepositoryName(repo)).Deployments {
		if d.ID == id {
			return d
		}
	}
	t.Fatalf("%s has no deployment %s", repo, id)
	return nil
}

func releaseOf(t *testing.T, tl *timeline.Timeline, repo, tag string) *timeline.Release {
	t.Helper()
	for _, r := range tl.Repository(shipshape.RepositoryName(repo)).Releases {
		if r.Tag == tag {
			return r
		}
	}
	t.Fatalf("%s has no release %s", repo, tag)
	return nil
}

func shortened(oids []shipshape.OID) []string {
	var short []string
	for _, o := range oids {
		short = append(short, o.Short())
	}
	slices.Sort(short)
	return short
}
