package dataset

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// Each case breaks one thing in the valid fixture.
func TestErrorsNameFileLineFieldAndWhatWasExpected(t *testing.T) {
	for _, test := range []struct {
		name, file, old, new string
		want                 string
	}{
		{"unknown key", "labels.jsonl", `"color":"ff0000"`, `"color":"ff0000","colour":""`,
			`o/r/labels.jsonl:2: colour: unknown key, want one of name, color, description, or a remark that begins with x_`},
		{"key in other letters", "labels.jsonl", `"name":"bug"`, `"Name":"bug"`,
			`o/r/labels.jsonl:2: Name: unknown key, want one of name, color, description, or a remark that begins with x_`},
		{"unknown nested key", "refs.jsonl", `"date"`, `"when"`,
			`o/r/refs.jsonl:2: annotated.tagger.when: unknown key, want one of date, name, or a remark that begins with x_`},
		{"missing key", "commits.jsonl", `"parents":["` + one40 + `"],`, ``,
			`o/r/commits.jsonl:2: parents: missing, want a list`},
		{"missing nested key", "pullRequests.jsonl", `"state":"APPROVED",`, ``,
			`o/r/pullRequests.jsonl:1: reviews[0].state: missing, want a string`},
		{"mandatory key null", "issues.jsonl", `"number":9`, `"number":null`,
			`o/r/issues.jsonl:1: number: null, want a whole number from 0`},
		{"author left out", "issues.jsonl", `"author":null,`, ``,
			`o/r/issues.jsonl:1: author: missing, want a login`},
		{"key twice", "labels.jsonl", `"name":"bug"`, `"name":"bug","name":"bug"`,
			`o/r/labels.jsonl:2: name: the key a second time, want each key once`},
		{"text for a number", "issues.jsonl", `"number":9`, `"number":"9"`,
			`o/r/issues.jsonl:1: number: "9", want a whole number from 0`},
		{"fraction", "issues.jsonl", `"number":9`, `"number":9.5`,
			`o/r/issues.jsonl:1: number: 9.5, want a whole number from 0`},
		{"negative", "commits.jsonl", `"additions":3`, `"additions":-3`,
			`o/r/commits.jsonl:2: additions: -3, want a whole number from 0`},
		{"number for a text", "labels.jsonl", `"bug"`, `1`,
			`o/r/labels.jsonl:2: name: 1, want a string`},
		{"text for a truth value", "repository.json", `"isPrivate":false`, `"isPrivate":"no"`,
			`o/r/repository.json: isPrivate: "no", want true or false`},
		{"object for a list", "commits.jsonl", `"parents":[]`, `"parents":{}`,
			`o/r/commits.jsonl:1: parents: an object, want a list`},
		{"list for an object", "refs.jsonl", `{"date":"2026-01-01T12:00:00Z","name":"Ann"}`, `["Ann"]`,
			`o/r/refs.jsonl:2: annotated.tagger: a list, want an object`},
		{"null in a list", "pullRequests.jsonl", `["bug"]`, `["bug",null]`,
			`o/r/pullRequests.jsonl:1: labels[1]: null, want no empty places in a list`},
		{"date without time", "milestones.jsonl", `"2026-02-01T00:00:00Z"`, `"2026-02-01"`,
			`o/r/milestones.jsonl:1: dueOn: "2026-02-01", want an instant like 2026-08-18T15:08:13Z`},
		{"short object id", "refs.jsonl", `"target":"` + one40, `"target":"1111111`,
			`o/r/refs.jsonl:2: target: "1111111", want an object id of 40 or 64 lower-case hexadecimal digits`},
		{"object id of a listed commit", "pullRequests.jsonl", six40, strings.ToUpper(six40[:39] + "a"),
			`o/r/pullRequests.jsonl:1: commits[1]: "` + six40[:39] + `A", want an object id of 40 or 64 lower-case hexadecimal digits`},
		{"login with a space", "pullRequests.jsonl", `"author":"bob[bot]"`, `"author":"Bob B"`,
			`o/r/pullRequests.jsonl:1: author: "Bob B", want a login`},
		{"long value", "milestones.jsonl", `"OPEN"`, `["` + strings.Repeat("x", 61) + `"]`,
			`o/r/milestones.jsonl:1: state: a list, want a string`},
		{"state of a pull request", "pullRequests.jsonl", `"MERGED"`, `"DONE"`,
			`o/r/pullRequests.jsonl:1: state: "DONE", want one of CLOSED, MERGED, OPEN`},
		{"state of a review", "pullRequests.jsonl", `"COMMENTED"`, `"GOOD"`,
			`o/r/pullRequests.jsonl:1: reviews[1].state: "GOOD", want one of APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED, PENDING`},
		{"review without a time", "pullRequests.jsonl", `"2026-01-02T10:30:00Z"`, `null`,
			`o/r/pullRequests.jsonl:1: reviews[0].submittedAt: null, want an instant: only a pending review has none`},
		{"merged at no time", "pullRequests.jsonl", `"mergedAt":"2026-01-02T11:00:00Z",`, ``,
			`o/r/pullRequests.jsonl:1: mergedAt: nothing, want the instant at which a pull request in state MERGED was merged`},
		{"closed at no time", "pullRequests.jsonl", `"state":"MERGED","createdAt":"2026-01-02T09:00:00Z","updatedAt":"2026-01-02T12:00:00Z","mergedAt":"2026-01-02T11:00:00Z","closedAt":"2026-01-02T11:00:00Z"`,
			`"state":"CLOSED","createdAt":"2026-01-02T09:00:00Z","updatedAt":"2026-01-02T12:00:00Z"`,
			`o/r/pullRequests.jsonl:1: closedAt: nothing, want the instant at which a pull request in state CLOSED was closed`},
		{"issue closed at no time", "issues.jsonl", `"closedAt":"2026-01-02T11:00:00Z"`, `"closedAt":null`,
			`o/r/issues.jsonl:1: closedAt: nothing, want the instant at which an issue in state CLOSED was closed`},
		{"state of an issue", "issues.jsonl", `"CLOSED"`, `"DONE"`,
			`o/r/issues.jsonl:1: state: "DONE", want one of CLOSED, OPEN`},
		{"unknown timeline item", "pullRequests.jsonl", `"HeadRefForcePushedEvent"`, `"PushedEvent"`,
			`o/r/pullRequests.jsonl:1: timelineItems[1].__typename: "PushedEvent", want a type of timeline item in GitHub's schema`},
		{"state of a status", "deployments.jsonl", `"SUCCESS"`, `"ACTIVE"`,
			`o/r/deployments.jsonl:1: statuses[0].state: "ACTIVE", want one of ERROR, FAILURE, INACTIVE, IN_PROGRESS, PENDING, QUEUED, SUCCESS, WAITING`},
		{"id beyond 64 bits", "deployments.jsonl", `4294967296`, `9223372036854775808`,
			`o/r/deployments.jsonl:1: databaseId: 9223372036854775808, want a whole number from 0`},
		{"prefix", "refs.jsonl", `refs/tags/`, `refs/pull/`,
			`o/r/refs.jsonl:2: prefix: "refs/pull/", want one of refs/heads/, refs/tags/`},
		{"state of a milestone", "milestones.jsonl", `"OPEN"`, `"open"`,
			`o/r/milestones.jsonl:1: state: "open", want one of CLOSED, OPEN`},
		{"enforcement", "rulesets.jsonl", `"ACTIVE"`, `"ON"`,
			`o/r/rulesets.jsonl:1: enforcement: "ON", want one of ACTIVE, DISABLED, EVALUATE`},
		{"type of an environment's rule", "environments.jsonl", `"protectionRules":[]`, `"protectionRules":[{"type":"MOON"}]`,
			`o/r/environments.jsonl:2: protectionRules[0].type: "MOON", want one of BRANCH_POLICY, REQUIRED_REVIEWERS, WAIT_TIMER`},
		{"parameters of a rule", "rulesets.jsonl", `{"type":"DELETION"}`, `{"type":"DELETION","parameters":[1]}`,
			`o/r/rulesets.jsonl:1: rules[0].parameters: something else, want an object with the parameters of DELETION`},
		{"state of a deployment review", "workflowRuns.jsonl", `"event":"push"`, `"event":"push","deploymentReviews":[{"state":"MAYBE"}]`,
			`o/r/workflowRuns.jsonl:1: deploymentReviews[0].state: "MAYBE", want one of APPROVED, REJECTED`},
		{"setting of a protection rule", "branchProtectionRules.jsonl", `"requiredApprovingReviewCount":1`, `"requiredApprovingReviewCount":true`,
			`o/r/branchProtectionRules.jsonl:1: requiredApprovingReviewCount: true, want a whole number from 0`},
		{"run without workflow", "workflowRuns.jsonl", `"workflow":{"name":"ci"},`, ``,
			`o/r/workflowRuns.jsonl:1: workflow: missing, want an object`},
		{"gap of no entity", "gaps.jsonl", `"changes"`, `"pullRequests"`,
			`o/r/gaps.jsonl:1: entity: "pullRequests", want one of changes, commits, controls, deployments, issues, milestones, refs, releases, repository, runs`},
		{"gap of no field", "gaps.jsonl", `"base"`, `"author_login"`,
			`o/r/gaps.jsonl:1: field: "author_login", want one of number, title, url, state, draft, author, authorAssociation, createdAt, updatedAt, closedAt, mergedAt, mergedBy, base, head, headOid, mergeCommit, body, labels, milestone, assignees, additions, deletions, files, commits, reviews, comments, events, closesIssues, threads`},
		{"gap without reason", "gaps.jsonl", `"derived"`, `"guessed"`,
			`o/r/gaps.jsonl:1: reason: "guessed", want one of absent, derived, forbidden, not reached, truncated, unsupported`},
		{"gap after an instant, of another reason", "gaps.jsonl", `"derived"`, `"derived","after":"2026-08-04T21:17:14Z"`,
			`o/r/gaps.jsonl:1: reason: "derived", want not reached beside after and before`},
		{"gap before an instant, of another reason", "gaps.jsonl", `"derived"`, `"derived","before":"2026-08-04T21:17:14Z"`,
			`o/r/gaps.jsonl:1: reason: "derived", want not reached beside after and before`},
		{"gap after no instant", "gaps.jsonl", `"derived"`, `"not reached","after":"August"`,
			`o/r/gaps.jsonl:1: after: "August", want an instant like 2026-08-18T15:08:13Z`},
		{"origin without instant", "origin.json", `"until":"2026-03-01T01:00:00+01:00",`, ``,
			`o/r/origin.json: until: missing, want an instant like 2026-08-18T15:08:13Z`},
		{"same record twice", "labels.jsonl", `"bug"`, `"feature"`,
			`o/r/labels.jsonl:2: feature a second time, it is on line 1 too, want each record once`},
		{"empty line", "labels.jsonl", "\n", "\n\n",
			`o/r/labels.jsonl:2: the end of the line inside a value, want a whole JSON object`},
		{"cut line", "labels.jsonl", `,"description":null}`, `,"descr`,
			`o/r/labels.jsonl:2: the end of the line inside a value, want a whole JSON object`},
		{"no JSON", "labels.jsonl", `{"name":"bug"`, `{name:"bug"`,
			`o/r/labels.jsonl:2: not JSON (invalid character 'n'), want a JSON object`},
		{"null for a record", "environments.jsonl", `{"name":"staging"}`, `null`,
			`o/r/environments.jsonl:1: null, want an object`},
		{"list for a record", "environments.jsonl", `{"name":"staging"}`, `[]`,
			`o/r/environments.jsonl:1: a list, want an object`},
		{"two records on a line", "environments.jsonl", `{"name":"staging"}`, `{"name":"staging"} {"name":"test"}`,
			`o/r/environments.jsonl:1: more after the object, want one object`},
		{"another repository", "repository.json", `"name":"r"`, `"name":"s"`,
			`o/r/repository.json: repository o/s, want the one its folder names`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := ReadFS(with(test.file, test.old, test.new))
			checkError(t, err, test.want)
		})
	}
}

