package githubtest

import (
	"strconv"
	"time"

	"github.com/shipshape-report/shipshape"
)

// release is a release of a repository.
type release struct {
	*shipshape.Release
	repo *repository
}

// release finds a release by tag. A draft is not found without write access.
func (r *repository) release(tag string) any {
	i, ok := r.releases[tag]
	if !ok || !r.shows(i) {
		return nil
	}
	return object{"Release", release{&r.Releases[i], r}}
}

func (r *repository) shows(i int) bool { return !r.Releases[i].Draft || r.writes() }

// repositoryReleases lists releases, the newest first unless another order is asked
// for.
func repositoryReleases(c call[*repository]) any {
	r := c.of
	field, direction := c.args.order("CREATED_AT", "DESC")
	key := func(i int) string {
		if field == "NAME" {
			return r.Releases[i].Name + "\x00" + r.Releases[i].Tag
		}
		return instantKey(r.Releases[i].CreatedAt, r.Releases[i].Tag)
	}
	order := "releases " + field + strconv.FormatBool(r.writes())
	return ordered(r.order(order, len(r.Releases), r.shows, key), direction, key, r.releaseAt)
}

func (r *repository) releaseAt(i int) any { return object{"Release", release{&r.Releases[i], r}} }

// latestRelease is the release that was created last, drafts and prereleases apart.
func (r *repository) latestRelease() any {
	latest := -1
	for i, l := range r.Releases {
		if !l.Draft && !l.Prerelease && (latest < 0 || r.Releases[latest].Compare(l) < 0) {
			latest = i
		}
	}
	if latest < 0 {
		return nil
	}
	return r.releaseAt(latest)
}

var releaseFields = fields[release]{
	"id":            func(c call[release]) any { return newID("Release", c.of.repo, c.of.Tag) },
	"databaseId":    func(c call[release]) any { return databaseID(c.of.repo, c.of.repo.releases[c.of.Tag]) },
	"tagName":       func(c call[release]) any { return c.of.Tag },
	"name":          func(c call[release]) any { return c.of.Name },
	"url":           func(c call[release]) any { return c.of.URL },
	"tag":           func(c call[release]) any { return c.of.repo.ref("refs/tags/" + c.of.Tag) },
	"tagCommit":     func(c call[release]) any { return c.of.repo.named(shipshape.ChangeCommit{OID: c.of.Commit}) },
	"author":        func(c call[release]) any { return c.of.repo.world.user(c.of.Author) },
	"createdAt":     func(c call[release]) any { return c.of.CreatedAt },
	"publishedAt":   func(c call[release]) any { return c.of.PublishedAt },
	"updatedAt":     func(c call[release]) any { return c.of.touched() },
	"isDraft":       func(c call[release]) any { return c.of.Draft },
	"isPrerelease":  func(c call[release]) any { return c.of.Prerelease },
	"isLatest":      func(c call[release]) any { return c.of.latest() },
	"description":   func(c call[release]) any { return c.of.Description },
	"releaseAssets": releaseAssets,
	"repository":    func(c call[release]) any { return object{"Repository", c.of.repo} },
	"immutable":     func(c call[release]) any { return false },
}

// touched is the last instant that is known of the release.
func (l release) touched() time.Time {
	if l.PublishedAt.After(l.CreatedAt) {
		return l.PublishedAt
	}
	return l.CreatedAt
}

func (l release) latest() bool {
	o, ok := l.repo.latestRelease().(object)
	return ok && o.of.(release).Tag == l.Tag
}

// asset is a file attached to a release.
type asset struct {
	release
	shipshape.Asset
}

func releaseAssets(c call[release]) any {
	var kept []shipshape.Asset
	for _, a := range c.of.Assets {
		if !c.args.has("name") || c.args.text("name") == a.Name {
			kept = append(kept, a)
		}
	}
	return sliceOf(kept, func(_ int, a shipshape.Asset) any { return object{"ReleaseAsset", asset{c.of, a}} })
}

func (a asset) address() string {
	return a.repo.noun().URL + "/releases/download/" + a.Tag + "/" + a.Asset.Name
}

var assetFields = fields[asset]{
	"id":            func(c call[asset]) any { return newID("ReleaseAsset", c.of.repo, c.of.Tag+"/"+c.of.Asset.Name) },
	"name":          func(c call[asset]) any { return c.of.Asset.Name },
	"size":          func(c call[asset]) any { return c.of.Size },
	"downloadCount": func(c call[asset]) any { return c.of.Downloads },
	"contentType":   func(c call[asset]) any { return "application/octet-stream" },
	"createdAt":     func(c call[asset]) any { return c.of.CreatedAt },
	"updatedAt":     func(c call[asset]) any { return c.of.CreatedAt },
	"url":           func(c call[asset]) any { return c.of.address() },
	"downloadUrl":   func(c call[asset]) any { return c.of.address() },
	"digest":        func(c call[asset]) any { return nil },
}
