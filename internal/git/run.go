package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"time"
)

// settings keep a clone's own configuration from starting programs. Nothing that
// is run here needs any of them.
var settings = []string{
	"-c", "core.fsmonitor=false",
	"-c", "core.hooksPath=" + os.DevNull,
	"-c", "log.showSignature=false",
	"-c", "advice.graftFileDeprecated=false", // said of an empty one too
}

// surroundings are added to the environment. Nothing may be fetched, which older
// versions only understand as a ban on every protocol; and the graph must be the
// one that GitHub has, without local grafts and replacements.
var surroundings = []string{
	"LC_ALL=C",
	"GIT_ALLOW_PROTOCOL=",
	"GIT_NO_LAZY_FETCH=1",
	"GIT_NO_REPLACE_OBJECTS=1",
	"GIT_GRAFT_FILE=" + os.DevNull,
	"GIT_OPTIONAL_LOCKS=0",
	"GIT_TERMINAL_PROMPT=0",
}

// elsewhere are variables that lead git to another repository than the one in the
// folder; they are set where a hook starts the program.
var elsewhere = []string{
	"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_NAMESPACE",
	"GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_SHALLOW_FILE", "GIT_PREFIX",
}

// run starts git in the clone's folder, hands its output to read, and waits for
// its end. When read fails git is stopped, and the error is read's.
func (c *Clone) run(ctx context.Context, stdin io.Reader, read func(io.Reader) error, args ...string) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	cmd := exec.CommandContext(ctx, "git", slices.Concat([]string{"--no-pager", "-C", c.dir}, settings, args)...)
	cmd.Env = append(slices.DeleteFunc(cmd.Environ(), leadsElsewhere), surroundings...)
	cmd.Stdin = stdin
	cmd.WaitDelay = 5 * time.Second
	var complaint excerpt
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return c.failed(ctx, err, "")
	}
	readErr := read(out)
	if readErr != nil {
		stop()
	}
	if err := cmd.Wait(); readErr == nil && err != nil {
		return c.failed(ctx, err, string(complaint))
	}
	if readErr != nil {
		return fmt.Errorf("clone in %q: what git %s says: %w", c.dir, args[0], readErr)
	}
	return nil
}

func leadsElsewhere(variable string) bool {
	name, _, _ := strings.Cut(variable, "=")
	return slices.Contains(elsewhere, name)
}

// ask returns what git says, without the line end.
func (c *Clone) ask(ctx context.Context, args ...string) (string, error) {
	var said bytes.Buffer
	err := c.run(ctx, nil, func(r io.Reader) error {
		_, err := said.ReadFrom(r)
		return err
	}, args...)
	return strings.TrimRight(said.String(), "\r\n"), err
}

// failed says why git could not be run or ended badly, and what to do.
func (c *Clone) failed(ctx context.Context, err error, complaint string) error {
	switch {
	case ctx.Err() != nil:
		err = ctx.Err()
	case errors.Is(err, exec.ErrNotFound):
		return fmt.Errorf("clone in %q: the program git is needed to read it: install it, "+
			"or have the commits read from GitHub", c.dir)
	case strings.Contains(complaint, "dubious ownership"):
		return fmt.Errorf("clone in %q: it belongs to another user, so git does not trust it: "+
			"run `git config --global --add safe.directory` with the folder's full path", c.dir)
	case strings.Contains(complaint, "not a git repository"):
		return fmt.Errorf("clone in %q: there is no clone: name a folder that `git clone` made", c.dir)
	case complaint != "":
		return fmt.Errorf("clone in %q: git says %q: run `git fsck` there, or clone anew: %w", c.dir, firstLine(complaint), err)
	}
	return fmt.Errorf("clone in %q: running git: %w", c.dir, err)
}

// userinfo is what an address may hold before its host: a name, and a password or
// token.
var userinfo = regexp.MustCompile(`://[^/@\s]*@`)

// firstLine returns the first line of what git said, without credentials.
func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return userinfo.ReplaceAllString(line, "://")
}

// excerpt keeps the beginning of what is written to it.
type excerpt []byte

func (e *excerpt) Write(p []byte) (int, error) {
	*e = append(*e, p[:min(len(p), max(0, 4096-len(*e)))]...)
	return len(p), nil
}
