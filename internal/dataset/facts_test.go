package dataset

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestFactLine(t *testing.T) {
	for _, test := range []struct {
		line string
		want bool
	}{
		// Reverts.
		{"This reverts commit 91fae3ace0291b144b27fd8bbda509042f5400f1, reversing", true},
		{"Reverts #625", true},
		{"Reverts alphagov/search-api-v2#12", true},
		{"Reverts https://github.com/alphagov/search-api-v2/commit/0a1b2c3d", true},
		{`Revert "Upgrade ruby to 3.2"`, true},
		{`ci: revert "Run the prover"`, true},
		{"This reverts the merge of yesterday", false},
		{"I was playing around and forgot to revert that.", false},
		{`b1cb969e8ab9ad86fec3ce30cb732f4c42e015e0 ci: Revert "Attempt" (Tim Ruffing)`, false},
		// Cherry-picks and backports.
		{"(cherry picked from commit 0ffb1749a5811bb63902f00c9fa73b49588d0557)", true},
		{"Backport of #123 for 1.2", true},
		{"Cherry-picked the first commit from #1142", true},
		{"Cherry-picked and squashed.", false},
		// Closing references.
		{"Fixes #12.", true},
		{"closes: bitcoin/bitcoin#5", true},
		{"  Resolves https://github.com/o/r/issues/9", true},
		{"fixed GH-12", true},
		{"See #12", false},
		{"This fixes the build", false},
		{"prefixes #12", false},
		// Causes.
		{"The outage was caused by #12", true},
		{"This bug was introduced in 7506e064d791e529d2e57bb52c156deb33b897ef by adding", true},
		{"Broken in v1.4.2", true},
		{"A regression from 1.4", true},
		{"caused by intermittent network timeouts.", false},
		{"the behavior introduced by this commit", false},
		// Dependencies.
		{"Depends on #12", true},
		{"blocked by o/other#3", true},
		{"libssl depends on libcrypto", false},
		// Approvals.
		{"ACK eb52535bb87b36839095fc1034882bf9a5e65aa7", true},
		{"utACK, I like the approach", true},
		{"**tACK** 0a1b2c3", true},
		{"re-ACK 0a1b2c3", true},
		{"LGTM!", true},
		{"ACKs for top commit:", false},
		{"Concept ACK", false},
		{"> ACK 0a1b2c3", false},
		{"    ACK 0a1b2c3", false},
		// Headings of the sections looked for.
		{"## Rollback plan", true},
		{"**How to test**", true},
		{"__Release notes__:", true},
		{"#### Security", true},
		{"### Breaking changes", true},
		{"## Known issues", true},
		{"## Deployment", true},
		{"## Motivation", false},
		{"Security matters here", false},
		{"#security", false},
		{"#### builds/secp256k1_tests", false},
		{"**Security** is a word in bold", false},
		// Neither.
		{"", false},
		{"Fixes #12 as ann@example.org said", false},
		{"Fixes #12 " + strings.Repeat("é", 190), true},
		{"Fixes #12 " + strings.Repeat("é", 191), false},
	} {
		if got := FactLine(test.line); got != test.want {
			t.Errorf("FactLine(%q) = %v, want %v", test.line, got, test.want)
		}
	}
}

func TestSectionLineKeepsEveryHeading(t *testing.T) {
	for line, want := range map[string]bool{
		"#### Added":                       true,
		"**ABI Compatibility**":            true,
		"Fixes #12":                        true,
		"Added a module.":                  false,
		"# " + strings.Repeat("x", 199):    false,
		"# Ask someone@example.org for it": false,
	} {
		if got := SectionLine(line); got != want {
			t.Errorf("SectionLine(%q) = %v, want %v", line, got, want)
		}
	}
}

func TestFactsKeepsLinesAsWritten(t *testing.T) {
	long := strings.Repeat("word ", 60)
	for _, test := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"no fact", "Hello.\n\nThanks!", ""},
		{"lines in their order", "Intro\r\n  Fixes #1.  \r\nmore\nDepends on #2", "  Fixes #1.  \nDepends on #2"},
		{"code block", "```\nFixes #1\n```\nFixes #2\n~~~ sh\n# Testing\n~~~", "Fixes #2"},
		{"longer fence", "````\n```\nFixes #1\n````\nFixes #2", "Fixes #2"},
		{"code block without end", "Fixes #2\n```\nFixes #1", "Fixes #2"},
		{"comment of a template", "<!-- Fixes #1\n## Testing\n-->\nFixes #2", "Fixes #2"},
		{"comment without end", "Fixes #2\n<!-- Fixes #1", "Fixes #2"},
		{"comment in a line", "Fixes #1 <!-- it does --> really\r\nFixes #2 <!-- so -->\r\n", "Fixes #1 … really\nFixes #2 "},
		{"comment before the words of a line", "<!-- the issue: --> Fixes #1", "… Fixes #1"},
		{"comment before an approval", "<!-- a\nb -->ACK 0a1b2c3\nAC<!-- -->K 0a1b2c3", ""},
		{"sentence of a long line", long + "End. This fixes #3. Begin " + long, "… This fixes #3."},
		{"first sentence of a long line", "> This fixes #3. Begin " + long, "> This fixes #3."},
		{"wording of a long sentence", long + "caused by #3 " + long, "… caused by #3"},
		{"wording that begins a long item", "- Fixes #3 " + long, "- Fixes #3"},
		{"approval of a long line", "ACK 0a1b2c3 " + long, "ACK 0a1b2c3"},
		{"approval of a long line's first sentence", "ACK. Nothing " + long, "ACK."},
		{"approval in mid-line", long + "missed. ACK 0a1b2c3. Then " + long, ""},
		{"revert in mid-line", long + "missed. Reverts #3. Then " + long, "… Reverts #3."},
		{"revert in a long sentence", long + "so this PR reverts #3 and " + long, "… this PR reverts #3"},
		{"part of a revert in a long sentence", long + "and partially reverts #3 and " + long, "… reverts #3"},
		{"reverted title in mid-line", long + `missed. Revert "Upgrade ruby". Then ` + long, ""},
		{"heading in mid-line", long + "missed. # Testing", ""},
		{"long line without a fact", long + long, ""},
		{"address in a long line", long + "fixes #3 for ann@example.org", "… fixes #3"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Facts(test.text, FactLine); got != test.want {
				t.Errorf("Facts(%q) = %q, want %q", test.text, got, test.want)
			}
		})
	}
}

