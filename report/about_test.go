package report

import (
	"strings"
	"testing"
	"time"
)

func TestAboutSaysHowFarBackWasRead(t *testing.T) {
	if got := sinceWords(time.Time{}); got != "" {
		t.Errorf("of everything it says %q", got)
	}
	if got := sinceWords(time.Date(2026, 2, 19, 0, 0, 0, 0, time.UTC)); !strings.Contains(got, "from 19 Feb 2026 on") {
		t.Errorf("it says %q", got)
	}
}
