package timeline

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// changeOf returns a change with its boundaries in minutes after noon; -1 leaves
// one out.
func changeOf(authored, opened, ready, review, approval, merged int) *Change {
	at := func(n int) time.Time {
		if n == -1 {
			return time.Time{}
		}
		return minute(n)
	}
	return &Change{
		Repo: &Repository{startCap: 365 * 24 * time.Hour}, FirstAuthored: at(authored), Opened: at(opened), Ready: at(ready),
		FirstReview: at(review), LastApproval: at(approval), Merged: at(merged),
	}
}

// stagesInWords words stages as "coding 10, pickup 5 of ready": minutes, and where
// a stage began if not at its own boundary.
func stagesInWords(stages []StageTime) string {
	return words(stages, func(s StageTime) string {
		word := fmt.Sprint(s.Stage, " ", s.Duration.Minutes())
		if !s.Whole {
			word += " from " + s.From
		}
		return word
	})
}

func TestLeadTimeAndItsStages(t *testing.T) {
	for _, tt := range []struct {
		name                                              string
		authored, opened, ready, review, approval, merged int
		end                                               int
		want                                              int
		stages                                            string
	}{
		{"every boundary", 0, 10, 12, 30, 45, 60, 100, 100, "coding 12, pickup 18, review 15, mergeWait 15, deployWait 40"},
		{"opened before the first commit", 10, 0, 0, 30, 45, 60, 100, 100, "coding 0, pickup 30, review 15, mergeWait 15, deployWait 40"},
		{"no review", 0, 10, 10, -1, -1, 60, 100, 100, "coding 10, mergeWait 50 from ready, deployWait 40"},
		{"reviewed, never approved", 0, 10, 10, 20, -1, 60, 100, 100, "coding 10, pickup 10, mergeWait 40 from first review, deployWait 40"},
		{"opening unknown", 0, -1, -1, 20, 30, 60, 100, 100, "pickup 20 from start, review 10, mergeWait 30, deployWait 40"},
		{"neither opening nor review", 0, -1, -1, -1, -1, 60, 100, 100, "mergeWait 60 from start, deployWait 40"},
		{"reviewed as a draft", 0, 10, 30, 20, 25, 60, 100, 100, "coding 30, pickup 0, review 0, mergeWait 30, deployWait 40"},
		{"its head was deployed before the merge", 0, 10, 10, 30, 45, 60, 40, 40, "coding 10, pickup 20, review 10, mergeWait 0, deployWait 0"},
		{"made ready after the merge", 0, 10, 61, 30, 45, 60, 100, 100, "pickup 30 from start, review 15, mergeWait 15, deployWait 40"},
		{"no authored date", -1, 10, 10, 30, 45, 60, 100, 90, "coding 0, pickup 20, review 15, mergeWait 15, deployWait 40"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := changeOf(tt.authored, tt.opened, tt.ready, tt.review, tt.approval, tt.merged)
			l := c.LeadTo(minute(tt.end))
			if want := time.Duration(tt.want) * time.Minute; l.Duration != want || l.Uncapped != want || l.Trouble != NoTrouble {
				t.Errorf("lead %v, uncapped %v, trouble %q; want %v without trouble", l.Duration, l.Uncapped, l.Trouble, want)
			}
			if diff := cmp.Diff(tt.stages, stagesInWords(l.Stages)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestClockTrouble(t *testing.T) {
	const day = 24 * 60
	for _, tt := range []struct {
		name                     string
		authored, opened, merged int
		end                      int
		trouble                  Trouble
		lead, uncapped           int // minutes
	}{
		{"authored and opened after the delivery", 50, 40, 60, 30, StartAfter, 0, 0},
		{"authored after the delivery, opened before", 50, 10, 60, 30, NoTrouble, 20, 20},
		{"365 days before the merge", 0, -1, 365 * day, 366 * day, NoTrouble, 366 * day, 366 * day},
		{"older", 0, -1, 400 * day, 401 * day, StartTooOld, 366 * day, 401 * day},
		{"older, and delivered long before the merge", 0, -1, 400 * day, 10 * day, StartTooOld, 0, 10 * day},
		{"nothing known", -1, -1, 60, 100, StartUnknown, 0, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := changeOf(tt.authored, tt.opened, tt.opened, -1, -1, tt.merged).LeadTo(minute(tt.end))
			got := []any{l.Trouble, int(l.Duration.Minutes()), int(l.Uncapped.Minutes())}
			if diff := cmp.Diff([]any{tt.trouble, tt.lead, tt.uncapped}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestStagesToMerge(t *testing.T) {
	for _, tt := range []struct {
		name string
		c    *Change
		want string
	}{
		{"whole", changeOf(0, 10, 12, 30, 45, 60), "coding 12, pickup 18, review 15, mergeWait 15"},
		{"no review", changeOf(0, 10, 10, -1, -1, 60), "coding 10, mergeWait 50 from ready"},
		{"start unknown", changeOf(-1, -1, -1, 30, 45, 60), "review 15, mergeWait 15"},
		{"nothing known", changeOf(-1, -1, -1, -1, -1, 60), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, stagesInWords(tt.c.StagesToMerge())); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestStageLabels(t *testing.T) {
	for _, tt := range []struct {
		stage StageTime
		want  string
	}{
		{StageTime{Stage: Coding, From: "start", Whole: true}, "start to ready"},
		{StageTime{Stage: Pickup, From: "ready", Whole: true}, "ready to first review"},
		{StageTime{Stage: Review, From: "first review", Whole: true}, "first review to last approval"},
		{StageTime{Stage: MergeWait, From: "last approval", Whole: true}, "last approval to merge"},
		{StageTime{Stage: DeployWait, From: "merge", Whole: true}, "merge to delivery"},
		{StageTime{Stage: MergeWait, From: "ready"}, "open to merge, no review seen"},
		{StageTime{Stage: MergeWait, From: "first review"}, "first review to merge, no approval seen"},
		{StageTime{Stage: MergeWait, From: "start"}, "start to merge, no opening or review seen"},
		{StageTime{Stage: Pickup, From: "start"}, "start to first review, no opening seen"},
	} {
		if got := tt.stage.Label(); got != tt.want {
			t.Errorf("label %q, want %q", got, tt.want)
		}
	}
}

// TestStagesAddUp tries boundaries in every order and with every one missing.
func TestStagesAddUp(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	draw := func() int { return random.IntN(40) - 1 }
	for range 20_000 {
		c := changeOf(draw(), draw(), draw(), draw(), draw(), random.IntN(40))
		for _, l := range []Lead{c.LeadTo(minute(random.IntN(60))), c.LeadTo(c.Merged)} {
			var sum time.Duration
			for _, s := range l.Stages {
				if s.Duration < 0 {
					t.Fatalf("negative stage in %s", stagesInWords(l.Stages))
				}
				sum += s.Duration
			}
			if sum != l.Duration || l.Duration < 0 || l.Uncapped < l.Duration {
				t.Fatalf("stages %s add up to %v, lead %v, uncapped %v", stagesInWords(l.Stages), sum, l.Duration, l.Uncapped)
			}
		}
	}
}
