package kpi

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/timeline"
)

// absence is a repository that the KPI cannot be computed for.
type absence struct {
	LeftOut
	repository *timeline.Repository
	stretch    stretch
	// gap is what keeps it out; nil where it has nothing that the KPI counts.
	gap *shipshape.Gap
}

// ready narrows a scope to the repositories that have what the KPI needs and were
// seen in the window; the rest are absent, each with its reason.
func (k KPI) ready(scope Scope) Scope {
	all := scope.Repositories
	scope.Repositories, scope.stretches, scope.absent = nil, nil, nil
	for _, r := range all {
		a := absence{LeftOut: LeftOut{Repository: r.Name()}, repository: r, stretch: k.stretch(r)}
		if a.stretch.cut.Entity != "" { // before it is said that there was nothing
			a.Reason, a.Remedy = a.stretch.blind(scope.Window, k.Statistic)
			a.gap = &a.stretch.cut
		}
		if a.Reason == "" {
			a.Reason, a.Remedy, a.gap = k.lacks(r)
		}
		if a.Reason == "" {
			a.Reason, a.Remedy = a.stretch.blind(scope.Window, k.Statistic)
			a.gap = &a.stretch.ended
		}
		if a.Reason != "" {
			scope.absent = append(scope.absent, a)
			continue
		}
		scope.Repositories = append(scope.Repositories, r)
		scope.stretches = append(scope.stretches, a.stretch)
	}
	return scope
}

// alone returns the scope of one absent repository.
func (s Scope) alone(a absence) Scope {
	s.Repositories, s.stretches = []*timeline.Repository{a.repository}, []stretch{a.stretch}
	return s
}

// lacks says what a repository lacks for the KPI, "" for nothing, and the gap that is
// the reason, nil where it is none.
func (k KPI) lacks(r *timeline.Repository) (reason, remedy string, gap *shipshape.Gap) {
	if reason, remedy = k.lacksSource(r); reason != "" {
		return reason, remedy, nil
	}
	for _, need := range k.Needs {
		if need.Entity == shipshape.DeploymentEntity && r.Source.Kind != timeline.SourceDeployments {
			continue // What is not looked at cannot be missed.
		}
		if gap, unknown := r.Unknown(need.Entity, need.Field); unknown {
			reason, remedy = inWords(gap)
			return reason, remedy, &gap
		}
	}
	if k.Connected == nil {
		return "", "", nil
	}
	reason, remedy = k.Connected(r)
	return reason, remedy, nil
}

// inWords returns the reason and the remedy of a gap; both are sentences.
func inWords(gap shipshape.Gap) (reason, remedy string) {
	reason, remedy = sentence(gap.Why), sentence(gap.Remedy)
	if reason == "" {
		reason = fmt.Sprintf("The source does not state %s.", strings.TrimSpace(string(gap.Entity)+" "+gap.Field))
	}
	if remedy == "" {
		remedy = "Collect the history again from GitHub, with a token that may read it."
	}
	return reason, remedy
}

// lacksSource says why the repository's deployment source does not serve the
// KPI, "" if it does.
func (k KPI) lacksSource(r *timeline.Repository) (reason, remedy string) {
	kind := r.Source.Kind
	switch {
	case k.Sources == nil || slices.Contains(k.Sources, kind):
		return "", ""
	case kind == timeline.SourceNone || kind == "":
		return nothingDeployed(r)
	}
	return fmt.Sprintf("Deployments are taken from %s here, and %s do not record whether and when an attempt ended.", kind, kind),
		"Record deployments on GitHub with their statuses, to an environment named production."
}

// nothingDeployed says why no production deployment is known. Where deployments
// could not be seen at all, that is the reason; else that there are none.
func nothingDeployed(r *timeline.Repository) (reason, remedy string) {
	if gap, unknown := r.Unknown(shipshape.DeploymentEntity, ""); unknown {
		return inWords(gap)
	}
	reason = "Nothing in the history counts as a production deployment."
	if why := sentence(r.Source.Why); why != "" {
		reason += " " + why
	}
	return reason, "Record deployments to an environment named production, publish releases, tag versions, or name the workflow that deploys."
}

// nobody says why no repository has what the KPI needs.
func nobody(out []LeftOut) (reason, remedy string) {
	if len(out) == 0 {
		return "The history holds no repository.", "Collect the history of at least one repository."
	}
	var reasons, remedies []string
	where := map[string][]string{}
	for _, l := range out {
		if !slices.Contains(reasons, l.Reason) {
			reasons = append(reasons, l.Reason)
		}
		if !slices.Contains(remedies, l.Remedy) {
			remedies = append(remedies, l.Remedy)
		}
		where[l.Reason] = append(where[l.Reason], string(l.Repository))
	}
	if len(reasons) == 1 {
		return reasons[0], strings.Join(remedies, " ")
	}
	for i, said := range reasons {
		reasons[i] = list(where[said]) + ": " + said
	}
	return strings.Join(reasons, " "), strings.Join(remedies, " ")
}

// emptiness says why a share or median over a connected source has no value.
func (k KPI) emptiness(items []Item, a amount) (reason, remedy string) {
	switch {
	case a.missing > 0:
		why := commonest(items, func(i Item) bool { return i.Missing })
		return fmt.Sprintf("None of the %s in the window could be measured: %s.", count(a.missing, "item"), why), k.Remedy
	case len(items) > 0:
		why := commonest(items, func(Item) bool { return true })
		return fmt.Sprintf("Nothing in the window counts, and %s left out: %s.", count(len(items), "item")+verb(len(items), " is", " are"), why),
			"Choose a longer window, or look at what was left out."
	}
	return "There is nothing in the window.", "Choose a longer window."
}

// commonest returns the most frequent reason among the left out items that count
// here, with its share where it is not the only one. Of several it is the first
// in the order of evidence.
func commonest(items []Item, counts func(Item) bool) string {
	seen := map[string]int{}
	all, most, reason := 0, 0, ""
	for _, item := range items {
		if item.Excluded != "" && counts(item) {
			all++
			seen[item.Excluded]++
		}
	}
	for _, item := range items {
		if n := seen[item.Excluded]; n > most {
			most, reason = n, item.Excluded
		}
	}
	if most < all {
		return fmt.Sprintf("%s (%d of %d)", reason, most, all)
	}
	return reason
}