// A comment of bitcoin-core/secp256k1#58 says "ACK on the change." where it ends a
// thought, which is no approval of the pull request.
func TestFactsMakesNoApprovalOfWordsInMidLine(t *testing.T) {
	text := "@sipa Looks like I was thrown off at the time by the fact that libcrypto installs headers under openssl/, " +
		"so I assumed that they may be dependent on some openssl headers (global build config headers, for ex) as a result.\n\n" +
		"I've tried building and installing libcrypto without libssl to no avail, and distros don't attempt to split them " +
		"up either. So it seems there's no risk of missing any parent headers. ACK on the change.\n\n" +
		"Worth renaming the config switch while it's still early to --with-bignum=libcrypto ?\n"
	if got := Facts(text, FactLine); got != "" {
		t.Errorf("%q is left, want nothing", got)
	}
}

// lineBeginning are the wordings that mean what they say at the beginning of a
// line only: those of the rule, and the approval words and reverts as they are
// read later.
var lineBeginning = append(anchored(append(wordings, heading)),
	regexp.MustCompile(`^(?:ACK|utACK|tACK|LGTM)\b`),
	regexp.MustCompile(`(?i)^[ \t>*-]*(?:reverts?|reverting):? \S`))

func anchored(all []*regexp.Regexp) []*regexp.Regexp {
	return slices.DeleteFunc(slices.Clone(all), func(w *regexp.Regexp) bool {
		return !strings.HasPrefix(strings.TrimPrefix(w.String(), "(?i)"), "^")
	})
}

// checkBeginnings fails when a line that is left begins in a way that no line of
// the text does.
func checkBeginnings(t *testing.T, text, left string) {
	t.Helper()
	said := slices.Collect(strings.SplitSeq(text, "\n"))
	for line := range strings.SplitSeq(left, "\n") {
		for _, w := range lineBeginning {
			begins := w.FindString(line)
			if begins != "" && !slices.ContainsFunc(said, func(s string) bool { return strings.HasPrefix(s, begins) && w.MatchString(s) }) {
				t.Errorf("%q is left and begins with %q, as no line of the text does:\n%s", line, begins, text)
			}
		}
	}
}

func TestWordingsThatBeginALineAreKnownToTheTests(t *testing.T) {
	if len(lineBeginning) != 6 {
		t.Errorf("%d wordings are bound to the beginning of a line, want two reverts, the approval and the heading, and two as they are read", len(lineBeginning))
	}
}

// Every bundled text is trimmed once more in the forms in which people write the
// same words: as it stands, in one long line, after other words of its line, and
// after a comment.
func TestNoBundledTextBeginsALineAnew(t *testing.T) {
	other := strings.Repeat("Some other words. ", 12)
	approvals := 0
	eachBundledText(t, func(_, text string, keep func(string) bool) {
		if text == "" {
			return
		}
		approvals += strings.Count("\n"+text, "\nACK")
		for _, form := range []string{
			text,
			strings.ReplaceAll(text, "\n", ". "),
			strings.ReplaceAll(text, "\n", ". ") + ". " + other,
			other + strings.ReplaceAll(text, "\n", "\n"+other),
			"<!-- -->" + strings.ReplaceAll(text, "\n", "<!--\n-->"),
		} {
			checkBeginnings(t, form, Facts(form, keep))
		}
	})
	if approvals < 500 {
		t.Errorf("%d approvals looked at, want those of all bundled texts", approvals)
	}
}

// FuzzFacts holds what the rule promises for any text: every line left is a fact,
// was there before, began a line if it reads so, and stays when the rule is
// applied again.
func FuzzFacts(f *testing.F) {
	for _, seed := range []string{
		"Fixes #1\n```\nFixes #2", "<!-- -->\r\nACK 0a1b2c3", strings.Repeat("a. ", 90) + "reverts #1",
		"<!<!-- -->-- Fixes #1 -->", "caused by v1.2 " + strings.Repeat("x", 300), "**Risk**",
		strings.Repeat("a. ", 90) + "ACK. LGTM. Reverts #1. # Risk", "<!-- -->ACK", "AC<!-- -->K", ">" + strings.Repeat(" reverts #1", 30),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		facts := Facts(text, FactLine)
		if facts == "" {
			return
		}
		if again := Facts(facts, FactLine); again != facts {
			t.Errorf("%q becomes %q when the rule is applied again", facts, again)
		}
		checkBeginnings(t, text, facts)
		for line := range strings.SplitSeq(facts, "\n") {
			if !FactLine(line) {
				t.Errorf("%q is left and no fact", line)
			}
			if said := strings.TrimPrefix(line, omission+" "); !strings.Contains(uncommented(text), said) {
				t.Errorf("%q is left and was not there", line)
			}
		}
	})
}
