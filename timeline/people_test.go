package timeline

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

func TestMachineByLogin(t *testing.T) {
	for login, want := range map[shipshape.Login]bool{
		"renovate[bot]": true, "Dependabot[BOT]": true, "x-bot": true, "x-bot-1": true, "bot-x": true, "bot": true,
		"K8S-CI-Robot": true, "robot": true, "govuk-ci": true, "ci-runner": true,
		"": false, "abbott": false, "robotics": false, "talbot": false, "ci": false, "x-ci-y": false, "lucia": false, "ann": false,
	} {
		if got := (actors{}).machine(login); got != want {
			t.Errorf("machine(%q) = %v, want %v", login, got, want)
		}
	}
}

func TestConfiguredPeopleOverrideConfiguredMachines(t *testing.T) {
	a := actors{machines: []shipshape.Login{"deployer", "both"}, people: []shipshape.Login{"Jane-Bot", "both", "x[bot]"}}
	for login, want := range map[shipshape.Login]bool{"Deployer": true, "jane-bot": false, "both": false, "x[bot]": false, "y-bot": true} {
		if got := a.machine(login); got != want {
			t.Errorf("machine(%q) = %v, want %v", login, got, want)
		}
	}
}

func TestApprovalWordBeginsALineAsWritten(t *testing.T) {
	v := reviewer{words: []string{"ACK", "utACK", "LGTM", "👍"}}
	for body, want := range map[string]bool{
		"ACK 1234567": true, "ACK": true, "ACK, nice": true, "thanks\nutACK": true, "thanks\r\nLGTM\r\n": true, "LGTM!": true, "👍": true,
		"": false, "ack": false, "Concept ACK": false, "ACKed": false, "ACK_": false, "ACKé": false, "NACK": false, " ACK": false, "> ACK": false,
	} {
		if got := v.saysApproval(body); got != want {
			t.Errorf("saysApproval(%q) = %v, want %v", body, got, want)
		}
	}
}

