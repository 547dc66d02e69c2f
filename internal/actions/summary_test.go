package actions

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestSummariesFollowEachOther(t *testing.T) {
	w, r := running(t)
	for _, part := range []string{"# A\ntext", "# B\n"} {
		if err := r.Summary(part); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff("# A\ntext\n\n# B\n", w.file(t, "GITHUB_STEP_SUMMARY")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestALongSummaryEndsWhereASectionEnds(t *testing.T) {
	w, r := running(t)
	section := "## Section\n\n" + strings.Repeat("word ", 200) + "\n\n"
	if err := r.Summary("# Report\n\n" + strings.Repeat(section, 300)); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := r.Summary("# More\n"); err != nil {
			t.Fatal(err)
		}
	}
	got := w.file(t, "GITHUB_STEP_SUMMARY")
	if len(got) > 200_000 || len(got) < 190_000 {
		t.Errorf("%d bytes", len(got))
	}
	kept, ok := strings.CutSuffix(got, closing)
	if !ok || strings.Count(got, closing) != 1 {
		t.Fatalf("it ends in %q", got[len(got)-100:])
	}
	if !strings.HasSuffix(kept, section) {
		t.Errorf("the last section is not whole: %q", kept[len(kept)-100:])
	}
}

func TestNothingIsCutThatWouldStayOpen(t *testing.T) {
	for _, c := range []struct{ name, markdown, want string }{
		{"before a heading", "# A\n\na\n\n# B\n\nb\nb\n# C\n", "# A\n\na\n\n# B\n\nb\nb\n"},
		{"between paragraphs of a long section", "# A\n\naaaaa\n\nbbbbb\n\nccccc ccccc ccccc\n", "# A\n\naaaaa\n\nbbbbb\n"},
		{"not in a block of code", "a\n\n```sh\n# no heading\n\nb b b b b b b\n```\n\nc\n", "a\n"},
		{"not where a fence is longer", "a\n\n````\n```\n\n# b\n\nc c c c c c c\n````\n\nd\n", "a\n"},
		{"not in a fence of tildes", "a\n\n~~~\n```\n# b\n\n# c\n\nd d d d d d d\n~~~\n\ne\n", "a\n"},
		{"not in a folded part", "a\n\n<details><summary>b</summary>\n\n# c\n\nd\n\n</details>\n", "a\n"},
		{"not in a table", "a\n\n| b |\n|---|\n| c |\n| d |\n| e |\n", "a\n"},
		{"nowhere", "one line of more than thirty bytes\n", ""},
		{"not in a character", "ééééééééééééééééééééééééééé\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, c.markdown[:boundary(c.markdown, 30)]); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSummaryKeepsWhatTheStepWrote(t *testing.T) {
	w, r := running(t)
	before := strings.Repeat("x", 199_950) + "\n"
	if err := os.WriteFile(w.env["GITHUB_STEP_SUMMARY"], []byte(before), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := r.Summary("# A\n\n" + strings.Repeat("b", 100) + "\n"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before+closing, w.file(t, "GITHUB_STEP_SUMMARY")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSummaryRefusesWhatGitHubWouldDrop(t *testing.T) {
	w, r := running(t)
	before := strings.Repeat("x", 1<<20)
	if err := os.WriteFile(w.env["GITHUB_STEP_SUMMARY"], []byte(before), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := r.Summary("# A\n"); err == nil || !strings.Contains(err.Error(), "GitHub takes no more") {
		t.Errorf("%v", err)
	}
	if got := w.file(t, "GITHUB_STEP_SUMMARY"); got != before {
		t.Errorf("%d bytes", len(got))
	}
	w.env["GITHUB_STEP_SUMMARY"] = ""
	_, fresh := w, New(w.getenv, &w.log, nil)
	if err := fresh.Summary("# A\n"); err == nil || !strings.Contains(err.Error(), "GITHUB_STEP_SUMMARY is not set") {
		t.Errorf("%v", err)
	}
}

func FuzzSummaryIsCutSafely(f *testing.F) {
	f.Add("# A\n\n```\n# x\n```\n\n# B\n", 12)
	f.Add("<details>\n\n</details>\n\na", 20)
	f.Add("~~~~\n\xff", 3)
	f.Fuzz(func(t *testing.T, text string, most int) {
		markdown := strings.ToValidUTF8(text, "\ufffd")
		at := boundary(markdown, most)
		if at < 0 || at > max(most, 0) || at > len(markdown) {
			t.Fatalf("boundary(%q, %d) is %d", markdown, most, at)
		}
		var open nesting
		for line := range strings.Lines(markdown[:at]) {
			open.read(strings.TrimSpace(line))
		}
		if open.inside() || !utf8.ValidString(markdown[:at]) || at > 0 && markdown[at-1] != '\n' {
			t.Fatalf("%q is cut to %q", markdown, markdown[:at])
		}
	})
}
