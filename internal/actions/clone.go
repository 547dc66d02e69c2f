package actions

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
)

// wholeClone reports whether a folder is the top of a clone of one of the
// repositories, with its whole history. A checkout of a single commit, which is
// what workflows get unless they ask for more, has a list of where it was cut.
func wholeClone(dir string, repositories []string) bool {
	git := filepath.Join(dir, ".git")
	config, err := os.ReadFile(filepath.Join(git, "config"))
	if err != nil || !remoteOf(string(config), repositories) {
		return false
	}
	_, err = os.Stat(filepath.Join(git, "shallow"))
	return errors.Is(err, os.ErrNotExist)
}

// remoteOf reports whether the remote "origin" of a git configuration leads to one
// of the repositories, "owner/name".
func remoteOf(config string, repositories []string) bool {
	section := ""
	for line := range strings.Lines(config) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			section = line
			continue
		}
		key, address, _ := strings.Cut(line, "=")
		if section != `[remote "origin"]` || strings.TrimSpace(key) != "url" {
			continue
		}
		for _, name := range repositories {
			if leadsTo(strings.TrimSpace(address), name) {
				return true
			}
		}
	}
	return false
}

func leadsTo(address, repository string) bool {
	address = strings.ToLower(strings.TrimSuffix(strings.TrimSuffix(address, "/"), ".git"))
	rest, found := strings.CutSuffix(address, strings.ToLower(repository))
	return found && (strings.HasSuffix(rest, "/") || strings.HasSuffix(rest, ":"))
}
