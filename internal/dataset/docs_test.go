package dataset

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const docsFile = "../../docs/dataset.md"

// sectionsOfDocs cuts the description of the format at its second-level
// headings.
func sectionsOfDocs(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile(docsFile)
	if err != nil {
		t.Fatal(err)
	}
	cut := map[string]string{}
	for section := range strings.SplitSeq("\n"+string(text), "\n## ") {
		heading, body, _ := strings.Cut(section, "\n")
		cut[heading] = body
	}
	return cut
}

var quotedKey = regexp.MustCompile("`([A-Za-z_]+)` ?([!?]?)")

// Every key that the program reads stands in the section of its file, marked as
// mandatory where it is.
func TestDocsListEveryKey(t *testing.T) {
	sections := sectionsOfDocs(t)
	small := "milestones.jsonl, labels.jsonl, environments.jsonl"
	for _, test := range []struct {
		section string
		wire    reflect.Type
	}{
		{"repository.json", reflect.TypeFor[wireRepository]()},
		{"origin.json", reflect.TypeFor[wireOrigin]()},
		{"gaps.jsonl", reflect.TypeFor[wireGap]()},
		{"commits.jsonl", reflect.TypeFor[wireCommit]()},
		{"commits.jsonl", reflect.TypeFor[wireGitActor]()},
		{"refs.jsonl", reflect.TypeFor[wireRef]()},
		{"refs.jsonl", reflect.TypeFor[wireTag]()},
		{"pullRequests.jsonl", reflect.TypeFor[wireChange]()},
		{"pullRequests.jsonl", reflect.TypeFor[listedCommit]()},
		{"pullRequests.jsonl", reflect.TypeFor[wireReview]()},
		{"pullRequests.jsonl", reflect.TypeFor[wireComment]()},
		{"issues.jsonl", reflect.TypeFor[wireIssue]()},
		{"timelineItems", reflect.TypeFor[wireEvent]()},
		{"timelineItems", reflect.TypeFor[wireReference]()},
		{"releases.jsonl", reflect.TypeFor[wireRelease]()},
		{"releases.jsonl", reflect.TypeFor[wireAsset]()},
		{"deployments.jsonl", reflect.TypeFor[wireDeployment]()},
		{"deployments.jsonl", reflect.TypeFor[wireStatus]()},
		{"workflowRuns.jsonl", reflect.TypeFor[wireRun]()},
		{small, reflect.TypeFor[wireMilestone]()},
		{small, reflect.TypeFor[wireLabel]()},
		{small, reflect.TypeFor[wireEnvironment]()},
		{small, reflect.TypeFor[wireGate]()},
		{"workflowRuns.jsonl", reflect.TypeFor[wireDecision]()},
		{"branchProtectionRules.jsonl, rulesets.jsonl", reflect.TypeFor[wireRule]()},
		{"branchProtectionRules.jsonl, rulesets.jsonl", reflect.TypeFor[wireRuleset]()},
	} {
		listed := map[string]bool{}
		for _, m := range quotedKey.FindAllStringSubmatch(sections[test.section], -1) {
			listed[m[1]+m[2]] = true
		}
		for _, field := range fieldsOf(test.wire) {
			mark := map[string]string{"value": "!", "key": "?"}[field.need]
			if !listed[field.key+mark] {
				t.Errorf("%s: section %q does not list `%s` %s", docsFile, test.section, field.key, mark)
			}
		}
	}
}

func TestDocsListTheFilesAndTheKeptItems(t *testing.T) {
	sections := sectionsOfDocs(t)
	for _, list := range listFiles {
		if !strings.Contains(sections["Layout"], "`"+list+".jsonl`") {
			t.Errorf("%s does not list %s.jsonl", docsFile, list)
		}
	}
	kept := sections["timelineItems"][strings.Index(sections["timelineItems"], "Kept are"):]
	var listed, want []string
	for _, m := range quotedKey.FindAllStringSubmatch(kept, -1) {
		listed = append(listed, m[1])
	}
	for _, kind := range keptItems {
		want = append(want, string(kind))
	}
	if diff := cmp.Diff(want, listed); diff != "" {
		t.Errorf("kept timeline items (-program +docs):\n%s", diff)
	}
}

func TestDocsShowARealError(t *testing.T) {
	_, err := ReadFS(with("pullRequests.jsonl", `"COMMENTED"`, `"GOOD"`))
	_, message, _ := strings.Cut(err.Error(), "]")
	if !strings.Contains(sectionsOfDocs(t)["Rules"], message) {
		t.Errorf("%s does not show an error that ends in %s", docsFile, message)
	}
}
