package figure

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden drawings in testdata")

// TestGoldenDrawings keeps every chart as it looks today. One element stands on
// a line, so that a change reads as a diff.
func TestGoldenDrawings(t *testing.T) {
	drawings := map[string]string{"spark": string(Spark{Values: []Value{Of(3), Of(5), {}, Of(4), Of(6)}, Partial: true}.SVG(Tile))}
	for name, c := range sample() {
		drawings[name+"-wide"] = string(c.SVG(name, Wide))
		drawings[name+"-narrow"] = string(c.SVG(name, Narrow))
	}
	for name, svg := range drawings {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join("testdata", name+".svg")
			got := strings.ReplaceAll(svg, "><", ">\n<") + "\n"
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("drawing changed (-want +got):\n%s", diff)
			}
		})
	}
}
