package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"time"
)

// scorecard is what this program reads of data/scorecard.json.
type scorecard struct {
	AsOf   time.Time `json:"asOf"`
	Window window    `json:"window"`
	KPIs   []result  `json:"kpis"`
}

// window is half-open: it holds From and not To.
type window struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

func (w window) contains(t time.Time) bool { return !t.Before(w.From) && t.Before(w.To) }

// days is the length in days of 24 hours.
func (w window) days() float64 { return w.To.Sub(w.From).Hours() / 24 }

// result is one KPI as published. A nil pointer is null: unknown.
type result struct {
	ID             string        `json:"id"`
	Unit           string        `json:"unit"`
	Statistic      string        `json:"statistic"`
	State          string        `json:"state"`
	PartialBecause []string      `json:"partialBecause"`
	Reason         string        `json:"reason"`
	Remedy         string        `json:"remedy"`
	Value          *float64      `json:"value"`
	AtLeast        *float64      `json:"atLeast"`
	Numerator      *float64      `json:"numerator"`
	Denominator    *float64      `json:"denominator"`
	N              *int          `json:"n"`
	Clusters       *int          `json:"clusters"`
	Coverage       *float64      `json:"coverage"`
	Distribution   *distribution `json:"distribution"`
	Series         []point       `json:"series"`
	Breakdown      struct {
		Repository []slice `json:"repository"`
	} `json:"breakdown"`
	Evidence struct {
		Path     string `json:"path"` // a folder below the site's root
		Files    int    `json:"files"`
		Included int    `json:"included"`
		Excluded int    `json:"excluded"`
		SHA256   string `json:"sha256"`
	} `json:"evidence"`
}

type distribution struct {
	P25  *float64 `json:"p25"`
	P50  *float64 `json:"p50"`
	P75  *float64 `json:"p75"`
	P90  *float64 `json:"p90"`
	Mean *float64 `json:"mean"`
	Min  *float64 `json:"min"`
	Max  *float64 `json:"max"`
}

// point is one week of a series.
type point struct {
	Start time.Time `json:"start"`
	Value *float64  `json:"value"`
	N     *int      `json:"n"`
	Days  *float64  `json:"days"` // seen, of those in the window
}

// slice is one part of a breakdown.
type slice struct {
	Name  string   `json:"name"`
	Value *float64 `json:"value"`
	N     *int     `json:"n"`
}

// item is one row of evidence.
type item struct {
	Kind       string    `json:"kind"`
	Repository string    `json:"repository"`
	ID         string    `json:"id"`
	At         time.Time `json:"at"`
	Value      *float64  `json:"value"`
	Part       *string   `json:"part"`
	Weight     *float64  `json:"weight"`
	Censored   bool      `json:"censored"`
	Cluster    *string   `json:"cluster"`
	Included   bool      `json:"included"`
	Reason     *string   `json:"reason"`
}

// evidence is all evidence of one KPI.
type evidence struct {
	items  []item
	sha256 string // of the files' bytes, one after the other
}

// readScorecard reads a site's scorecard.
func readScorecard(site fs.FS) (scorecard, error) {
	const name = "data/scorecard.json"
	var card scorecard
	data, err := fs.ReadFile(site, name)
	if err != nil {
		return card, fmt.Errorf("reading the scorecard: %w", err)
	}
	if err := json.Unmarshal(data, &card); err != nil {
		return card, fmt.Errorf("reading %s: %w", name, err)
	}
	if len(card.KPIs) == 0 {
		return card, fmt.Errorf("reading %s: it holds no KPI", name)
	}
	if !card.Window.From.Before(card.Window.To) {
		return card, fmt.Errorf("reading %s: its window holds no time", name)
	}
	return card, nil
}

// readEvidence reads the evidence of a KPI: 1.json, 2.json and so on.
func readEvidence(site fs.FS, k result) (evidence, error) {
	var all evidence
	if k.Evidence.Files < 1 {
		return all, fmt.Errorf("reading the evidence of %s: the scorecard names no file", k.ID)
	}
	hash := sha256.New()
	for n := range k.Evidence.Files {
		name := path.Join(k.Evidence.Path, strconv.Itoa(n+1)+".json")
		data, err := fs.ReadFile(site, name)
		if err != nil {
			return all, fmt.Errorf("reading the evidence of %s: %w", k.ID, err)
		}
		var rows []item
		if err := json.Unmarshal(data, &rows); err != nil {
			return all, fmt.Errorf("reading %s: %w", name, err)
		}
		hash.Write(data)
		all.items = append(all.items, rows...)
	}
	all.sha256 = hex.EncodeToString(hash.Sum(nil))
	return all, nil
}
