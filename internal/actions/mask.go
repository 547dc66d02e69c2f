package actions

import (
	"errors"
	"strings"
)

// shortestMask is the length in bytes below which masking would turn ordinary
// words of the log into asterisks.
const shortestMask = 8

// Mask makes the runner show a secret as asterisks from here on. Of a secret with
// several lines, those that are long enough are masked. A secret without such a
// line is an error. Forms of it, such as its base64, are not masked.
func (r *Runner) Mask(secret string) error {
	if r == nil {
		return nil
	}
	masked := 0
	for _, line := range strings.FieldsFunc(secret, func(c rune) bool { return c == '\n' || c == '\r' }) {
		if len(line) < shortestMask {
			continue
		}
		if err := r.command("add-mask", line, nil); err != nil {
			return err
		}
		masked++
	}
	if masked == 0 {
		return errors.New("a secret of fewer than 8 bytes cannot be masked")
	}
	return nil
}
