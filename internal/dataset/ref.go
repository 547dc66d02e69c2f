package dataset

import (
	"time"

	"github.com/shipshape-report/shipshape"
)

// wireRef is a line of refs.jsonl.
type wireRef struct {
	Prefix    string        `json:"prefix" need:"value"`
	Name      string        `json:"name" need:"value"`
	Target    shipshape.OID `json:"target" need:"value"`
	Annotated wireTag       `json:"annotated"`
}

// wireTag is the tag object of an annotated tag.
type wireTag struct {
	Tagger  wireTagger `json:"tagger"`
	Message string     `json:"message"`
}

type wireTagger struct {
	Date time.Time `json:"date" need:"value"`
	Name string    `json:"name"`
}

func (w wireRef) ref() (shipshape.Ref, error) {
	kind := shipshape.Branch
	if w.Prefix == "refs/tags/" {
		kind = shipshape.Tag
	}
	return shipshape.Ref{
		Kind:     kind,
		Name:     w.Name,
		Target:   w.Target,
		TaggedAt: w.Annotated.Tagger.Date,
		Tagger:   w.Annotated.Tagger.Name,
		Message:  w.Annotated.Message,
	}, oneOf("prefix", w.Prefix, "refs/heads/", "refs/tags/")
}
