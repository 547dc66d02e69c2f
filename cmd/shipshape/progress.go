package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/collect"
	"github.com/shipshape-report/shipshape/internal/actions"
	"github.com/shipshape-report/shipshape/internal/github"
	"github.com/shipshape-report/shipshape/internal/markup"
)

// progress shows how collecting goes: a bar for a person at a terminal, a group of
// lines a repository in a workflow's log, a line a kind of record elsewhere.
type progress struct {
	out      io.Writer
	now      func() time.Time
	workflow *actions.Runner // nil outside a workflow
	terminal bool

	entity shipshape.Entity // what is being read
	last   collect.Step
	bar    *progressbar.ProgressBar
}

func (e env) newProgress() *progress {
	return &progress{out: e.err, now: e.now, workflow: e.workflow, terminal: e.terminal}
}

// say writes one line, whatever it holds.
func (p *progress) say(line string) {
	p.clear()
	if p.workflow != nil {
		_ = p.workflow.Log(line) // progress that nobody can see is no reason to stop
		return
	}
	fmt.Fprintln(p.out, markup.Text(line))
}

// item is say for a line below another.
func (p *progress) item(line string) {
	p.clear()
	if p.workflow != nil {
		_ = p.workflow.Log("  " + line)
		return
	}
	fmt.Fprintln(p.out, "  "+markup.Text(line))
}

// mostLeft is how many repositories a line names that are left out for one reason.
const mostLeft = 10

// chosen says which repositories of an account are collected, and which are left
// out, and why.
func (p *progress) chosen(s collect.Selected, withheld int) {
	left := withheld
	for _, names := range s.Left {
		left += len(names)
	}
	line := number(len(s.Repositories), "repository to collect", "repositories to collect")
	if left > 0 {
		line += fmt.Sprintf("; %d left out", left)
	}
	p.say(line)
	for _, why := range collect.Reasons {
		if names := s.Left[why]; len(names) > 0 {
			p.item(fmt.Sprintf("%s: %s", why, firstNames(names, mostLeft)))
		}
	}
	if withheld > 0 {
		p.item(fmt.Sprintf("not shown to the token: %d", withheld))
	}
}

// firstNames is a list of names that ends with how many more there are.
func firstNames(names []shipshape.RepositoryName, most int) string {
	var words []string
	for _, name := range names[:min(len(names), most)] {
		words = append(words, string(name))
	}
	text := strings.Join(words, ", ")
	if more := len(names) - len(words); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// begin says that a repository is read now.
func (p *progress) begin(repository string) {
	if p.workflow != nil {
		_ = p.workflow.Group("Collecting " + repository)
		return
	}
	p.say("Collecting " + repository)
}

// end says that all of it was read.
func (p *progress) end() {
	p.finish()
	if p.workflow != nil {
		_ = p.workflow.EndGroup()
	}
}

// step shows how far reading has come.
func (p *progress) step(s collect.Step) {
	if s.Entity != p.entity {
		p.finish()
		p.entity = s.Entity
	}
	p.last = s
	if !p.terminal {
		return
	}
	if p.bar == nil {
		p.bar = p.newBar(s)
	}
	if s.Total > 0 {
		p.bar.ChangeMax(max(s.Total, s.Done))
	}
	_ = p.bar.Set(s.Done) // a terminal that is gone is no reason to stop
}

func (p *progress) newBar(s collect.Step) *progressbar.ProgressBar {
	most := int64(s.Total)
	if most == 0 {
		most = -1
	}
	return progressbar.NewOptions64(most,
		progressbar.OptionSetWriter(p.out), progressbar.OptionSetDescription("  "+words(s.Entity)),
		progressbar.OptionSetWidth(30), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetElapsedTime(false), progressbar.OptionSetPredictTime(false), progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionSetSpinnerChangeInterval(0)) // it would turn on by itself, over other lines
}

// finish ends the kind of record that is being read with a line of its own.
func (p *progress) finish() {
	p.clear()
	if p.entity != "" && p.entity != shipshape.RepositoryEntity { // which is one
		p.item(fmt.Sprintf("%s: %d", words(p.entity), p.last.Done))
	}
	p.entity, p.last = "", collect.Step{}
}

// clear takes the bar away, so that a line can be written.
func (p *progress) clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
		p.bar = nil
	}
}

// words names a kind of record to a reader.
func words(e shipshape.Entity) string {
	switch e {
	case shipshape.ChangeEntity:
		return "pull requests"
	case shipshape.RefEntity:
		return "branches and tags"
	case shipshape.RunEntity:
		return "workflow runs"
	case shipshape.ControlEntity:
		return "settings"
	}
	return string(e)
}

// notice says that the run waits, and how long.
func (p *progress) notice(n github.Notice) {
	p.item(fmt.Sprintf("%s; waiting %s, until %s", n.Why, n.Wait.Round(time.Second), p.now().Add(n.Wait).UTC().Format(time.TimeOnly)+" UTC"))
}

// spent says what the run has cost, and what is left. What was predicted is only said
// where GitHub counted otherwise.
func (p *progress) spent(s github.Spending) {
	line := fmt.Sprintf("Asked GitHub %s, %s", number(s.Requests, "time", "times"), number(s.Points, "point", "points"))
	if s.Mispriced > 0 {
		line = fmt.Sprintf("Asked GitHub %s: predicted %d, counted %s; %s cost other than predicted", number(s.Requests, "time", "times"),
			s.Predicted, number(s.Points, "point", "points"), number(s.Mispriced, "answer", "answers"))
	}
	if s.Remaining >= 0 {
		line += fmt.Sprintf("; %d left until %s", s.Remaining, stamp(s.Reset))
	}
	p.say(line)
}
