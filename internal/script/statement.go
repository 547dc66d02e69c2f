package script

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// verb says how a statement is written: so many words by position, then keys with
// one value each and flags without, in any order.
type verb struct {
	places []string // what stands at each position
	keys   []string
	flags  []string
	do     func(*builder, *statement)
}

// statement is one line taken apart. Its readers keep the first mistake in err and
// return zero values after it, so that a handler reads from top to bottom.
type statement struct {
	line  int
	verb  string
	place []string
	key   map[string]string
	flag  map[string]bool
	clock clock
	// base is the statement's own instant, from which relative ones count.
	base time.Time
	err  error
}

// take sorts the words of a statement into places, keys and flags.
func (v verb) take(s *statement, words []string) error {
	if len(words) < len(v.places) {
		return fmt.Errorf("%s needs %s", s.verb, strings.Join(v.places, ", "))
	}
	s.place = words[:len(v.places)]
	s.key, s.flag = map[string]string{}, map[string]bool{}
	rest := words[len(v.places):]
	for len(rest) > 0 {
		name := rest[0]
		_, twice := s.key[name]
		switch {
		case twice || s.flag[name]:
			return fmt.Errorf("%s is stated twice", name)
		case slices.Contains(v.flags, name):
			s.flag[name] = true
			rest = rest[1:]
		case !slices.Contains(v.keys, name):
			return fmt.Errorf("%s does not know %q: it takes %s", s.verb, name, strings.Join(append(slices.Clone(v.keys), v.flags...), ", "))
		case len(rest) == 1:
			return fmt.Errorf("%s needs a value", name)
		default:
			s.key[name] = rest[1]
			rest = rest[2:]
		}
	}
	return nil
}

// fail keeps the first mistake.
func (s *statement) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

// has reports whether a key is stated.
func (s *statement) has(key string) bool { _, ok := s.key[key]; return ok }

// or returns the value of a key, or what holds without it.
func (s *statement) or(key, otherwise string) string {
	if value, ok := s.key[key]; ok {
		return value
	}
	return otherwise
}

// list returns the comma list under a key.
func (s *statement) list(key string) []string {
	if !s.has(key) {
		return nil
	}
	return list(s.key[key])
}

// start reads the statement's own instant.
func (s *statement) start(text string) time.Time {
	t, err := s.clock.absolute(text)
	if err != nil {
		s.fail(err)
	}
	s.base = t
	return t
}

// instant reads an instant, relative to the statement's own or not.
func (s *statement) instant(text string) time.Time {
	t, err := s.clock.near(s.base, text)
	if err != nil {
		s.fail(err)
	}
	return t
}

// instantOf reads the instant under a key, the zero time if there is none.
func (s *statement) instantOf(key string) time.Time {
	if !s.has(key) {
		return time.Time{}
	}
	return s.instant(s.key[key])
}

// dated is a word with an instant: bob@03-02T10:00.
type dated struct {
	word string
	at   time.Time // zero where none is stated
}

// dated reads the comma list under a key. Only where an instant may be missing
// does a bare word pass.
func (s *statement) dated(key string, mayBeBare bool) []dated {
	var out []dated
	for _, item := range s.list(key) {
		word, at, found := strings.Cut(item, "@")
		if word == "" || !found && !mayBeBare {
			s.fail(fmt.Errorf("%s: %q: write %s name@03-01T10:00", key, item, key))
			return nil
		}
		d := dated{word: word}
		if found {
			d.at = s.instant(at)
		}
		out = append(out, d)
	}
	return out
}

// number reads a positive whole number.
func (s *statement) number(what, text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 {
		s.fail(fmt.Errorf("%s %q is no positive whole number", what, text))
	}
	return n
}

// lines reads lines added and deleted, "+10-2", under the key "lines". Whoever
// states lines also states that one file changed; without them all three are 0,
// which of a commit means that its lines are not stated.
func (s *statement) lines() (added, deleted, files int) {
	if !s.has("lines") {
		return 0, 0, 0
	}
	text, found := strings.CutPrefix(s.key["lines"], "+")
	plus, minus, both := strings.Cut(text, "-")
	a, errA := strconv.ParseUint(plus, 10, 31)
	d, errD := strconv.ParseUint(minus, 10, 31)
	if !found || !both || errors.Join(errA, errD) != nil {
		s.fail(fmt.Errorf("lines %q: write +10-2", s.key["lines"]))
	}
	return int(a), int(d), 1
}
