package git

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/shipshape-report/shipshape"
)

// commits reads the commits below the roots, which must all be there.
func (r *repo) commits(roots ...shipshape.OID) Commits {
	r.t.Helper()
	found, err := r.open().Commits(r.t.Context(), roots)
	if err != nil {
		r.t.Fatal(err)
	}
	return found
}

// second is an instant of a repo, as git was told it.
func second(n int) time.Time { return time.Unix(int64(start+n), 0).UTC() }

func TestCommitsHaveParentsInOrder(t *testing.T) {
	r := newRepo(t)
	a := r.commit("a")
	b, c, d := r.commit("b", a), r.commit("c", a), r.commit("d", a)
	octopus := r.commit("octopus\n\nof three\n", d, b, c)
	r.commit("elsewhere", a)
	want := []shipshape.Commit{
		{OID: a, Headline: "a"},
		{OID: b, Headline: "b", Parents: []shipshape.OID{a}},
		{OID: c, Headline: "c", Parents: []shipshape.OID{a}},
		{OID: d, Headline: "d", Parents: []shipshape.OID{a}},
		{OID: octopus, Headline: "octopus", Body: "of three", Parents: []shipshape.OID{d, b, c}},
	}
	for i := range want {
		want[i].AuthoredAt, want[i].CommittedAt = second(i+1), second(i+1)
		want[i].Author, want[i].AuthorName = "ann", "Ann Lee"
	}
	got := r.commits(octopus, b)
	if diff := cmp.Diff(Commits{Commits: want}, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("commits (-want +got):\n%s", diff)
	}
}

func TestCommitsHaveTheirMessages(t *testing.T) {
	for _, tt := range []struct{ name, message, headline, body string }{
		{"empty", "", "", ""},
		{"control characters", "a\x01\x1b[31m\tb\n\n\x7f\n", "a\x01\x1b[31m\tb", "\x7f"},
		{"what git might take for an end", "commit 1\n\ncommit 2\nParents: x\n\x1e\n", "commit 1", "commit 2\nParents: x\n\x1e"},
		{"emoji", "ship 🚢\n", "ship 🚢", ""},
		{"Windows", "a\r\n\r\nb\r\n", "a", "b"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRepo(t)
			got := r.commits(r.commit(tt.message)).Commits
			if len(got) != 1 || got[0].Headline != tt.headline || got[0].Body != tt.body {
				t.Errorf("got %+v, want %q and %q", got, tt.headline, tt.body)
			}
		})
	}
}

// rawCommit writes a commit as some tool might have left it.
func (r *repo) rawCommit(header string) shipshape.OID {
	r.t.Helper()
	return r.object("commit", "tree "+r.git("", "mktree")+"\n"+header)
}

