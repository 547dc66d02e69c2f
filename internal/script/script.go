package script

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape"
)

// Script is a history with what somebody counted in it by hand.
type Script struct {
	Name string // of the file, for messages
	// Header is the comment the script begins with: the hand count. It is never
	// empty.
	Header  string
	History *shipshape.History
	// Window is what is reported. It is the zero window where the script states
	// none.
	Window shipshape.Window
	// AsOf is the instant everything is told from: as stated, else the end of the
	// window.
	AsOf time.Time
	// Zone is the zone of days and weeks; UTC unless stated.
	Zone     *time.Location
	Settings []Setting
	Wants    []Want

	names map[shipshape.OID]string
	year  int // of instants without one
}

// Setting is an option of the package under test, as written.
type Setting struct {
	Line   int
	Key    string
	Values []string
}

// Want is something that must hold, as written.
type Want struct {
	Line int
	// Repository is the one the want stands under.
	Repository shipshape.RepositoryName
	// Words follow the word "want"; there is at least one.
	Words []string
	// Text is the line as written, without what surrounds it.
	Text string
}

// CommitName returns the name a commit has in the script, or the id itself for a
// commit that the script never named.
func (s *Script) CommitName(o shipshape.OID) string {
	if name, ok := s.names[o]; ok {
		return name
	}
	return string(o)
}

// At returns the place of a line in words that an editor can jump to.
func (s *Script) At(line int) string { return fmt.Sprintf("%s:%d", s.Name, line) }

// Parse reads a script. Every mistake is reported, one a line, each with the name
// and the line. A script that does not begin with a comment is refused: without a
// hand count there is nothing to test against.
func Parse(name string, text []byte) (*Script, error) {
	b := newBuilder(name)
	lines := strings.Split(string(text), "\n")
	b.script.Header = header(lines)
	if b.script.Header == "" {
		b.fail(1, errors.New("a script begins with a comment that counts by hand"))
	}
	for i, line := range lines {
		b.line(i+1, strings.TrimSuffix(line, "\r"))
	}
	b.finish(len(lines))
	if err := errors.Join(b.errs...); err != nil {
		return nil, err
	}
	return b.script, nil
}

// header returns the text of the comment lines before the first statement.
func header(lines []string) string {
	var kept []string
	for _, line := range lines {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		comment, ok := strings.CutPrefix(line, "#")
		if !ok {
			break
		}
		kept = append(kept, strings.TrimSpace(comment))
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}

// Apply hands every setting to the setter of its name, and reports those that have
// none or are refused, with their places.
func (s *Script) Apply(setters map[string]func(values []string) error) error {
	var errs []error
	for _, setting := range s.Settings {
		set, ok := setters[setting.Key]
		if !ok {
			errs = append(errs, fmt.Errorf("%s: nothing is called %q", s.At(setting.Line), setting.Key))
			continue
		}
		if err := set(setting.Values); err != nil {
			errs = append(errs, fmt.Errorf("%s: set %s: %w", s.At(setting.Line), setting.Key, err))
		}
	}
	return errors.Join(errs...)
}

// Instant reads an instant as statements do, for wants.
func (s *Script) Instant(text string) (time.Time, error) {
	return clock{year: s.year}.absolute(text)
}

// List cuts a comma list as statements do, for wants and settings: "none" is the
// empty one.
func List(word string) []string { return list(word) }

// Examples returns the scripts that a Markdown document shows in code blocks of the
// language "script".
func Examples(markdown string) []string {
	var found []string
	for _, part := range strings.Split(markdown, "```script\n")[1:] {
		text, _, _ := strings.Cut(part, "```")
		found = append(found, text)
	}
	return found
}
