package site

import (
	"time"

	"github.com/shipshape-report/shipshape/report"
)

// frame is the frame of a sample page one level below the root.
func frame(title string) report.Frame {
	return report.Frame{
		Title: title + " · acme/shop", Description: title + " of acme/shop.", Root: "../", Site: "acme/shop", Period: "1 to 21 Aug 2026 (UTC)",
		Nav:       []report.NavItem{{Label: "Overview", Href: "../index.html"}, {Label: title, Href: "index.html", Current: true}},
		Generator: "Shipshape 1.2.3",
	}
}

var day = report.Time{Stamp: time.Date(2026, 8, 17, 9, 7, 0, 0, time.UTC), Text: "17 Aug 2026, 09:07 UTC"}

var leadTile = report.Tile{
	Name: "Lead time for changes", Href: "../kpi/lead-time-for-changes/index.html", Value: "21.1", Unit: "h",
	Change: "better: 30 h before", Verdict: "better", Note: "median of 49 changes", Spark: series(3, 2, 1), SparkAlt: "From 3 to 1 h.",
}

var leadGap = report.GapRow{
	Repository: "acme/shop", What: "deployments: statuses", Why: "The token may not read them.",
	Remedy: "Grant deployments: read.", Reason: "forbidden",
}

var brought = report.Table{
	Caption: "What went out",
	Head:    []report.Cell{{Text: "Release"}, {Text: "Changes", Numeric: true}, {Text: "When"}},
	Rows: [][]report.Cell{
		{{Text: "v1.1.0", Href: "v1.1.0/index.html", Header: true, Note: "pre-release"}, {Text: "2", Numeric: true}, {Time: &day}},
		{{Text: "a1b2c3d", Code: true, Header: true}, {Text: "–", Numeric: true}, {Text: "Fix `x|y` in the basket", Title: true, Href: "https://github.com/acme/shop/pull/7"}},
	},
	More: &report.Link{Text: "All releases", Href: "all.html"},
}

func weeks() report.Chart {
	return report.Chart{
		ID: "weeks", Kind: report.BarChart, Headline: "Up to 3 deliveries a week", Subtitle: "Deliveries per ISO week; n = 4", Axis: "Week", Measured: "deliveries",
		Labels: []string{"W31", "W32", "W33"}, Series: []report.ChartSeries{{Name: "Deliveries", Values: series(3, -1, 1)}},
		Format: func(v float64) string { return string(rune('0' + int(v))) },
	}
}

