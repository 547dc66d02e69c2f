package browsertest

import (
	"os"
	"path/filepath"
	"testing"
)

func TestDump(t *testing.T) {
	for _, s := range samples {
		os.RemoveAll("/tmp/bt/" + s.name)
		for n, d := range s.site(t) {
			f := filepath.Join("/tmp/bt", s.name, n)
			os.MkdirAll(filepath.Dir(f), 0o755)
			os.WriteFile(f, d, 0o644)
		}
	}
}
