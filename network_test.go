package shipshape_test

import (
	"go/parser"
	"path"
	"slices"
	"strings"
	"testing"
)

// toOthers are the packages by which a program reaches other machines or other
// programs.
var toOthers = []string{"net", "net/http", "net/http/httptest", "net/rpc", "net/smtp", "crypto/tls", "os/exec", "plugin", "C"}

// doors are the rooms that may reach out, and by what. Everything else works on what
// it is handed.
var doors = map[string][]string{
	"internal/github":     {"net", "net/http"}, // asks GitHub; reads addresses
	"internal/git":        {"os/exec"},         // asks the git program about a clone
	"internal/githubtest": {"net/http"},        // answers tests
	"cmd/shipshape":       {"net/http"},        // hands the transport to internal/github
}

func TestOnlyDoorsLeadOutside(t *testing.T) {
	for file, f := range sources(t, parser.ImportsOnly) {
		for _, spec := range f.Imports {
			target := strings.Trim(spec.Path.Value, `"`)
			if slices.Contains(toOthers, target) && !slices.Contains(doors[path.Dir(file)], target) {
				t.Errorf("%s imports %s", file, target)
			}
		}
	}
}
