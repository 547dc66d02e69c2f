package collect

import (
	"context"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// releaseNode is a release, with the beginning of its list of assets.
type releaseNode struct {
	ID           string
	TagName      string
	Name         string
	URL          string
	Description  string
	CreatedAt    time.Time
	PublishedAt  time.Time
	IsDraft      bool
	IsPrerelease bool
	Author       *actor
	TagCommit    *struct {
		OID shipshape.OID `graphql:"oid"`
	}
	Assets github.Connection[assetNode] `graphql:"releaseAssets(first: $assets) @include(if: $withAssets)"`
}

type assetNode struct {
	Name          string
	Size          int64
	DownloadCount int
}

// releaseOptions are the lists that a release can be asked for without.
var releaseOptions = optionalLists{shipshape.ReleaseEntity, map[string]string{"releaseAssets": "withAssets"}}

// assetsAtFirst is how many assets of a release its page brings.
const assetsAtFirst = 50

// releases reads all releases: an old one can be edited, and GitHub has no list of
// those that were. Drafts are only seen by those who may write.
func (r *reader) releases(ctx context.Context) error {
	return readAll(ctx, r, list[releaseNode]{
		entity: shipshape.ReleaseEntity,
		size:   100,
		ask: sparing(r, releaseOptions, func() asker[releaseNode] {
			return askReleases[releaseNode](r, r.releaseLists()...)
		}),
		stub: askReleases[bare](r),
		rest: func(n *releaseNode) []*tail {
			of := record{shipshape.ReleaseEntity, n.TagName, "Release", n.ID}
			return rest(of, nested{field: "assets", list: "releaseAssets"}, &n.Assets)
		},
		take: func(n *releaseNode) (bool, error) {
			r.h.Releases = append(r.h.Releases, n.release())
			return true, nil
		},
		at: func(n *releaseNode) time.Time { return n.CreatedAt },
	})
}

// releaseLists are the variables of a release's list.
func (r *reader) releaseLists() []any {
	return append(r.with(releaseOptions), "assets", r.first(assetsAtFirst))
}

// releasesQuery asks for a page of releases.
type releasesQuery[N any] struct {
	github.Meter
	Repository struct {
		Releases github.Connection[N] `graphql:"releases(first: $size, after: $after, orderBy: {field: CREATED_AT, direction: DESC})"`
	} `graphql:"repository(owner: $owner, name: $name)"`
}

func askReleases[N any](r *reader, more ...any) asker[N] {
	return func(ctx context.Context, size int, after *string) (github.Connection[N], []github.Fault, error) {
		var q releasesQuery[N]
		faults, err := r.query(ctx, &q, r.variables(size, after, more...))
		return q.Repository.Releases, faults, err
	}
}

func (n *releaseNode) release() shipshape.Release {
	release := shipshape.Release{
		Tag:         n.TagName,
		Name:        n.Name,
		URL:         n.URL,
		Author:      n.Author.login(),
		CreatedAt:   n.CreatedAt.UTC(),
		PublishedAt: n.PublishedAt.UTC(),
		Draft:       n.IsDraft,
		Prerelease:  n.IsPrerelease,
		Description: n.Description,
	}
	if n.TagCommit != nil {
		release.Commit = n.TagCommit.OID
	}
	for _, a := range n.Assets.Nodes {
		if a != nil {
			release.Assets = append(release.Assets, shipshape.Asset{Name: a.Name, Size: a.Size, Downloads: a.DownloadCount})
		}
	}
	return release
}
