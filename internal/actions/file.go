package actions

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"
)

// longestOutput is the most bytes an output may have. GitHub takes 1 MB of all
// outputs of a job together; what is longer belongs into a file.
const longestOutput = 64 << 10

// Output sets an output of the step. The name must be one of [Outputs], the value
// UTF-8 without NUL of at most 64 KiB; it may have any number of lines.
func (r *Runner) Output(name, value string) error {
	if r == nil {
		return nil
	}
	if err := r.output(name, value); err != nil {
		return fmt.Errorf("output %q: %w", name, err)
	}
	return nil
}

func (r *Runner) output(name, value string) error {
	switch {
	case !declared(name):
		return errors.New("action.yml declares no such output")
	case len(value) > longestOutput:
		return fmt.Errorf("%d bytes are too many, write them to a file", len(value))
	case !utf8.ValidString(value) || strings.ContainsRune(value, 0):
		return errors.New("the value is no text")
	}
	file, err := r.file("GITHUB_OUTPUT")
	if err != nil {
		return err
	}
	delimiter, err := r.delimiter()
	if err != nil {
		return err
	}
	if strings.Contains(value, delimiter) {
		return errors.New("the value holds the delimiter that was drawn for it")
	}
	return appendTo(file, strings.Join([]string{name + "<<" + delimiter, value, delimiter, ""}, r.eol()))
}

// delimiter draws the line that ends a value: 128 bits that nobody who wrote the
// value could know. A fixed one would let a title set outputs of its own choice.
func (r *Runner) delimiter() (string, error) {
	var bits [16]byte
	if _, err := io.ReadFull(r.rand, bits[:]); err != nil {
		return "", fmt.Errorf("delimiter: %w", err)
	}
	return "shipshape_" + hex.EncodeToString(bits[:]), nil
}

// eol is what ends a line in a file for the runner. On Windows it takes a carriage
// return before a line feed for a part of the end, elsewhere for a part of the
// value.
func (r *Runner) eol() string {
	if r.getenv("RUNNER_OS") == "Windows" {
		return "\r\n"
	}
	return "\n"
}

// file is the path of the file that the runner reads for a purpose.
func (r *Runner) file(variable string) (string, error) {
	if path := r.getenv(variable); path != "" {
		return path, nil
	}
	return "", fmt.Errorf("%s is not set: the step does not run under GitHub Actions", variable)
}

// appendTo writes text to the end of a file, at once.
func appendTo(path, text string) (err error) {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, err = f.WriteString(text)
	return err
}
