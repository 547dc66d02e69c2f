package git

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// deepest is how many tags of tags are followed.
const deepest = 32

// peel follows the refs whose target is a tag to what that points at in the end.
// One that goes on for ever stays a tag.
func (c *Clone) peel(ctx context.Context, found []namedRef) error {
	for range deepest {
		asked := map[shipshape.OID]bool{}
		for _, f := range found {
			if f.kind == "tag" && c.valid(f.Target) {
				asked[f.Target] = true
			}
		}
		if len(asked) == 0 {
			return nil
		}
		var targets map[shipshape.OID]namedRef
		err := c.run(ctx, c.lines(asked), func(out io.Reader) (err error) {
			targets, err = parseTags(out)
			return err
		}, "cat-file", "--batch")
		if err != nil {
			return err
		}
		for i := range found {
			if to, ok := targets[found[i].Target]; ok && found[i].kind == "tag" {
				found[i].kind, found[i].Target = to.kind, to.Target
			}
		}
	}
	return nil
}

// parseTags reads tag objects as `git cat-file --batch` writes them and returns
// what each points at. Objects that are missing or no tags are left out.
func parseTags(r io.Reader) (map[shipshape.OID]namedRef, error) {
	in := bufio.NewReader(r)
	targets := map[shipshape.OID]namedRef{}
	for {
		line, err := in.ReadString('\n')
		if errors.Is(err, io.EOF) && line == "" {
			return targets, nil
		}
		if err != nil {
			return nil, fmt.Errorf("an object is cut short: %w", err)
		}
		words := strings.Fields(line)
		if len(words) != 3 {
			continue // "<id> missing"
		}
		size, err := strconv.ParseInt(words[2], 10, 64)
		if err != nil || size < 0 {
			return nil, fmt.Errorf("an object is %q bytes long", words[2])
		}
		var object bytes.Buffer
		if _, err := io.CopyN(&object, in, size); err != nil {
			return nil, fmt.Errorf("an object is cut short: %w", err)
		}
		if end, err := in.ReadByte(); err != nil || end != '\n' {
			return nil, fmt.Errorf("object %q does not end where it says", words[0])
		}
		if words[1] == "tag" {
			targets[shipshape.OID(words[0])] = pointsAt(object.String())
		}
	}
}

// pointsAt reads the first two lines of a tag object.
func pointsAt(object string) namedRef {
	var to namedRef
	for line := range strings.Lines(object) {
		key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		switch key {
		case "object":
			to.Target = shipshape.OID(strings.Clone(value))
		case "type":
			to.kind = strings.Clone(value)
			return to
		}
	}
	return to
}