func TestCommitsOfOtherTools(t *testing.T) {
	const ann, bob = "author Ann <ann@example.com> 1767225600 +0000\n", "committer Bob <bob@example.com> 1767225660 -0930\n"
	authored, committed := second(0), second(60)
	for _, tt := range []struct {
		name, header string
		want         shipshape.Commit
		email        string
	}{
		{"Latin-1", "author \xc9mile <e@example.com> 1767225600 +0000\n" + bob + "encoding ISO-8859-1\n\ncaf\xe9\n",
			shipshape.Commit{AuthorName: "Émile", Headline: "café", AuthoredAt: authored, CommittedAt: committed}, "e@example.com"},
		{"no UTF-8", "author \xc9mile <ann@example.com> 1767225600 +0000\n" + bob + "\ncaf\xe9\n",
			shipshape.Commit{AuthorName: "\uFFFDmile", Headline: "caf\uFFFD", AuthoredAt: authored, CommittedAt: committed}, "ann@example.com"},
		{"NUL in the message", ann + bob + "\na\x00b\n",
			shipshape.Commit{AuthorName: "Ann", Headline: "a", AuthoredAt: authored, CommittedAt: committed}, "ann@example.com"},
		{"no address", "author Ann <> 1767225600 +0000\n" + bob + "\na\n",
			shipshape.Commit{AuthorName: "Ann", Headline: "a", AuthoredAt: authored, CommittedAt: committed}, ""},
		{"no author", "author\n" + bob + "\na\n",
			shipshape.Commit{Headline: "a", CommittedAt: committed}, ""},
		{"a year of nine digits", "author Ann <ann@example.com> 99999999999999999 +0000\n" + bob + "\na\n",
			shipshape.Commit{AuthorName: "Ann", Headline: "a", CommittedAt: committed}, "ann@example.com"},
		{"1970", "author Ann <ann@example.com> 0 +0000\n" + bob + "\na\n",
			shipshape.Commit{AuthorName: "Ann", Headline: "a", AuthoredAt: time.Unix(0, 0).UTC(), CommittedAt: committed}, "ann@example.com"},
		{"an app", "author dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com> 1767225600 +0000\n" + bob + "\na\n",
			shipshape.Commit{Author: "dependabot[bot]", AuthorName: "dependabot[bot]", Headline: "a", AuthoredAt: authored, CommittedAt: committed}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRepo(t)
			o := r.rawCommit(tt.header)
			tt.want.OID = o
			want := Commits{Commits: []shipshape.Commit{tt.want}}
			if tt.email != "" {
				want.Emails = map[shipshape.OID]string{o: tt.email}
			}
			if diff := cmp.Diff(want, r.commits(o), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("commits (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCommitsAreGitHubsNotTheClones(t *testing.T) {
	r := newRepo(t)
	a := r.commit("a")
	b := r.commit("b", a)
	other := r.commit("other")
	r.git("", "replace", string(b), string(other))
	r.git("", "config", "log.showSignature", "true")
	r.git("", "config", "log.date", "relative")
	r.git("", "config", "core.fsmonitor", "false; touch "+r.dir+"/started")
	r.git("", "config", "i18n.logOutputEncoding", "UTF-16")
	got := r.commits(b).Commits
	if len(got) != 2 || got[1].OID != b || got[1].Headline != "b" || !slices.Equal(got[1].Parents, []shipshape.OID{a}) {
		t.Errorf("got %+v", got)
	}
}

func TestCommitsNameTheRootsThatAreMissing(t *testing.T) {
	r := newRepo(t)
	a := r.commit("a")
	blob := r.object("blob", "x")
	annotated := r.tag("v1", a, "v1")
	missing := shipshape.OID(strings.Repeat("ab", 20))
	bad := []shipshape.OID{"", "main", "--all", "HEAD", "v1", a[:12], shipshape.OID(strings.ToUpper(string(a))),
		shipshape.OID(strings.Repeat("ab", 32)), a + "^", "^" + a}
	roots := append([]shipshape.OID{missing, a, blob, a, missing, annotated}, bad...)
	got := r.commits(roots...)
	if len(got.Commits) != 1 || got.Commits[0].OID != a {
		t.Errorf("got the commits %+v, want that of a only", got.Commits)
	}
	want := append([]shipshape.OID{missing, blob, annotated}, bad...)
	if diff := cmp.Diff(want, got.Missing); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
}

func TestCommitsOfNoRootAreNone(t *testing.T) {
	r := newRepo(t)
	r.ref("refs/heads/main", r.commit("a"))
	if got := r.commits(); len(got.Commits) != 0 || len(got.Missing) != 0 {
		t.Errorf("got %+v, want nothing: not the branch that is checked out", got)
	}
	if got := r.commits("nothing"); len(got.Commits) != 0 || len(got.Missing) != 1 {
		t.Errorf("got %+v, want no commit and one missing root", got)
	}
}

func TestCommitsOfAnyKindOfCloneAreEqual(t *testing.T) {
	r := newRepo(t)
	r.git("", "commit", "-q", "--allow-empty", "-m", "a")
	if err := writeFile(r.dir+"/file", "text"); err != nil {
		t.Fatal(err)
	}
	r.git("", "add", "file")
	r.git("", "commit", "-q", "-m", "b")
	head := shipshape.OID(r.git("", "rev-parse", "HEAD"))
	r.ref("refs/heads/side", r.commit("c", head))
	side := shipshape.OID(r.git("", "rev-parse", "side"))
	missing := shipshape.OID(strings.Repeat("ab", 20))
	want := r.commits(head, side, missing)
	if len(want.Commits) != 3 || len(want.Missing) != 1 {
		t.Fatalf("got %+v", want)
	}
	for _, args := range [][]string{{"--bare"}, {"--filter=tree:0", "--no-checkout"}, {"--filter=tree:0", "--bare"}, {"--filter=blob:none"}, {"--mirror"}} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			if diff := cmp.Diff(want, r.clone(args...).commits(head, side, missing)); diff != "" {
				t.Errorf("commits (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLogThatIsCutShortIsAnError(t *testing.T) {
	const whole = "aa\x00bb cc\x0060\x00120\x00Ann\x00ann@example.com\x00a\n\nb\n\x00"
	var commits []shipshape.Commit
	read := func(s string) error {
		commits = nil
		return parseLog(strings.NewReader(s), func(c shipshape.Commit, _ string) { commits = append(commits, c) })
	}
	if err := read(whole + whole); err != nil || len(commits) != 2 {
		t.Fatalf("whole: %d commits, %v", len(commits), err)
	}
	for n := 1; n < len(whole); n++ {
		if err := read(whole + whole[:n]); err == nil || len(commits) != 1 {
			t.Errorf("cut after %q: %d commits, error %v", whole[:n], len(commits), err)
		}
	}
	broken := errors.New("broken")
	if err := parseLog(io.MultiReader(strings.NewReader(whole), errReader{broken}), func(shipshape.Commit, string) {}); !errors.Is(err, broken) {
		t.Errorf("error is %v, want %v", err, broken)
	}
}

type errReader struct{ error }

func (r errReader) Read([]byte) (int, error) { return 0, r.error }

func FuzzLog(f *testing.F) {
	f.Add("aa\x00bb cc\x0060\x00120\x00Ann\x00ann@example.com\x00a\n\nb\n\x00")
	f.Add("aa\x00\x00-1\x0099999999999999999999\x00\x00\x00\x00")
	f.Add("\x00\x00\x00\x00\x00\x00\x00")
	f.Fuzz(func(t *testing.T, log string) {
		n := 0
		err := parseLog(strings.NewReader(log), func(c shipshape.Commit, email string) {
			n++
			for _, at := range []time.Time{c.AuthoredAt, c.CommittedAt} {
				if _, err := at.MarshalJSON(); err != nil {
					t.Errorf("a commit has the time %v: %v", at, err)
				}
			}
			if strings.Contains(c.Headline+c.Body+c.AuthorName+email, "\x00") {
				t.Errorf("a text holds a NUL: %+v, %q", c, email)
			}
		})
		if fields := strings.Count(log, "\x00"); n != fields/7 {
			t.Errorf("%d commits of %d fields", n, fields)
		}
		if whole := strings.Count(log, "\x00")%7 == 0 && (log == "" || strings.HasSuffix(log, "\x00")); whole != (err == nil) {
			t.Errorf("error is %v", err)
		}
	})
}
