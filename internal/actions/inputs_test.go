package actions

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func env(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func none(string) bool { return false }

func all(string) bool { return true }

func TestInputsBecomeFlags(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, c := range []struct {
		name  string
		env   []string
		given []string
		want  []string
	}{
		{"none", nil, nil, nil},
		{"the workflow's repository", []string{"GITHUB_REPOSITORY", "o/here"}, nil, []string{"--repo=o/here"}},
		{"lines and commas", []string{"GITHUB_REPOSITORY", "o/here", "INPUT_REPOSITORIES", " o/a ,\n\n o/b\r\no/c,"}, nil,
			[]string{"--repo=o/a", "--repo=o/b", "--repo=o/c"}},
		{"only separators", []string{"GITHUB_REPOSITORY", "o/here", "INPUT_REPOSITORIES", " ,\n,"}, nil, []string{"--repo=o/here"}},
		{"an organisation", []string{"GITHUB_REPOSITORY", "o/here", "INPUT_ORG", "o"}, nil, []string{"--org=o"}},
		{"what the command line says comes first", []string{"GITHUB_REPOSITORY", "o/here", "INPUT_REPOSITORIES", "o/a", "INPUT_ZONE", "UTC"},
			[]string{"repo", "zone"}, nil},
		{"some of an organisation", []string{"INPUT_ORG", "o", "INPUT_TOPICS", "api, web", "INPUT_MATCH", "a-*\n {b,c}-* \r\n", "INPUT_EXCLUDE", "*-old",
			"INPUT_ARCHIVED", "true", "INPUT_FORKS", "true", "INPUT_SHARD", "2/8"}, nil,
			[]string{"--org=o", "--topic=api", "--topic=web", "--match=a-*", "--match={b,c}-*", "--exclude=*-old", "--archived=true", "--forks=true", "--shard=2/8"}},
		{"what is on disk has its own repositories", []string{"GITHUB_REPOSITORY", "o/here", "INPUT_OFFLINE", "true"}, nil, []string{"--offline=true"}},
		{"a history on disk has its own repositories", []string{"GITHUB_REPOSITORY", "o/here"}, []string{"offline"}, nil},
		{"all", []string{"INPUT_GITHUB_TOKEN", "secret", "INPUT_REPOSITORIES", "o/a", "INPUT_WINDOW", "13w", "INPUT_SINCE", "2026-01-01",
			"INPUT_ZONE", "Europe/Berlin", "INPUT_GIT_DIR", "a clone", "INPUT_OUTPUT_DIR", "my site", "INPUT_HISTORY_DIR", "h",
			"INPUT_BASE_URL", "https://o.github.io/a/", "INPUT_HIDE_PEOPLE", "true", "INPUT_GRAPHQL_URL", "https://ghe/api/graphql",
			"INPUT_MAX_WAIT", "30m", "INPUT_SUMMARY", "false"}, nil,
			[]string{"--repo=o/a", "--window=13w", "--since=2026-01-01", "--zone=Europe/Berlin", "--git=a clone", "--out=my site", "--history=h",
				"--base-url=https://o.github.io/a/", "--hide-people=true", "--graphql-url=https://ghe/api/graphql", "--max-wait=30m"}},
		{"no flag out of a value", []string{"INPUT_ORG", "--offline"}, nil, []string{"--org=--offline"}},
		{"blanks are none, false is none", []string{"INPUT_SINCE", "  ", "INPUT_HIDE_PEOPLE", "false"}, nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Args(env(c.env...), Flags{Given: func(flag string) bool { return slices.Contains(c.given, flag) }, Taken: all})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTheCheckoutIsUsedIfItIsWhole(t *testing.T) {
	config := func(section, url string) string {
		return "[core]\n\tbare = false\n" + section + "\n\turl = " + url + "\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n"
	}
	origin := `[remote "origin"]`
	for _, c := range []struct {
		name, config string
		shallow      bool
		input, repos string
		want         bool
	}{
		{"no clone", "", false, ".", "", false},
		{"a whole clone", config(origin, "https://github.com/o/here"), false, ".", "", true},
		{"by ssh", config(origin, "git@github.com:O/Here.git"), false, ".", "", true},
		{"of one of several", config(origin, "https://ghe.example/o/b.git/"), false, ".", "o/a, o/b", true},
		{"of another repository", config(origin, "https://github.com/o/here"), false, ".", "o/a", false},
		{"of a name that ends alike", config(origin, "https://github.com/no/here"), false, ".", "", false},
		{"of another remote", config(`[remote "upstream"]`, "https://github.com/o/here"), false, ".", "", false},
		{"shallow", config(origin, "https://github.com/o/here"), true, ".", "", false},
		{"named, so that what is wrong is told", config(origin, "https://github.com/x/y"), true, "./", "", true},
		{"not wanted", config(origin, "https://github.com/o/here"), false, "", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if c.config != "" {
				write(t, filepath.Join(".git", "config"), c.config)
			}
			if c.shallow {
				write(t, filepath.Join(".git", "shallow"), "")
			}
			got, err := Args(env("INPUT_GIT_DIR", c.input, "INPUT_REPOSITORIES", c.repos, "GITHUB_REPOSITORY", "o/here"), Flags{Given: none, Taken: all})
			if err != nil {
				t.Fatal(err)
			}
			if slices.Contains(got, "--git="+c.input) != c.want {
				t.Errorf("%q", got)
			}
		})
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// An input that would be passed over in silence can mean everything instead of a
// part.
func TestAnInputWithoutAMeaningIsAMistake(t *testing.T) {
	withoutShard := Flags{Given: none, Taken: func(flag string) bool { return flag != "shard" && flag != "out" }}
	if _, err := Args(env("INPUT_SHARD", "2/8"), withoutShard); err == nil || err.Error() != "input shard has no meaning in this mode: leave it out" {
		t.Errorf("%v", err)
	}
	if got, err := Args(env("INPUT_OUTPUT_DIR", "_site"), withoutShard); err != nil || len(got) > 0 {
		t.Errorf("the default is no choice: %q, %v", got, err)
	}
}

func TestYesAndNoAreStrict(t *testing.T) {
	for value, want := range map[string]string{
		"true": "true", "True": "true", "TRUE": "true", " true\n": "true", "": "other",
		"false": "false", "False": "false", "FALSE": "false",
		"yes": "error", "1": "error", "on": "error", "tRUE": "error", "true false": "error",
	} {
		for _, otherwise := range []bool{true, false} {
			got, err := Bool(env("INPUT_SUMMARY", value), SummaryInput, otherwise)
			switch {
			case (err != nil) != (want == "error"):
				t.Errorf("%q: %v", value, err)
			case err != nil && !strings.Contains(err.Error(), "input summary"):
				t.Errorf("%q: the error names no input: %v", value, err)
			case err == nil && got != (want == "true" || want == "other" && otherwise):
				t.Errorf("%q is %t", value, got)
			}
		}
	}
}

func TestAWrongInputIsNamed(t *testing.T) {
	_, err := Args(env("INPUT_HIDE_PEOPLE", "maybe"), Flags{Given: none, Taken: all})
	if err == nil || err.Error() != `input hide-people is "maybe": write true or false` {
		t.Errorf("%v", err)
	}
}

func TestTablesAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range Inputs {
		if seen[p.Name] || p.Name != strings.ToLower(p.Name) || strings.ContainsAny(p.Name, "_ ") || !strings.HasSuffix(p.Doc, ".") {
			t.Errorf("input %+v", p)
		}
		seen[p.Name] = true
	}
	for _, o := range Outputs {
		if seen[o.Name] || !declared(o.Name) || !strings.HasSuffix(o.Doc, ".") {
			t.Errorf("output %+v", o)
		}
		seen[o.Name] = true
	}
	if len(seen) < 15 {
		t.Errorf("%d entries: not all of them", len(seen))
	}
}

func FuzzListHoldsNoBlanks(f *testing.F) {
	f.Add("a, b\n\nc\r\n,")
	f.Fuzz(func(t *testing.T, text string) {
		for _, item := range List(env("INPUT_REPOSITORIES", text), "repositories") {
			if item == "" || item != strings.TrimSpace(item) || strings.ContainsAny(item, ",\r\n") {
				t.Fatalf("%q holds %q", text, item)
			}
		}
	})
}
