package report

import (
	"cmp"
	"iter"
	"slices"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/timeline"
)

// Options are what the pages cannot know from a scorecard. The zero value is
// useful.
type Options struct {
	// Version is the version of Shipshape that makes the report, "0.1.0"; empty
	// where it is not known.
	Version string
	// BaseURL is the absolute address that the site will have, or empty. Only the
	// page for missing addresses needs it: all other links are relative.
	BaseURL string
	// Settings are the settings in force, as the about page lists them.
	Settings []Fact
	// HidePeople keeps the names of people off every page and out of the data.
	// Names of machines and of repositories stay.
	HidePeople bool
	// Banner is a warning across every page, or empty.
	Banner string
}

// Pages returns the pages and data documents of a report, one by one in
// ascending byte order of their paths. Each is made when it is asked for, so that
// only one is held at a time. Equal scorecards give equal pages, however often
// they are asked for.
func Pages(s kpi.Scorecard, o Options) iter.Seq[Page] {
	return func(yield func(Page) bool) {
		b := newBook(s, o)
		for _, l := range b.leaves() {
			if !yield(Page{Path: l.path, Content: l.make(place{l.path})}) {
				return
			}
		}
	}
}

// book is a report while its pages are made.
type book struct {
	score   kpi.Scorecard
	options Options
	shelves []*shelf
	nav     []section
}

// leaf is a page that is not made yet.
type leaf struct {
	path string
	make func(place) any
}

func newBook(s kpi.Scorecard, o Options) *book {
	b := &book{score: s, options: o}
	for _, r := range s.Timeline.Repositories {
		b.shelves = append(b.shelves, b.newShelf(r))
	}
	b.nav = b.sections()
	return b
}

// leaves lists every page in the order of paths.
func (b *book) leaves() []leaf {
	all := []leaf{
		{overviewPath, b.overview},
		{twin(overviewPath), b.overview},
		{whyEmptyPath, b.whyEmpty},
		{aboutPath, b.about},
		{notFoundPath, b.notFound},
	}
	all = slices.Concat(all, b.kpiLeaves(), b.deploymentLeaves(), b.releaseLeaves(), b.dataLeaves())
	slices.SortFunc(all, func(a, b leaf) int { return cmp.Compare(a.path, b.path) })
	return all
}

// repositories are those reported on.
func (b *book) repositories() []*timeline.Repository { return b.score.Timeline.Repositories }

// several reports whether there is more than one repository.
func (b *book) several() bool { return len(b.repositories()) > 1 }

// site names what the report is about.
func (b *book) site() string {
	if repositories := b.repositories(); len(repositories) == 1 {
		return string(repositories[0].Name())
	}
	return count(len(b.repositories()), "repository")
}

// repositoryOf returns the repository of that name; nil where there is none.
func (b *book) repositoryOf(name shipshape.RepositoryName) *timeline.Repository {
	return b.score.Timeline.Repository(name)
}
