package report

import (
	"time"

	"github.com/shipshape-report/shipshape/timeline"
)

// DeploymentsData is data/deployments.json: every attempt to deploy to production,
// by repository, oldest first. Where releases or tags stand for deployments there
// is one for each of them.
type DeploymentsData []DeploymentData

// DeploymentData is one attempt.
type DeploymentData struct {
	Repository  string     `json:"repository"`
	Environment *string    `json:"environment" jsonschema:"description=Null where releases or tags stand for deployments."`
	ID          string     `json:"id" jsonschema:"description=GitHub's databaseId in decimal or a tag."`
	Previous    *string    `json:"previous" jsonschema:"description=Id of the deployment that was active before; null for none."`
	Commit      string     `json:"commit"`
	StartedAt   time.Time  `json:"startedAt"`
	FinishedAt  *time.Time `json:"finishedAt" jsonschema:"description=First success; null if it never came."`
	Kind        *string    `json:"kind" jsonschema:"description=Null unless it succeeded and repeats no other."`
	Outcome     string     `json:"outcome" jsonschema:"enum=succeeded,enum=failed,enum=pending,enum=inactive"`
	// Failed is never false: that nothing failed is not known without a record of
	// incidents.
	Failed    *bool                `json:"failed" jsonschema:"description=Whether the delivery caused a failure; null where that is not known."`
	Reasons   []string             `json:"reasons" jsonschema:"description=Why it counts as failed or why that is not known."`
	Commits   []DeployedCommitData `json:"commits" jsonschema:"description=What it brought; newest first."`
	Changes   []DeployedChangeData `json:"changes" jsonschema:"description=By merge."`
	Incidents []string             `json:"incidents" jsonschema:"oneof_type=array;null,description=Null while no source of incidents is connected."`
}

// DeployedCommitData is a commit that a deployment brought.
type DeployedCommitData struct {
	OID         string   `json:"oid"`
	LeadSeconds *float64 `json:"leadSeconds" jsonschema:"description=From its authored date to the finish; null where either is not known."`
}

// DeployedChangeData is a change that entered an environment with a deployment.
type DeployedChangeData struct {
	Number      *int     `json:"number" jsonschema:"description=Of the pull request; null for a commit that came without one."`
	OID         string   `json:"oid"`
	LeadSeconds *float64 `json:"leadSeconds" jsonschema:"description=From its start to the finish; null where the start is not known."`
	// Flag is the clock trouble that was mended.
	Flag   *string    `json:"flag" jsonschema:"description=Why the start is not the earliest date known: such an item counts but lowers coverage; null where it is."`
	Stages StagesData `json:"stages"`
}

// StagesData are the stages of a change in seconds; they add up to leadSeconds. A
// stage that did not happen is null, and its time is in the next one.
type StagesData struct {
	Coding     *float64 `json:"coding"`
	Pickup     *float64 `json:"pickup"`
	Review     *float64 `json:"review"`
	MergeWait  *float64 `json:"mergeWait"`
	DeployWait *float64 `json:"deployWait"`
	// From names where a stage began that holds the time of stages before it.
	From map[string]string `json:"from" jsonschema:"description=Of each stage that began before its own boundary: the boundary it began at; its time is not that stage alone."`
}

// deploymentsData is every production attempt of every repository.
func (b *book) deploymentsData(place) any {
	doc := DeploymentsData{}
	for _, s := range b.shelves {
		for _, d := range s.Production() {
			doc = append(doc, b.deploymentData(s, d))
		}
	}
	return doc
}

func (b *book) deploymentData(s *shelf, d *timeline.Deployment) DeploymentData {
	data := DeploymentData{
		Repository: string(s.Name()), Environment: stated(d.Environment), ID: d.ID, Commit: string(d.Commit),
		StartedAt: d.Started.UTC(), FinishedAt: stamped(d.Finished), Kind: stated(string(d.Kind)), Outcome: string(d.Outcome),
		Commits: []DeployedCommitData{}, Changes: []DeployedChangeData{},
	}
	if d.Previous != nil {
		data.Previous = &d.Previous.ID
	}
	data.Failed, data.Reasons = failedData(d)
	for _, o := range d.Commits {
		data.Commits = append(data.Commits, DeployedCommitData{string(o), between(s.AuthoredAt(o), d.Finished)})
	}
	for _, c := range d.Changes {
		data.Changes = append(data.Changes, deployedChange(c, d.Finished))
	}
	return data
}

// failedData says whether a delivery is known to have failed, and why.
func failedData(d *timeline.Deployment) (*bool, []string) {
	switch {
	case d.Outcome != timeline.Succeeded:
		return nil, []string{"it did not succeed, so it delivered nothing that could fail"}
	case !d.FailedAfter.IsZero():
		yes := true
		return &yes, []string{"it reported a failure after its success"}
	case d.DuplicateOf != nil:
		return nil, []string{"it repeats deployment " + d.DuplicateOf.ID + " and counts with it"}
	}
	return nil, []string{"no source of incidents is connected"}
}

func deployedChange(c *timeline.Change, finished time.Time) DeployedChangeData {
	data := DeployedChangeData{OID: string(c.Commit), Stages: StagesData{From: map[string]string{}}}
	if !c.Direct() {
		data.Number = &c.Number
	}
	lead := c.LeadTo(finished)
	if lead.Trouble == timeline.StartUnknown || finished.IsZero() {
		return data
	}
	whole := lead.Duration.Seconds()
	data.LeadSeconds, data.Flag = &whole, stated(string(lead.Trouble))
	for _, stage := range lead.Stages {
		took := stage.Duration.Seconds()
		if !stage.Whole {
			data.Stages.From[string(stage.Stage)] = stage.From
		}
		switch stage.Stage {
		case timeline.Coding:
			data.Stages.Coding = &took
		case timeline.Pickup:
			data.Stages.Pickup = &took
		case timeline.Review:
			data.Stages.Review = &took
		case timeline.MergeWait:
			data.Stages.MergeWait = &took
		case timeline.DeployWait:
			data.Stages.DeployWait = &took
		}
	}
	return data
}

// between is the time from one instant to another in seconds, not below 0; null
// where either is not known.
func between(from, to time.Time) *float64 {
	if from.IsZero() || to.IsZero() {
		return nil
	}
	took := max(0, to.Sub(from).Seconds())
	return &took
}

// stamped is an instant, or null where it is not known.
func stamped(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
