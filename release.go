package shipshape

import (
	"cmp"
	"time"
)

// Release is a release published on GitHub, or drafted.
type Release struct {
	Tag         string    `json:"tag"`
	Name        string    `json:"name,omitempty"`
	URL         string    `json:"url"`
	Commit      OID       `json:"commit,omitempty"` // what the tag pointed at when it was read
	Author      Login     `json:"author,omitempty"`
	CreatedAt   time.Time `json:"createdAt"`
	PublishedAt time.Time `json:"publishedAt,omitzero"` // zero: a draft. Hours later than the tag in practice
	Draft       bool      `json:"draft,omitempty"`
	Prerelease  bool      `json:"prerelease,omitempty"` // as the flag says; the version may say otherwise
	Description string    `json:"description,omitempty"`
	Assets      []Asset   `json:"assets,omitempty"`
}

// Asset is a file attached to a release.
type Asset struct {
	Name      string `json:"name"`
	Size      int64  `json:"size,omitempty"` // bytes
	Downloads int    `json:"downloads,omitempty"`
}

// Compare orders releases by creation, then tag.
func (r Release) Compare(o Release) int {
	return cmp.Or(r.CreatedAt.Compare(o.CreatedAt), cmp.Compare(r.Tag, o.Tag))
}
