package report

import (
	"math/rand/v2"
	"path"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/timeline"
)

func TestPathsAscendAndDifferByMoreThanCase(t *testing.T) {
	last, folded := "", map[string]string{}
	for page := range Pages(scorecard(bundled(t, govuk, secp256k1)), Options{}) {
		if page.Path <= last {
			t.Errorf("%s comes after %s", page.Path, last)
		}
		last = page.Path
		if other, twice := folded[strings.ToLower(page.Path)]; twice {
			t.Errorf("%s and %s differ by case alone", page.Path, other)
		}
		folded[strings.ToLower(page.Path)] = page.Path
		if strings.Contains("/"+page.Path, "/.") || path.Clean(page.Path) != page.Path {
			t.Errorf("%s is no path for a web server", page.Path)
		}
	}
	if len(folded) < 2000 {
		t.Errorf("only %d pages", len(folded))
	}
}

// linkFields are the fields that hold an address.
var linkFields = regexp.MustCompile(`\.(Href|URL|MarkdownHref)$`)

// Every relative link leads to a page of the site, and to a place on it; every
// other is https. A page links to no page that a file address would not find.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	for name, pages := range map[string]map[string]any{
		"all": pagesOf(t, govuk, secp256k1), "one": pagesOf(t, secp256k1), "bare": collect(scorecard(bare(t)), Options{}),
	} {
		links := 0
		for from, content := range pages {
			if strings.HasPrefix(from, "data/") {
				continue
			}
			walk(content, func(address, href string) {
				if !linkFields.MatchString(address) || href == "" || strings.HasPrefix(href, "https://") {
					return
				}
				links++
				file, anchor, _ := strings.Cut(href, "#")
				target, found := pages[path.Join(path.Dir(from), file)]
				if !found {
					t.Errorf("%s: %s%s leads to %q, which is not there", name, from, address, href)
				}
				if anchor != "" && !strings.Contains(dump(target), ".Anchor="+anchor+"\n") {
					t.Errorf("%s: %s%s: no %q on the page", name, from, address, anchor)
				}
			})
		}
		if links < 100 {
			t.Errorf("%s: only %d links were looked at", name, links)
		}
	}
}

func TestNoIDStandsTwiceOnAPage(t *testing.T) {
	ids := regexp.MustCompile(`\.(Anchor|Charts\[\d+\]\.ID)$`)
	for path, content := range pagesOf(t, govuk, secp256k1) {
		seen := map[string]bool{}
		walk(content, func(address, id string) {
			if ids.MatchString(address) && seen[id] {
				t.Errorf("%s: the id %q stands twice", path, id)
			}
			if ids.MatchString(address) {
				seen[id] = true
			}
		})
	}
}

// What it says does not depend on the order of a history, nor on how often the
// pages are asked for.
func TestSamePagesFromAShuffledHistory(t *testing.T) {
	h := bundled(t, govuk, secp256k1)
	s := scorecard(h)
	want := dumpAll(s)
	if diff := cmp.Diff(want, dumpAll(s)); diff != "" {
		t.Errorf("second time (-want +got):\n%s", diff)
	}
	shuffle(h)
	if diff := cmp.Diff(want, dumpAll(scorecard(h))); diff != "" {
		t.Errorf("shuffled (-want +got):\n%s", diff)
	}
}

// dumpAll is what all pages hold, by path.
func dumpAll(s kpi.Scorecard) map[string]string {
	all := map[string]string{}
	for page := range Pages(s, Options{Version: "0.1.0"}) {
		all[page.Path] = dump(page.Content)
	}
	return all
}

func shuffle(h *shipshape.History) {
	random := rand.New(rand.NewPCG(1, 2))
	mix := func(n int, swap func(i, j int)) { random.Shuffle(n, swap) }
	mix(len(h.Repositories), func(i, j int) { h.Repositories[i], h.Repositories[j] = h.Repositories[j], h.Repositories[i] })
	for k := range h.Repositories {
		r := &h.Repositories[k]
		mix(len(r.Commits), func(i, j int) { r.Commits[i], r.Commits[j] = r.Commits[j], r.Commits[i] })
		mix(len(r.Changes), func(i, j int) { r.Changes[i], r.Changes[j] = r.Changes[j], r.Changes[i] })
		mix(len(r.Deployments), func(i, j int) { r.Deployments[i], r.Deployments[j] = r.Deployments[j], r.Deployments[i] })
		mix(len(r.Releases), func(i, j int) { r.Releases[i], r.Releases[j] = r.Releases[j], r.Releases[i] })
		mix(len(r.Refs), func(i, j int) { r.Refs[i], r.Refs[j] = r.Refs[j], r.Refs[i] })
	}
}

// A page of an old release, and a stretch that is full, say the same the day
// after.
func TestOldPagesKeepTheirBytes(t *testing.T) {
	h := bundled(t, govuk)
	until := h.Repositories[0].Origin.Until
	today, tomorrow := dumpAll(told(h, until.Add(-24*time.Hour))), dumpAll(told(h, until))
	same := 0
	for path, was := range today {
		stretch := strings.Contains(path, "/_s1/") || strings.Contains(path, "/_s2/")
		single := strings.Count(path, "/") == 4 && strings.HasPrefix(path, "releases/") && !strings.Contains(path, "/_s")
		if !stretch && !single {
			continue
		}
		if was == tomorrow[path] {
			same++
			continue
		}
		if stretch || !strings.Contains(path, "/v6") { // the newest get neighbours
			t.Errorf("%s changed (-today +tomorrow):\n%s", path, cmp.Diff(was, tomorrow[path]))
		}
	}
	if same < 2000 {
		t.Errorf("only %d pages kept their bytes", same)
	}
}

