package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"html/template"
	"path"
	"slices"
	"strings"
	texttemplate "text/template"

	"github.com/shipshape-report/shipshape/internal/markup"
	"github.com/shipshape-report/shipshape/report"
	"github.com/shipshape-report/shipshape/templates"
)

// renderer holds the parsed templates.
type renderer struct {
	html        map[string]*template.Template
	markdown    *texttemplate.Template
	style, icon string // paths of the assets, named by their content
}

// file is a finished file.
type file struct {
	path string
	data []byte
}

// htmlPage names the template of a page struct, or "" for a data document.
func htmlPage(content any) string {
	switch content.(type) {
	case *report.Overview:
		return "overview"
	case *report.KPIIndex:
		return "kpis"
	case *report.KPIPage:
		return "kpi"
	case *report.DeploymentsPage:
		return "deployments"
	case *report.ReleasesPage:
		return "releases"
	case *report.ReleasePage:
		return "release"
	case *report.WhyEmptyPage:
		return "whyempty"
	case *report.AboutPage:
		return "about"
	case *report.NotFoundPage:
		return "notfound"
	}
	return ""
}

// pageNames are the templates of pages that stand in the common frame.
var pageNames = []string{"overview", "kpis", "kpi", "deployments", "releases", "release", "whyempty", "about"}

func newRenderer() (*renderer, error) {
	r := &renderer{
		html:  map[string]*template.Template{},
		style: "assets/style." + digest(templates.Style) + ".css",
		icon:  "assets/icon." + digest(templates.Icon) + ".svg",
	}
	shared, err := template.New("").Funcs(r.htmlFuncs()).ParseFS(templates.HTML, "html/base.html", "html/parts.html")
	if err != nil {
		return nil, fmt.Errorf("parsing shared templates: %w", err)
	}
	for _, name := range pageNames {
		t, err := template.Must(shared.Clone()).ParseFS(templates.HTML, "html/"+name+".html")
		if err != nil {
			return nil, fmt.Errorf("parsing the template of %s: %w", name, err)
		}
		r.html[name] = t
	}
	if r.html["notfound"], err = template.New("").Funcs(r.htmlFuncs()).ParseFS(templates.HTML, "html/notfound.html"); err != nil {
		return nil, fmt.Errorf("parsing the template of notfound: %w", err)
	}
	if r.markdown, err = texttemplate.New("").Funcs(markdownFuncs()).ParseFS(templates.Markdown, "markdown/*.md"); err != nil {
		return nil, fmt.Errorf("parsing Markdown templates: %w", err)
	}
	return r, nil
}

// render writes one page in the form that its path and content ask for.
func (r *renderer) render(buf *bytes.Buffer, page report.Page) error {
	name := htmlPage(page.Content)
	switch ext := path.Ext(page.Path); {
	case ext == ".md" && name != "":
		return visible(buf, r.markdown.ExecuteTemplate(buf, name+".md", page.Content))
	case ext == ".html" && name != "":
		return visible(buf, r.html[name].ExecuteTemplate(buf, "base", page.Content))
	case ext == ".csv":
		table, ok := page.Content.(*report.CSV)
		if !ok {
			return fmt.Errorf("no table but %T", page.Content)
		}
		return writeCSV(buf, table)
	case ext == ".json":
		return report.EncodeData(buf, page.Content)
	default:
		return fmt.Errorf("no way to write %T as %q", page.Content, ext)
	}
}

// visible drops hidden characters from a page that was written without an error.
func visible(buf *bytes.Buffer, err error) error {
	if err != nil {
		return err
	}
	shown := markup.Visible(buf.Bytes())
	buf.Reset() // mostly shown is what it held, and is written onto itself
	buf.Write(shown)
	return nil
}

// writeCSV writes a table so that no cell is run as a formula.
func writeCSV(buf *bytes.Buffer, table *report.CSV) error {
	w := csv.NewWriter(buf)
	w.UseCRLF = true // RFC 4180
	for _, row := range append([][]string{table.Head}, table.Rows...) {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = markup.CSVCell(cell)
		}
		if err := w.Write(safe); err != nil {
			return fmt.Errorf("writing a row: %w", err)
		}
	}
	w.Flush()
	return w.Error()
}

// assets are the files that come with every site, by path. The empty .nojekyll
// tells GitHub Pages to serve files as they are when a branch is published.
func (r *renderer) assets() []file {
	files := []file{
		{".nojekyll", nil},
		{r.icon, templates.Icon},
		{r.style, templates.Style},
		{"robots.txt", []byte("User-agent: *\nAllow: /\n")},
	}
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.path, b.path) })
	return files
}

// digest names content: the first ten hexadecimal digits of its SHA-256.
func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])[:10]
}

// cspHash is the content policy's name for an inline style.
func cspHash(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
