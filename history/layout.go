package history

import (
	"fmt"
	"path"
	"regexp"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape"
)

// The names that are not those of an entity kind. Slash-separated and relative
// to the root of the store, as everywhere in this package.
const (
	markFile       = "history.json"    // at the root: what makes a folder a store
	repositoryFile = "repository.json" // per repository
	originFile     = "origin.json"     // per repository
	runFolder      = ".run"            // at the root: how collecting went
	recordsFolder  = "records"         // per repository: what can never be collected again
	lockFile       = runFolder + "/lock"
	extension      = ".jsonl"
)

// monthLayout names the file of a month, in UTC.
const monthLayout = "2006-01"

var monthName = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])$`)

// The alphabets of GitHub. An owner may carry an underscore (accounts of a
// managed enterprise) and, if old, end in a hyphen.
var (
	ownerName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$`)
	shortName = regexp.MustCompile(`^[A-Za-z0-9._-]{1,100}$`)
)

// checkName refuses a repository name that GitHub would refuse. Beside being
// wrong, such a name could lead out of the store.
func checkName(name shipshape.RepositoryName) error {
	owner, short, found := strings.Cut(string(name), "/")
	if !found || !ownerName.MatchString(owner) || !validShort(short) {
		return fmt.Errorf("%q is not a repository name; want owner/name in GitHub's alphabet", string(name))
	}
	return nil
}

func validShort(short string) bool {
	return shortName.MatchString(short) && short != "." && short != ".."
}

// location is where a path of the store leads: the inverse of the functions
// below.
type location struct {
	repository shipshape.RepositoryName // empty for the mark
	kind       kind                     // nil for a single object
	file       string                   // last element of the path
	month      string                   // of a monthly kind
}

// monthOf names the month that a record of that instant is filed under.
func monthOf(born time.Time) string { return born.UTC().Format(monthLayout) }

// pathOf returns the file of a kind's records. Month is empty for a kind without
// months.
func pathOf(name shipshape.RepositoryName, e shipshape.Entity, month string) string {
	if month == "" {
		return path.Join(string(name), string(e)+extension)
	}
	return path.Join(string(name), string(e), month+extension)
}

// ignored reports whether a path is none of the reader's business: what is hidden
// (an editor's, a version control's, what a broken write left behind, how
// collecting went), the notes a person keeps beside the store, and what can never
// be collected again. A hidden folder below an owner is a repository, such as
// ".github".
func ignored(name string, folder bool) bool {
	if name == "." {
		return false
	}
	parts := strings.Split(name, "/")
	for i, part := range parts {
		repository := i == 1 && (folder || len(parts) > 2)
		if strings.HasPrefix(part, ".") && !repository {
			return true
		}
	}
	if len(parts) == 1 {
		return !folder && name != markFile
	}
	return len(parts) > 2 && parts[2] == recordsFolder
}

// locate finds out what a file that is not [ignored] holds. The error says what
// would have been right.
func locate(name string) (location, error) {
	parts := strings.Split(name, "/")
	at := location{file: parts[len(parts)-1]}
	if name == markFile {
		return at, nil
	}
	if len(parts) < 3 {
		return at, fmt.Errorf("not part of a history: want <owner>/<name>/ folders below %s", markFile)
	}
	at.repository = shipshape.RepositoryName(parts[0] + "/" + parts[1])
	if err := checkName(at.repository); err != nil {
		return at, err
	}
	switch rest := parts[2:]; {
	case len(rest) == 1 && (at.file == repositoryFile || at.file == originFile):
		return at, nil
	case len(rest) == 1:
		at.kind = kindNamed(strings.TrimSuffix(at.file, extension), false)
	case len(rest) == 2:
		at.kind = kindNamed(rest[0], true)
		at.month = strings.TrimSuffix(at.file, extension)
	}
	if at.kind == nil || !strings.HasSuffix(at.file, extension) {
		return at, fmt.Errorf("not part of a repository's history: want one of %s", wanted())
	}
	if at.month != "" && !monthName.MatchString(at.month) {
		return at, fmt.Errorf("not a month: want a name like 2026-08%s", extension)
	}
	return at, nil
}

// wanted lists what a repository's folder may hold.
func wanted() string {
	names := []string{repositoryFile, originFile}
	for _, k := range kinds {
		if k.monthly() {
			names = append(names, string(k.entity())+"/")
		} else {
			names = append(names, string(k.entity())+extension)
		}
	}
	return strings.Join(append(names, recordsFolder+"/"), ", ")
}
