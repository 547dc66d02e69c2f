package collect

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shurcooL/githubv4"

	"github.com/shipshape-report/shipshape/internal/github"
)

const (
	mostUnits = 149     // they round to one point
	mostNodes = 500_000 // GitHub refuses a query that may return more
)

// priced is a query as the program sends it at its dearest.
type priced struct {
	query     any // a struct in the manner of githubv4
	variables map[string]any
	times     int // items of a batch, 0 for a query that is no batch
}

// pricelist holds every query that this package can send, by the name that its source
// gives it: the type of a query, or of a batch's item.
func (r *reader) pricelist() map[string][]priced {
	all := []any{}
	for _, p := range factParts {
		all = append(all, p.key, githubv4.Boolean(true))
	}
	for _, p := range probes {
		all = append(all, p.key, githubv4.Boolean(true))
	}
	for _, p := range settingParts {
		all = append(all, p.key, githubv4.Boolean(true))
	}
	filter := []any{"filter", updatedSince(r.o.Since)}
	issues := r.variables(issuePage, nil, slices.Concat(filter, r.issueLists())...)
	page := func(q any, more ...any) priced { return priced{query: q, variables: r.variables(100, nil, more...)} }
	stub := func(q any, more ...any) priced { return priced{query: q, variables: r.variables(1, nil, more...)} }
	item := func(node any, times int, more ...any) priced {
		query := reflect.StructOf([]reflect.StructField{oneItem(reflect.TypeOf(node))})
		return priced{query: reflect.Zero(query).Interface(), variables: r.named(more...), times: times}
	}
	batch, long := fullBatch(), longThreads()
	return map[string][]priced{
		"factsQuery": {page(factsQuery{}, all...)},
		"probeQuery": {page(probeQuery{}, all...)},
		"ownedQuery": {page(ownedQuery{})},
		"refsQuery":  {page(refsQuery[refNode]{}), stub(refsQuery[bare]{})},
		"releasesQuery": {page(releasesQuery[releaseNode]{}, r.releaseLists()...),
			stub(releasesQuery[bare]{})},
		"deploymentsQuery": {page(deploymentsQuery[deploymentNode]{}, "statuses", r.first(statusesAtFirst)),
			stub(deploymentsQuery[bare]{})},
		"ancestorsQuery": {page(ancestorsQuery[commitNode]{}, "parents", r.first(parentsAtFirst)),
			stub(ancestorsQuery[bare]{})},
		"changesQuery": {{query: changesQuery[changeNode]{}, variables: r.variables(changePage, nil, r.changeLists()...)},
			stub(changesQuery[bare]{})},
		"issuesQuery": {{query: issuesQuery[issueWith[typedKind, parts, blockers]]{}, variables: issues},
			{query: issuesQuery[issueWith[untypedKind, parts, nothing]]{}, variables: issues},
			{query: issuesQuery[issueWith[plainKind, nothing, nothing]]{}, variables: issues}, stub(issuesQuery[bare]{}, filter...)},
		"tailQuery": {{query: reflect.Zero(tailQuery(batch)).Interface(), variables: tailVariables(batch, tailPage)},
			{query: reflect.Zero(tailQuery(long)).Interface(), variables: tailVariables(long, tailPage)}},
		"settingsQuery": {{query: settingsQuery{}, variables: r.variables(settingsPage, nil, append(all, "first", githubv4.Boolean(true), "rules", r.first(rulesAtFirst))...)}},
		"approversNode": {item(approversNode{}, guardedAtOnce, "gates", r.first(gatesOfOne), "approvers", r.first(approversOfRule))},
		"decidedNode": {item(decidedNode{}, decidedAtOnce, "decisions", r.first(decisionsAtFirst), "environments", r.first(environmentsOfOne)),
			item(decidedNode{}, 1, "decisions", r.first(decisionsAtMost), "environments", r.first(environmentsOfOne))},
		"threadsNode":      {item(threadsNode{}, threadedAtOnce, "threads", r.first(threadsAtFirst), "one", r.first(1))},
		"partsNode":        {item(partsNode{}, relatedAtOnce, "related", r.first(relatedAtFirst))},
		"blockersNode":     {item(blockersNode{}, relatedAtOnce, "related", r.first(relatedAtFirst))},
		"authorNode":       {item(authorNode{}, authorsAtOnce)},
		"historyBeginning": {item(historyBeginning{}, rootsAtOnce, "few", r.first(beginningSize), "parents", r.first(parentsAtFirst))},
		"struct": {item(struct {
			Tag innerTag `graphql:"... on Tag"`
		}{}, 100)},
		"suitesNode": {item(suitesNode{}, commitsAtOnce, "suites", r.first(suitesAtFirst))},
		"checksNode": {item(checksNode{}, suitesForCheck, "checks", r.first(checksAtFirst))},
		"sizeNode":   {item(sizeNode{}, sizesAtOnce)},
	}
}

