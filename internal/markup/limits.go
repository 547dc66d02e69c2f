package markup

import (
	"bytes"
	"errors"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// What a document may cost. The parser cannot be cancelled, so it is never
// given what takes it long: measured, 16 KB of table source became 40 MB of
// HTML in ten seconds.
const (
	maxInput  = 128 << 10 // bytes looked at; GitHub takes about as many in a release
	maxSource = 16 << 10  // bytes of Markdown rendered; the rest is left to the original
	maxLine   = 4 << 10   // bytes of one line
	maxCells  = 32        // columns of a table
	maxTable  = 4 << 10   // cells of all tables together
	maxDepth  = 16        // lists, quotes or brackets in each other
	maxOutput = 256 << 10
)

// cut keeps the lines that end within the first limit bytes; of a single longer
// line, what is left of it.
func cut(src []byte, limit int) (kept []byte, whole bool) {
	if len(src) <= limit {
		return src, true
	}
	kept = src[:limit]
	if end := bytes.LastIndexByte(kept, '\n'); end >= 0 {
		return kept[:end+1], false
	}
	return bytes.ToValidUTF8(kept, nil), false
}

// tooCostly says whether src must not be given to the parser.
func tooCostly(src []byte) bool {
	open := 0
	for line := range bytes.Lines(src) {
		if len(line) > maxLine || markers(line) > maxDepth || delimiters(line) > maxCells {
			return true
		}
		if open = brackets(line, open); open > maxDepth {
			return true
		}
	}
	return false
}

// markers counts the list and quote marks that open a line.
func markers(line []byte) int {
	if rule(line) {
		return 0
	}
	n := 0
	for rest := line; ; n++ {
		rest = bytes.TrimLeft(rest, " \t")
		number := bytes.TrimLeft(rest, "0123456789")
		switch {
		case len(rest) > 0 && bytes.IndexByte([]byte(">-+*"), rest[0]) >= 0:
			rest = rest[1:]
		case len(number) < len(rest) && len(number) > 0 && (number[0] == '.' || number[0] == ')'):
			rest = number[1:]
		default:
			return n
		}
	}
}

// rule says whether the line is a rule across the page, not a nest of lists.
func rule(line []byte) bool {
	line = bytes.TrimSpace(line)
	return len(line) > 0 && (line[0] == '-' || line[0] == '*') && len(bytes.Trim(line, " \t"+string(line[:1]))) == 0
}

// delimiters counts the cells of a line that could be a table's delimiter row.
func delimiters(line []byte) int {
	line = bytes.Trim(line, " \t\r\n>")
	if len(bytes.Trim(line, "|:- \t")) > 0 {
		return 0
	}
	return bytes.Count(bytes.Trim(line, "|"), []byte("|")) + 1
}

// brackets is the largest number of brackets open at once in the line, or the
// number still open at its end when that is what the next line begins with. An
// empty line ends a paragraph, and with it whatever was open.
func brackets(line []byte, open int) int {
	if len(bytes.TrimSpace(line)) == 0 {
		return 0
	}
	for _, b := range line {
		switch b {
		case '[', '(':
			if open++; open > maxDepth {
				return open
			}
		case ']', ')':
			open = max(open-1, 0)
		}
	}
	return open
}

// tooDeep says whether containers or inline marks nest beyond maxDepth, or the
// tables have too many cells, whichever way the parser came to it.
func tooDeep(doc ast.Node) bool {
	cells := 0
	var deep func(n ast.Node, blocks, inlines int) bool
	deep = func(n ast.Node, blocks, inlines int) bool {
		switch n.Kind() {
		case ast.KindList, ast.KindBlockquote:
			blocks++
		case extast.KindTableCell:
			cells++
		}
		if n.Type() == ast.TypeInline {
			inlines++
		}
		if blocks > maxDepth || inlines > maxDepth || cells > maxTable {
			return true
		}
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if deep(c, blocks, inlines) {
				return true
			}
		}
		return false
	}
	return deep(doc, 0, 0)
}

var errTooLong = errors.New("output too long")

// limited is a writer that takes at most maxOutput bytes.
type limited struct{ bytes.Buffer }

func (l *limited) Write(p []byte) (int, error) {
	if l.Len()+len(p) > maxOutput {
		return 0, errTooLong
	}
	return l.Buffer.Write(p)
}
