package history

import (
	"errors"
	"strings"
	"testing"
)

func TestDamageIsNamed(t *testing.T) {
	const commits = "a/b/commits/2026-08.jsonl"
	const first = `{"oid":"01","committedAt":"2026-08-01T00:00:00Z"}` + "\n"
	tests := []struct{ name, file, data, want string }{
		{"bad JSON", commits, first + `{"oid":"02",,}` + "\n",
			commits + `:2: not JSON at byte 13: invalid character ',' at start of value; remove the line or collect again`},
		{"a line cut short", commits, first + `{"oid":"02","headl` + "\n",
			commits + `:2: truncated record: the line ends inside it; remove the line or collect again`},
		{"a file cut short", commits, first + `{"oid":"02","headl`,
			commits + `:2: truncated record: the file ends before the line does; remove the line or collect again`},
		{"a file cut at the end of a record", commits, first + strings.TrimSuffix(first, "\n"),
			commits + `:2: truncated record: the file ends before the line does; remove the line or collect again`},
		{"an empty file", commits, "",
			commits + `:1: the file is empty; remove the line or collect again`},
		{"an empty line", commits, first + "\n" + first,
			commits + `:2: empty line: want a record; remove the line or collect again`},
		{"an unknown field", commits, first + `{"oid":"02","commitedAt":"2026-08-02T00:00:00Z"}` + "\n",
			commits + `:2: unknown field "commitedAt"; remove the line or collect again`},
		{"a field in the wrong case", commits, `{"OID":"02"}` + "\n",
			commits + `:1: unknown field "OID"; remove the line or collect again`},
		{"a field twice", commits, `{"oid":"02","oid":"03"}` + "\n",
			commits + `:1: field "oid" is there twice; remove the line or collect again`},
		{"text that is not UTF-8", commits, "{\"oid\":\"\xff\"}\n",
			commits + `:1: not JSON at byte 9: invalid UTF-8; remove the line or collect again`},
		{"a wrong type", commits, `{"oid":7}` + "\n",
			commits + `:1: field "oid": a number where a string was expected; remove the line or collect again`},
		{"a wrong type deep inside", "a/b/changes/2026-08.jsonl", `{"number":1,"reviews":[{},{"at":true}]}` + "\n",
			`a/b/changes/2026-08.jsonl:1: field "reviews[1].at": true where an instant was expected; remove the line or collect again`},
		{"no time beside an escape", commits, `{"headline":"\u0041","oid":"01","committedAt":7}` + "\n",
			commits + `:1: field "committedAt": a number where an instant was expected; remove the line or collect again`},
		{"a bad time beside an escape", commits, `{"headline":"\u0041","oid":"01","committedAt":"yesterday"}` + "\n",
			commits + `:1: field "committedAt": parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006"; remove the line or collect again`},
		{"text for a number", "a/b/changes/2026-08.jsonl", `{"number":"1"}` + "\n",
			`a/b/changes/2026-08.jsonl:1: field "number": a string where a whole number was expected; remove the line or collect again`},
		{"text for a list", "a/b/changes/2026-08.jsonl", `{"labels":"bug"}` + "\n",
			`a/b/changes/2026-08.jsonl:1: field "labels": a string where a list was expected; remove the line or collect again`},
		{"an object for a switch", "a/b/changes/2026-08.jsonl", `{"draft":{}}` + "\n",
			`a/b/changes/2026-08.jsonl:1: field "draft": an object where true or false was expected; remove the line or collect again`},
		{"null for a record", commits, "null\n",
			commits + `:1: unusable record: oid is missing; remove the line or collect again`},
		{"a fraction for a number", "a/b/changes/2026-08.jsonl", `{"number":1.5}` + "\n",
			`a/b/changes/2026-08.jsonl:1: field "number": invalid syntax; remove the line or collect again`},
		{"a number that is too large", "a/b/changes/2026-08.jsonl", `{"number":9223372036854775808}` + "\n",
			`a/b/changes/2026-08.jsonl:1: field "number": value out of range; remove the line or collect again`},
		{"no time", commits, `{"oid":"01","committedAt":"yesterday"}` + "\n",
			commits + `:1: field "committedAt": parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006"; remove the line or collect again`},
		{"a list for a record", commits, "[]\n",
			commits + `:1: record: a list where an object was expected; remove the line or collect again`},
		{"two records on a line", commits, `{"oid":"01"}{"oid":"02"}` + "\n",
			commits + `:1: not JSON at byte 13: invalid character '{' after top-level value; remove the line or collect again`},
		{"a record without its key", commits, `{"committedAt":"2026-08-01T00:00:00Z"}` + "\n",
			commits + `:1: unusable record: oid is missing; remove the line or collect again`},
		{"a word of ours misspelt", "a/b/refs.jsonl", `{"kind":"tags","name":"v1","target":"01"}` + "\n",
			`a/b/refs.jsonl:1: unusable record: kind is "tags", want one of ["branch" "tag"]; remove the line or collect again`},
		{"another month", commits, `{"oid":"01","committedAt":"2026-09-01T00:00:00Z"}` + "\n",
			commits + `:1: record of another month: it belongs in 2026-09.jsonl; remove the line or collect again`},
		{"a record twice in a file", commits, first + first,
			commits + `:2: duplicate record: "01" is already in a/b/commits/2026-08.jsonl:1; remove one of the two`},
		{"a record twice in two files", "a/b/changes/2026-08.jsonl", `{"number":3,"state":"OPEN","createdAt":"2026-08-01T00:00:00Z"}` + "\n" + `{"number":1,"state":"OPEN","createdAt":"2026-08-01T00:00:00Z"}` + "\n",
			`a/b/changes/2026-08.jsonl:2: duplicate record: "1" is already in a/b/changes/2026-07.jsonl:1; remove one of the two`},
		{"a record twice in the second file", "a/b/changes/2026-08.jsonl", `{"number":3,"state":"OPEN","createdAt":"2026-08-01T00:00:00Z"}` + "\n" + `{"number":4,"state":"OPEN","createdAt":"2026-08-01T00:00:00Z"}` + "\n" + `{"number":4,"state":"OPEN","createdAt":"2026-08-01T00:00:00Z"}` + "\n",
			`a/b/changes/2026-08.jsonl:3: duplicate record: "4" is already in a/b/changes/2026-08.jsonl:2; remove one of the two`},
		{"a line that is too long", commits, `{"oid":"` + strings.Repeat("0", MaxLine) + "\"}\n",
			commits + `:1: line too long: a record has at most 16 MiB; remove the line or collect again`},
		{"the name of another repository", "a/b/repository.json", "{\n\"name\": \"a/c\"\n}\n",
			`a/b/repository.json: repository "a/c" in the folder of "a/b"; name the folder as the repository`},
		{"a damaged repository", "a/b/repository.json", "{\n\"name\": \"a/b\",\n\"labels\": [7]\n}\n",
			`a/b/repository.json:3: field "labels[0]": a number where an object was expected; mend it or collect again`},
		{"a repository cut short", "a/b/repository.json", "{\n\"name\": \"a/b\",\n",
			`a/b/repository.json:2: truncated record: the line ends inside it; mend it or collect again`},
		{"an empty origin", "a/b/origin.json", "",
			`a/b/origin.json: the file is empty; collect again`},
		{"an origin that says no instant", "a/b/origin.json", `{"source":"x"}`,
			`a/b/origin.json: unusable record: until is missing; mend it or collect again`},
		{"a folder that is no kind", "a/b/comits/2026-08.jsonl", first,
			`a/b/comits/2026-08.jsonl: not part of a repository's history: want one of repository.json, origin.json, commits/, refs.jsonl, changes/, issues/, releases/, deployments/, runs/, milestones/, controls.jsonl, gaps.jsonl, records/; move it elsewhere`},
		{"a month that is none", "a/b/commits/2026-13.jsonl", first,
			`a/b/commits/2026-13.jsonl: not a month: want a name like 2026-08.jsonl; move it elsewhere`},
		{"a month among the files without", "a/b/refs/2026-08.jsonl", first,
			`a/b/refs/2026-08.jsonl: not part of a repository's history: want one of repository.json, origin.json, commits/, refs.jsonl, changes/, issues/, releases/, deployments/, runs/, milestones/, controls.jsonl, gaps.jsonl, records/; move it elsewhere`},
		{"a name that is no repository's", "a b/c/refs.jsonl", first,
			`a b/c/refs.jsonl: "a b/c" is not a repository name; want owner/name in GitHub's alphabet; move it elsewhere`},
		{"a name that would break a log", "a/\x1b[31m/refs.jsonl", first,
			`"a/\x1b[31m/refs.jsonl": "a/\x1b[31m" is not a repository name; want owner/name in GitHub's alphabet; move it elsewhere`},
		{"a folder that is no repository's", "a/file.txt", first,
			`a/file.txt: not part of a history: want <owner>/<name>/ folders below history.json; move it elsewhere`},
		{"a newer version", "history.json", "{\n\"format\":\"shipshape-history\",\n\"version\":2,\"new\":[]}",
			`history.json:3: written by a newer Shipshape (version 2, this one reads up to 1); upgrade`},
		{"a version that never was", "history.json", `{"format":"shipshape-history"}`,
			`history.json: there is no version 0; want {"format": "shipshape-history", "version": 1}`},
		{"an unknown field of the mark", "history.json", `{"format":"shipshape-history","version":1,"x":1}`,
			`history.json:1: unknown field "x"; mend it or collect again`},
		{"another program's file", "history.json", `{"entries":[]}`,
			`history.json: not a Shipshape history: format is ""; want {"format": "shipshape-history", "version": 1}`},
		{"a damaged mark", "history.json", "{\n\n?",
			`history.json:3: not JSON at byte 4: invalid character '?' at start of value; want {"format": "shipshape-history", "version": 1}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := small()
			files[test.file] = test.data
			_, err := ReadFS(asFS(files))
			wantMessage(t, err, test.want)
			var wrong *FileError
			if !errors.As(err, &wrong) || wrong.Path != test.file {
				t.Errorf("%#v is not a FileError about %s", err, test.file)
			}
		})
	}
}
