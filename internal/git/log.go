package git

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape"
)

// Commits is what [Clone.Commits] found.
type Commits struct {
	Commits []shipshape.Commit
	Missing []shipshape.OID          // roots that the clone lacks
	Emails  map[shipshape.OID]string // of authors without a no-reply address
}

// Commits returns every commit that can be reached from the roots, in the order of
// [shipshape.Commit.Compare], and the roots that the clone does not have, in their
// order; a root that is no commit is one of those. Sizes are not read.
//
// Author is the login that a commit's no-reply address shows. Emails maps the
// commits without one to their author's address, for the caller to ask GitHub
// about; an address is never kept in a history.
func (c *Clone) Commits(ctx context.Context, roots []shipshape.OID) (Commits, error) {
	found := Commits{Emails: map[shipshape.OID]string{}}
	present, err := c.present(ctx, roots)
	if err != nil {
		return Commits{}, err
	}
	asked := map[shipshape.OID]bool{}
	for _, o := range roots {
		if !asked[o] && !present[o] {
			found.Missing = append(found.Missing, o)
		}
		asked[o] = true
	}
	if len(present) == 0 {
		return found, nil // git would take no root for the branch that is checked out
	}
	addresses := map[string]string{}
	err = c.run(ctx, c.lines(present), func(out io.Reader) error {
		return parseLog(out, func(commit shipshape.Commit, email string) {
			if commit.Author = NoreplyLogin(email); commit.Author == "" && email != "" {
				found.Emails[commit.OID] = intern(addresses, email)
			}
			commit.AuthorName = intern(addresses, commit.AuthorName)
			found.Commits = append(found.Commits, commit)
		})
	}, logArgs...)
	if err != nil {
		return Commits{}, err
	}
	slices.SortFunc(found.Commits, shipshape.Commit.Compare)
	return found, nil
}

// logArgs ask for the fields that parseLog reads, in its order, each ended by a
// NUL. Git ends a message at its first NUL, so the fields can be counted.
var logArgs = []string{
	"log", "--stdin", "-z", "--format=%H%x00%P%x00%at%x00%ct%x00%an%x00%ae%x00%B",
	"--no-patch", "--no-mailmap", "--no-notes", "--no-decorate", "--no-color", "--encoding=UTF-8",
}

// present returns which of the object ids are commits of the clone. It neither
// follows nor fetches anything.
func (c *Clone) present(ctx context.Context, roots []shipshape.OID) (map[shipshape.OID]bool, error) {
	asked := map[shipshape.OID]bool{}
	for _, o := range roots {
		if c.valid(o) {
			asked[o] = true
		}
	}
	present := map[shipshape.OID]bool{}
	if len(asked) == 0 {
		return present, nil
	}
	err := c.run(ctx, c.lines(asked), func(out io.Reader) error {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if o := shipshape.OID(lines.Text()); asked[o] {
				present[o] = true
			}
		}
		return lines.Err()
	}, "rev-list", "--ignore-missing", "--missing=allow-any", "--no-walk=unsorted", "--stdin")
	return present, err
}

// lines writes object ids one to a line, sorted.
func (c *Clone) lines(oids map[shipshape.OID]bool) io.Reader {
	var b bytes.Buffer
	sorted := make([]string, 0, len(oids))
	for o := range oids {
		sorted = append(sorted, string(o))
	}
	slices.Sort(sorted)
	for _, o := range sorted {
		b.WriteString(o)
		b.WriteByte('\n')
	}
	return &b
}

// intern returns one copy of equal strings: a few people make many commits.
func intern(known map[string]string, s string) string {
	if one, ok := known[s]; ok {
		return one
	}
	known[s] = s
	return s
}

// parseLog reads what logArgs ask for and yields each commit with the address of
// its author, as it comes.
func parseLog(r io.Reader, yield func(c shipshape.Commit, email string)) error {
	in := fields{bufio.NewReaderSize(r, 1<<16)}
	for {
		oid, err := in.next()
		if errors.Is(err, io.EOF) && oid == "" {
			return nil
		}
		var rest [6]string
		for i := range rest {
			if err == nil {
				rest[i], err = in.next()
			}
		}
		if err != nil {
			return fmt.Errorf("commit %q is cut short: %w", shipshape.OID(oid).Short(), err)
		}
		c := shipshape.Commit{
			OID: shipshape.OID(oid), Parents: parents(rest[0]),
			AuthoredAt: instant(rest[1]), CommittedAt: instant(rest[2]),
			AuthorName: normal(rest[3]),
		}
		c.Headline, c.Body = Message(rest[5])
		yield(c, normal(rest[4]))
	}
}

func parents(list string) []shipshape.OID {
	var out []shipshape.OID
	for o := range strings.FieldsSeq(list) {
		out = append(out, shipshape.OID(strings.Clone(o)))
	}
	return out
}

// lastSecond is the end of the year 9999, the last that can be written as an
// instant.
const lastSecond = 253402300799

// instant reads seconds since 1970. Damaged commits have none, or a year that
// cannot be written: the zero time stands for those.
func instant(seconds string) time.Time {
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil || n < 0 || n > lastSecond {
		return time.Time{}
	}
	return time.Unix(n, 0).UTC()
}

// fields reads texts that are ended by a NUL.
type fields struct{ *bufio.Reader }

// next returns the next text; [io.EOF] with nothing at the end, and
// [io.ErrUnexpectedEOF] where the NUL lacks.
func (f fields) next() (string, error) {
	text, err := f.ReadString(0)
	if err == nil {
		return text[:len(text)-1], nil
	}
	if errors.Is(err, io.EOF) && text != "" {
		err = io.ErrUnexpectedEOF
	}
	return text, err
}
