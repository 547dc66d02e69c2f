package timeline

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"

	"github.com/Masterminds/semver/v3"

	"github.com/shipshape-report/shipshape"
)

// version is a tag read as a version. Versions of one family are ordered by their
// numbers, never by their letters.
type version struct {
	// family is what comes before the number, without the v of a dotted version:
	// "api/", "release_", "oby35-hd-".
	family   string
	numbered bool // one number, counted up: v654, release_12
	numbers  []uint64
	// stage is negative for a pre-release and positive for something added after a
	// release ("1.2.3.post1").
	stage int
	tail  *semver.Version // carries the words after the numbers, for comparing
}

// The forms of a version within a tag. A number in the name before it
// ("oby35-hd-2022.49.01") is no version, as it has no dot.
var (
	dottedVersion   = regexp.MustCompile(`^(.*?)[vV]?(\d{1,18}(?:\.\d{1,18})+)(.*)$`)
	datedVersion    = regexp.MustCompile(`^(|[^.]*[^.\d])(\d{4}[-_]\d\d[-_]\d\d)(.*)$`)
	numberedVersion = regexp.MustCompile(`^(|.*?\D)(\d{1,18})((?i:[-_.]?(?:rc|alpha|beta|pre|preview|dev|snapshot)[-_.]?\d*)?)$`)
	// seriesName is what a numbered series may be called for a bare tag to count as
	// a version; anything may end in a number.
	seriesName = regexp.MustCompile(`^(?i:(?:.*/)?(?:v|r|rel|release|build|ver|version|deploy|deployment|prod|production|stable)?[-_.]?)$`)
	preWords   = regexp.MustCompile(`^(?i:alpha|beta|rc|cr|pre|preview|dev|snapshot|milestone|nightly|canary|next|[abcm]\d)`)
	finalWords = regexp.MustCompile(`^(?i:final|ga|release|stable)$`)
)

// parseVersion reads a tag as a version; false if it holds none.
func parseVersion(tag string) (version, bool) {
	if len(tag) > semver.MaxVersionLen {
		return version{}, false
	}
	if m := datedVersion.FindStringSubmatch(tag); m != nil {
		return newVersion(m[1], strings.FieldsFunc(m[2], isDash), m[3]), true
	}
	if m := dottedVersion.FindStringSubmatch(tag); m != nil {
		return newVersion(m[1], strings.Split(m[2], "."), m[3]), true
	}
	if m := numberedVersion.FindStringSubmatch(tag); m != nil {
		v := newVersion(m[1], []string{m[2]}, m[3])
		v.numbered = true
		return v, true
	}
	return version{}, false
}

func newVersion(family string, numbers []string, words string) version {
	v := version{family: family}
	for _, s := range numbers {
		n, _ := strconv.ParseUint(s, 10, 64) // the patterns allow no more digits than fit
		v.numbers = append(v.numbers, n)
	}
	words, _, _ = strings.Cut(words, "+") // build metadata does not order
	bare := strings.TrimLeft(words, "-._~")
	switch {
	case bare == "" || finalWords.MatchString(bare):
		bare = ""
	case strings.HasPrefix(words, "-") || preWords.MatchString(bare):
		v.stage = -1
	default:
		v.stage = 1
	}
	v.tail = tail(bare)
	return v
}

// tail turns the words after a version's numbers into a pre-release that semver
// orders as people do: a number inside a word is a number (rc9 before rc10).
func tail(words string) *semver.Version {
	var parts []string
	for _, word := range strings.FieldsFunc(words, func(r rune) bool { return !isDigit(r) && !isLetter(r) }) {
		start := 0
		for i := 1; i <= len(word); i++ {
			if i == len(word) || isDigit(rune(word[i])) != isDigit(rune(word[i-1])) {
				parts = append(parts, withoutZeros(word[start:i]))
				start = i
			}
		}
	}
	return semver.New(0, 0, 0, strings.Join(parts, "."), "")
}

// withoutZeros drops the leading zeros that semver forbids in numbers.
func withoutZeros(part string) string {
	if trimmed := strings.TrimLeft(part, "0"); trimmed != "" {
		return trimmed
	}
	return "0"
}

func isDigit(r rune) bool  { return '0' <= r && r <= '9' }
func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }
func isDash(r rune) bool   { return r == '-' || r == '_' }

// line names the release line: family, major and minor; for a numbered series the
// family alone.
func (v version) line() string {
	if v.numbered {
		return v.family
	}
	return v.family + strconv.FormatUint(v.numbers[0], 10) + "." + strconv.FormatUint(v.numbers[1], 10)
}

// prerelease reports whether the version itself says that it is a pre-release.
func (v version) prerelease() bool { return v.stage < 0 }

// comparable reports whether the versions count in the same way, so that compare
// means something.
func (v version) comparable(o version) bool {
	return v.family == o.family && v.numbered == o.numbered
}

// compare orders versions of one family.
func (v version) compare(o version) int {
	for i := range max(len(v.numbers), len(o.numbers)) {
		if c := cmp.Compare(v.number(i), o.number(i)); c != 0 {
			return c
		}
	}
	if c := cmp.Compare(v.stage, o.stage); c != 0 || v.stage == 0 {
		return c
	}
	return v.tail.Compare(o.tail)
}

// number returns the i-th number; what is left out is 0.
func (v version) number(i int) uint64 {
	if i < len(v.numbers) {
		return v.numbers[i]
	}
	return 0
}

// versionTags returns the tags that are versions, in the order of the history's
// refs. Where dotted versions exist, a bare v1 is a moving alias of them and no
// version of its own.
func versionTags(h *shipshape.RepositoryHistory) []shipshape.Ref {
	dotted := false
	var tags []shipshape.Ref
	for _, ref := range h.Refs {
		v, ok := parseVersion(ref.Name)
		if ref.Kind != shipshape.Tag || !ok || v.numbered && !seriesName.MatchString(v.family) {
			continue
		}
		dotted = dotted || !v.numbered && v.family == ""
		tags = append(tags, ref)
	}
	if !dotted {
		return tags
	}
	kept := tags[:0]
	for _, ref := range tags {
		if v, _ := parseVersion(ref.Name); !v.numbered || !strings.EqualFold(v.family, "v") {
			kept = append(kept, ref)
		}
	}
	return kept
}
