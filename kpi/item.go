package kpi

import (
	"fmt"
	"strconv"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/timeline"
)

// The kinds of item.
const (
	kindDeployment = "deployment"
	kindRelease    = "release" // where releases or tags are the deployments
	kindChange     = "change"  // a pull request, by number
	kindCommit     = "commit"  // a change without a pull request, by object id
	kindRun        = "run"
)

// deploymentItem returns a deployment as evidence, without its value.
func deploymentItem(d *timeline.Deployment) Item {
	item := Item{
		Kind: kindDeployment, Repository: d.Repo.Name(), ID: d.ID, Title: deploymentTitle(d), URL: d.URL,
		At: d.Finished, Team: d.Repo.Team, Environment: d.Environment, Machine: d.ByMachine,
	}
	if fromReleases(d.Repo) {
		item.Kind = kindRelease
	}
	return item
}

// deploymentTitle names what was deployed: its ref, or the commit where the ref
// is the commit.
func deploymentTitle(d *timeline.Deployment) string {
	if d.Ref == "" || d.Ref == string(d.Commit) {
		return d.Commit.Short()
	}
	return d.Ref
}

// changeItem returns a change as evidence, at its merge and without its value.
func changeItem(c *timeline.Change) Item {
	item := Item{
		Kind: kindChange, Repository: c.Repo.Name(), ID: strconv.Itoa(c.Number), Title: c.Title, URL: c.URL,
		At: c.Merged, Team: c.Repo.Team, Class: string(c.Class), Machine: c.ByMachine, Anonymous: c.Anonymous(),
	}
	if c.Direct() {
		item.Kind, item.ID = kindCommit, string(c.Commit)
	}
	return item
}

// clusterOf names the deployment behind a change across repositories.
func clusterOf(d *timeline.Deployment) string { return string(d.Repo.Name()) + "/" + d.ID }

// out returns the item as left out for a reason.
func (i Item) out(format string, args ...any) Item {
	i.Excluded = fmt.Sprintf(format, args...)
	return i
}

// unknown returns the item as left out because a fact is not known, which lowers
// coverage.
func (i Item) unknown(format string, args ...any) Item {
	i = i.out(format, args...)
	i.Missing = true
	return i
}

// fromReleases reports whether releases or tags are the repository's deployments.
func fromReleases(r *timeline.Repository) bool {
	return r.Source.Kind == timeline.SourceReleases || r.Source.Kind == timeline.SourceTags
}

// The deployment sources that a KPI can be measured with.
var (
	anySource = []timeline.SourceKind{timeline.SourceDeployments, timeline.SourceWorkflow, timeline.SourceReleases, timeline.SourceTags}
	// attempts are the sources that record attempts, and so failures.
	attempts = []timeline.SourceKind{timeline.SourceDeployments, timeline.SourceWorkflow}
)

// What a KPI may need.
var (
	needCommits  = Need{Entity: shipshape.CommitEntity}
	needChanges  = Need{Entity: shipshape.ChangeEntity}
	needOpening  = Need{Entity: shipshape.ChangeEntity, Field: "createdAt"}
	needReviews  = Need{Entity: shipshape.ChangeEntity, Field: "reviews"}
	needSizes    = Need{Entity: shipshape.ChangeEntity, Field: "additions"}
	needStatuses = Need{Entity: shipshape.DeploymentEntity, Field: "statuses"}
	needReleases = Need{Entity: shipshape.ReleaseEntity}
	needRuns     = Need{Entity: shipshape.RunEntity}
)

// onlyChanges is what most KPIs of the change flow look at.
var onlyChanges = []shipshape.Entity{shipshape.ChangeEntity}

const doraGuide = "DORA, https://dora.dev/guides/dora-metrics-four-keys/"