// checkError compares the message of an error of type *Error.
func checkError(t *testing.T, err error, want string) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("error %v of type %T, want %s", err, err, want)
	}
	if err.Error() != want {
		t.Errorf("error\n%s\nwant\n%s", err, want)
	}
}

func TestFilesThatNobodyWouldReadAreErrors(t *testing.T) {
	for _, test := range []struct {
		name string
		add  string
		want string
	}{
		{"slip of the pen", "o/r/commit.jsonl", `o/r/commit.jsonl: an unknown file, want one that docs/dataset.md lists`},
		{"other compression", "o/r/commits.jsonl.zst", `o/r/commits.jsonl.zst: an unknown file, want one that docs/dataset.md lists`},
		{"no extension", "o/r/commits", `o/r/commits: an unknown file, want one that docs/dataset.md lists`},
		{"plain and compressed", "o/r/commits.jsonl.gz", `o/r/commits.jsonl.gz: a second file of the same list, want it plain or compressed, not both`},
		{"too far up", "o/commits.jsonl", `o/commits.jsonl: a file, want only folders owner/name above the data`},
		{"folder too many", "o/r/more/commits.jsonl", `o/r/more: an unknown file, want one that docs/dataset.md lists`},
	} {
		t.Run(test.name, func(t *testing.T) {
			fsys := fixture()
			fsys[test.add] = &fstest.MapFile{Data: []byte("{}\n")}
			_, err := ReadFS(fsys)
			checkError(t, err, test.want)
		})
	}
}

