package githubtest

import (
	"strings"
)

// newTables returns the tables of all types that can occur in an answer. A type of
// the schema that is not here has no value that a noun could be turned into.
func newTables(s *Schema) map[string]table {
	tables := map[string]table{
		"Query": queryFields, "RateLimit": rateLimitFields, "PageInfo": pageInfoFields,
		"User": userFields, "Organization": ownerFields, "Bot": actorFields, "Mannequin": actorFields,
		"EnterpriseUserAccount": enterpriseAccountFields, "Team": teamFields, "App": appFields,
		"Repository": repositoryFields, "RepositoryTopic": repositoryTopicFields, "Topic": topicFields,
		"Commit": commitFields, "Ref": refFields, "Tag": tagFields, "Tree": treeFields, "Blob": blobFields,
		"GitActor": gitActorFields, "Comparison": comparisonFields, "Label": labelFields, "Milestone": milestoneFields,
		"PullRequest": pullRequestFields, "PullRequestCommit": pullRequestCommitFields,
		"PullRequestReview": reviewFields, "IssueComment": issueCommentFields, "Issue": issueFields,
		"IssueType": issueTypeFields, "SubIssuesSummary": subIssuesSummaryFields,
		"IssueDependenciesSummary": dependenciesSummaryFields,
		"Release":                  releaseFields, "ReleaseAsset": assetFields,
		"Deployment": deploymentFields, "DeploymentStatus": statusFields, "Environment": environmentFields,
		"CheckSuite": checkSuiteFields, "CheckRun": checkRunFields, "WorkflowRun": workflowRunFields,
		"Workflow": workflowFields, "DeploymentReview": decisionFields, "DeploymentProtectionRule": gateFields,
		"BranchProtectionRule": protectionFields, "RefUpdateRule": refUpdateFields, "MergeQueue": mergeQueueFields,
		"RequiredStatusCheckDescription": requiredCheckFields, "StatusCheckConfiguration": checkConfigurationFields,
		"RepositoryRuleset": rulesetFields, "RepositoryRule": ruleFields, "RepositoryRuleConditions": conditionFields,
		"RefNameConditionTarget": refConditionFields, "PullRequestParameters": pullRequestParameterFields,
		"RequiredStatusChecksParameters": checksParameterFields,
		"RequiredDeploymentsParameters":  deploymentsParameterFields, "MergeQueueParameters": queueParameterFields,
		"PullRequestReviewThread": threadFields, "PullRequestReviewComment": remarkFields,
		"__Schema": schemaFields, "__Type": typeFields, "__Field": fieldFields, "__InputValue": inputFields,
		"__EnumValue": enumFields, "__Directive": directiveFields,
	}
	for name := range s.ast.Types {
		switch {
		case connection(name):
			tables[name] = connectionFields
		case strings.HasSuffix(name, "Edge"):
			tables[name] = edgeFields
		case strings.HasSuffix(name, "Event"):
			tables[name] = eventTable(name)
		}
	}
	return tables
}

// eventTable is the table of a type of timeline event.
func eventTable(name string) table {
	switch name {
	case "CrossReferencedEvent":
		return crossReferencedFields
	case "ConnectedEvent":
		return connectedFields
	case "MarkedAsDuplicateEvent":
		return duplicateFields
	case "MilestonedEvent", "DemilestonedEvent", "RenamedTitleEvent":
		return subjectFields
	}
	return eventFields
}
