// Package actions speaks the protocol of the runner of GitHub Actions: inputs,
// outputs, the summary of a step, annotations and the log.
//
// Titles, branch names and messages from a repository are text of strangers, and
// the runner takes commands from every line it reads. Here no such text becomes a
// command, an output of another name or a second line. The package knows neither
// the environment nor stdout nor randomness: they are passed in. Start reading at
// runner.go; inputs.go and outputs.go hold what action.yml declares.
package actions
