package git

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/shipshape-report/shipshape"
)

// scpLike is the short form of an ssh address: a host, which a login may precede,
// a colon and a path. With a slash before the colon it is a path on this machine.
var scpLike = regexp.MustCompile(`^(?:[^@:/\s]+@)?(\[[^\]/@\s]+\]|[^@:/\s\[\]]+):(?:/?)([^:].*)$`)

// ownerName are the characters of owners and repositories on GitHub.
var ownerName = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9._-]*$`)

// hostName are the characters of a host, or of its address.
var hostName = regexp.MustCompile(`^[a-z0-9.:-]+$`)

// remote returns the host, in small letters and without a port, and the repository
// that a remote's address names; both are empty for an address that is no such
// name, such as a path on this machine. Credentials are left behind. GitHub
// Enterprise Server has repositories at the root of its host too.
func remote(address string) (host string, name shipshape.RepositoryName) {
	var path string
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		switch u.Scheme {
		case "https", "http", "ssh", "git", "git+ssh", "ssh+git":
			host, path = u.Hostname(), u.Path
		}
	} else if m := scpLike.FindStringSubmatch(address); m != nil && !strings.Contains(address, "://") {
		host, path = strings.Trim(m[1], "[]"), m[2]
	}
	owner, repository, _ := strings.Cut(strings.Trim(path, "/"), "/")
	repository = strings.TrimSuffix(repository, ".git")
	host = strings.ToLower(host)
	if !hostName.MatchString(host) || !ownerName.MatchString(owner) || !isRepository(repository) {
		return "", ""
	}
	if host == "ssh.github.com" { // GitHub's door where port 22 is closed
		host = "github.com"
	}
	return host, shipshape.RepositoryName(owner + "/" + repository)
}

// isRepository reports whether a name can be a repository's, which may begin with
// a dot (".github").
func isRepository(name string) bool {
	return name != "." && name != ".." && ownerName.MatchString(strings.TrimLeft(name, "."))
}
