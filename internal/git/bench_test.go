package git

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shipshape-report/shipshape"
)

// BenchmarkCommits reads 100,000 commits, every tenth of them a merge.
func BenchmarkCommits(b *testing.B) {
	const n = 100_000
	r := newRepo(b)
	r.git(stream(n), "fast-import", "--quiet")
	head, c := shipshape.OID(r.git("", "rev-parse", "main")), r.open()
	b.ReportAllocs()
	for b.Loop() {
		got, err := c.Commits(b.Context(), []shipshape.OID{head})
		if err != nil || len(got.Commits) != n {
			b.Fatalf("%d commits, %v", len(got.Commits), err)
		}
	}
}

// stream is the fast-import of n commits without files.
func stream(n int) string {
	var s strings.Builder
	for i := 1; i <= n; i++ {
		message := fmt.Sprintf("feat: change %d (#%d)\n\nBecause of what was said in #%d.\n", i, i, i/2)
		fmt.Fprintf(&s, "commit refs/heads/main\nmark :%d\nauthor A %d <%d+a%d@users.noreply.github.com> %d +0000\n", i, i%50, i%50, i%50, start+i)
		fmt.Fprintf(&s, "committer GitHub <noreply@github.com> %d +0000\ndata %d\n%s", start+i, len(message), message)
		if i > 1 {
			fmt.Fprintf(&s, "from :%d\n", i-1)
		}
		if i > 10 && i%10 == 0 {
			fmt.Fprintf(&s, "merge :%d\n", i-7)
		}
		s.WriteString("\n")
	}
	return s.String()
}
