package script

import (
	"strings"
	"testing"
)

// TestMistakes breaks one thing in a script that is otherwise right, and wants the
// place and the thing named.
func TestMistakes(t *testing.T) {
	const head = "# Count.\nasof 2026-03-31\ncommit A 03-01T09:00\nchange 1 03-01T09:00\n"
	tests := []struct{ name, text, want string }{
		{"no hand count", "asof 2026-03-31\n", "s.txt:1: a script begins with a comment"},
		{"an empty comment", "#\nasof 2026-03-31\n", "s.txt:1: a script begins with a comment"},
		{"neither window nor as-of", "# Count.\n", "neither a window nor an asof"},
		{"an unknown verb", head + "explode A\n", `s.txt:5: no statement begins with "explode"`},
		{"too few words", head + "deploy 1 A\n", "s.txt:5: deploy needs a number, a commit, an environment, an instant"},
		{"an unknown key", head + "commit B 03-02 colour red\n", `s.txt:5: commit does not know "colour"`},
		{"a key without a value", head + "commit B 03-02 by\n", "s.txt:5: by needs a value"},
		{"a key twice", head + "commit B 03-02 by ann by bob\n", "s.txt:5: by is stated twice"},
		{"a flag twice", head + "release v1 A 03-02 draft draft\n", "s.txt:5: draft is stated twice"},
		{"an unknown commit", head + "deploy 1 B production 03-02\n", "s.txt:5: commit B is not stated above"},
		{"a commit of another repository", head + "repo a/b\ndeploy 1 A production 03-02\n", "s.txt:6: commit A is not stated above"},
		{"an unknown commit in a text", head + "commit B 03-02 body \"{C}\"\n", "s.txt:5: commit C is not stated above"},
		{"a commit twice", head + "commit A 03-02\n", "s.txt:5: commit A is stated twice"},
		{"a name that is none", head + "commit a,b 03-02\n", `s.txt:5: "a,b" names no commit`},
		{"a reserved name", head + "commit none 03-02\n", `s.txt:5: "none" names no commit`},
		{"an undated squashed commit", head + "change 2 03-01 commits c1\n", "s.txt:5: commit c1 is not stated above"},
		{"no instant", head + "commit B tomorrow\n", `s.txt:5: "tomorrow" is no instant`},
		{"a day that is not", head + "commit B 02-30\n", `s.txt:5: "02-30" is no instant`},
		{"no year known", "# Count.\ncommit A 03-01\nasof 2026-03-31\n", "s.txt:2: instant 03-01 has no year"},
		{"no duration", head + "deploy 1 A production 03-02 success +soon\n", `s.txt:5: "soon" is no duration`},
		{"durations out of order", head + "deploy 1 A production 03-02 success +5m2h\n", `s.txt:5: "5m2h" is no duration`},
		{"a status that is none", head + "deploy 1 A production 03-02 statuses done@+1m\n", `s.txt:5: status "done"`},
		{"a status without an instant", head + "deploy 1 A production 03-02 statuses success\n", "s.txt:5: statuses: \"success\""},
		{"a deployment twice", head + "deploy 1 A p 03-02\ndeploy 1 A p 03-02\n", "s.txt:6: deploy 1 is stated twice"},
		{"an id that is none", head + "deploy one A p 03-02\n", `s.txt:5: deploy "one" is no positive whole number`},
		{"an issue with a change's number", head + "issue 1 03-02\n", "s.txt:5: number 1 is stated twice"},
		{"a comment on nothing", head + "comment 2 bob@03-02 \"x\"\n", "s.txt:5: change 2 is not stated above"},
		{"a comment by nobody", head + "comment 1 bob \"x\"\n", `s.txt:5: "bob": write bob@`},
		{"a review that says nothing known", head + "review 1 bob@03-02 \"x\" state maybe\n", `s.txt:5: state "maybe"`},
		{"an unknown event", head + "event 1 eaten 03-02\n", `s.txt:5: event "eaten" is unknown`},
		{"lines that are none", head + "commit B 03-02 lines 10\n", `s.txt:5: lines "10": write +10-2`},
		{"an unknown entity", head + "gap cats derived \"w\" \"r\"\n", `s.txt:5: gap: "cats" is no kind of record`},
		{"an unknown reason", head + "gap runs lazy \"w\" \"r\"\n", `s.txt:5: gap: "lazy" is no reason`},
		{"a window turned round", "# Count.\nwindow 2026-03-12..2026-03-02\n", "s.txt:2: window"},
		{"two windows", "# Count.\nwindow 2026-03-02..2026-03-12\nwindow 2026-03-02..2026-03-12\n", "s.txt:3: window is stated twice"},
		{"a zone too late", head + "zone Europe/Berlin\n", "s.txt:5: zone stands before the window"},
		{"an unknown zone", "# Count.\nzone Mars/Base\nasof 2026-03-31\n", `s.txt:2: zone "Mars/Base" is unknown`},
		{"a repository that is none", head + "repo shop\n", `s.txt:5: repo "shop": write owner/name`},
		{"a setting without a value", head + "set source\n", "s.txt:5: set needs a name and a value"},
		{"a want of nothing", head + "want\n", "s.txt:5: want what?"},
		{"open quotes", head + "commit B 03-02 title \"open\n", "s.txt:5: quotes that do not close"},
		{"bytes that are no text", head + "commit B 03-02 title \"\xff\"\n", "s.txt:5: the line is not UTF-8"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Parse("s.txt", []byte(test.text))
			if err == nil {
				t.Fatalf("got no error, want %q", test.want)
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %q, want it to hold %q", err, test.want)
			}
		})
	}
}

func TestEveryMistakeIsReported(t *testing.T) {
	_, err := Parse("s.txt", []byte("# Count.\nasof 2026-03-31\nexplode\ncommit A tomorrow\n"))
	if err == nil || !strings.Contains(err.Error(), "s.txt:3:") || !strings.Contains(err.Error(), "s.txt:4:") {
		t.Errorf("got %v, want lines 3 and 4", err)
	}
}

func TestSettingsAreRefused(t *testing.T) {
	s := mustParse(t, "# Count.\nasof 2026-03-31\nset source tags\nset colour red\n")
	got := ""
	err := s.Apply(map[string]func([]string) error{"source": func(v []string) error { got = v[0]; return nil }})
	if err == nil || !strings.Contains(err.Error(), `test.txt:4: nothing is called "colour"`) {
		t.Errorf("got %v, want line 4 refused", err)
	}
	if got != "tags" {
		t.Errorf("source: got %q, want tags", got)
	}
}
