package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape/internal/script"
	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/timeline"
)

// scene measures a script of the language that docs/scripts.md describes.
func scene(t testing.TB, text string) kpi.Scorecard {
	t.Helper()
	s, err := script.Parse("scene", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	built := timeline.Build(s.History, timeline.Defaults(s.AsOf))
	return kpi.Compute(built, kpi.Options{Window: s.Window, Zone: s.Zone})
}

// stormy has one of each thing that deserves a look.
const stormy = `# Of six changes by people one was approved; commit E came without a pull request.
# Deployment 3 goes back to A: a rollback. 5 goes back to B2, which was never
# active: two builds raced. 6 failed, 7 failed after it had succeeded. Change 6 was
# merged on 03-11 and is nowhere.
window 2026-03-01..2026-03-31
commit A 02-01T09:00
commit B 03-02T09:00
commit B2 03-03T09:00
commit C 03-04T09:00
commit D 03-06T09:00
commit E 03-07T09:00
commit F 03-11T09:00
change 1 03-01T09:00 merged 03-02T09:00 as B by ann approved bob@03-02T08:00
change 2 03-02T09:00 merged 03-03T09:00 as B2 by ann
change 3 03-03T09:00 merged 03-04T09:00 as C by ann
change 4 03-05T09:00 merged 03-06T09:00 as D by ann
change 6 03-10T09:00 merged 03-11T09:00 as F by ann
deploy 1 A production 02-01T10:00 success +5m
deploy 2 B production 03-02T10:00 success +5m
deploy 3 A production 03-02T12:00 success +5m
deploy 4 C production 03-04T10:00 success +5m
deploy 5 B2 production 03-04T10:30 success +5m
deploy 6 D production 03-06T10:00 failure +5m
deploy 7 E production 03-25T10:00 statuses success@+5m,failure@03-25T11:00
`

func TestAttentionNamesWhatDeservesALook(t *testing.T) {
	page := collect(scene(t, stormy), Options{})[overviewPath].(*Overview)
	var got []string
	for _, n := range page.Attention {
		got = append(got, n.Level+": "+n.Text+" "+n.Age)
	}
	want := []string{
		"high: 1 deployment reported a failure after having succeeded, the last on 25 Mar 2026. 5.5 days ago",
		"medium: 1 change merged more than a week ago and is not in production; the oldest for 20 days. 20 days ago",
		"medium: 4 of 5 changes by people merged without an approval by another person on record. 20 days ago",
		"medium: 1 deployment failed, the last on 6 Mar 2026. 25 days ago",
		"medium: An older build won a race against a newer one once, on 4 Mar 2026. 27 days ago",
		"medium: Rolled back once, on 2 Mar 2026. 28 days ago",
		"low: 1 commit came in without a pull request. 24 days ago",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, n := range page.Attention {
		if len(n.Links) == 0 || len(n.Links) > mostLinks {
			t.Errorf("%s: %d links", n.Text, len(n.Links))
		}
	}
}

func TestDeploymentsPageShowsEveryKind(t *testing.T) {
	page := collect(scene(t, stormy), Options{})[deploymentsPath].(*DeploymentsPage)
	var got []string
	for _, row := range page.Sections[0].Table.Rows {
		got = append(got, row[0].Time.Text+" "+string(row[2].Text)+": "+string(row[3].Text)+" "+row[3].Note)
	}
	want := []string{
		"25 Mar 2026, 10:05 delivery: 2 changes, 2 commits #4, " + string(commitOf(t, page, 0)),
		"6 Mar 2026, 10:05 failed: – ",
		"4 Mar 2026, 10:35 older build won a race: nothing new ",
		"4 Mar 2026, 10:05 delivery: 2 changes, 2 commits #2, #3",
		"2 Mar 2026, 12:05 rollback: nothing new ",
		"2 Mar 2026, 10:05 delivery: 1 change, 1 commit #1",
		"1 Feb 2026, 10:05 first delivery: 1 change, 1 commit " + string(commitOf(t, page, 6)),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// commitOf is the commit that a row of the table names.
func commitOf(t *testing.T, page *DeploymentsPage, row int) Hostile {
	t.Helper()
	cell := page.Sections[0].Table.Rows[row][1]
	if !cell.Code || len(cell.Text) != 7 {
		t.Fatalf("row %d names the commit %q", row, cell.Text)
	}
	return cell.Text
}

// A title from GitHub stays as it was written, in fields that are made safe where
// they are written.
func TestHostileTextStaysHostile(t *testing.T) {
	title := `</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) |`
	text := strings.Replace(stormy, "as F by ann", `as F by ann title "`+title+`"`, 1)
	found := 0
	for page := range Pages(scene(t, text), Options{}) {
		if strings.HasPrefix(page.Path, "data/") {
			continue
		}
		walk(page.Content, func(address, text string) {
			if !strings.Contains(text, "onerror") {
				return
			}
			found++
			field := address[strings.LastIndex(address, ".")+1:]
			if field != "Text" && field != "Title" || strings.HasPrefix(address, ".Frame") || strings.HasPrefix(address, ".Attention") && !strings.Contains(address, ".Links[") {
				t.Errorf("%s%s holds a title", page.Path, address)
			}
		})
	}
	if found == 0 {
		t.Error("the title is nowhere")
	}
}

// ledgers is a repository that is only released, with a line of each sort in its
// ledger.
const ledgers = `# v1.0.0 is the first and holds A. v1.1.0 brings change 1 (B), the direct commit C
# and the cherry-pick D: three commits.
window 2026-03-01..2026-03-31
commit A 02-01T09:00
commit B 03-02T09:00
commit C 03-03T09:00
commit D 03-04T09:00 body "(cherry picked from commit 1234567890123456789012345678901234567890)"
change 1 03-01T09:00 merged 03-02T09:00 as B by ann title "Add basket"
release v1.0.0 A 02-02T09:00
release v1.1.0 D 03-05T09:00
`

func TestReleasePageAccountsForEveryCommit(t *testing.T) {
	pages := collect(scene(t, ledgers), Options{})
	var page *ReleasePage
	for path, content := range pages {
		if strings.HasSuffix(path, "/v1.1.0/index.html") {
			page = content.(*ReleasePage)
		}
	}
	if page == nil {
		t.Fatal("no page for v1.1.0")
	}
	if want := "3 commits: 1 in 1 change, 1 cherry-pick and 1 without a pull request. Every commit is accounted for."; page.LedgerLine != want || !page.LedgerOK {
		t.Errorf("ledger %q, %v, want %q", page.LedgerLine, page.LedgerOK, want)
	}
	if want := "Compared with v1.0.0: "; !strings.HasPrefix(page.Compared, want) {
		t.Errorf("compared %q, want %q…", page.Compared, want)
	}
	if len(page.Groups) != 1 || page.Groups[0].Changes[0].Lead != "4 days from start to release" || page.Direct == nil || page.Picks == nil {
		t.Errorf("groups %+v, direct %v, picks %v", page.Groups, page.Direct, page.Picks)
	}
	if page.Older == nil || page.Older.Href != "../v1.0.0/index.html" || page.Newer != nil {
		t.Errorf("older %v, newer %v", page.Older, page.Newer)
	}
}

func TestHeadlinePrefersAClearChange(t *testing.T) {
	same := &kpi.Previous{Verdict: kpi.NoClearChange, Value: number(0.5)}
	better := &kpi.Previous{Verdict: kpi.BetterNow, Value: number(90000)}
	worse := &kpi.Previous{Verdict: kpi.WorseNow, Value: number(1)}
	frequency := kpi.Result{KPI: kpi.DeploymentFrequency, State: kpi.Measured, Value: number(0.5), Denominator: number(60), N: 30, Previous: same}
	lead := kpi.Result{KPI: kpi.LeadTime, State: kpi.Measured, Value: number(36000), N: 40, Previous: better}
	calm, slump := lead, frequency
	calm.Previous, slump.Previous = same, worse
	size := kpi.Result{KPI: kpi.ChangeSize, State: kpi.Measured, Value: number(12), N: 40, Previous: better}
	for name, test := range map[string]struct {
		results []kpi.Result
		want    string
	}{
		"clear change":     {[]kpi.Result{frequency, lead}, "Lead time for changes is better: 10 h now, 25 h before"},
		"two ways":         {[]kpi.Result{slump, lead}, "Deployment frequency is worse: 3.5 a week now, 7 a week before; but lead time for changes is better: 10 h now, 25 h before"},
		"no clear change":  {[]kpi.Result{frequency, calm}, "30 deliveries in 60 days, half of the changes delivered within 10 h"},
		"size is no news":  {[]kpi.Result{frequency, calm, size}, "30 deliveries in 60 days, half of the changes delivered within 10 h"},
		"nothing measured": {[]kpi.Result{{KPI: kpi.LeadTime, State: kpi.NotMeasured}}, "Nothing in this history can be measured yet"},
	} {
		from := instant(t, "2026-01-01T00:00:00Z")
		s := kpi.Scorecard{Results: test.results, Timeline: &timeline.Timeline{}}
		s.Window.From, s.Window.To = from, from.AddDate(0, 0, 60)
		if got := newBook(s, Options{}).headline(); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestUnknownIsNeverZero(t *testing.T) {
	b := newBook(kpi.Scorecard{Timeline: &timeline.Timeline{}}, Options{})
	r := kpi.Result{KPI: kpi.LeadTime, State: kpi.Partial, AtLeast: number(7200), N: 3, PartialBecause: []kpi.Caveat{kpi.CensoredTop, kpi.SmallSample}}
	tile := b.tile(r, b.measureOf(r), place{"index.html"})
	if tile.Value != "at least 2" || tile.Unit != "h" || tile.Caveat != "more than half are not finished, so the median is not reached and fewer than five items" || tile.Change != "nothing to compare with" {
		t.Errorf("%+v", tile)
	}
	r = kpi.Result{KPI: kpi.LeadTime, State: kpi.NotMeasured}
	if tile := b.tile(r, b.measureOf(r), place{"index.html"}); tile.Value != "–" || tile.Unit != "" {
		t.Errorf("%+v", tile)
	}
}
