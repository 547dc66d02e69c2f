package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/kpi"
	"github.com/shipshape-report/shipshape/timeline"
)

// shelf is one repository with what its pages are made from.
type shelf struct {
	*timeline.Repository
	score kpi.RepositoryScore
	// attempts are the recorded production deployments, oldest first; none where
	// releases or tags stand in for them.
	attempts []*timeline.Deployment
	// deployedAt are the successful ones by commit.
	deployedAt map[shipshape.OID][]*timeline.Deployment
	// releases is by publication, oldest first; place is where each stands.
	releases []*timeline.Release
	place    map[*timeline.Release]int
}

func (b *book) newShelf(r *timeline.Repository) *shelf {
	s := &shelf{Repository: r, releases: r.Releases, deployedAt: map[shipshape.OID][]*timeline.Deployment{}, place: map[*timeline.Release]int{}}
	for _, score := range b.score.Repositories {
		if score.Name == r.Name() {
			s.score = score
		}
	}
	for _, d := range r.Production() {
		if d.Source == timeline.SourceReleases || d.Source == timeline.SourceTags {
			continue
		}
		s.attempts = append(s.attempts, d)
		if d.Outcome == timeline.Succeeded && d.DuplicateOf == nil {
			s.deployedAt[d.Commit] = append(s.deployedAt[d.Commit], d)
		}
	}
	slices.SortStableFunc(s.attempts, func(a, b *timeline.Deployment) int {
		return cmp.Or(a.Started.Compare(b.Started), compareIDs(a.ID, b.ID))
	})
	for i, release := range s.releases {
		s.place[release] = i
	}
	return s
}

// compareIDs orders ids, which are numbers of any length or tags, by number where
// they are numbers.
func compareIDs(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}

// releasedAs reports whether releases or tags stand in for deployments.
func (s *shelf) releasedAs() bool {
	return s.Source.Kind == timeline.SourceReleases || s.Source.Kind == timeline.SourceTags
}

// holds reports whether a release has a page: one made of a tag beside published
// releases has none.
func (s *shelf) holds(r *timeline.Release) bool {
	_, found := s.place[r]
	return r != nil && found
}

// anchor is the id of the repository's section on a page.
func (s *shelf) anchor() string { return "at-" + Slug(string(s.Name())) }
