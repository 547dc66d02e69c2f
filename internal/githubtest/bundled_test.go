package githubtest

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/dataset"
)

// keysOf reads a connection of a repository to its end and returns one scalar of each
// item. The place of the connection is between before and after.
func keysOf(t *testing.T, s *Server, name shipshape.RepositoryName, list, key string) []string {
	t.Helper()
	query := `query($owner: String!, $name: String!, $after: String) {repository(owner: $owner, name: $name) {list: ` + list + ` {
		totalCount pageInfo {hasNextPage endCursor} nodes {key: ` + key + `}}}}`
	variables := map[string]any{"owner": name.Owner(), "name": name.Short()}
	var keys []string
	for {
		page := dig(t, whole(t, s, query, variables), "repository", "list")
		for _, node := range dig(t, page, "nodes").([]any) {
			keys = append(keys, fmt.Sprint(dig(t, node, "key")))
		}
		if dig(t, page, "pageInfo", "hasNextPage") == false {
			if dig(t, page, "totalCount") != float64(len(keys)) {
				t.Errorf("%s: %d items, totalCount %v", list, len(keys), dig(t, page, "totalCount"))
			}
			slices.Sort(keys)
			return keys
		}
		variables["after"] = dig(t, page, "pageInfo", "endCursor")
	}
}

// keysIn returns one text of each noun, sorted.
func keysIn[T any](nouns []T, key func(T) any) []string {
	var keys []string
	for _, n := range nouns {
		keys = append(keys, fmt.Sprint(key(n)))
	}
	slices.Sort(keys)
	return keys
}

// Every record of the bundled histories is served, under the key that its noun has.
func TestEveryRecordOfTheBundledHistoriesIsServed(t *testing.T) {
	for _, folder := range []string{"govuk", "secp256k1"} {
		h, err := dataset.Read("../../testdata/datasets/" + folder)
		if err != nil {
			t.Fatal(err)
		}
		s := serve(t, h, Options{Budget: -1})
		for _, r := range h.Repositories {
			for _, test := range []struct {
				list, key string
				want      []string
			}{
				{"pullRequests(first: 100, after: $after)", "url", keysIn(r.Changes, func(c shipshape.Change) any { return c.URL })},
				{"issues(first: 100, after: $after)", "url", keysIn(r.Issues, func(i shipshape.Issue) any { return i.URL })},
				{"releases(first: 100, after: $after)", "tagName", keysIn(r.Releases, func(l shipshape.Release) any { return l.Tag })},
				{"deployments(first: 100, after: $after)", "id", keysIn(r.Deployments, func(d shipshape.Deployment) any {
					return newID("Deployment", &repository{Repository: &Repository{id: s.idOf(r.Repository.Name)}}, fmt.Sprint(d.ID))
				})},
				{"milestones(first: 100, after: $after)", "title", keysIn(r.Milestones, func(m shipshape.Milestone) any { return m.Title })},
				{"labels(first: 100, after: $after)", "name", keysIn(r.Repository.Labels, func(l shipshape.Label) any { return l.Name })},
				{"environments(first: 100, after: $after)", "name", keysIn(r.Repository.Environments, func(n string) any { return n })},
				{`refs(refPrefix: "refs/heads/", first: 100, after: $after)`, "name", refNames(r, shipshape.Branch)},
				{`refs(refPrefix: "refs/tags/", first: 100, after: $after)`, "name", refNames(r, shipshape.Tag)},
			} {
				if diff := cmp.Diff(test.want, keysOf(t, s, r.Repository.Name, test.list, test.key)); diff != "" {
					t.Errorf("%s: %s (-want +got):\n%s", r.Repository.Name, test.list, diff)
				}
			}
			t.Logf("%s: %d requests so far", r.Repository.Name, len(s.Log()))
		}
	}
}

// idOf is the number that the server gave to a repository.
func (s *Server) idOf(name shipshape.RepositoryName) int64 { return s.world.Find(name).id }

func refNames(r shipshape.RepositoryHistory, kind shipshape.RefKind) []string {
	of := slices.DeleteFunc(slices.Clone(r.Refs), func(f shipshape.Ref) bool { return f.Kind != kind })
	return keysIn(of, func(f shipshape.Ref) any { return f.Name })
}

// Every commit of the bundled histories can be asked for by its id, with its message,
// times, author and parents.
func TestEveryCommitOfTheBundledHistoriesIsServed(t *testing.T) {
	h, err := dataset.Read("../../testdata/datasets/secp256k1")
	if err != nil {
		t.Fatal(err)
	}
	s := serve(t, h, Options{Budget: -1})
	r := h.Repositories[0]
	ids := make([]string, len(r.Commits))
	for i, c := range r.Commits {
		ids[i] = newID("Commit", &repository{Repository: &Repository{id: 1}}, string(c.OID))
	}
	i := 0
	for chunk := range slices.Chunk(ids, maxIDs) {
		d := whole(t, s, `query($ids: [ID!]!) {nodes(ids: $ids) {... on Commit {oid message committedDate author {name} parents(first: 9) {nodes {oid}}}}}`, map[string]any{"ids": chunk})
		for _, node := range d["nodes"].([]any) {
			if diff := cmp.Diff(plain(r.Commits[i]), node); diff != "" {
				t.Fatalf("commit %s (-want +got):\n%s", r.Commits[i].OID, diff)
			}
			i++
		}
	}
	if i != len(r.Commits) {
		t.Errorf("%d commits served of %d", i, len(r.Commits))
	}
}

// plain is a commit as an answer holds it.
func plain(c shipshape.Commit) any {
	message, parents := c.Headline, []any{}
	if c.Body != "" {
		message += "\n\n" + c.Body
	}
	for _, p := range c.Parents {
		parents = append(parents, map[string]any{"oid": string(p)})
	}
	return map[string]any{
		"oid": string(c.OID), "message": message, "committedDate": c.CommittedAt.Format("2006-01-02T15:04:05Z"),
		"author": map[string]any{"name": c.AuthorName}, "parents": map[string]any{"nodes": parents},
	}
}
