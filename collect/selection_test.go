package collect

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

// estate is what an organisation may have.
var estate = []Listed{
	{Name: "octo/zebra", Topics: []string{"web"}},
	{Name: "octo/Api-Users", Topics: []string{"service", "go"}},
	{Name: "octo/api-orders", Topics: []string{"service"}},
	{Name: "octo/api-sandbox", Topics: []string{"service"}},
	{Name: "octo/api-old", Topics: []string{"service"}, Archived: true},
	{Name: "octo/api-fork", Fork: true},
	{Name: "octo/api-old-fork", Archived: true, Fork: true},
	{Name: "octo/nothing", Empty: true, Archived: true},
}

func TestSelectionSaysWhyEachIsLeftOut(t *testing.T) {
	type names = []shipshape.RepositoryName
	for _, test := range []struct {
		name string
		s    Selection
		want names
		left map[Reason][]shipshape.RepositoryName
	}{
		{"neither archived nor forks by default", Selection{},
			names{"octo/api-orders", "octo/api-sandbox", "octo/Api-Users", "octo/zebra"},
			map[Reason][]shipshape.RepositoryName{LeftArchived: {"octo/api-old", "octo/api-old-fork"}, LeftFork: {"octo/api-fork"}, LeftEmpty: {"octo/nothing"}}},
		{"both wanted, still nothing of an empty one", Selection{Archived: true, Forks: true},
			names{"octo/api-fork", "octo/api-old", "octo/api-old-fork", "octo/api-orders", "octo/api-sandbox", "octo/Api-Users", "octo/zebra"},
			map[Reason][]shipshape.RepositoryName{LeftEmpty: {"octo/nothing"}}},
		{"one of the topics is enough", Selection{Topics: []string{"GO", "web"}},
			names{"octo/Api-Users", "octo/zebra"},
			map[Reason][]shipshape.RepositoryName{LeftArchived: {"octo/api-old", "octo/api-old-fork"}, LeftFork: {"octo/api-fork"},
				LeftEmpty: {"octo/nothing"}, LeftTopic: {"octo/api-orders", "octo/api-sandbox"}}},
		{"one of the names is enough, an exclusion goes before", Selection{Match: []string{"API-*", "z?bra"}, Exclude: []string{"*-sandbox", "{x,zebra}"}, Forks: true},
			names{"octo/api-fork", "octo/api-orders", "octo/Api-Users"},
			map[Reason][]shipshape.RepositoryName{LeftArchived: {"octo/api-old", "octo/api-old-fork"}, LeftEmpty: {"octo/nothing"},
				LeftExcluded: {"octo/api-sandbox", "octo/zebra"}}},
		{"a pattern matches the whole name", Selection{Match: []string{"api"}, Archived: true, Forks: true}, nil,
			map[Reason][]shipshape.RepositoryName{LeftEmpty: {"octo/nothing"},
				LeftName: {"octo/api-fork", "octo/api-old", "octo/api-old-fork", "octo/api-orders", "octo/api-sandbox", "octo/Api-Users", "octo/zebra"}}},
		{"what is named is collected in any case, once", Selection{Match: []string{"none"}, Named: names{"OCTO/API-OLD", "octo/nothing", "other/x"}},
			names{"octo/api-old", "octo/nothing", "other/x"},
			map[Reason][]shipshape.RepositoryName{LeftArchived: {"octo/api-old-fork"}, LeftFork: {"octo/api-fork"},
				LeftName: {"octo/api-orders", "octo/api-sandbox", "octo/Api-Users", "octo/zebra"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if err := test.s.Check(); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(Selected{Repositories: test.want, Left: test.left}, test.s.Of(estate)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Whatever is selected, and in whatever order repositories are listed, each is
// either collected or left out for one reason.
func TestSelectionIsAPartition(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	maybe := func(of ...string) []string { return of[:random.Intn(len(of)+1)] }
	for range 500 {
		s := Selection{
			Topics: maybe("service", "web"), Match: maybe("api-*", "*e*"), Exclude: maybe("*old*", "zebra"),
			Archived: random.Intn(2) == 0, Forks: random.Intn(2) == 0,
		}
		got := s.Of(estate)
		var all []string
		for _, name := range got.Repositories {
			all = append(all, string(name))
		}
		for _, why := range Reasons {
			for _, name := range got.Left[why] {
				all = append(all, string(name))
			}
		}
		slices.Sort(all)
		if len(all) != len(estate) || len(slices.Compact(all)) != len(estate) {
			t.Fatalf("%+v makes %+v", s, got)
		}
		mixed := slices.Clone(estate)
		random.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		if diff := cmp.Diff(got, s.Of(mixed)); diff != "" {
			t.Fatalf("%+v in another order (-want +got):\n%s", s, diff)
		}
	}
}

func TestSelectionRefusesWhatIsNoPattern(t *testing.T) {
	for _, pattern := range []string{"", "[", "{a", "octo/api-*"} {
		for _, s := range []Selection{{Match: []string{"*", pattern}}, {Exclude: []string{pattern}}} {
			if s.Check() == nil {
				t.Errorf("%+v is taken", s)
			}
		}
	}
}

// FuzzSelectionTakesAnyPattern holds that no pattern and no name is more than a
// text: a pattern is refused or matched.
func FuzzSelectionTakesAnyPattern(f *testing.F) {
	f.Add("api-*", "octo/api-x")
	f.Add("[!a-z]{b,{c,d}}\\", "octo/[")
	f.Fuzz(func(t *testing.T, pattern, name string) {
		s := Selection{Match: []string{pattern}}
		if s.Check() != nil {
			return
		}
		got := s.Of([]Listed{{Name: shipshape.RepositoryName(name)}})
		if len(got.Repositories)+len(got.Left[LeftName]) != 1 {
			t.Errorf("%q makes of %q: %+v", pattern, name, got)
		}
	})
}

func TestParseShard(t *testing.T) {
	for text, want := range map[string]Shard{"": {}, "1/1": {1, 1}, "2/8": {2, 8}, "16/16": {16, 16}, "01/02": {1, 2}} {
		if got, err := ParseShard(text); err != nil || got != want {
			t.Errorf("%q is %v, %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"0/8", "9/8", "1/0", "1", "1/", "/8", "-1/8", "+1/8", "1/8 ", "1.0/8", "1/8/2", "99999/99999", "1/٨"} {
		if got, err := ParseShard(text); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
}

// Every repository is in exactly one part, whatever its neighbours are and however
// its name is spelt, and no part is left with next to nothing.
func TestShardsAreAPartition(t *testing.T) {
	var names []shipshape.RepositoryName
	for i := range 1000 {
		names = append(names, shipshape.RepositoryName(fmt.Sprintf("octo/Service-%d", i)))
	}
	for _, of := range []int{1, 2, 3, 7, 8, 16, 64} {
		var all []shipshape.RepositoryName
		for part := 1; part <= of; part++ {
			own := Shard{part, of}.Pick(names)
			if len(own) < len(names)/of/3 {
				t.Errorf("part %d of %d has %d repositories of %d", part, of, len(own), len(names))
			}
			if alone := (Shard{part, of}).Pick(own); len(alone) != len(own) {
				t.Errorf("part %d of %d depends on other repositories", part, of)
			}
			all = append(all, own...)
		}
		if slices.SortFunc(all, compareNames); len(slices.Compact(all)) != len(names) {
			t.Errorf("%d parts hold %d repositories, want %d", of, len(all), len(names))
		}
	}
	for _, name := range names {
		if s := (Shard{1, 3}); s.Holds(name) != s.Holds(shipshape.RepositoryName(strings.ToUpper(string(name)))) {
			t.Fatalf("%s is in two parts", name)
		}
	}
}

// What part a repository is in is part of what workflows rely on: it must not
// change with a version of the program.
func TestShardsStayAsTheyAre(t *testing.T) {
	want := map[shipshape.RepositoryName]int{}
	for part := 1; part <= 4; part++ {
		for _, name := range (Shard{part, 4}).Pick([]shipshape.RepositoryName{"octo/api", "octo/web", "octo/docs", "octo/infra"}) {
			want[name] = part
		}
	}
	if diff := cmp.Diff(map[shipshape.RepositoryName]int{"octo/api": 2, "octo/web": 4, "octo/docs": 1, "octo/infra": 4}, want); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