// told measures the 90 days before an instant.
func told(h *shipshape.History, asOf time.Time) kpi.Scorecard {
	built := timeline.Build(h, timeline.Defaults(asOf))
	return kpi.Compute(built, kpi.Options{Window: shipshape.LastDays(90, asOf, time.UTC), Zone: time.UTC})
}

// Where people are hidden no page and no data names one, as a text of its own, as
// a mention, or as the owner of a fork.
func TestHidePeople(t *testing.T) {
	h := bundled(t, govuk, secp256k1)
	s := scorecard(h)
	logins, owners := map[string]bool{}, map[string]bool{}
	for _, r := range s.Timeline.Repositories {
		owners[strings.ToLower(r.Name().Owner())] = true
		for _, c := range r.Changes {
			if !c.ByMachine && c.Author != "" {
				logins[strings.ToLower(string(c.Author))] = true
			}
		}
	}
	named := leaks(s, Options{}, logins, owners)
	if len(logins) < 50 || len(named) == 0 {
		t.Fatalf("%d people, named %d times: nothing to hide", len(logins), len(named))
	}
	for _, leak := range leaks(s, Options{HidePeople: true}, logins, owners) {
		t.Error(leak)
	}
}

var mentioned = regexp.MustCompile(`(?:@|from )([A-Za-z0-9-]+)`)

// leaks are the places where a login stands.
func leaks(s kpi.Scorecard, o Options, logins, owners map[string]bool) []string {
	var found []string
	for page := range Pages(s, o) {
		walk(page.Content, func(address, text string) {
			lower := strings.ToLower(text)
			if logins[lower] && !owners[lower] {
				found = append(found, page.Path+address+": "+text)
			}
			for _, m := range mentioned.FindAllStringSubmatch(lower, -1) {
				after := lower[strings.Index(lower, m[0])+len(m[0]):]
				if logins[m[1]] && (m[0][0] == '@' || strings.HasPrefix(after, "/")) {
					found = append(found, page.Path+address+": "+text)
				}
			}
		})
	}
	return found
}

// bare is the commonest repository: no deployments, no releases, no tags, no
// labels.
func bare(t testing.TB) *shipshape.History {
	h := bundled(t, secp256k1)
	r := &h.Repositories[0]
	r.Releases, r.Refs, r.Milestones, r.Repository.Labels = nil, nil, nil, nil
	for i := range r.Changes {
		r.Changes[i].Labels = nil
	}
	return h
}

// The commonest repository gets an overview worth reading: change flow leads, and
// nothing is a wall of what is not measured.
func TestOrdinaryRepository(t *testing.T) {
	pages := collect(scorecard(bare(t)), Options{})
	page := pages[overviewPath].(*Overview)
	if len(page.Tiles) < 5 || page.Tiles[0].Name != "Changes merged" || len(page.Charts) < 3 {
		t.Errorf("%d tiles, %d charts", len(page.Tiles), len(page.Charts))
	}
	if want := "40 merged changes in 90 days, half of the changes ready for review within 35.5 min"; page.Headline != want {
		t.Errorf("headline %q, want %q", page.Headline, want)
	}
	if page.More == nil || page.More.Text != "6 more can be measured: how" {
		t.Errorf("more: %v", page.More)
	}
	var nav []string
	for _, item := range page.Nav {
		nav = append(nav, item.Label)
	}
	if diff := cmp.Diff([]string{"Overview", "KPIs", "Why is this empty?", "About"}, nav); diff != "" {
		t.Errorf("navigation (-want +got):\n%s", diff)
	}
	for path := range pages {
		if strings.HasPrefix(path, "releases/") || strings.HasPrefix(path, "deployments/") {
			t.Errorf("%s holds nothing", path)
		}
	}
}

// A library that is released and never deployed speaks of releases.
func TestReleasesStandForDeployments(t *testing.T) {
	page := pagesOf(t, secp256k1)[overviewPath].(*Overview)
	if want := "1 release in 90 days, half of the changes released within 97.9 days"; page.Headline != want {
		t.Errorf("headline %q, want %q", page.Headline, want)
	}
	if page.Compare != nil || len(page.Unreleased) != 1 {
		t.Errorf("compare %v, unreleased %v", page.Compare, page.Unreleased)
	}
}

// Nothing that every page shows may differ from day to day on pages of single
// releases.
func TestOnlySomePagesAreDated(t *testing.T) {
	for path, content := range pagesOf(t, govuk) {
		text := dump(content)
		dated := path == "index.html" || path == "index.md" || path == aboutPath || strings.HasPrefix(path, "kpi/")
		if got := strings.Contains(text, ".Frame.DataUntil."); got != dated {
			t.Errorf("%s: data until %v", path, got)
		}
		if single := strings.Count(path, "/") == 4; single && !strings.Contains(text, ".Frame.Period=\n") && strings.Contains(text, ".Frame.") {
			t.Errorf("%s has a period", path)
		}
	}
}

func TestCondensedPagesAreShort(t *testing.T) {
	condensed := 0
	for path, content := range pagesOf(t, govuk) {
		page, ok := content.(*ReleasePage)
		if !ok || page.Condensed == "" {
			continue
		}
		condensed++
		listed := 0
		for _, g := range page.Groups {
			listed += len(g.Changes)
		}
		if listed > listedCondensed || page.Description != "" || page.Direct != nil {
			t.Errorf("%s lists %d changes", path, listed)
		}
	}
	if condensed < 1000 {
		t.Errorf("%d condensed pages", condensed)
	}
}
