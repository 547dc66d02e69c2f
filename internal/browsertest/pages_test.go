package browsertest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestPages looks at a page of every kind in every view.
func TestPages(t *testing.T) {
	for _, s := range samples {
		for _, v := range s.views {
			t.Run(s.name+" "+v.name, func(t *testing.T) {
				t.Parallel()
				f := s.site(t)
				origin := f.serve(t)
				b := newTab(t, origin)
				v.set(b)
				for _, name := range f.looked(t, s.repositories...) {
					t.Run(name, func(t *testing.T) { b.inspect(t, v, origin+name) })
				}
			})
		}
	}
}

// inspect opens a page and fails for everything that is wrong with it.
func (b *tab) inspect(t *testing.T, v view, address string) {
	t.Helper()
	b.run(chromedp.Navigate(address))
	seen := evaluate[sight](t, b, look)
	if seen.Width > v.width {
		t.Errorf("the page is %d px wide in %d px: %s", seen.Width, v.width, strings.Join(seen.Wide, " | "))
	}
	if seen.Pwned != nil {
		t.Errorf("payload %v ran", seen.Pwned)
	}
	if seen.Length < 100 {
		t.Errorf("the page holds only %d letters", seen.Length)
	}
	b.silent(t)
	if v.media == "screen" {
		for _, violation := range b.axe(t) {
			t.Error(violation)
		}
	}
	b.silent(t) // What hovering, scrolling or checking set off.
}

// sight is what look answers.
type sight struct {
	Width  int64    `json:"width"`
	Wide   []string `json:"wide"` // what reaches beyond the right edge
	Pwned  any      `json:"pwned"`
	Length int      `json:"length"`
}

// look measures a page, having moved over everything that might react to a
// pointer. Boxes that scroll by themselves may be wider inside.
const look = `(() => {
	for (const e of document.querySelectorAll('*'))
		for (const kind of ['mouseover', 'mouseenter', 'focus'])
			e.dispatchEvent(new Event(kind, {bubbles: true}));
	const root = document.documentElement, wide = [];
	const scrolls = e => { const box = e.closest('.table-scroll'); return box && getComputedStyle(box).overflowX === 'auto' };
	if (root.scrollWidth > innerWidth)
		for (const e of document.querySelectorAll('body *'))
			if (e.getBoundingClientRect().right > innerWidth + 0.5 && !scrolls(e) && wide.length < 5)
				wide.push(e.tagName.toLowerCase() + '.' + (e.getAttribute('class') || '') + ': ' + (e.textContent || '').slice(0, 60));
	return {width: root.scrollWidth, wide, pwned: window.__pwned ?? null, length: document.body.innerText.length};
})()`

// axe checks the page with all rules that axe-core runs by itself, best practices
// included, and with the rule on the size of targets.
func (b *tab) axe(t *testing.T) []string {
	t.Helper()
	if !evaluate[bool](t, b, "typeof axe === 'object'") {
		evaluate[bool](t, b, axe+"; true")
	}
	found := evaluate[[]violation](t, b, "axe.run(document, {preload: false, resultTypes: ['violations'], rules: {'target-size': {enabled: true}}}).then(r => r.violations)")
	var violations []string
	for _, v := range found {
		first := v.Nodes[0]
		violations = append(violations, fmt.Sprintf("axe %s (%s) at %d places, first %.300s: %.400s", v.ID, v.Help, len(v.Nodes), first.HTML, first.Summary))
	}
	return violations
}

// violation is a rule of axe-core that a page breaks.
type violation struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Nodes []struct {
		HTML    string `json:"html"`
		Summary string `json:"failureSummary"`
	} `json:"nodes"`
}

// whole is what a reader gets of a page: its letters, and its drawings that show.
type whole struct {
	Letters  int `json:"letters"`
	Drawings int `json:"drawings"`
	Figures  int `json:"figures"`
	Bare     int `json:"bare"` // figures that show not exactly one drawing
}