func TestFolderWithoutRepositoryFileIsAnError(t *testing.T) {
	fsys := fixture()
	delete(fsys, "o/r/repository.json")
	_, err := ReadFS(fsys)
	checkError(t, err, `o/r/repository.json: no such file, want it in every repository's folder`)
}

func TestEmptyDatasetIsAnError(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "README.md"), []byte("Nothing yet.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := Read(dir)
	want := "dataset " + dir + ": no repository: want folders owner/name"
	if err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
	if _, err := Read(filepath.Join(dir, "nowhere")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v, want one that says the folder does not exist", err)
	}
}

func TestDamagedCompressionIsAnError(t *testing.T) {
	fsys := fixture()
	whole, err := pack(bytes.Repeat(fsys["o/r/refs.jsonl"].Data, 50))
	if err != nil {
		t.Fatal(err)
	}
	delete(fsys, "o/r/refs.jsonl")
	fsys["o/r/refs.jsonl.gz"] = &fstest.MapFile{Data: []byte("{}")}
	_, err = ReadFS(fsys)
	checkError(t, err, `o/r/refs.jsonl.gz: no gzip header, want a file compressed with gzip`)

	fsys["o/r/refs.jsonl.gz"].Data = whole[:len(whole)-12]
	if _, err := ReadFS(fsys); err == nil || !strings.HasPrefix(err.Error(), "o/r/refs.jsonl.gz") {
		t.Errorf("error %v for a file cut in the middle, want one that names it", err)
	}
}

func TestLineWithoutEndIsRefused(t *testing.T) {
	fsys := fixture()
	fsys["o/r/labels.jsonl"].Data = bytes.Repeat([]byte("x"), maxLine+1)
	_, err := ReadFS(fsys)
	checkError(t, err, `o/r/labels.jsonl:1: more than 16777216 bytes, want a shorter line`)
}
