package markup

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// ids makes the ids of headings: letters and digits of any script, joined by
// hyphens, under the document's prefix, each only once.
type ids struct {
	prefix string
	used   map[string]bool
	next   map[string]int // the number last tried for a name
}

func newIDs(prefix string) *ids {
	return &ids{prefix: identifier(prefix), used: map[string]bool{}, next: map[string]int{}}
}

// Generate returns a new id for a heading's text.
func (d *ids) Generate(value []byte, _ ast.NodeKind) []byte {
	base := d.prefix + "-" + slug(string(value))
	id := base
	for d.used[id] {
		d.next[base]++
		id = base + "-" + strconv.Itoa(d.next[base])
	}
	d.used[id] = true
	return []byte(id)
}

// Put marks an id as used.
func (d *ids) Put(value []byte) { d.used[string(value)] = true }

// slug keeps letters and digits in lower case; everything between two of them
// becomes one hyphen.
func slug(s string) string {
	s = strings.ToLower(string(util.UnescapePunctuations([]byte(s))))
	words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_' })
	if len(words) == 0 {
		return "section"
	}
	return shorten(strings.Join(words, "-"), 80)
}

// identifier keeps what is safe in an id.
func identifier(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, s)
}
