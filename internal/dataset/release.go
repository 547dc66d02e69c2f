package dataset

import (
	"time"

	"github.com/shipshape-report/shipshape"
)

// wireRelease is a line of releases.jsonl.
type wireRelease struct {
	TagName      string          `json:"tagName" need:"value"`
	Name         string          `json:"name"`
	CreatedAt    time.Time       `json:"createdAt" need:"value"`
	PublishedAt  time.Time       `json:"publishedAt"`
	IsDraft      bool            `json:"isDraft" need:"value"`
	IsPrerelease bool            `json:"isPrerelease" need:"value"`
	URL          string          `json:"url" need:"value"`
	Description  string          `json:"description"`
	Author       shipshape.Login `json:"author"`
	TagCommit    shipshape.OID   `json:"tagCommit"`
	Assets       []wireAsset     `json:"releaseAssets"`
}

type wireAsset struct {
	Name          string `json:"name" need:"value"`
	DownloadCount int    `json:"downloadCount"`
	Size          int64  `json:"size"`
}

func (w wireRelease) release() (shipshape.Release, error) {
	r := shipshape.Release{
		Tag:         w.TagName,
		Name:        w.Name,
		URL:         w.URL,
		Commit:      w.TagCommit,
		Author:      w.Author,
		CreatedAt:   w.CreatedAt,
		PublishedAt: w.PublishedAt,
		Draft:       w.IsDraft,
		Prerelease:  w.IsPrerelease,
		Description: w.Description,
	}
	for _, a := range w.Assets {
		r.Assets = append(r.Assets, shipshape.Asset{Name: a.Name, Size: a.Size, Downloads: a.DownloadCount})
	}
	return r, nil
}