func oneItem(t reflect.Type) reflect.StructField {
	return reflect.StructField{Name: "Item", Type: t, Tag: `graphql:"node(id: $id)"`}
}

// fullBatch is as many tails as one query takes, of pull requests' lists.
func fullBatch() []*tail {
	n := &changeNode{ID: "x", Number: 1}
	for _, info := range []*github.PageInfo{&n.Labels.PageInfo, &n.Reviews.PageInfo, &n.Commits.PageInfo, &n.Closes.PageInfo, &n.Items.PageInfo} {
		*info = github.PageInfo{HasNextPage: true, EndCursor: "c"}
	}
	n.Labels.Nodes, n.Reviews.Nodes, n.Commits.Nodes = []*labelName{{}}, []*reviewNode{{}}, []*listedCommit{{}}
	n.Closes.Nodes, n.Items.Nodes = []*numbered{{}}, []*changeItem{{}}
	var batch []*tail
	for len(batch) < tailWidth {
		batch = append(batch, n.tails()...)
	}
	return batch[:tailWidth]
}

// longThreads are the tail of a pull request's threads, which is asked for alone.
func longThreads() []*tail {
	threads := github.Connection[threadNode]{Nodes: []*threadNode{{}}, PageInfo: github.PageInfo{HasNextPage: true, EndCursor: "c"}}
	return rest(record{typ: "PullRequest", node: "x"}, threadList, &threads)
}

// TestNoQueryIsDear prices every query that the program can send.
func TestNoQueryIsDear(t *testing.T) {
	r := newReader(nil, "o/r", Options{})
	list := r.pricelist()
	for _, name := range slices.Sorted(maps.Keys(list)) {
		for _, p := range list[name] {
			units, nodes, err := github.Units(p.query, p.variables)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if p.times > 0 {
				units, nodes = units*p.times, nodes*p.times
			}
			if units > mostUnits || nodes > mostNodes {
				t.Errorf("%s: %d units and %d nodes, want at most %d and %d", name, units, nodes, mostUnits, mostNodes)
			}
		}
	}
}

// TestThePriceListIsWhole compares the list with the source: a query that somebody
// adds is priced, or this fails.
func TestThePriceListIsWhole(t *testing.T) {
	r := newReader(nil, "o/r", Options{})
	if diff := cmp.Diff(queriesInSource(t), slices.Sorted(maps.Keys(r.pricelist()))); diff != "" {
		t.Errorf("queries (-in the source +in the list):\n%s", diff)
	}
}

// queriesInSource are the names of all queries: types that embed github.Meter,
// functions that make such a type, and what batches ask of an item.
func queriesInSource(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil || len(names) < 20 {
		t.Fatalf("%d files, %v", len(names), err)
	}
	found := map[string]bool{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && mentions(f.Body, "RateLimit") {
				found[f.Name.Name] = true
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.TypeSpec:
				if s, ok := n.Type.(*ast.StructType); ok && embedsMeter(s) {
					found[n.Name.Name] = true
				}
			case *ast.IndexExpr:
				if item := batched(n); item != "" {
					found[item] = true
				}
			}
			return true
		})
	}
	return slices.Sorted(maps.Keys(found))
}

// mentions reports whether a function uses a name of package github.
func mentions(body *ast.BlockStmt, name string) bool {
	found := false
	if body == nil {
		return false
	}
	ast.Inspect(body, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		found = found || ok && s.Sel.Name == name
		return !found
	})
	return found
}

func embedsMeter(s *ast.StructType) bool {
	return slices.ContainsFunc(s.Fields.List, func(f *ast.Field) bool {
		sel, ok := f.Type.(*ast.SelectorExpr)
		return ok && len(f.Names) == 0 && sel.Sel.Name == "Meter"
	})
}

// batched is what a batch asks of each item: the type argument of a function or type
// that makes one, "" for any other expression. T is handed on by a function that is
// itself looked at where it is used.
func batched(e *ast.IndexExpr) string {
	name := ""
	switch x := e.X.(type) {
	case *ast.Ident:
		name = x.Name
	case *ast.SelectorExpr:
		name = x.Sel.Name
	}
	if !slices.Contains([]string{"objects", "listedObjects", "askObjects", "Batch", "Nodes", "relatives"}, name) {
		return ""
	}
	switch arg := e.Index.(type) {
	case *ast.Ident:
		if arg.Name == "T" {
			return ""
		}
		return arg.Name
	case *ast.StructType:
		return "struct"
	}
	return "a type that is written otherwise"
}
