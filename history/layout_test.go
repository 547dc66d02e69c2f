package history

import (
	"strings"
	"testing"

	"github.com/shipshape-report/shipshape"
)

func TestRepositoryNames(t *testing.T) {
	for name, good := range map[string]bool{
		"alphagov/locations-api": true, "a/.github": true, "A-1/b_c.d-e": true, "octo_corp/x": true, "old-/x": true,
		"a/" + strings.Repeat("b", 100): true, "a/..b": true, "a/...": true, "records/x": true,
		"": false, "a": false, "a/": false, "/b": false, "/a/b": false, "a/b/c": false, "a//b": false,
		"../b": false, "a/..": false, "a/.": false, "./b": false, ".run/b": false, "-a/b": false,
		`a\b/c`: false, `a/b\c`: false, "a/b c": false, "a/b\n": false, "a/b\x00": false, "ä/b": false, "a/ß": false, "c:/b": false,
		"a/" + strings.Repeat("b", 101): false,
	} {
		if err := checkName(shipshape.RepositoryName(name)); (err == nil) != good {
			t.Errorf("checkName(%q) = %v, want good %v", name, err, good)
		}
	}
}

// What pathOf says is where locate finds the kind again.
func TestPathsLeadBackToTheirKinds(t *testing.T) {
	for _, k := range kinds {
		month := ""
		if k.monthly() {
			month = "1999-12"
		}
		path := pathOf("a/.b", k.entity(), month)
		at, err := locate(path)
		if err != nil || at.repository != "a/.b" || at.kind == nil || at.kind.entity() != k.entity() || at.month != month {
			t.Errorf("locate(%q) = %+v, %v", path, at, err)
		}
		if ignored(path, false) {
			t.Errorf("%s is ignored", path)
		}
	}
}

func TestIgnored(t *testing.T) {
	tests := []struct {
		name   string
		folder bool
		want   bool
	}{
		{".", true, false},
		{".run", true, true},
		{".run/lock", false, true},
		{".gitignore", false, true},
		{"README.md", false, true},
		{"history.json", false, false},
		{"src", true, false}, // not a name that means something else: looked into, and refused
		{"a", true, false},
		{"a/.github", true, false},
		{"a/.github", false, true},
		{"a/.github/refs.jsonl", false, false},
		{"a/b/records", true, true},
		{"a/b/records/x.jsonl", false, true},
		{"records/b/refs.jsonl", false, false}, // an owner of that name
		{"a/b/.refs.jsonl.tmp", false, true},
		{"a/b/commits/.x", false, true},
		{"a/b/.cache/x", false, true},
	}
	for _, test := range tests {
		if got := ignored(test.name, test.folder); got != test.want {
			t.Errorf("ignored(%q, %v) = %v, want %v", test.name, test.folder, got, test.want)
		}
	}
}
