package dataset

import (
	"maps"
	"slices"
	"strings"
	"testing/fstest"
)

// Object ids of the fixture.
var (
	one40 = strings.Repeat("1", 40)
	two40 = strings.Repeat("2", 40)
	six40 = strings.Repeat("6", 40)
)

// fixture is a valid dataset of one repository, o/r, with one or two lines in
// every list.
func fixture() fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range map[string]string{
		"repository.json": `{"owner":"o","name":"r","defaultBranchRef":"main","createdAt":"2026-01-01T00:00:00Z",
			"isPrivate":false,"url":"https://github.com/o/r","codeowners":"* @o/team\n","languages":["Go"]}`,
		"origin.json": `{"until":"2026-03-01T01:00:00+01:00","source":"a test","notes":["Made by hand."]}`,
		"commits.jsonl": `{"oid":"` + one40 + `","parents":[],"authoredDate":"2026-01-01T10:00:00Z","committedDate":"2026-01-01T11:00:00Z","messageHeadline":"Begin","author":{"name":"Ann","user":"ann","email":"ann@users.noreply.github.com"}}
{"oid":"` + two40 + `","parents":["` + one40 + `"],"authoredDate":"2026-01-02T10:00:00+02:00","committedDate":"2026-01-02T11:00:00Z","messageHeadline":"Go on","messageBody":"Fixes #9","additions":3,"deletions":1,"changedFilesIfAvailable":2}`,
		"refs.jsonl": `{"prefix":"refs/heads/","name":"main","target":"` + two40 + `"}
{"prefix":"refs/tags/","name":"v1","target":"` + one40 + `","annotated":{"tagger":{"date":"2026-01-01T12:00:00Z","name":"Ann"},"message":"One"}}`,
		"pullRequests.jsonl": `{"number":7,"title":"Go on","state":"MERGED","createdAt":"2026-01-02T09:00:00Z","updatedAt":"2026-01-02T12:00:00Z","mergedAt":"2026-01-02T11:00:00Z","closedAt":"2026-01-02T11:00:00Z","author":"bob[bot]","authorAssociation":"NONE","baseRefName":"main","headRefName":"topic","url":"https://github.com/o/r/pull/7","mergeCommit":"` + two40 + `","labels":["bug"],"milestone":4,"commits":["` + two40 + `","` + six40 + `"],"closingIssuesReferences":[9],"reviews":[{"author":"ann","state":"APPROVED","submittedAt":"2026-01-02T10:30:00Z"},{"author":null,"state":"COMMENTED","submittedAt":"2026-01-02T10:00:00Z"},{"author":"ann","state":"PENDING","submittedAt":null}],"comments":[{"author":"ann","createdAt":"2026-01-02T10:10:00Z","body":"ACK"}],"timelineItems":[{"__typename":"LabeledEvent","createdAt":"2026-01-02T09:30:00Z","actor":"ann","label":{"name":"bug"}},{"__typename":"HeadRefForcePushedEvent","createdAt":"2026-01-02T09:20:00Z"},{"__typename":"ReviewRequestedEvent","createdAt":"2026-01-02T09:10:00Z","requestedReviewer":"ann"}]}`,
		"issues.jsonl":       `{"number":9,"title":"Broken","state":"CLOSED","stateReason":"COMPLETED","createdAt":"2026-01-01T13:00:00Z","updatedAt":"2026-01-02T12:00:00Z","closedAt":"2026-01-02T11:00:00Z","author":null,"authorAssociation":"NONE","url":"https://github.com/o/r/issues/9","issueType":"Bug","timelineItems":[{"__typename":"CrossReferencedEvent","createdAt":"2026-01-02T09:00:00Z","source":{"__typename":"PullRequest","number":7,"repository":"o/r"}}]}`,
		"releases.jsonl":     `{"tagName":"v1","createdAt":"2026-01-01T12:00:00Z","publishedAt":"2026-01-01T14:00:00Z","isDraft":false,"isPrerelease":false,"url":"https://github.com/o/r/releases/tag/v1","tagCommit":"` + one40 + `","releaseAssets":[{"name":"r.tgz","downloadCount":5,"size":3000000000}]}`,
		"deployments.jsonl":  `{"databaseId":4294967296,"createdAt":"2026-01-01T15:00:00Z","updatedAt":"2026-01-01T15:05:00Z","environment":"production","commitOid":"` + one40 + `","state":"INACTIVE","payload":{"a": 1},"statuses":[{"state":"SUCCESS","createdAt":"2026-01-01T15:05:00Z"},{"state":"QUEUED","createdAt":"2026-01-01T15:00:00Z"}]}`,
		"workflowRuns.jsonl": `{"databaseId":4294967297,"commitOid":"` + one40 + `","createdAt":"2026-01-01T11:00:00Z","updatedAt":"2026-01-01T11:09:00Z","event":"push","runNumber":1,"workflow":{"name":"ci"},"status":"COMPLETED","conclusion":"SUCCESS"}`,
		"milestones.jsonl":   `{"number":4,"title":"1.0","state":"OPEN","createdAt":"2026-01-01T00:00:00Z","dueOn":"2026-02-01T00:00:00Z","closedAt":null}`,
		"labels.jsonl": `{"name":"feature","color":"00ff00"}
{"name":"bug","color":"ff0000","description":null}`,
		"environments.jsonl": `{"name":"staging"}
{"name":"production","protectionRules":[]}`,
		"branchProtectionRules.jsonl": `{"pattern":"main","requiresApprovingReviews":true,"requiredApprovingReviewCount":1}`,
		"rulesets.jsonl":              `{"name":"all","enforcement":"ACTIVE","target":"BRANCH","rules":[{"type":"DELETION"}]}`,
		"gaps.jsonl":                  `{"entity":"changes","field":"base","reason":"derived","why":"It is.","remedy":"Collect."}`,
		"source.md":                   "By hand.\n",
		"x_more.jsonl.gz":             "not gzip and never read",
	} {
		fsys["o/r/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// with returns the fixture with one thing replaced in one of its files.
func with(name, old, new string) fstest.MapFS {
	fsys := fixture()
	file := fsys["o/r/"+name]
	if strings.Count(string(file.Data), old) == 0 {
		panic(name + " does not hold " + old)
	}
	file.Data = []byte(strings.Replace(string(file.Data), old, new, 1))
	return fsys
}

// names lists the fixture's files in order.
func names(fsys fstest.MapFS) []string { return slices.Sorted(maps.Keys(fsys)) }
