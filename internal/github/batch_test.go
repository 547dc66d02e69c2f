package github

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shurcooL/githubv4"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// commit is what the batches below ask of an object.
type commit struct {
	Commit struct {
		OID string `graphql:"oid"`
	} `graphql:"... on Commit"`
}

func oids(n int) []map[string]any {
	items := make([]map[string]any, n)
	for i := range items {
		items[i] = map[string]any{"oid": githubv4.GitObjectID(fmt.Sprintf("oid%d", i))}
	}
	return items
}

func commits(n, size int) Batch[commit] {
	return Batch[commit]{Owner: "o", Name: "r", Field: "object(oid: $oid)", Items: oids(n), Size: size}
}

// objects answers batches of objects: each commit by its id, none for those that
// are named missing, and too big for a query that answer says so of.
func objects(t *testing.T, tooBig func(oids []string) bool, missing ...string) func(int, request) (*http.Response, error) {
	return func(_ int, r request) (*http.Response, error) {
		operation(t, r.Query)
		var asked, data, problems []string
		for _, m := range regexp.MustCompile(`(a\d+):object\(oid: \$(oid\d+)\)`).FindAllStringSubmatch(r.Query, -1) {
			oid, _ := r.Variables[m[2]].(string)
			asked = append(asked, oid)
			value := fmt.Sprintf(`{"oid":%q}`, oid)
			for _, gone := range missing {
				if gone == oid {
					value = "null"
					problems = append(problems, fmt.Sprintf(`{"type":"NOT_FOUND","path":["repository",%q],"message":"no %s"}`, m[1], oid))
				}
			}
			data = append(data, fmt.Sprintf("%q:%s", m[1], value))
		}
		if tooBig != nil && tooBig(asked) {
			return parse(ok(`{"errors":[{"type":"RESOURCE_LIMITS_EXCEEDED","message":"m"}]}`))
		}
		return parse(ok(fmt.Sprintf(`{"data":{"rateLimit":null,"repository":{%s}},"errors":[%s]}`, strings.Join(data, ","), strings.Join(problems, ","))))
	}
}

// operation parses a query, as a server would.
func operation(t *testing.T, query string) *ast.OperationDefinition {
	t.Helper()
	doc, err := parser.ParseQuery(&ast.Source{Input: query})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return doc.Operations[0]
}

func found(all []*commit) []string {
	var got []string
	for _, c := range all {
		if c == nil {
			got = append(got, "")
			continue
		}
		got = append(got, c.Commit.OID)
	}
	return got
}

func TestBatchAsksUnderAliases(t *testing.T) {
	w := newWorld()
	c := w.client(t, objects(t, nil, "oid1", "oid4"))
	got, faults, err := commits(5, 2).Ask(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"oid0", "", "oid2", "oid3", ""}, found(got)); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
	want := []Fault{
		{Type: FaultNotFound, Message: "no oid1", Path: []string{"1"}},
		{Type: FaultNotFound, Message: "no oid4", Path: []string{"4"}},
	}
	if diff := cmp.Diff(want, faults); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	if i, ok := faults[1].Item(); i != 4 || !ok {
		t.Errorf("item = %d, %v", i, ok)
	}
	query := "query($oid0:GitObjectID!$oid1:GitObjectID!$repositoryName:String!$repositoryOwner:String!)" +
		"{rateLimit{cost,limit,remaining,resetAt},repository(owner: $repositoryOwner, name: $repositoryName)" +
		"{a0:object(oid: $oid0){... on Commit{oid}},a1:object(oid: $oid1){... on Commit{oid}}}}"
	if w.sent[0].Query != query {
		t.Errorf("query = %s\nwant    %s", w.sent[0].Query, query)
	}
	if len(w.sent) != 3 {
		t.Errorf("%d requests, want 3", len(w.sent))
	}
}

func TestBatchOfNothingAsksNothing(t *testing.T) {
	w := newWorld()
	got, faults, err := commits(0, 10).Ask(t.Context(), w.client(t, nil))
	if len(got)+len(faults)+len(w.sent) > 0 || err != nil {
		t.Error(got, faults, w.sent, err)
	}
}

