package report

// Overview is the first page.
type Overview struct {
	Frame
	Headline string // the finding, one sentence
	Lede     string // one to three sentences under it
	Tiles    []Tile // up to six, measured or partial
	// More counts the KPIs that are not measured and links to what would make them
	// measurable; nil if none.
	More *Link
	// Compare holds repositories side by side; nil for a single one.
	Compare *Table
	// CompareNote says how to read Compare.
	CompareNote string
	// PooledNote says what the tiles blend; "" for a single repository.
	PooledNote string
	Charts     []Chart
	// Attention is what deserves a look, most urgent first.
	Attention []Notice
	// Recent are the latest deliveries and releases.
	Recent Table
	// Unreleased says per repository what waits for a release; empty where the
	// repository never released.
	Unreleased []Unreleased
	Gaps       []GapRow // the most important ones
	GapsMore   *Link
}

// Tile is one headline number.
type Tile struct {
	Name     string
	Href     string
	Value    string // "12.4"
	Unit     string // "h", "a week", "%"
	Change   string // "better: 14.1 h before", "no clear change", "too few to compare"
	Verdict  string // "better", "worse", "same" or "" : colour and arrow only repeat the words
	Note     string // "median of 143 changes, 95 % range 10 to 16 h"
	State    string // "partial" with a reason in Caveat, or ""
	Caveat   string
	Spark    []*float64 // one point a week, nil is missing
	SparkAlt string     // words for the spark
}

// Notice is something that deserves a look.
type Notice struct {
	Level string // "high", "medium", "low"
	Text  string
	Links []Link
	Age   string // "6 days", or empty
}

// Unreleased is what waits for a release in one repository.
type Unreleased struct {
	Repository string
	Count      string // "14 changes"
	Since      string // "since v0.8.0, 14 days ago"
	Oldest     string // "the oldest has waited 13 days"
	Changes    []Link // newest first, a few
	More       *Link
}

// GapRow is something that is not known.
type GapRow struct {
	Repository string
	What       string // "deployments: statuses"
	Why        string
	Remedy     string
	Reason     string // "derived", "absent" …
}

// KPIIndex lists all KPIs.
type KPIIndex struct {
	Frame
	Lede     string
	Families []KPIFamily
}

// KPIFamily is a group of KPIs.
type KPIFamily struct {
	Name string
	Rows []KPIRow
}

// KPIRow is one KPI in a list.
type KPIRow struct {
	Tile
	Question string
	Measured bool
	Reason   string // why it is not measured
}

// KPIPage is one KPI.
type KPIPage struct {
	Frame
	Name     string
	Question string
	Finding  string
	Tile     Tile
	State    string // "Measured", "Partial: …", "Not measured"
	Reason   string // set when not measured
	Remedy   string
	Facts    []Fact // n, clusters, coverage, interval, step on DORA's scale, comparison
	Scale    *ScaleBar
	Charts   []Chart
	Beside   []Fact
	// Repositories is the KPI for each repository alone; nil for a single one.
	Repositories *Table
	Breakdowns   []Table
	Definition   []string // paragraphs
	Formula      string
	Counts       []string
	Leaves       []string
	Source       string
	Version      string
	Included     Table    // evidence that counts, newest first
	Excluded     Table    // evidence left out, with its reason
	EvidenceData []Link   // the published rows
	LeftOut      []GapRow // repositories that lack what it needs
	Previous     *Link    // the KPI before in reading order
	Next         *Link
}

// Fact is a named value.
type Fact struct {
	Name  string
	Value string
	Note  string
	Href  string // where Name leads; "" for no link
}

// ScaleBar is an answer scale with the step a value lies on.
type ScaleBar struct {
	Steps   []string // worst first
	Current int
	Source  string
}

// DeploymentsPage lists production deployments: the newest of every repository,
// or one stretch of one repository.
type DeploymentsPage struct {
	Frame
	Heading  string
	Lede     string
	Sections []DeploymentSection
	Charts   []Chart
	Newer    *Link
	Older    *Link
}

// DeploymentSection is one repository's deployments.
type DeploymentSection struct {
	Repository string
	Anchor     string
	Source     string // what counts as a deployment here and why, a sentence
	Summary    []Fact
	Table      Table
	All        *Link // older ones
}

// ReleasesPage lists releases: the newest of every repository, or all of one.
type ReleasesPage struct {
	Frame
	Heading  string
	Lede     string
	Sections []ReleaseSection
	Newer    *Link
	Older    *Link
}

// ReleaseSection is one repository's releases.
type ReleaseSection struct {
	Repository string
	Anchor     string
	Note       string // what the list is made from, where it is not plain releases
	Table      Table
	All        *Link
	Empty      string // why there is none, and what would change that
}

// ReleasePage is one release.
type ReleasePage struct {
	Frame
	Repository string
	Tag        Hostile
	Name       Hostile // "" where it says no more than the tag
	URL        string
	State      string // "Released", "Pre-release"
	Published  Time
	Facts      []Fact // commit, compared with, lead time, deployments
	// Compared says what the contents are counted from, and why.
	Compared string
	Deployed []Link // deployments of its commit to production, with when
	Groups   []ChangeGroup
	Direct   *Table
	Picks    *Table
	Ledger   Table
	// LedgerLine says in words that the ledger adds up, or what is missing.
	LedgerLine  string
	LedgerOK    bool
	Description Markdown // as published
	Cut         string   // what is missing of Description, or ""
	Repo        string   // "owner/name", what #1 in Description means
	Missing     string   // why nothing can be said of its contents
	// Condensed says what an old release's page leaves out; "" for a full page.
	Condensed    string
	Newer        *Link
	Older        *Link
	MarkdownHref string // the same in Markdown
}

// ChangeGroup is a group of changes of one class.
type ChangeGroup struct {
	Name    string
	Changes []ChangeRow
	More    *Link
}

// ChangeRow is a change in a list.
type ChangeRow struct {
	Number string // "#12"
	Title  Hostile
	URL    string
	Author Hostile  // "" where hidden or unknown
	Lead   string   // time from start to release, "" unknown
	Notes  []string // "reverts #11", "not reviewed before merge", "by a machine"
}

// WhyEmptyPage says of every KPI that is not measured, or partial, what would
// make it whole, and lists all gaps.
type WhyEmptyPage struct {
	Frame
	Lede     string
	Rows     []NeedRow
	Sections []GapSection
}

// NeedRow is one KPI and what it lacks.
type NeedRow struct {
	Name   string
	Href   string
	State  string
	Where  string // repositories concerned
	Reason string
	Remedy string
}

// GapSection holds the gaps of one repository.
type GapSection struct {
	Repository string
	Groups     []GapGroup
}

// GapGroup holds the gaps that have the same remedy.
type GapGroup struct {
	Remedy string
	Gaps   []GapRow
}

// AboutPage says how the report was made.
type AboutPage struct {
	Frame
	Method    []string // paragraphs
	Sources   []SourceRow
	Settings  []Fact // configuration in force
	Coverage  *Table // records read per repository
	Files     []Fact // data files and their schemas
	Condensed []string
}

// SourceRow is where a repository's history came from.
type SourceRow struct {
	Repository  Link
	Source      string
	Href        string
	License     string
	Until       Time
	Since       string // a sentence where not everything was read, else ""
	Deployments string // what counts as a deployment, and why
	Notes       []string
}

// NotFoundPage is shown for an address that does not exist.
type NotFoundPage struct {
	Frame
	// Base is the site's absolute address, or empty: links need it, as the page is
	// served at any depth.
	Base string
}
