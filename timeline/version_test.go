package timeline

import (
	stdcmp "cmp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

func TestReleaseLineOfATag(t *testing.T) {
	tests := []struct {
		tag, line  string
		prerelease bool
		numbered   bool
	}{
		{tag: "v1.4.2", line: "1.4"},
		{tag: "1.4.2", line: "1.4"},
		{tag: "V1.4", line: "1.4"},
		{tag: "v10.0.12.3", line: "10.0"},
		{tag: "v2.0.0-rc.1", line: "2.0", prerelease: true},
		{tag: "v4.0.0-unsupported.20190703", line: "4.0", prerelease: true},
		{tag: "1.1.0+mac.1", line: "1.1"},
		{tag: "1.2.3rc1", line: "1.2", prerelease: true},
		{tag: "1.2.3.Final", line: "1.2"},
		{tag: "1.2.3-GA", line: "1.2"},
		{tag: "1.2.3.post1", line: "1.2"},
		{tag: "1.0.2k", line: "1.0"},
		{tag: "api/v1.2.3", line: "api/1.2"},
		{tag: "release-1.2.3", line: "release-1.2"},
		{tag: "oby35-hd-2022.49.01", line: "oby35-hd-2022.49"},
		{tag: "2024.05.1", line: "2024.5"},
		{tag: "build-2024-05-01", line: "build-2024.5"},
		{tag: "v654", line: "v", numbered: true},
		{tag: "release_2059", line: "release_", numbered: true},
		{tag: "release_12-rc1", line: "release_", numbered: true, prerelease: true},
		{tag: "20240501", line: "", numbered: true},
	}
	for _, test := range tests {
		v, ok := parseVersion(test.tag)
		if !ok {
			t.Errorf("%s is no version", test.tag)
			continue
		}
		if v.line() != test.line || v.prerelease() != test.prerelease || v.numbered != test.numbered {
			t.Errorf("%s: line %q, prerelease %v, numbered %v; want %+v", test.tag, v.line(), v.prerelease(), v.numbered, test)
		}
	}
	for _, tag := range []string{"", "nightly", "oby35-hd", "before-the-move", "v", "1234567890123456789012345"} {
		if v, ok := parseVersion(tag); ok {
			t.Errorf("%q is the version %+v", tag, v)
		}
	}
}

func TestVersionsCompareByNumbers(t *testing.T) {
	for _, ascending := range [][]string{
		{"v0.9.0", "v0.10.0", "v1.0.0-alpha", "v1.0.0-alpha.1", "v1.0.0-rc9", "v1.0.0-rc10", "v1.0.0", "v1.0.0.post1", "v1.0.1"},
		{"1.0.2", "1.0.2a", "1.0.2k", "1.0.3"},
		{"release_9", "release_10", "release_100"},
		{"oby35-hd-2022.9.01", "oby35-hd-2022.49.01", "oby35-hd-2023.01.01"},
		{"api/v1.2.3", "api/v1.10.0"},
		{"build-2024-05-01", "build-2024-05-01.1", "build-2024-11-01"},
	} {
		for i := range ascending {
			for j := range ascending {
				a, _ := parseVersion(ascending[i])
				b, _ := parseVersion(ascending[j])
				if !a.comparable(b) {
					t.Fatalf("%s and %s count differently", ascending[i], ascending[j])
				}
				if got, want := a.compare(b), stdcmp.Compare(i, j); got != want {
					t.Errorf("compare(%s, %s) = %d, want %d", ascending[i], ascending[j], got, want)
				}
			}
		}
	}
	for _, equal := range [][2]string{{"v1.2", "1.2.0"}, {"1.2.0+linux", "1.2.0+mac"}, {"1.2.0-final", "1.2.0"}} {
		a, _ := parseVersion(equal[0])
		b, _ := parseVersion(equal[1])
		if a.compare(b) != 0 {
			t.Errorf("%s and %s differ", equal[0], equal[1])
		}
	}
}

func TestTagsThatCountAsVersions(t *testing.T) {
	tests := []struct {
		name       string
		tags, want []string
	}{
		{"dotted ones", []string{"v1.0.0", "api/v2.0.0", "nightly"}, []string{"v1.0.0", "api/v2.0.0"}},
		{"series by name", []string{"release_1", "v2", "build-3", "api/v4"}, []string{"release_1", "v2", "build-3", "api/v4"}},
		{"what merely ends in a number", []string{"issue-45", "python3", "before-merge-2"}, nil},
		{"moving aliases beside dotted ones", []string{"v1", "v1.0.0", "v1.1.0"}, []string{"v1.0.0", "v1.1.0"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := &shipshape.RepositoryHistory{Refs: []shipshape.Ref{{Kind: shipshape.Branch, Name: "v9.9.9"}}}
			for _, tag := range test.tags {
				h.Refs = append(h.Refs, shipshape.Ref{Kind: shipshape.Tag, Name: tag})
			}
			var got []string
			for _, ref := range versionTags(h) {
				got = append(got, ref.Name)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("tags (-want +got)\n%s", diff)
			}
		})
	}
}

func FuzzVersion(f *testing.F) {
	for _, s := range []string{"v1.2.3-rc.1", "1.2", "release_12", "build-2024-05-01", "api/v1.2.3+a", "1.2.3~~", "1.0.0-é"} {
		f.Add(s, "v1.2.3-rc10", "1.2.3b2")
	}
	f.Fuzz(func(t *testing.T, a, b, c string) {
		var versions []version
		for _, tag := range []string{a, b, c} {
			v, ok := parseVersion(tag)
			if !ok || len(v.numbers) == 0 || !v.numbered && len(v.numbers) < 2 {
				if ok {
					t.Fatalf("%q has numbers %v", tag, v.numbers)
				}
				return
			}
			if v.compare(v) != 0 {
				t.Fatalf("%q is not equal to itself", tag)
			}
			versions = append(versions, v)
		}
		x, y, z := versions[0], versions[1], versions[2]
		if x.compare(y) != -y.compare(x) {
			t.Errorf("%q and %q are not ordered", a, b)
		}
		sorted := slices.SortedFunc(slices.Values([]version{x, y, z}), version.compare)
		if sorted[0].compare(sorted[2]) > 0 {
			t.Errorf("%q, %q and %q go round", a, b, c)
		}
	})
}
