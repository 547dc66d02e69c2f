package report

import (
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape/timeline"
)

// section is an entry of the navigation.
type section struct {
	label, path string
}

// sections lists what there is to navigate to. A page that would be empty is not
// made, and so not named.
func (b *book) sections() []section {
	all := []section{{"Overview", overviewPath}, {"KPIs", kpisPath}}
	if b.deployed() {
		all = append(all, section{"Deployments", deploymentsPath})
	}
	if b.released() {
		all = append(all, section{"Releases", releasesPath})
	}
	return append(all, section{"Why is this empty?", whyEmptyPath}, section{"About", aboutPath})
}

// deployed reports whether any repository records deployments to production.
func (b *book) deployed() bool {
	return slices.ContainsFunc(b.shelves, func(s *shelf) bool { return len(s.attempts) > 0 })
}

// released reports whether any repository has a release.
func (b *book) released() bool {
	return slices.ContainsFunc(b.repositories(), func(r *timeline.Repository) bool { return len(r.Releases) > 0 })
}

// frame is what surrounds a page. parents are the pages above it, the overview
// aside.
func (b *book) frame(p place, title, description string, parents ...section) Frame {
	f := Frame{
		Title:       plain(title) + " · " + b.site(),
		Description: plainSentence(description),
		Root:        p.root(),
		Site:        b.site(),
		Generator:   strings.TrimSpace("Shipshape " + b.options.Version),
		Banner:      b.options.Banner,
	}
	for _, s := range b.nav {
		f.Nav = append(f.Nav, NavItem{Label: s.label, Href: p.to(s.path), Current: s.above(p.path)})
	}
	if len(parents) == 0 {
		return f
	}
	for _, s := range append([]section{{"Overview", overviewPath}}, parents...) {
		f.Crumbs = append(f.Crumbs, Link{Text: Hostile(s.label), Href: p.to(s.path)})
	}
	return f
}

// plainSentence takes out of a sentence what [plain] takes out of a name.
func plainSentence(text string) string {
	words := strings.Fields(text)
	for i := range words {
		words[i] = plain(words[i])
	}
	return strings.Join(words, " ")
}

// above reports whether a page is the section's own or lies below it.
func (s section) above(path string) bool {
	folder, _ := strings.CutSuffix(s.path, "index.html")
	if folder == "" {
		return path == overviewPath || path == twin(overviewPath)
	}
	return strings.HasPrefix(path, folder)
}

// dated adds the period to a frame. Pages of single releases and whole stretches
// go without, so that they keep their bytes from day to day.
func (b *book) dated(f Frame) Frame {
	f.Period = b.period()
	return f
}

// current adds the period, and up to when the data goes.
func (b *book) current(f Frame) Frame {
	until := atMinute(b.score.AsOf)
	f.DataUntil = &until
	return b.dated(f)
}

func (b *book) period() string { return period(b.score.Window, b.score.Zone) }
