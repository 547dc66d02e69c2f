package timeline

import (
	"fmt"
	"slices"
	"strings"
)

// classify puts the change into the class of the first rule that matches, else
// into [Normal].
func classify(c *Change, rules []ClassRule, a actors) {
	for _, rule := range rules {
		if why := rule.matches(c, a); why != "" {
			c.Class, c.ClassRule = rule.Class, why
			return
		}
	}
	c.Class, c.ClassRule = Normal, "no rule for another class matches"
}

// matches returns the condition that holds, in words, or "".
func (r ClassRule) matches(c *Change, a actors) string {
	for _, label := range r.Labels {
		if slices.ContainsFunc(c.Labels, func(l string) bool { return strings.EqualFold(l, label) }) {
			return fmt.Sprintf("it wears the label %q", label)
		}
	}
	for _, prefix := range r.BranchPrefixes {
		if c.Facts != nil && branchBegins(c.Facts.Head, prefix) {
			return fmt.Sprintf("its branch begins with %q", prefix)
		}
	}
	if r.DependencyBot && a.dependencyBot(c.Author) {
		return "a dependency bot made it"
	}
	return ""
}

// branchBegins reports whether the branch is the prefix, or begins with it as a
// word: "hotfix/x" and "hotfix-x", not "hotfixes".
func branchBegins(branch, prefix string) bool {
	branch, prefix = strings.ToLower(branch), strings.ToLower(prefix)
	rest, found := strings.CutPrefix(branch, prefix)
	return found && prefix != "" && (rest == "" || rest[0] == '/' || rest[0] == '-')
}