func TestBatchHalves(t *testing.T) {
	for most := 1; most < 9; most++ {
		w := newWorld()
		c := w.client(t, objects(t, func(asked []string) bool { return len(asked) > most }))
		got, faults, err := commits(17, 8).Ask(t.Context(), c)
		if err != nil || len(faults) > 0 {
			t.Fatal(faults, err)
		}
		for i, oid := range found(got) {
			if oid != fmt.Sprintf("oid%d", i) {
				t.Errorf("item %d is %q", i, oid)
			}
		}
	}
}

func TestOneItemTooBigDoesNotEndABatch(t *testing.T) {
	c := newWorld().client(t, objects(t, func(asked []string) bool { return strings.Contains(strings.Join(asked, " ")+" ", "oid5 ") }))
	got, faults, err := commits(9, 4).Ask(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"oid0", "oid1", "oid2", "oid3", "oid4", "", "oid6", "oid7", "oid8"}, found(got)); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
	if len(faults) != 1 || faults[0].Type != FaultTooBig || faults[0].Path[0] != "5" {
		t.Errorf("faults = %v", faults)
	}
}

func TestBatchGivesUpWhereNothingIsSmallEnough(t *testing.T) {
	w := newWorld()
	_, _, err := commits(1000, 100).Ask(t.Context(), w.client(t, objects(t, func([]string) bool { return true })))
	if !errors.Is(err, ErrTooBig) {
		t.Errorf("error = %v", err)
	}
	if len(w.sent) > 10 {
		t.Errorf("%d requests", len(w.sent))
	}
}

func TestBatchKeepsWhatItHasWhenItFails(t *testing.T) {
	w := newWorld()
	serve := objects(t, nil)
	c := w.client(t, func(n int, r request) (*http.Response, error) {
		if n == 1 {
			return parse(answerWith("401 Unauthorized", "application/json", `{"message":"Bad credentials"}`))
		}
		return serve(n, r)
	})
	got, _, err := commits(6, 2).Ask(t.Context(), c)
	wantError(t, err, ErrUnauthorized)
	if diff := cmp.Diff([]string{"oid0", "oid1", "", "", "", ""}, found(got)); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
}

