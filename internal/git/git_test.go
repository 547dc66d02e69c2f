package git

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shipshape-report/shipshape"
)

// repo is a repository that git made for a test.
type repo struct {
	t   testing.TB
	dir string
	now int // seconds since 1970 of the next commit or tag
}

// start is the first instant in a repo: 2026-01-01T00:00:00Z.
const start = 1767225600

// newRepo makes a repository with a working tree; git knows no configuration but
// its own.
func newRepo(t testing.TB) *repo {
	t.Helper()
	isolate(t)
	r := &repo{t: t, dir: filepath.Join(t.TempDir(), "clone"), now: start}
	r.git("", "init", "-q", "-b", "main", r.dir)
	return r
}

// isolate keeps the configuration of whoever runs the tests out of them.
func isolate(t testing.TB) {
	t.Helper()
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_SYSTEM", os.DevNull)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
}

// git runs git in the repository and returns what it says.
func (r *repo) git(stdin string, args ...string) string {
	r.t.Helper()
	cmd := exec.CommandContext(r.t.Context(), "git", args...)
	if _, err := os.Stat(r.dir); err == nil {
		cmd.Dir = r.dir
	}
	date := fmt.Sprintf("%d +0200", r.now)
	cmd.Env = append(cmd.Environ(),
		"GIT_AUTHOR_NAME=Ann Lee", "GIT_AUTHOR_EMAIL=7+ann@users.noreply.github.com", "GIT_AUTHOR_DATE="+date,
		"GIT_COMMITTER_NAME=Bob", "GIT_COMMITTER_EMAIL=bob@example.com", "GIT_COMMITTER_DATE="+date)
	cmd.Stdin = strings.NewReader(stdin)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		r.t.Fatalf("git %s: %v: %s", strings.Join(args, " "), err, complaint.String())
	}
	return strings.TrimSpace(string(out))
}

// commit makes a commit without files, a second after the one before.
func (r *repo) commit(message string, parents ...shipshape.OID) shipshape.OID {
	r.t.Helper()
	r.now++
	args := []string{"commit-tree", r.git("", "mktree")}
	for _, p := range parents {
		args = append(args, "-p", string(p))
	}
	return shipshape.OID(r.git(message, args...))
}

// object writes an object as it stands, whatever git thinks of it.
func (r *repo) object(kind, content string) shipshape.OID {
	r.t.Helper()
	return shipshape.OID(r.git(content, "hash-object", "-t", kind, "-w", "--stdin", "--literally"))
}

// ref points a ref at an object.
func (r *repo) ref(name string, o shipshape.OID) {
	r.t.Helper()
	r.git("", "update-ref", name, string(o))
}

// tag makes an annotated tag, a second after what was made before.
func (r *repo) tag(name string, o shipshape.OID, message string) shipshape.OID {
	r.t.Helper()
	r.now++
	r.git(message, "tag", "-a", "-F", "-", name, string(o))
	return shipshape.OID(r.git("", "rev-parse", "refs/tags/"+name))
}

// clone clones the repository and returns the clone, from which nothing more can
// be fetched.
func (r *repo) clone(args ...string) *repo {
	r.t.Helper()
	r.git("", "config", "uploadpack.allowFilter", "true")
	to := &repo{t: r.t, dir: filepath.Join(r.t.TempDir(), "clone"), now: r.now}
	r.git("", append(append([]string{"clone", "-q"}, args...), "file://"+r.dir, to.dir)...)
	to.git("", "remote", "set-url", "origin", "file:///nowhere")
	return to
}

// open opens the repository as the product does.
func (r *repo) open() *Clone {
	r.t.Helper()
	c, err := Open(r.t.Context(), r.dir)
	if err != nil {
		r.t.Fatal(err)
	}
	return c
}
