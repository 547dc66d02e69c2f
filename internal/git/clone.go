package git

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// Clone is a local clone of a repository, bare or with a working tree.
type Clone struct {
	// Repository is "owner/name" as the clone's remote "origin" names it, with the
	// host in Host; both are empty without such a remote, or where its address is
	// no such name.
	Repository shipshape.RepositoryName
	Host       string

	dir    string
	digits int // of an object id
}

// Open looks at the clone in a folder. The error says what to do: the folder is no
// clone, it is shallow (a part of the history is missing), git does not trust it,
// or is not installed. A folder within a clone stands for the clone.
//
// Whether it is a clone of the right repository is for the caller to see.
func Open(ctx context.Context, dir string) (*Clone, error) {
	if info, err := os.Stat(dir); err != nil {
		return nil, fmt.Errorf("clone in %q: %w", dir, withoutPath(err))
	} else if !info.IsDir() {
		return nil, fmt.Errorf("clone in %q: it is a file: name the folder of the clone", dir)
	}
	c := &Clone{dir: dir}
	said, err := c.ask(ctx, "rev-parse", "--is-shallow-repository", "--show-object-format")
	if err != nil {
		return nil, err
	}
	shallow, format, _ := strings.Cut(said, "\n")
	if shallow == "true" {
		return nil, fmt.Errorf("clone in %q: it is shallow, so a part of the history is missing: "+
			"run `git fetch --unshallow` there; in a workflow, check out with `fetch-depth: 0`", dir)
	}
	c.digits = 40
	if format == "sha256" {
		c.digits = 64
	}
	if address, err := c.ask(ctx, "remote", "get-url", "origin"); err == nil {
		c.Host, c.Repository = remote(address)
	} else if ctx.Err() != nil {
		return nil, err
	}
	return c, nil
}

// withoutPath returns the cause of a path error, for a message that names the path
// already.
func withoutPath(err error) error {
	if p, ok := errors.AsType[*os.PathError](err); ok {
		return p.Err
	}
	return err
}

// valid reports whether an object id is one by its form, so that git takes it for
// nothing else.
func (c *Clone) valid(o shipshape.OID) bool {
	return len(o) == c.digits && strings.Trim(string(o), "0123456789abcdef") == ""
}
