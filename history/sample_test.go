package history

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/shipshape-report/shipshape"
)

// sameFacts compares histories. An empty list and none are the same fact.
var sameFacts = cmp.Options{cmpopts.EquateEmpty()}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// storeOf returns the files of a history.
func storeOf(t testing.TB, h *shipshape.History) fstest.MapFS {
	t.Helper()
	sheets, err := allSheets(h)
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, s := range sheets {
		data, err := s.data()
		if err != nil {
			t.Fatal(err)
		}
		files[s.path] = &fstest.MapFile{Data: data, Mode: 0o644}
	}
	return files
}

func instant(text string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

// odd is text that has broken somebody's tool before.
var odd = []string{
	"a\u2028b\u2029c\u0085d", "👩‍🚀 emoji 🇪🇺", "<script>&amp;</script>", "tab\tnul\x00bell\a del\x7f esc\x1b[31m",
	"line\r\nline\n", `{"oid":"not a record"}`, "\u202eright to left", "\ufeffmark", "quote \" backslash \\ slash /",
	"\ufffd", "+01:00", strings.Repeat("long ", 200_000),
}

// rich is a history in which every field of every kind of record is set at least
// once, over several months and two repositories whose order by name is not that
// of their paths.
func rich() *shipshape.History {
	at := func(month, day int) time.Time { return time.Date(2026, time.Month(month), day, 9, 30, 0, 0, time.UTC) }
	full := shipshape.RepositoryHistory{
		Repository: filled[shipshape.Repository](), Origin: filled[shipshape.Origin](),
		Commits: []shipshape.Commit{filled[shipshape.Commit]()}, Refs: []shipshape.Ref{filled[shipshape.Ref]()},
		Changes: []shipshape.Change{filled[shipshape.Change]()}, Issues: []shipshape.Issue{filled[shipshape.Issue]()},
		Releases: []shipshape.Release{filled[shipshape.Release]()}, Deployments: []shipshape.Deployment{filled[shipshape.Deployment]()},
		Runs: []shipshape.Run{filled[shipshape.Run]()}, Milestones: []shipshape.Milestone{filled[shipshape.Milestone]()},
		Controls: []shipshape.Control{filled[shipshape.Control]()},
		Gaps:     []shipshape.Gap{filled[shipshape.Gap]()},
	}
	full.Repository.Name = "x/y"
	strange := shipshape.RepositoryHistory{
		Repository: shipshape.Repository{Name: "x/y-z"},
		Origin:     shipshape.Origin{Until: at(9, 1), Source: "a test"},
	}
	for i, text := range odd {
		strange.Commits = append(strange.Commits, shipshape.Commit{OID: shipshape.OID(fmt.Sprintf("%040x", i)),
			CommittedAt: at(1+i, 28), Headline: text, Body: text})
		strange.Changes = append(strange.Changes, shipshape.Change{Number: i + 1, Title: text, State: shipshape.ChangeOpen,
			CreatedAt: at(12-i%4, 1), Labels: []string{text}, Comments: []shipshape.Comment{{At: at(3, 3), Body: text}}})
		strange.Refs = append(strange.Refs, shipshape.Ref{Kind: shipshape.Tag, Name: text, Target: "0a"})
		strange.Deployments = append(strange.Deployments, shipshape.Deployment{ID: 1<<53 + int64(i) + 1, Payload: text, CreatedAt: at(8, 1)})
	}
	strange.Releases = []shipshape.Release{
		{Tag: "v1", URL: "u/1", CreatedAt: at(8, 1), Draft: true},
		{Tag: "v1", URL: "u/2", CreatedAt: at(8, 1), Draft: true},
		{Tag: "v1", URL: "u/3", CreatedAt: at(8, 1)},
	}
	h := &shipshape.History{Repositories: []shipshape.RepositoryHistory{full, strange}}
	h.Sort()
	return h
}

// random is a history of n records of the larger kinds, the same one for a seed.
func random(seed uint64, n int) *shipshape.History {
	r := rand.New(rand.NewPCG(seed, 0))
	when := func() time.Time {
		return instant("2024-01-01T00:00:00Z").Add(time.Duration(r.IntN(800*24*60)) * time.Minute)
	}
	var h shipshape.History
	for _, name := range []shipshape.RepositoryName{"a/one", "a/one-two", "B/three.4", "c/.github"} {
		one := shipshape.RepositoryHistory{Repository: shipshape.Repository{Name: name},
			Origin: shipshape.Origin{Until: when(), Source: "a test"}}
		for i := range n {
			oid := shipshape.OID(fmt.Sprintf("%040x", r.Uint64()))
			text := odd[r.IntN(len(odd)-1)]
			one.Commits = append(one.Commits, shipshape.Commit{OID: oid, CommittedAt: when(), Headline: text, Additions: r.IntN(9)})
			one.Changes = append(one.Changes, shipshape.Change{Number: i + 1, State: shipshape.ChangeMerged, Title: text, CreatedAt: when(),
				MergeCommit: oid, Reviews: []shipshape.Review{{State: shipshape.Approved, At: when()}}})
			one.Issues = append(one.Issues, shipshape.Issue{Number: n + i + 1, State: "OPEN", CreatedAt: when()})
			one.Deployments = append(one.Deployments, shipshape.Deployment{ID: r.Int64N(1<<62) + 1, Commit: oid, CreatedAt: when()})
			one.Runs = append(one.Runs, shipshape.Run{ID: int64(i) + 1, Commit: oid, CreatedAt: when()})
			one.Releases = append(one.Releases, shipshape.Release{Tag: "v" + strconv.Itoa(i), CreatedAt: when()})
			one.Refs = append(one.Refs, shipshape.Ref{Kind: shipshape.Tag, Name: "v" + strconv.Itoa(i), Target: oid})
		}
		h.Repositories = append(h.Repositories, one)
	}
	h.Sort()
	return &h
}

// shuffled returns the same facts in another order.
func shuffled(h *shipshape.History, seed uint64) *shipshape.History {
	r := rand.New(rand.NewPCG(seed, 1))
	out := &shipshape.History{Repositories: slices.Clone(h.Repositories)}
	shuffle(r, out.Repositories)
	for i := range out.Repositories {
		v := reflect.ValueOf(&out.Repositories[i]).Elem()
		for f := range v.NumField() {
			if list := v.Field(f); list.Kind() == reflect.Slice {
				copied := reflect.AppendSlice(reflect.MakeSlice(list.Type(), 0, list.Len()), list)
				r.Shuffle(list.Len(), reflect.Swapper(copied.Interface()))
				list.Set(copied)
			}
		}
	}
	return out
}

func shuffle[T any](r *rand.Rand, s []T) {
	r.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
}

// filled returns a record with every field set, nested ones too.
func filled[T any]() T {
	var record T
	fillValue(reflect.ValueOf(&record).Elem(), "")
	return record
}

func fillValue(v reflect.Value, name string) {
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(instant("2026-08-17T10:11:12Z")))
		return
	case shipshape.RefKind:
		v.SetString(string(shipshape.Branch))
		return
	case shipshape.ControlKind:
		v.SetString(string(shipshape.Ruleset))
		return
	case shipshape.Entity:
		v.SetString(string(shipshape.ChangeEntity))
		return
	case shipshape.GapReason:
		v.SetString(string(shipshape.Derived))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("a " + strings.ToLower(name))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillValue(v.Elem(), name)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fillValue(v.Index(0), name)
	case reflect.Struct:
		for i := range v.NumField() {
			fillValue(v.Field(i), v.Type().Field(i).Name)
		}
	}
}

// fullRecord is a record of v's type with every field set, as a line of a store.
func fullRecord(t *testing.T, v any) []byte {
	t.Helper()
	p := reflect.New(reflect.TypeOf(v))
	switch record := p.Interface().(type) {
	case *mark:
		*record = mark{format, shipshape.HistoryVersion}
	default:
		fillValue(p.Elem(), "")
	}
	if r, ok := p.Interface().(*shipshape.Repository); ok {
		r.Name = "x/y"
	}
	data, err := json.Marshal(p.Interface())
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// propertiesOf lists the properties of an object at every depth, as paths.
func propertiesOf(object map[string]any) []string {
	var paths []string
	for _, key := range sortedKeys(object) {
		paths = append(paths, key)
		if list, ok := object[key].([]any); ok && len(list) > 0 {
			if inner, ok := list[0].(map[string]any); ok {
				for _, p := range propertiesOf(inner) {
					paths = append(paths, key+"."+p)
				}
			}
		}
	}
	return paths
}

// without removes the property at a path of propertiesOf.
func without(object map[string]any, path string) {
	key, rest, deeper := strings.Cut(path, ".")
	if !deeper {
		delete(object, key)
		return
	}
	without(object[key].([]any)[0].(map[string]any), rest)
}