// samples has a small page of each kind, by the name of its template.
func samples() map[string]any {
	return map[string]any{
		"overview": &report.Overview{
			Frame: frame("Overview"), Headline: "4 deliveries in 21 days", Lede: "Half of the changes were in production within 21.1 h.",
			Tiles: []report.Tile{leadTile}, More: &report.Link{Text: "3 more can be measured: how", Href: "../why-empty/index.html"},
			Charts:     []report.Chart{weeks()},
			Attention:  []report.Notice{{Level: "high", Text: "Rolled back once.", Age: "4 days ago", Links: []report.Link{{Text: "v1.0.1", Href: "../releases/index.html"}}}},
			Recent:     brought,
			Unreleased: []report.Unreleased{{Repository: "acme/shop", Count: "2 changes", Since: "since v1.1.0", Oldest: "the oldest has waited 3 days", Changes: []report.Link{{Text: "Add `basket`", Href: "https://github.com/acme/shop/pull/8"}}}},
			Gaps:       []report.GapRow{leadGap}, GapsMore: &report.Link{Text: "Everything not known", Href: "../why-empty/index.html"},
		},
		"kpis": &report.KPIIndex{Frame: frame("KPIs"), Lede: "Ten numbers.", Families: []report.KPIFamily{{Name: "Flow", Rows: []report.KPIRow{
			{Tile: leadTile, Question: "How long does a change take?", Measured: true},
			{Tile: report.Tile{Name: "Deployment duration", Href: "../kpi/deployment-duration/index.html"}, Question: "How long does a roll-out take?", Reason: "No statuses."},
		}}}},
		"kpi": &report.KPIPage{
			Frame: frame("Lead time for changes"), Name: "Lead time for changes", Question: "How long does a change take?", Finding: "Half took 21.1 h.", Tile: leadTile,
			Facts: []report.Fact{{Name: "Changes", Value: "49", Note: "of 50", Href: "#evidence"}}, Scale: &report.ScaleBar{Steps: []string{"Months", "Days", "Hours"}, Current: 1, Source: "The survey of 2024."},
			Definition: []string{"From the first commit to production."}, Formula: "median(finished − authored)", Counts: []string{"Merged changes"}, Leaves: []string{"Machines"},
			Source: "DORA", Version: "Version 1.", LeftOut: []report.GapRow{leadGap}, Included: brought,
			EvidenceData: []report.Link{{Text: "1.json", Href: "../data/evidence/lead-time-for-changes/1.json"}}, Next: &report.Link{Text: "Change size", Href: "../change-size/index.html"},
		},
		"deployments": &report.DeploymentsPage{Frame: frame("Deployments"), Heading: "Deployments to production", Lede: "Newest first.", Charts: []report.Chart{weeks()},
			Sections: []report.DeploymentSection{{Repository: "acme/shop", Anchor: "acme-shop", Source: "Deployments to production.", Summary: []report.Fact{{Name: "Deliveries", Value: "4"}}, Table: brought}},
			Older:    &report.Link{Text: "2025", Href: "2025/index.html"}},
		"releases": &report.ReleasesPage{Frame: frame("Releases"), Heading: "Releases", Lede: "Newest first.", Sections: []report.ReleaseSection{
			{Repository: "acme/shop", Anchor: "acme-shop", Note: "Tags count as releases.", Table: brought, All: &report.Link{Text: "All 12", Href: "acme/shop/index.html"}},
			{Repository: "acme/till", Anchor: "acme-till", Empty: "It never released."},
		}},
		"release": &report.ReleasePage{
			Frame: frame("v1.1.0"), Repository: "acme/shop", Tag: "v1.1.0", Name: "The `basket` release", URL: "https://github.com/acme/shop/releases/tag/v1.1.0", State: "Released",
			Published: day, Facts: []report.Fact{{Name: "Brought", Value: "1 change"}}, Compared: "Compared with v1.0.0.", Deployed: []report.Link{{Text: "17 Aug 2026", Href: "../deployments/index.html"}},
			Groups: []report.ChangeGroup{{Name: "Changes", Changes: []report.ChangeRow{{Number: "#7", Title: "Fix `x|y` & <b>", URL: "https://github.com/acme/shop/pull/7", Author: "ann", Lead: "21 h", Notes: []string{"reverts #6"}}}}},
			Ledger: brought, LedgerLine: "1 commit in 1 change.", LedgerOK: true, Description: "# New\n\n- [#7](https://github.com/acme/shop/pull/7) by @ann <script>1</script>", Repo: "acme/shop",
			Older: &report.Link{Text: "v1.0.0", Href: "../v1.0.0/index.html"}, MarkdownHref: "index.md",
		},
		"whyempty": &report.WhyEmptyPage{Frame: frame("Why is this empty?"), Lede: "What is not known.",
			Rows:     []report.NeedRow{{Name: "Deployment duration", Href: "../kpi/deployment-duration/index.html", State: "not measured", Where: "acme/shop", Reason: "No statuses.", Remedy: "Record them."}},
			Sections: []report.GapSection{{Repository: "acme/shop", Groups: []report.GapGroup{{Remedy: "Record them.", Gaps: []report.GapRow{leadGap}}}}}},
		"about": &report.AboutPage{Frame: frame("About"), Method: []string{"From GitHub alone."},
			Sources:  []report.SourceRow{{Repository: report.Link{Text: "acme/shop", Href: "https://github.com/acme/shop"}, Source: "GitHub", License: "MIT", Until: day, Notes: []string{"Names are hidden."}}},
			Settings: []report.Fact{{Name: "Window", Value: "21 days"}}, Files: []report.Fact{{Name: "scorecard.json", Value: "All numbers", Href: "../data/scorecard.json"}}, Condensed: []string{"Releases before 2020."}},
		"notfound": &report.NotFoundPage{Frame: frame("Not found"), Base: "https://acme.example/shop/"},
	}
}