func TestReviewFacts(t *testing.T) {
	const merge = -24*60 + 1 // minute of commit B, the merge
	at := func(before int) shipshape.Review { return shipshape.Review{At: minute(merge - before), Author: "bob"} }
	review := func(who shipshape.Login, state shipshape.ReviewState, before int, body string) shipshape.Review {
		r := at(before)
		r.Author, r.State, r.Body = who, state, body
		return r
	}
	for _, tt := range []struct {
		name            string
		reviews         []shipshape.Review
		comments        []shipshape.Comment
		first, approval int // minutes before the merge; -1 for none
		approvers       []shipshape.Login
	}{
		{"none", nil, nil, -1, -1, nil},
		{"an approval", []shipshape.Review{review("bob", shipshape.Approved, 30, "")}, nil, 30, 30, []shipshape.Login{"bob"}},
		{"at the second of the merge", []shipshape.Review{review("bob", shipshape.Approved, 0, "")}, nil, 0, 0, []shipshape.Login{"bob"}},
		{"after the merge", []shipshape.Review{review("bob", shipshape.Approved, -1, "")}, nil, -1, -1, nil},
		{"by the author, in another case", []shipshape.Review{review("Ann", shipshape.Commented, 9, "ACK")}, nil, -1, -1, nil},
		{"by a machine", []shipshape.Review{review("check[bot]", shipshape.Approved, 9, "")}, nil, -1, -1, nil},
		{"by a deleted account", []shipshape.Review{review("", shipshape.Approved, 9, "")}, nil, 9, 9, nil},
		{"a comment that asks", []shipshape.Review{review("bob", shipshape.Commented, 9, "why?")}, nil, 9, -1, nil},
		{"a dismissed approval", []shipshape.Review{review("bob", shipshape.Dismissed, 9, "ACK")}, nil, 9, -1, nil},
		{"a review's approval word", []shipshape.Review{review("bob", shipshape.Commented, 9, "utACK 12ab")}, nil, 9, 9, []shipshape.Login{"bob"}},
		{"a comment's approval word", nil, []shipshape.Comment{{Author: "eve", At: minute(merge - 7), Body: "tACK"}}, 7, 7, []shipshape.Login{"eve"}},
		{"a comment without one", nil, []shipshape.Comment{{Author: "eve", At: minute(merge - 7), Body: "hm"}}, -1, -1, nil},
		{"first review and last approval differ", []shipshape.Review{
			review("eve", shipshape.Approved, 5, ""), review("bob", shipshape.Approved, 20, ""), review("eve", shipshape.ChangesRequested, 40, ""),
		}, nil, 40, 5, []shipshape.Login{"bob", "eve"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := historyOf("A B<A")
			p := pull(h, 1, "B")
			p.Reviews, p.Comments = tt.reviews, tt.comments
			c := build(t, h).Repositories[0].Changes[1]
			type facts struct {
				First, Approval int
				Reviewed        bool
				Approvers       []shipshape.Login
			}
			got := facts{-1, -1, c.Reviewed(), c.Approvers}
			if !c.FirstReview.IsZero() {
				got.First = int(minute(merge).Sub(c.FirstReview).Minutes())
			}
			if !c.LastApproval.IsZero() {
				got.Approval = int(minute(merge).Sub(c.LastApproval).Minutes())
			}
			if diff := cmp.Diff(facts{tt.first, tt.approval, tt.approval >= 0, tt.approvers}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestReviewingIsRecordedWhereAnyPullRequestHasAReview(t *testing.T) {
	h := historyOf("A B<A")
	pull(h, 1, "B")
	if build(t, h).Repositories[0].ReviewRecorded {
		t.Error("recorded without any review")
	}
	h.Changes = append(h.Changes, shipshape.Change{Number: 2, State: shipshape.ChangeOpen, Author: "ann", CreatedAt: noon,
		Comments: []shipshape.Comment{{Author: "ann", At: noon, Body: "ACK"}}})
	if build(t, h).Repositories[0].ReviewRecorded {
		t.Error("recorded by an author's own word")
	}
	h.Changes[1].Reviews = []shipshape.Review{{Author: "bob", State: shipshape.Commented, At: noon}}
	if !build(t, h).Repositories[0].ReviewRecorded {
		t.Error("not recorded although an open pull request has a review")
	}
}

func TestReadyIsTheLastReadyForReviewBeforeTheMerge(t *testing.T) {
	h := historyOf("A B<A")
	p := pull(h, 1, "B")
	p.CreatedAt, p.MergedAt = minute(0), minute(100)
	for _, at := range []int{30, 60, 101} {
		p.Events = append(p.Events, shipshape.Event{Kind: shipshape.ReadyForReview, At: minute(at)})
	}
	if got := build(t, h).Repositories[0].Changes[1].Ready; !got.Equal(minute(60)) {
		t.Errorf("ready at %v, want %v", got, minute(60))
	}
}

func TestClassByTheFirstRuleThatMatches(t *testing.T) {
	for _, tt := range []struct {
		name   string
		labels []string
		head   string
		author shipshape.Login
		want   Class
		why    string
	}{
		{"nothing", nil, "topic", "ann", Normal, "no rule for another class matches"},
		{"a label in any case", []string{"HotFix"}, "topic", "ann", Emergency, `it wears the label "hotfix"`},
		{"the branch itself", nil, "hotfix", "ann", Emergency, `its branch begins with "hotfix"`},
		{"a branch in a folder", nil, "hotfix/x", "ann", Emergency, `its branch begins with "hotfix"`},
		{"a branch with a hyphen", nil, "Emergency-x", "ann", Emergency, `its branch begins with "emergency"`},
		{"a longer word", nil, "hotfixes", "ann", Normal, "no rule for another class matches"},
		{"in the middle", nil, "x/hotfix", "ann", Normal, "no rule for another class matches"},
		{"a dependency bot", nil, "topic", "dependabot[bot]", Standard, "a dependency bot made it"},
		{"a dependency bot of one's own", nil, "topic", "acme-renovate[bot]", Standard, "a dependency bot made it"},
		{"another bot", nil, "topic", "acme[bot]", Normal, "no rule for another class matches"},
		{"a person called so", nil, "topic", "renovate-fan", Normal, "no rule for another class matches"},
		{"the first rule wins", []string{"standard-change", "emergency"}, "topic", "renovate[bot]", Emergency, `it wears the label "emergency"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := historyOf("A B<A")
			p := pull(h, 1, "B")
			p.Labels, p.Head, p.Author = tt.labels, tt.head, tt.author
			c := build(t, h).Repositories[0].Changes[1]
			if c.Class != tt.want || c.ClassRule != tt.why {
				t.Errorf("%s because %s, want %s because %s", c.Class, c.ClassRule, tt.want, tt.why)
			}
		})
	}
}

func TestTeamOfARepository(t *testing.T) {
	rules := []TeamRule{{"payments", []string{"acme/pay-*", "acme/till"}}, {"rest", []string{"other/*"}}}
	for _, tt := range []struct {
		name, repository, codeowners, want string
	}{
		{"named", "acme/till", "* @acme/shop", "payments"},
		{"by glob, in any case", "Acme/Pay-Api", "", "payments"},
		{"by owner", "other/thing", "", "rest"},
		{"by CODEOWNERS", "acme/shop", "*.go @acme/go\n* @bob @acme/shop # all\n", "acme/shop"},
		{"by the last line for every file", "acme/web", "* @acme/a\n/docs @acme/docs\n* @acme/b", "acme/b"},
		{"people are no team", "acme/web", "* @acme/a\n* @bob", "acme/web"},
		{"a part's owners do not own it", "acme/web", "/docs @acme/docs", "acme/web"},
		{"nobody's", "acme/web", "", "acme/web"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := shipshape.Repository{Name: shipshape.RepositoryName(tt.repository), Codeowners: tt.codeowners}
			if got := teamOf(r, rules); got != tt.want {
				t.Errorf("team is %q, want %q", got, tt.want)
			}
		})
	}
}