func TestBatchInAMissingRepositoryIsOneFault(t *testing.T) {
	c := newWorld().client(t, answering(ok(`{"data":{"rateLimit":null,"repository":null},"errors":[{"type":"NOT_FOUND","path":["repository"],"message":"m"}]}`)))
	got, faults, err := commits(2, 2).Ask(t.Context(), c)
	if err != nil || got[0] != nil || got[1] != nil {
		t.Error(got, err)
	}
	if diff := cmp.Diff([]Fault{{Type: FaultNotFound, Message: "m", Path: []string{"repository"}}}, faults); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

// TestBatchNumbersVariablesInsideTheSelection continues several nested lists, each
// from a cursor of its own, in one query.
func TestBatchNumbersVariablesInsideTheSelection(t *testing.T) {
	type node struct{ Number int }
	type tail struct {
		PullRequest struct {
			Labels *Connection[node] `graphql:"labels(first: $size, after: $after)"`
		} `graphql:"... on PullRequest"`
	}
	w := newWorld()
	c := w.client(t, func(_ int, r request) (*http.Response, error) {
		operation(t, r.Query)
		number := func(name string) string {
			after, _ := r.Variables[name].(string)
			return `{"labels":{"totalCount":1,"pageInfo":{"hasNextPage":false,"endCursor":null},"nodes":[{"number":` + after + `}]}}`
		}
		return parse(ok(`{"data":{"rateLimit":null,"a0":` + number("after0") + `,"a1":` + number("after1") + `}}`))
	})
	got, _, err := Batch[tail]{
		Field:  "node(id: $id)",
		Shared: map[string]any{"size": githubv4.Int(100)},
		Items:  []map[string]any{{"id": githubv4.ID("A"), "after": String("7")}, {"id": githubv4.ID("B"), "after": String("8")}},
		Size:   25,
	}.Ask(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{7, 8} {
		if n := got[i].PullRequest.Labels.Nodes[0].Number; n != want {
			t.Errorf("item %d: %d, want %d", i, n, want)
		}
	}
	want := "query($after0:String!$after1:String!$id0:ID!$id1:ID!$size:Int!){rateLimit{cost,limit,remaining,resetAt}," +
		"a0:node(id: $id0){... on PullRequest{labels(first: $size, after: $after0){totalCount,pageInfo{hasNextPage,endCursor},nodes{number}}}}," +
		"a1:node(id: $id1){... on PullRequest{labels(first: $size, after: $after1){totalCount,pageInfo{hasNextPage,endCursor},nodes{number}}}}}"
	if w.sent[0].Query != want {
		t.Errorf("query = %s\nwant    %s", w.sent[0].Query, want)
	}
}

func TestBatchRefusesSelectionsItCannotNumber(t *testing.T) {
	type inner struct {
		Name string `graphql:"name(after: $after)"`
	}
	type withNamed struct{ Inner inner }
	type withHidden struct {
		Name   string `graphql:"name(after: $after)"`
		hidden int
	}
	_ = withHidden{}.hidden
	items := []map[string]any{{"after": String("x")}}
	w := newWorld()
	c := w.client(t, nil)
	if _, _, err := (Batch[withNamed]{Field: "f", Items: items, Size: 1}).Ask(t.Context(), c); err == nil {
		t.Error("no error for a type with a name")
	}
	if _, _, err := (Batch[withHidden]{Field: "f", Items: items, Size: 1}).Ask(t.Context(), c); err == nil {
		t.Error("no error for an unexported field")
	}
}

// nodes answers nodes(ids:) with the ids themselves; ids that begin with "x" are
// refused.
func nodes(_ int, r request) (*http.Response, error) {
	ids, _ := r.Variables["ids"].([]any)
	list, problems := make([]any, len(ids)), []any{}
	for i, id := range ids {
		if strings.HasPrefix(fmt.Sprint(id), "x") {
			problems = append(problems, map[string]any{"type": "FORBIDDEN", "message": "m", "path": []any{"nodes", i}})
			continue
		}
		list[i] = map[string]any{"id": id}
	}
	if len(ids) > 60 {
		return parse(ok(`{"errors":[{"type":"RESOURCE_LIMITS_EXCEEDED","message":"m"}]}`))
	}
	body, err := json.Marshal(map[string]any{"data": map[string]any{"rateLimit": nil, "nodes": list}, "errors": problems})
	if err != nil {
		return nil, err
	}
	return parse(ok(string(body)))
}

func TestNodesAreAskedInChunks(t *testing.T) {
	type suite struct {
		CheckSuite struct{ ID string } `graphql:"... on CheckSuite"`
	}
	ids := make([]string, 230)
	for i := range ids {
		ids[i] = "n" + strconv.Itoa(i)
	}
	ids[201] = "x201"
	w := newWorld()
	got, faults, err := Nodes[suite](t.Context(), w.client(t, nodes), ids, 500)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range got {
		if i == 201 {
			if s != nil {
				t.Errorf("node 201 = %v, want nil", s)
			}
			continue
		}
		if s == nil || s.CheckSuite.ID != ids[i] {
			t.Fatalf("node %d = %v", i, s)
		}
	}
	if diff := cmp.Diff([]Fault{{Type: FaultForbidden, Message: "m", Path: []string{"201"}}}, faults); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	if first, _ := w.sent[0].Variables["ids"].([]any); len(first) != 100 {
		t.Errorf("the first query asks for %d, want 100", len(first))
	}
	if want := "query($ids:[ID!]!){rateLimit{cost,limit,remaining,resetAt},nodes(ids: $ids){... on CheckSuite{id}}}"; w.sent[0].Query != want {
		t.Errorf("query = %s\nwant    %s", w.sent[0].Query, want)
	}
}

func TestNodesOfAnotherNumberAreRefused(t *testing.T) {
	type node struct{ ID string }
	c := newWorld().client(t, answering(ok(`{"data":{"nodes":[{"id":"a"}]}}`)))
	_, _, err := Nodes[node](t.Context(), c, []string{"a", "b"}, 100)
	wantError(t, err, ErrNotGraphQL)
	c = newWorld().client(t, answering(ok(`{"data":{"nodes":null},"errors":[{"type":"FORBIDDEN","message":"m","path":["nodes"]}]}`)))
	got, faults, err := Nodes[node](t.Context(), c, []string{"a", "b"}, 100)
	if err != nil || len(got) != 2 || len(faults) != 1 || faults[0].Path[0] != "nodes" {
		t.Error(got, faults, err)
	}
}
