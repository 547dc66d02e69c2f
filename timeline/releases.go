package timeline

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape"
)

// linkReleases fills Releases, up to AsOf, with what each brought, and gives every
// change its first release. It wants the changes linked.
func (r *Repository) linkReleases(h *shipshape.RepositoryHistory, o Options) {
	ranked := r.publishedReleases(h, o.AsOf)
	if len(ranked) == 0 && !everPublished(h, o.AsOf) {
		ranked = r.taggedReleases(h, o.AsOf)
	}
	slices.SortFunc(ranked, ranking.compare)
	ps := r.newPredecessors(ranked)
	r.Releases = make([]*Release, len(ranked))
	for i, release := range ranked {
		r.Releases[i] = release.Release
		ps.choose(i)
		r.fillContents(release.Release)
	}
	r.noteMissing()
	r.linkFirstReleases()
}

// noteMissing adds a gap where commits of releases were not seen.
func (r *Repository) noteMissing() {
	var tags []string
	for _, release := range r.Releases {
		if release.Missing {
			tags = append(tags, release.Tag)
		}
	}
	if len(tags) == 0 {
		return
	}
	gap := shipshape.Gap{
		Entity: shipshape.ReleaseEntity, Field: "commit", Reason: shipshape.Truncated,
		Why: fmt.Sprintf("The commits of %d releases, the first of them %s, are not in the history that was read: nothing can be said of their contents.",
			len(tags), tags[0]),
		Remedy: "Collect the history with all its tags and without a limit on its depth.",
	}
	if !slices.Contains(r.Gaps, gap) {
		r.Gaps = append(r.Gaps, gap)
	}
}

// ranking is a release with what orders it.
type ranking struct {
	*Release
	version   version
	versioned bool // its tag is a version
	id        int32
}

// compare orders releases by publication, then version, then tag.
func (a ranking) compare(b ranking) int {
	return cmp.Or(a.Published.Compare(b.Published), a.compareVersion(b), strings.Compare(a.Tag, b.Tag))
}

// compareVersion orders releases by version; 0 where they have none, or versions
// that count differently.
func (a ranking) compareVersion(b ranking) int {
	if !a.versioned || !b.versioned || !a.version.comparable(b.version) {
		return 0
	}
	return a.version.compare(b.version)
}

// rank reads the version of a release and looks up its commit.
func (r *Repository) rank(release *Release) ranking {
	out := ranking{Release: release}
	out.version, out.versioned = parseVersion(release.Tag)
	if out.versioned {
		release.Line = out.version.line()
		release.Prerelease = release.Prerelease || out.version.prerelease()
	}
	out.id, _ = r.graph.id(release.Commit)
	release.Missing = out.id == none
	return out
}

// publishedReleases returns the releases published up to asOf. GitHub keeps drafts
// in the same list; they are no releases.
func (r *Repository) publishedReleases(h *shipshape.RepositoryHistory, asOf time.Time) []ranking {
	var out []ranking
	commits := releaseCommits(h)
	for i := range h.Releases {
		f := &h.Releases[i]
		if !isPublished(f, asOf) {
			continue
		}
		out = append(out, r.rank(&Release{
			Repo: r, Tag: f.Tag, Name: f.Name, URL: f.URL, Author: f.Author,
			Commit: commits[i], Published: f.PublishedAt,
			Prerelease: f.Prerelease, Description: f.Description, Facts: f,
		}))
	}
	return out
}

func isPublished(f *shipshape.Release, asOf time.Time) bool {
	return !f.Draft && !f.PublishedAt.IsZero() && !f.PublishedAt.After(asOf)
}

func everPublished(h *shipshape.RepositoryHistory, asOf time.Time) bool {
	return slices.ContainsFunc(h.Releases, func(f shipshape.Release) bool { return isPublished(&f, asOf) })
}

// releaseCommits returns the commit of each release: as recorded with it, else what
// its tag points at.
func releaseCommits(h *shipshape.RepositoryHistory) []shipshape.OID {
	targets := map[string]shipshape.OID{}
	for _, ref := range h.Refs {
		if ref.Kind == shipshape.Tag {
			targets[ref.Name] = ref.Target
		}
	}
	commits := make([]shipshape.OID, len(h.Releases))
	for i, f := range h.Releases {
		commits[i] = cmp.Or(f.Commit, targets[f.Tag])
	}
	return commits
}

// taggedReleases returns the version tags made up to asOf as releases. A
// lightweight tag has no time of its own: its commit's stands in.
func (r *Repository) taggedReleases(h *shipshape.RepositoryHistory, asOf time.Time) []ranking {
	var out []ranking
	for _, ref := range versionTags(h) {
		release := &Release{
			Repo: r, Tag: ref.Name, Name: ref.Name, URL: r.tagURL(ref.Name), Commit: ref.Target,
			Published: ref.TaggedAt, FromTag: true, Description: ref.Message,
		}
		ranked := r.rank(release)
		if release.Published.IsZero() {
			release.Undated = true
			if ranked.id == none {
				continue // nothing says when it was
			}
			release.Published = r.graph.commit(ranked.id).CommittedAt
		}
		if !release.Published.After(asOf) {
			out = append(out, ranked)
		}
	}
	return out
}

func (r *Repository) tagURL(tag string) string {
	return r.Facts.URL + "/releases/tag/" + url.PathEscape(tag)
}

// linkFirstReleases gives every change the first release that contains it.
func (r *Repository) linkFirstReleases() {
	reached := r.graph.newReach()
	for _, release := range r.Releases {
		id, _ := r.graph.id(release.Commit)
		for _, c := range r.changesAt(reached.add(id)) {
			if c.Release == nil {
				c.Release = release
			}
		}
	}
}
