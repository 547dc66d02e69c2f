package kpi

// All lists every KPI in reading order: first what reaches production, then what
// happens up to the merge.
var All = []KPI{
	DeploymentFrequency,
	LeadTime,
	SuccessRate,
	DeploymentDuration,
	RunFrequency,
	ChangesMerged,
	CodingTime,
	PickupTime,
	ReviewTime,
	MergeWait,
	ChangeSize,
	Unreleased,
}

// Lookup returns the KPI of that id, and false where there is none.
func Lookup(id string) (KPI, bool) {
	for _, k := range All {
		if k.ID == id {
			return k, true
		}
	}
	return KPI{}, false
}