const take = `(() => {
	const shows = e => e.checkVisibility() && e.getBoundingClientRect().width > 0;
	const figures = [...document.querySelectorAll('figure')];
	return {
		letters: document.body.innerText.length,
		drawings: [...document.querySelectorAll('svg')].filter(shows).length,
		figures: figures.length,
		bare: figures.filter(f => [...f.querySelectorAll('svg')].filter(shows).length !== 1).length,
	};
})()`

func TestPagesAreWholeWithoutScripts(t *testing.T) {
	for _, s := range samples {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			f := s.site(t)
			origin := f.serve(t)
			with, without := newTab(t, origin), newTab(t, origin)
			command(without, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
			figures := 0
			for _, v := range []view{desktop, phone} {
				v.set(with)
				v.set(without)
				for _, name := range f.looked(t, s.repositories...) {
					a, b := with.take(t, origin+name), without.take(t, origin+name)
					if a != b {
						t.Errorf("%s on a %s: %+v with scripts, %+v without", name, v.name, a, b)
					}
					if b.Bare > 0 {
						t.Errorf("%s on a %s: %d of %d figures do not show one drawing", name, v.name, b.Bare, b.Figures)
					}
					figures += b.Figures
				}
			}
			without.silent(t)
			if figures == 0 {
				t.Error("no page has a figure: nothing was compared")
			}
		})
	}
}

func (b *tab) take(t *testing.T, address string) whole {
	t.Helper()
	b.run(chromedp.Navigate(address))
	return evaluate[whole](t, b, take)
}

// TestSiteWorksFromAFileAddress opens the site as somebody does who unpacked it,
// and follows a link.
func TestSiteWorksFromAFileAddress(t *testing.T) {
	f := samples[0].site(t)
	folder := t.TempDir()
	for _, name := range append(f.looked(t), f.assets()...) {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, f[name], 0o644); err != nil {
			t.Fatal(err)
		}
	}
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(folder) + "/index.html"}
	b := newTab(t, "file://")
	desktop.set(b)
	b.run(chromedp.Navigate(address.String()))
	b.styled(t)
	b.run(chromedp.Click(chromedp.CSS(`nav a[href="kpi/index.html"]`)), chromedp.WaitVisible(chromedp.CSS(`a.brand[href="../index.html"]`)))
	b.styled(t)
	b.silent(t)
}

// assets returns the paths of the style sheet and what comes with it.
func (f files) assets() []string {
	var paths []string
	for name := range f {
		if strings.HasPrefix(name, "assets/") {
			paths = append(paths, name)
		}
	}
	return paths
}

// styled fails unless the style sheet is in force. The skip link is moved out of
// sight by nothing else.
func (b *tab) styled(t *testing.T) {
	t.Helper()
	position := evaluate[string](t, b, "getComputedStyle(document.querySelector('.skip')).position")
	if position != "absolute" && position != "fixed" {
		t.Errorf("the skip link has the position %q: the style sheet is not in force", position)
	}
}

// TestTheCheckersSee guards the tests above: on a page with every fault they look
// for, each is found.
func TestTheCheckersSee(t *testing.T) {
	f := files{"index.html": []byte(`<!doctype html><html><head><title>Faults</title></head><body>
<div style="width:2000px">wide</div><img src="https://example.com/pixel.png"><img src=x onerror="window.__pwned=1">
<script>console.log("said"); setTimeout(() => alert("dialog")); throw new Error("thrown")</script></body></html>`)}
	origin := f.serve(t)
	b := newTab(t, origin)
	phone.set(b)
	b.run(chromedp.Navigate(origin), chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Run(ctx, chromedp.Poll[bool]("window.__pwned === 1"))
		return err
	}))
	seen := evaluate[sight](t, b, look)
	if seen.Width <= phone.width || seen.Pwned == nil || len(seen.Wide) == 0 {
		t.Errorf("saw %+v", seen)
	}
	if violations := strings.Join(b.axe(t), "\n"); !strings.Contains(violations, "html-has-lang") || !strings.Contains(violations, "image-alt") {
		t.Errorf("axe found only %s", violations)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	said := strings.Join(b.messages, "\n")
	for _, want := range []string{"console message log:", "exception:", "request for https://example.com/pixel.png", "loading failed", "dialog: dialog"} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in\n%s", want, said)
		}
	}
}
