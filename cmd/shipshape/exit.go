package main

import "errors"

// The exit codes. 1 and 2 are the verdicts of a gate: no command of this version
// gives them.
const (
	done       = 0
	usage      = 3 // the command was given wrongly: a flag, a folder, a name, a token
	incomplete = 4 // collecting was cut short; what was collected is kept
	other      = 5 // anything else: damage, a full disk, a server that is down
)

// failure is an error with an exit code of its own.
type failure struct {
	code   int
	remedy string // what to do about it, a phrase, or empty
	err    error
}

// Error returns "mistake; remedy".
func (f *failure) Error() string {
	if f.remedy == "" {
		return f.err.Error()
	}
	return f.err.Error() + "; " + f.remedy
}

// Unwrap returns the mistake.
func (f *failure) Unwrap() error { return f.err }

// misuse is an error that another command line would avoid.
func misuse(err error, remedy string) error { return &failure{code: usage, remedy: remedy, err: err} }

// codeOf returns the exit code of an error.
func codeOf(err error) int {
	var f *failure
	if errors.As(err, &f) {
		return f.code
	}
	return other
}
