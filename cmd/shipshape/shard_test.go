package main

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/history"
	"github.com/shipshape-report/shipshape/internal/githubtest"
)

// shops is an organisation of n repositories that differ in what they have.
func shops(t *testing.T, n int) *shipshape.History {
	t.Helper()
	sample, err := os.ReadFile(filepath.Join("testdata", "sample.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	all := &shipshape.History{}
	for i := range n {
		renamed := strings.NewReplacer("acme/shop", fmt.Sprintf("acme/shop%d", i), "acme/api", fmt.Sprintf("acme/Api-%d", i)).Replace(string(sample))
		fsys, err := txtar.FS(txtar.Parse([]byte(renamed)))
		if err != nil {
			t.Fatal(err)
		}
		below, err := fs.Sub(fsys, "history")
		if err != nil {
			t.Fatal(err)
		}
		h, err := history.ReadFS(below)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range h.Repositories {
			r.Deployments = r.Deployments[min(i, len(r.Deployments)):]
			r.Releases = r.Releases[:max(len(r.Releases)-i, 0)]
			all.Repositories = append(all.Repositories, r)
		}
	}
	all.Sort()
	return all
}

// newEstate is a stage that asks a server of such an organisation.
func newEstate(t *testing.T, n int) (*served, *shipshape.History) {
	t.Helper()
	h := shops(t, n)
	w := newServed(t, githubtest.Options{}, nil)
	server, err := githubtest.New(h, githubtest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	server.Edit(func(w *githubtest.World) { w.Token = goodToken })
	w.server, w.transport = server, server.Transport()
	return w, h
}

// told is all that a history on disk amounts to: the document of the KPIs, and the
// data of its report.
func (w *served) told(t *testing.T, folder string) map[string]string {
	t.Helper()
	for _, args := range [][]string{{"kpi", "--format", "json"}, {"report", "--offline", "--out", folder + "-site"}} {
		w.out.Reset()
		if code := run(t.Context(), append(args, "--window", "30d", "--history", filepath.Join(w.dir, folder)), w.env); code != done {
			t.Fatalf("%v of %s ended with %d: %s", args, folder, code, w.err.String())
		}
		if args[0] == "kpi" {
			if err := os.WriteFile(filepath.Join(w.dir, folder+"-kpi"), w.out.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	told, err := files(filepath.Join(w.dir, folder+"-site", "data"))
	if err != nil {
		t.Fatal(err)
	}
	told["of kpi"] = contents(t, filepath.Join(w.dir, folder+"-kpi"))
	return told
}

// gather collects into a folder of its own, which may stay away.
func (w *served) gather(t *testing.T, folder string, flags ...string) {
	t.Helper()
	args := append([]string{"collect", "--window", "30d", "--history", filepath.Join(w.dir, folder)}, flags...)
	if code := run(t.Context(), args, w.env); code != done {
		t.Fatalf("%v ended with %d: %s", flags, code, w.err.String())
	}
}

// copyInto copies a folder into another, as a job that fetches artifacts does.
func (w *served) copyInto(t *testing.T, to, from string) {
	t.Helper()
	source := os.DirFS(filepath.Join(w.dir, from))
	err := fs.WalkDir(source, ".", func(name string, d fs.DirEntry, err error) error {
		target := filepath.Join(w.dir, to, name)
		switch {
		case name == "." && os.IsNotExist(err): // a part without a repository
			return nil
		case err != nil:
			return err
		case d.IsDir():
			return os.MkdirAll(target, 0o755)
		}
		data, err := fs.ReadFile(source, name)
		return errors.Join(err, os.WriteFile(target, data, 0o644))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestAnySplitGivesTheSameScorecard collects an organisation in one run, in parts by
// --shard, and in parts by chance: copied together, the histories amount to the same,
// byte for byte.
func TestAnySplitGivesTheSameScorecard(t *testing.T) {
	w, h := newEstate(t, 4)
	w.gather(t, "whole", "--org", "acme")
	want := w.told(t, "whole")
	if len(want) < 10 {
		t.Fatalf("%d documents", len(want))
	}
	same := func(t *testing.T, folder string) {
		t.Helper()
		got := w.told(t, folder)
		for name, text := range want {
			if got[name] != text {
				t.Errorf("%s differs (-whole +parts):\n%s", name, firstDifference(text, got[name]))
			}
			delete(got, name)
		}
		for name := range got {
			t.Errorf("%s is not in the report of the whole", name)
		}
	}
	for _, parts := range []int{1, 2, 3, 5, 16} {
		t.Run(fmt.Sprint(parts, " shards"), func(t *testing.T) {
			joined := fmt.Sprint("shards-", parts)
			for part := 1; part <= parts; part++ {
				folder := fmt.Sprintf("shard-%d-of-%d", part, parts)
				w.gather(t, folder, "--org", "acme", "--shard", fmt.Sprintf("%d/%d", part, parts))
				w.copyInto(t, joined, folder)
			}
			same(t, joined)
		})
	}
	for seed := range int64(3) {
		t.Run(fmt.Sprint("by chance ", seed), func(t *testing.T) {
			random := rand.New(rand.NewSource(seed))
			flags := map[int][]string{}
			for _, r := range h.Repositories {
				part := random.Intn(4)
				flags[part] = append(flags[part], "--repo", string(r.Repository.Name))
			}
			joined := fmt.Sprint("chance-", seed)
			for part := range 4 {
				if len(flags[part]) == 0 {
					continue
				}
				folder := fmt.Sprintf("chance-%d-%d", seed, part)
				w.gather(t, folder, flags[part]...)
				w.copyInto(t, joined, folder)
			}
			same(t, joined)
		})
	}
}

func TestAPartWithoutARepositoryIsNoFailure(t *testing.T) {
	w := newServed(t, githubtest.Options{}, nil)
	empty := 0
	for part := 1; part <= 8; part++ {
		w.out.Reset()
		folder := fmt.Sprint("part", part)
		w.gather(t, folder, "--org", "acme", "--shard", fmt.Sprint(part, "/8"))
		if !strings.Contains(w.out.String(), "No repository falls into part") {
			continue
		}
		empty++
		if _, err := os.Stat(filepath.Join(w.dir, folder)); !os.IsNotExist(err) {
			t.Errorf("part %d left something: %v", part, err)
		}
	}
	if empty != 6 && empty != 7 {
		t.Errorf("%d of 8 parts hold none of 2 repositories", empty)
	}
}

func TestWhatIsChosenOfAnOrganisationIsSaid(t *testing.T) {
	w, _ := newEstate(t, 3)
	w.server.Edit(func(world *githubtest.World) {
		world.Find("acme/shop1").Repository.Archived = true
		world.Find("acme/Api-2").Fork = true
		world.Find("acme/shop0").Topics = []string{"service"}
		world.Find("acme/Api-0").Topics = []string{"service"}
	})
	for _, test := range []struct {
		flags []string
		said  string
		want  string
	}{
		{nil, "4 repositories to collect; 2 left out\n  archived: acme/shop1\n  a fork: acme/Api-2\n", "acme/Api-0 acme/Api-1 acme/shop0 acme/shop2"},
		{[]string{"--archived", "--forks", "--exclude", "*-1"}, "5 repositories to collect; 1 left out\n  excluded: acme/Api-1\n", "acme/Api-0 acme/Api-2 acme/shop0 acme/shop1 acme/shop2"},
		{[]string{"--topic", "service", "--match", "SHOP*"}, "1 repository to collect; 5 left out\n  archived: acme/shop1\n  a fork: acme/Api-2\n" +
			"  without the topic: acme/Api-1, acme/shop2\n  of another name: acme/Api-0\n", "acme/shop0"},
		{[]string{"--match", "none", "--repo", "acme/shop1"}, "1 repository to collect; 5 left out\n", "acme/shop1"},
	} {
		t.Run(strings.Join(test.flags, " "), func(t *testing.T) {
			w.err.Reset()
			folder := strings.NewReplacer(" ", "", "*", "x", "/", "-").Replace("chosen" + strings.Join(test.flags, ""))
			w.gather(t, folder, append([]string{"--org", "acme"}, test.flags...)...)
			if !strings.Contains(w.err.String(), test.said) {
				t.Errorf("said %s\nwant %s", w.err.String(), test.said)
			}
			h, err := history.Read(filepath.Join(w.dir, folder))
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, r := range h.Repositories {
				names = append(names, string(r.Repository.Name))
			}
			if got := strings.Join(names, " "); got != test.want {
				t.Errorf("collected %s, want %s", got, test.want)
			}
		})
	}
}

func TestWrongChoicesCostNothing(t *testing.T) {
	for _, test := range []struct {
		flags []string
		says  string
	}{
		{[]string{"--org", "acme", "--shard", "0/4"}, "--shard"},
		{[]string{"--org", "acme", "--match", "["}, "not a pattern"},
		{[]string{"--org", "acme", "--exclude", "acme/shop"}, "slash"},
		{[]string{"--repo", "acme/shop", "--topic", "x"}, "--org"},
		{[]string{"--repo", "acme/shop", "--archived"}, "--org"},
	} {
		w := newServed(t, githubtest.Options{}, nil)
		code := run(t.Context(), append([]string{"collect", "--history", filepath.Join(w.dir, "h")}, test.flags...), w.env)
		if said := w.err.String(); code != usage || !strings.Contains(said, test.says) || strings.Count(said, "\n") != 1 {
			t.Errorf("%v ended with %d and said %q", test.flags, code, said)
		}
		if asked := len(w.server.Log()); asked > 0 {
			t.Errorf("%v: %d requests", test.flags, asked)
		}
	}
	w := newServed(t, githubtest.Options{}, nil)
	if code, said := w.report(t, "--org", "acme", "--match", "nothing"); code != usage || !strings.Contains(said, "choose others") {
		t.Errorf("ended with %d and said %q", code, said)
	}
}
