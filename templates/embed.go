// Package templates holds what a designer edits: HTML and Markdown templates,
// styles, and images. It has no logic; package site parses and executes them.
package templates

import "embed"

// HTML holds the page templates. Each file but the shared ones defines "main" for
// one page struct of package report.
//
//go:embed html
var HTML embed.FS

// Markdown holds the templates of pages that also exist in Markdown.
//
//go:embed markdown
var Markdown embed.FS

// Style is the one style sheet.
//
//go:embed assets/style.css
var Style []byte

// NotFoundStyle is the style of the page for addresses that do not exist. It is
// written into the page, which cannot know how deep it is served.
//
//go:embed assets/notfound.css
var NotFoundStyle []byte

// Icon is the site's icon, an SVG.
//
//go:embed assets/icon.svg
var Icon []byte
