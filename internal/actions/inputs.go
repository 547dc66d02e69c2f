package actions

import (
	"errors"
	"fmt"
)

// The inputs that are no flags.
const (
	TokenInput   = "github-token"
	SummaryInput = "summary"
	ModeInput    = "mode"
)

// Modes are the commands that the action runs; the first is the usual one.
var Modes = []string{"report", "collect"}

// Form is how an input is written.
type Form int

// The forms of inputs.
const (
	Text Form = iota
	Words
	Lines // patterns, which may hold commas
	YesNo
	Clone // a folder; the default is used only if it holds what is needed
)

// Parameter is an input that action.yml declares.
type Parameter struct {
	Name    string
	Flag    string // of the commands in [Modes], without dashes; "" for none
	Form    Form
	Default string // as in action.yml, "" where the program decides
	Doc     string // sentences in Markdown
}

// Inputs are the inputs that action.yml declares, in its order.
var Inputs = []Parameter{
	{TokenInput, "", Text, "${{ github.token }}", "Token to read with. The workflow's own reads its own repository; for others give one of a GitHub App or a personal access token."},
	{"repositories", "repo", Words, "", "Repositories to report on, `owner/name`, one a line or between commas. Without this and `org`: the repository of the workflow."},
	{ModeInput, "", Text, "report", "What to do: `report` collects and makes the report, `collect` collects only."},
	{"org", "org", Text, "", "Organisation whose repositories to report on, archived ones and forks left out."},
	{"topics", "topic", Words, "", "Of `org`, only repositories with one of these topics, one a line or between commas."},
	{"match", "match", Lines, "", "Of `org`, only repositories whose name one of these patterns matches, one a line: `api-*`."},
	{"exclude", "exclude", Lines, "", "Of `org`, no repository whose name one of these patterns matches, one a line."},
	{"archived", "archived", YesNo, "false", "`true` takes archived repositories of `org` too."},
	{"forks", "forks", YesNo, "false", "`true` takes forks of `org` too."},
	{"shard", "shard", Text, "", "With the mode `collect`: one of several parts of the repositories, `2/8`, for a matrix of jobs."},
	{"offline", "offline", YesNo, "false", "With the mode `report`: `true` makes the report of what is in `history-dir` and asks nobody."},
	{"window", "window", Text, "90d", "Days or weeks to report on, up to the last midnight: `90d`, `13w`."},
	{"since", "since", Text, "", "How far back to collect, a date. Without it: as far as the window needs."},
	{"zone", "zone", Text, "UTC", "Zone of days and weeks: `Europe/Berlin`."},
	{"git-dir", "git", Clone, ".", "Clone to read the commit graph from, at no cost. The folder `.` is used if it is a whole clone of one of `repositories`, and left alone otherwise."},
	{"output-dir", "out", Text, "_site", "Folder for the report. A report that is there is replaced."},
	{"history-dir", "history", Text, "history", "Folder for the history that is collected."},
	{"base-url", "base-url", Text, "", "Address that the report will have: `https://owner.github.io/name/`. Only the page for missing addresses needs it."},
	{"hide-people", "hide-people", YesNo, "false", "`true` keeps the names of people out of the report."},
	{"graphql-url", "graphql-url", Text, "${{ github.graphql_url }}", "Address of the GraphQL API."},
	{"max-wait", "max-wait", Text, "1h", "Longest time to wait for limits of the API, all waits together: `30m`. Give the job more."},
	{SummaryInput, "", YesNo, "true", "`false` leaves out the summary on the page of the run."},
}

// Flags is what is known of the flags of the command that is run.
type Flags struct {
	Given func(flag string) bool // on the command line, which comes first
	Taken func(flag string) bool // by the command
}

// Args turns inputs into flags of one of the [Modes], all but those that were given
// on the command line. Where nothing names a repository or an organisation, and the
// network may be used, the repository is the one of the workflow. All mistakes are
// reported at once, among them inputs that the command does not take.
func Args(getenv func(string) string, flags Flags) ([]string, error) {
	var args []string
	var errs []error
	repositories := selected(getenv, flags.Given)
	for _, p := range Inputs {
		if p.Flag == "" || flags.Given(p.Flag) {
			continue
		}
		values, err := p.values(getenv, repositories)
		if value, _ := Input(getenv, p.Name); err == nil && !flags.Taken(p.Flag) {
			if value != p.Default && len(values) > 0 {
				errs = append(errs, fmt.Errorf("input %s has no meaning in this mode: leave it out", p.Name))
			}
			continue
		}
		errs = append(errs, err)
		for _, value := range values {
			args = append(args, "--"+p.Flag+"="+value)
		}
	}
	return args, errors.Join(errs...)
}

// selected are the repositories that inputs name, or the one of the workflow.
func selected(getenv func(string) string, given func(flag string) bool) []string {
	_, org := Input(getenv, "org")
	names := List(getenv, "repositories")
	own := getenv("GITHUB_REPOSITORY")
	offline, _ := Bool(getenv, "offline", false) // what is wrong with it is told elsewhere
	if len(names) > 0 || org || offline || own == "" || given("repo") || given("org") || given("offline") {
		return names
	}
	return []string{own}
}

// values are what an input sets its flag to: nothing leaves the flag alone.
func (p Parameter) values(getenv func(string) string, repositories []string) ([]string, error) {
	value, given := Input(getenv, p.Name)
	switch {
	case p.Name == "repositories":
		return repositories, nil
	case p.Form == Words:
		return List(getenv, p.Name), nil
	case p.Form == Lines:
		return items(value, func(r rune) bool { return r == '\n' || r == '\r' }), nil
	case !given:
		return nil, nil
	case p.Form == YesNo:
		yes, err := Bool(getenv, p.Name, false)
		if err != nil || !yes {
			return nil, err
		}
		return []string{"true"}, nil
	case p.Form == Clone && value == p.Default && !wholeClone(value, repositories):
		return nil, nil
	}
	return []string{value}, nil
}
