package collect

import (
	"bytes"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/git"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// gitIn runs git in a folder, without the settings of whoever runs the test.
func gitIn(t *testing.T, dir, input string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	cmd.Stdin = strings.NewReader(input)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null",
		"GIT_AUTHOR_NAME=Ann", "GIT_AUTHOR_EMAIL=ann@example.org", "GIT_AUTHOR_DATE=1700000000 +0100",
		"GIT_COMMITTER_NAME=Ann", "GIT_COMMITTER_EMAIL=ann@example.org", "GIT_COMMITTER_DATE=1700000000 +0100")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// someone is an author of the test's commits.
type someone struct {
	name, email string
	login       shipshape.Login // that GitHub knows the address of, or that it shows
}

var authors = []someone{
	{"Ann", "ann@example.org", "ann"},
	{"Ann at work", "ann@work.example", "ann"},
	{"Bob", "17+bob@users.noreply.github.com", "bob"},
	{"dependabot", "49699333+dependabot[bot]@users.noreply.github.com", "dependabot[bot]"},
	{"Nobody <3", "nobody@example.org", ""},
	{"Zoë", "Zoe@Example.ORG", "zoe"},
}

// stream is a random history for git fast-import: branches that part and merge, now
// and then many at once.
func stream(random *rand.Rand, n int) string {
	var b bytes.Buffer
	branches := []string{"main", "release/1.x", "topic", "release/2.x"}
	tips := map[string]int{}
	for mark := 1; mark <= n; mark++ {
		branch := branches[random.Intn(min(len(branches), 1+mark/3))]
		who := authors[random.Intn(len(authors))]
		message := []string{
			fmt.Sprintf("commit %d\n", mark),
			fmt.Sprintf("commit %d\n\nbody\n\n  indented  \n\n\n", mark),
			fmt.Sprintf("\n\n commit %d \r\n\r\nwith carriage returns\r\n", mark),
			"",
			fmt.Sprintf("Merge 🚢 %d\u0001", mark),
		}[random.Intn(5)]
		fmt.Fprintf(&b, "commit refs/heads/%s\nmark :%d\n", branch, mark)
		name := strings.NewReplacer("<", "", ">", "").Replace(who.name)
		fmt.Fprintf(&b, "author %s <%s> %d +0200\n", name, who.email, 1600000000+random.Intn(1000000))
		fmt.Fprintf(&b, "committer %s <%s> %d -0330\n", name, who.email, 1600000000+1000*mark+random.Intn(5000))
		fmt.Fprintf(&b, "data %d\n%s\n", len(message), message)
		parent, grown := tips[branch]
		if !grown && mark > 1 {
			parent = 1 + random.Intn(mark-1)
		}
		if parent > 0 {
			fmt.Fprintf(&b, "from :%d\n", parent)
		}
		merged := map[int]bool{parent: true}
		for range []int{0, 0, 0, 1, 12}[random.Intn(5)] {
			if other := 1 + random.Intn(mark); other < mark && !merged[other] {
				merged[other] = true
				fmt.Fprintf(&b, "merge :%d\n", other)
			}
		}
		tips[branch] = mark
		if mark%7 == 0 {
			fmt.Fprintf(&b, "\nreset refs/tags/light/%d\nfrom :%d\n", mark, mark)
		}
		if mark%9 == 0 {
			fmt.Fprintf(&b, "\ntag v1.%d\nfrom :%d\ntagger Ann <ann@example.org> %d +0100\ndata 10\nnotes\n\nb  \n", mark, mark, 1700000000+mark)
		}
	}
	return b.String()
}

// repositoryOf makes a bare repository of a random history, and what GitHub would
// know of it.
func repositoryOf(t *testing.T, seed int64, n int) (string, *githubtest.Server, shipshape.RepositoryName) {
	t.Helper()
	dir := t.TempDir()
	gitIn(t, dir, "", "init", "--bare", "--initial-branch=main", ".")
	gitIn(t, dir, stream(rand.New(rand.NewSource(seed)), n), "fast-import", "--quiet")
	gitIn(t, dir, "", "tag", "-a", "-m", "outer", "nested/🚢", "v1.9")
	gitIn(t, dir, "", "tag", "-a", "-m", "outermost", "nested/twice", "nested/🚢")
	gitIn(t, dir, "", "tag", "-a", "-m", "", "no-message", "main")
	file := gitIn(t, dir, "text", "hash-object", "-w", "--stdin")
	gitIn(t, dir, "", "tag", "-a", "-m", "a file", "of-a-file", file)

	clone := openClone(t, dir)
	refs, err := clone.Refs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h := shipshape.RepositoryHistory{
		Repository: shipshape.Repository{Name: "octo/cloned", URL: "https://github.com/octo/cloned", DefaultBranch: "main", CreatedAt: day(1)},
		Refs:       refs,
	}
	var roots []shipshape.OID
	for _, ref := range refs {
		roots = append(roots, ref.Target)
	}
	found, err := clone.Commits(t.Context(), roots)
	if err != nil {
		t.Fatal(err)
	}
	emails := map[shipshape.OID]string{}
	for _, c := range found.Commits {
		for _, who := range authors {
			if found.Emails[c.OID] == who.email {
				c.Author, emails[c.OID] = who.login, who.email
			}
		}
		h.Commits = append(h.Commits, c)
	}
	server, name := served(t, h, func(r *githubtest.Repository) {
		r.Emails = emails
		r.NestedTags = map[string]int{"nested/🚢": 2, "nested/twice": 3}
		r.TreeTags = []string{"of-a-file"}
	})
	return dir, server, name
}

func openClone(t *testing.T, dir string) *git.Clone {
	t.Helper()
	clone, err := git.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return clone
}

// The same history comes from a clone and from GitHub, but not at the same price.
func TestACloneGivesTheHistoryThatGitHubGives(t *testing.T) {
	for seed := range int64(4) {
		dir, server, name := repositoryOf(t, seed, 120)
		o := everything()
		o.ReleaseBranch = func(branch string) bool { return strings.HasPrefix(branch, "release/") }
		asked, err := collected(t, server, name, o, []int{0, 3}[seed%2])
		if err != nil {
			t.Fatal(err)
		}
		before := countRequests(server, "Commit.history")
		o.Clone = openClone(t, dir)
		cloned, err := collected(t, server, name, o, 0)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(asked, cloned); diff != "" {
			t.Fatalf("seed %d (-from GitHub +from the clone):\n%.6000s", seed, diff)
		}
		if len(cloned.Commits) < 60 || len(cloned.Refs) < 30 {
			t.Errorf("seed %d: %d commits and %d refs: the test is too small", seed, len(cloned.Commits), len(cloned.Refs))
		}
		if more := countRequests(server, "Commit.history") - before; more > 0 {
			t.Errorf("seed %d: with the clone, GitHub was asked for commits %d times", seed, more)
		}
	}
}

// What the clone does not have yet comes from GitHub.
func TestAnOldCloneIsCompletedByGitHub(t *testing.T) {
	dir, server, name := repositoryOf(t, 5, 90)
	whole, err := collected(t, server, name, everything(), 0)
	if err != nil {
		t.Fatal(err)
	}
	old := t.TempDir()
	gitIn(t, old, "", "clone", "--bare", "--quiet", "--no-tags", "--single-branch", "--branch", "main", dir, ".")
	gitIn(t, old, "", "update-ref", "refs/heads/main", gitIn(t, old, "", "rev-list", "--skip=15", "--max-count=1", "main"))
	gitIn(t, old, "", "-c", "gc.reflogExpireUnreachable=now", "gc", "--quiet", "--prune=now")
	o := everything()
	o.Clone = openClone(t, old)
	got, err := collected(t, server, name, o, 0)
	if err != nil {
		t.Fatal(err)
	}
	reached := map[shipshape.OID]bool{}
	for _, c := range got.Commits {
		reached[c.OID] = true
	}
	var want []shipshape.Commit
	for _, c := range whole.Commits {
		if reached[c.OID] {
			want = append(want, c)
		}
	}
	if diff := cmp.Diff(want, got.Commits); diff != "" {
		t.Errorf("commits (-whole +completed):\n%.6000s", diff)
	}
	r := &reader{h: got}
	if !reached[whole.Refs[0].Target] || len(got.Gaps) > 0 {
		t.Errorf("the head of %s is there: %v; gaps %v", whole.Refs[0].Name, reached[whole.Refs[0].Target], r.seen())
	}
	for _, c := range got.Commits {
		for _, parent := range c.Parents {
			if !reached[parent] {
				t.Fatalf("commit %s is there without its parent %s", c.OID, parent)
			}
		}
	}
}
