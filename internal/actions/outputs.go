package actions

// The outputs of the action.
const (
	SitePath      = "site-path"
	HistoryPath   = "history-path"
	ScorecardPath = "scorecard-path"
	Version       = "version"
	Incomplete    = "incomplete"
)

// Field is an output that action.yml declares.
type Field struct {
	Name string
	Doc  string // a phrase in Markdown
}

// Outputs are the outputs that action.yml declares, in its order. A run that made
// a report sets all of them.
var Outputs = []Field{
	{SitePath, "Folder of the report, for `actions/upload-pages-artifact`."},
	{HistoryPath, "Folder of the history that was collected."},
	{ScorecardPath, "File with every KPI as JSON, `data/scorecard.json` of the report."},
	{Version, "Version of Shipshape; `devel` for one that is no release."},
	{Incomplete, "`true` if collecting was cut short and the report says what is missing, else `false`."},
}

func declared(name string) bool {
	for _, o := range Outputs {
		if o.Name == name {
			return true
		}
	}
	return false
}
