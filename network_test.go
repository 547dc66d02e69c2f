package shipshape_test

import (
	"go/parser"
	"slices"
	"strings"
	"testing"
)

// toOthers are the packages by which a program reaches other machines or other
// programs.
var toOthers = []string{"net", "net/http", "net/rpc", "net/smtp", "crypto/tls", "os/exec", "plugin", "C"}

// TestNothingReachesTheNetwork holds what the demo promises: a report is made from
// what is on the disk.
func TestNothingReachesTheNetwork(t *testing.T) {
	for file, f := range sources(t, parser.ImportsOnly) {
		for _, spec := range f.Imports {
			if target := strings.Trim(spec.Path.Value, `"`); slices.Contains(toOthers, target) {
				t.Errorf("%s imports %s", file, target)
			}
		}
	}
}
