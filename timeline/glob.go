package timeline

import (
	"strings"

	"github.com/gobwas/glob"
)

// globs is a compiled list of globs, matched without regard to case. A star
// crosses every character, the slash included.
type globs []*glob.Pattern

// newGlobs compiles the patterns. One that is no glob matches nothing: telling a
// user so is for whoever reads the configuration.
func newGlobs(patterns []string) globs {
	var gs globs
	for _, p := range patterns {
		if g, err := glob.Compile(strings.ToLower(p)); err == nil {
			gs = append(gs, g)
		}
	}
	return gs
}

// match reports whether any of the globs matches s as a whole.
func (gs globs) match(s string) bool {
	s = strings.ToLower(s)
	for _, g := range gs {
		if g.Match(s) {
			return true
		}
	}
	return false
}

// production reports whether globs for production environments hold one.
func (gs globs) production(environment string) bool {
	return environment != "github-pages" && gs.match(environment)
}
