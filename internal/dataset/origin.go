package dataset

import (
	"time"

	"github.com/shipshape-report/shipshape"
)

// wireOrigin is origin.json.
type wireOrigin struct {
	Until   time.Time `json:"until" need:"value"`
	Since   time.Time `json:"since"`
	Source  string    `json:"source" need:"value"`
	URL     string    `json:"url"`
	License string    `json:"license"`
	Notes   []string  `json:"notes"`
}

func (w wireOrigin) origin() (shipshape.Origin, error) {
	return shipshape.Origin(w), nil
}
