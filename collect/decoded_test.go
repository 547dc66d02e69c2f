package collect

import (
	"maps"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shurcooL/githubv4"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/dataset"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// TestAnswersAreDecodedAsGithubv4Does asks for pages of everything, and holds what
// came of each answer against what githubv4 alone makes of the same bytes.
func TestAnswersAreDecodedAsGithubv4Does(t *testing.T) {
	real, err := dataset.Read("../testdata/datasets/secp256k1")
	if err != nil {
		t.Fatal(err)
	}
	odd := fleet()
	for _, h := range []*shipshape.History{real, generated(3, 60), {Repositories: []shipshape.RepositoryHistory{odd}}} {
		server, err := githubtest.New(h, githubtest.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var said [][]byte
		r := newReader(through(t, recording(server, &said)), h.Repositories[0].Repository.Name, Options{})
		list := r.pricelist()
		asked := 0
		for _, name := range slices.Sorted(maps.Keys(list)) {
			for _, p := range list[name] {
				if p.times > 0 || name == "tailQuery" || name == "ownedQuery" {
					continue // batches ask for what these found
				}
				got, want := reflect.New(reflect.TypeOf(p.query)), reflect.New(reflect.TypeOf(p.query))
				p.variables["prefix"] = githubv4.String("refs/tags/")
				p.variables["from"] = githubv4.GitObjectID(numbered40(0))
				if commits := h.Repositories[0].Commits; len(commits) > 0 {
					p.variables["from"] = githubv4.GitObjectID(commits[len(commits)-1].OID)
				}
				declared := mentioned(reflect.TypeOf(p.query), p.variables)
				if _, err := r.client.Query(t.Context(), got.Interface(), declared); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				asked++
				again := roundTrip(func(q *http.Request) (*http.Response, error) { return saying(q, said[len(said)-1]), nil })
				if err := githubv4.NewEnterpriseClient("https://github.example", &http.Client{Transport: again}).Query(t.Context(), want.Interface(), declared); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if !reflect.DeepEqual(want.Interface(), got.Interface()) {
					t.Errorf("%s (-githubv4 +got):\n%.3000s", name, cmp.Diff(want.Elem().Interface(), got.Elem().Interface()))
				}
			}
		}
		if asked < 12 {
			t.Errorf("%d queries were compared", asked)
		}
	}
}

// mentioned are the variables that a query's tags name: GitHub refuses others.
func mentioned(t reflect.Type, variables map[string]any) map[string]any {
	all := map[string]any{}
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct {
			return
		}
		for i := range t.NumField() {
			for _, name := range variableName.FindAllString(t.Field(i).Tag.Get("graphql"), -1) {
				if value, ok := variables[name[1:]]; ok {
					all[name[1:]] = value
				}
			}
			walk(t.Field(i).Type)
		}
	}
	walk(t)
	return all
}

var variableName = regexp.MustCompile(`\$\w+`)
