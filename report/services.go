package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape/kpi"
)

// servicesHeadline is the headline over several repositories. It never leads with
// a blend of services: it names the one that clearly changed, else it only counts.
func (b *book) servicesHeadline() string {
	for _, s := range b.shelves {
		for _, r := range s.score.Results {
			if slices.Contains(deliveryKPIs, r.KPI.ID) && clearlyChanged(r) {
				return b.verdictWords([]kpi.Result{r}) + ", in " + s.short()
			}
		}
	}
	for _, id := range []string{"deployment-frequency", "changes-merged"} {
		if clause := b.clause(id); len(clause) > 0 {
			return clause[0] + " from " + count(len(b.repositories()), "repository")
		}
	}
	return "Nothing in these histories can be measured yet"
}

// servicesLede says how often and how fast each service delivers, for the first
// few of them.
func (b *book) servicesLede() string {
	var clauses []string
	for _, s := range b.shelves {
		if words := s.deliveryWords(b); words != "" {
			clauses = append(clauses, words)
		}
	}
	const most = 4
	if len(clauses) == 0 {
		return ""
	}
	if more := len(clauses) - most; more > 0 {
		clauses = append(clauses[:most], fmt.Sprintf("and %s more stand below", whole(more)))
	}
	return strings.Join(clauses, "; ") + "."
}

// deliveryWords say how often a service delivers and how fast: "locations-api
// delivered 31 times, half of its changes within 24 h of their start".
func (s *shelf) deliveryWords(b *book) string {
	frequency, _ := s.score.Result("deployment-frequency")
	if !known(frequency) {
		merged, _ := s.score.Result("changes-merged")
		if !known(merged) {
			return ""
		}
		return fmt.Sprintf("%s merged %s", s.short(), count(merged.N, "change"))
	}
	verb := "delivered"
	if s.releasedAs() {
		verb = "released"
	}
	words := fmt.Sprintf("%s %s %s", s.short(), verb, times(frequency.N))
	lead, _ := s.score.Result("lead-time-for-changes")
	if known(lead) && lead.Value != nil {
		words += ", half of its changes within " + b.measureOf(lead).words(*lead.Value, lead.N) + " of their start"
	}
	return words
}

// times writes how often: "once", "twice", "31 times".
func times(n int) string {
	switch n {
	case 0:
		return "nothing"
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return whole(n) + " times"
}

// short names the repository by its own name.
func (s *shelf) short() string { return s.Name().Short() }

// broadest orders results by how many repositories they hold for, so that tiles
// and columns over several speak of most of them.
func broadest(results []kpi.Result) []kpi.Result {
	sorted := slices.Clone(results)
	slices.SortStableFunc(sorted, func(a, b kpi.Result) int {
		return cmp.Compare(len(b.Repositories), len(a.Repositories))
	})
	return sorted
}
