package githubtest

import (
	"encoding/base64"
	"encoding/json"
	"testing"
)

// FuzzQuery holds that whatever is asked is answered in JSON, with data or with
// errors.
func FuzzQuery(f *testing.F) {
	for _, query := range []string{
		changesQuery,
		`{repository(owner: "o", name: "r") {issues(first: 1, after: "x") {edges {cursor node {...i}}}}} fragment i on Issue {id}`,
		`query($n: Int = 99999999999999999999) {repository(owner: "o", name: "r") {issue(number: $n) {title}}}`,
		`query($a: Boolean!) {viewer @include(if: $a) {login} rateLimit @skip(if: true) {cost}}`,
		`{nodes(ids: ["", "UmVwb3NpdG9yeSAxIA", 1]) {id ... on Node {id}}}`,
		`{a: __type(name: "Query") {fields {args {defaultValue}}}} {b}`,
		`fragment f on Repository {...f} {repository(owner: "o", name: "r") {...f}}`,
	} {
		f.Add(query, `{"owner": "o", "name": "r", "n": 1, "a": true}`)
	}
	s := serve(f, small(), Options{Budget: -1})
	f.Fuzz(func(t *testing.T, query, variables string) {
		var given map[string]any
		if json.Unmarshal([]byte(variables), &given) != nil {
			given = nil
		}
		g := ask(t, s, query, given)
		if g.status != 200 || (g.Data == nil && len(g.Errors) == 0) {
			t.Errorf("status %d, data %v, errors %v", g.status, g.Data, g.Errors)
		}
	})
}

// FuzzCursor holds that a cursor is either refused or leads into the list.
func FuzzCursor(f *testing.F) {
	items := list{count: func() int { return 5 }, at: func(i int) any { return i }, head: "h"}
	keyed := items.keyed(true, func(i int) string { return numberKey(int64(9 - i)) })
	f.Add(items.cursor(2))
	f.Add(keyed.cursor(4))
	f.Add(base64.StdEncoding.EncodeToString([]byte(cursorPrefix + "h 99999999999999999999")))
	f.Add("")
	f.Fuzz(func(t *testing.T, cursor string) {
		for _, l := range []list{items, keyed} {
			for _, args := range []arguments{{"first": int64(2), "after": cursor}, {"last": int64(2), "before": cursor}} {
				p, fault := l.cut("x", args, true)
				if fault == nil && (p.from < 0 || p.to < p.from || p.to > max(5, p.from) || p.to-p.from > 2) {
					t.Errorf("%v: page %d to %d of 5", args, p.from, p.to)
				}
			}
		}
	})
}
