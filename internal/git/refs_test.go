package git

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shipshape-report/shipshape"
)

func writeFile(name, text string) error { return os.WriteFile(name, []byte(text), 0o600) }

func (r *repo) refs() []shipshape.Ref {
	r.t.Helper()
	refs, err := r.open().Refs(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	return refs
}

func TestRefsAreBranchesAndPeeledTags(t *testing.T) {
	r := newRepo(t)
	a := r.commit("a") // second 1
	b := r.commit("b", a)
	r.ref("refs/heads/main", b)
	r.ref("refs/heads/release/1.x", a)
	r.ref("refs/heads/ship-🚢", a)
	r.ref("refs/notes/commits", a)
	r.ref("refs/pull/7/head", a)
	r.ref("refs/remotes/upstream/main", a)
	r.ref("refs/tags/api/v1", a)
	v1 := r.tag("v1", a, "one\n\nnotes\n")
	v1signed := r.tag("v1-signed", v1, "one, signed\n-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----\n")
	r.tag("deep", v1signed, "")
	r.ref("refs/tags/blob", r.object("blob", "x"))
	r.tag("blob-annotated", r.object("blob", "y"), "a file")
	r.tag("tree-nested", r.tag("tree", shipshape.OID(r.git("", "mktree")), "no files"), "")
	r.ref("refs/tags/old", r.object("tag", "object "+string(a)+"\ntype commit\ntag old\n\nno tagger\n"))

	want := []shipshape.Ref{
		{Kind: shipshape.Branch, Name: "main", Target: b},
		{Kind: shipshape.Branch, Name: "release/1.x", Target: a},
		{Kind: shipshape.Branch, Name: "ship-🚢", Target: a},
		{Kind: shipshape.Tag, Name: "api/v1", Target: a},
		{Kind: shipshape.Tag, Name: "deep", Target: a, TaggedAt: second(5), Tagger: "Bob"},
		{Kind: shipshape.Tag, Name: "old", Target: a, Message: "no tagger"},
		{Kind: shipshape.Tag, Name: "v1", Target: a, TaggedAt: second(3), Tagger: "Bob", Message: "one\n\nnotes"},
		{Kind: shipshape.Tag, Name: "v1-signed", Target: a, TaggedAt: second(4), Tagger: "Bob", Message: "one, signed"},
	}
	if diff := cmp.Diff(want, r.refs()); diff != "" {
		t.Errorf("refs (-want +got):\n%s", diff)
	}
	for _, args := range [][]string{nil, {"--bare"}, {"--mirror"}, {"--filter=tree:0", "--no-checkout"}, {"--filter=tree:0", "--bare"}} {
		t.Run("clone "+strings.Join(args, " "), func(t *testing.T) {
			clone := r.clone(args...)
			if diff := cmp.Diff(want, clone.refs()); diff != "" {
				t.Errorf("refs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRefsOfTheRemoteComeBeforeLocalOnes(t *testing.T) {
	r := newRepo(t)
	a := r.commit("a")
	r.ref("refs/heads/main", a)
	clone := r.clone()
	clone.ref("refs/heads/mine", a)
	clone.ref("refs/heads/main", clone.commit("not pushed", a))
	want := []shipshape.Ref{{Kind: shipshape.Branch, Name: "main", Target: a}}
	if diff := cmp.Diff(want, clone.refs()); diff != "" {
		t.Errorf("refs (-want +got):\n%s", diff)
	}
}

func TestRefNamesBecomeUTF8(t *testing.T) {
	r := newRepo(t)
	r.ref("refs/heads/caf\xe9", r.commit("a"))
	if got := r.refs(); len(got) != 1 || got[0].Name != "caf\uFFFD" {
		t.Errorf("got %+v", got)
	}
}

func TestRefsOfAnEmptyRepositoryAreNone(t *testing.T) {
	if got := newRepo(t).refs(); len(got) != 0 {
		t.Errorf("got %+v", got)
	}
}

func TestTagsOfTagsWithoutEndAreLeftOut(t *testing.T) {
	r := newRepo(t)
	at := r.commit("a")
	for i := range deepest + 3 {
		kind := "tag"
		if i == 0 {
			kind = "commit"
		}
		at = r.object("tag", "object "+string(at)+"\ntype "+kind+"\ntag x\n\n")
		if i == deepest || i == deepest+1 {
			r.ref("refs/tags/"+string(rune('a'+i-deepest)), at)
		}
	}
	if got := r.refs(); len(got) != 1 || got[0].Name != "a" {
		t.Errorf("got %+v, want the tag a only", got)
	}
}

func TestRefListThatIsCutShortIsAnError(t *testing.T) {
	const whole = "refs/tags/v1\x00tag\x00aa\x00commit\x00bb\x0060\x00Ann\x00one\n\x00\n"
	for n := 1; n < len(whole)-1; n++ {
		if _, err := parseRefs(strings.NewReader(whole + whole[:n])); err == nil {
			t.Errorf("cut after %q: no error", whole[:n])
		}
	}
	if got, err := parseRefs(strings.NewReader(whole + whole)); err != nil || len(got) != 2 {
		t.Errorf("whole: %v, %v", got, err)
	}
	broken := errors.New("broken")
	if _, err := parseRefs(io.MultiReader(strings.NewReader(whole), errReader{broken})); !errors.Is(err, broken) {
		t.Errorf("error is %v, want %v", err, broken)
	}
}

func TestTagObjectThatIsCutShortIsAnError(t *testing.T) {
	const object = "object bb\ntype commit\ntag v1\n\none\n"
	for _, tt := range []struct {
		name, text string
		n          int
		bad        bool
	}{
		{"whole", "aa tag 34\n" + object + "\n", 1, false},
		{"missing", "aa missing\n", 0, false},
		{"no tag", "aa blob 3\nxyz\n", 0, false},
		{"nothing", "", 0, false},
		{"shorter than it says", "aa tag 99\n" + object + "\n", 0, true},
		{"longer than it says", "aa tag 3\n" + object + "\n", 0, true},
		{"less than nothing", "aa tag -1\n", 0, true},
		{"no number", "aa tag x\n", 0, true},
		{"no line", "aa tag 34", 0, true},
		{"larger than any machine", "aa tag 9223372036854775807\nx", 0, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := parseTags(strings.NewReader(tt.text))
			if len(got) != tt.n || (err != nil) != tt.bad {
				t.Errorf("got %v, error %v", got, err)
			}
		})
	}
}

func FuzzRefs(f *testing.F) {
	f.Add("refs/tags/v1\x00tag\x00aa\x00commit\x00bb\x0060\x00Ann\x00one\n\x00\n")
	f.Add("refs/heads/main\x00commit\x00aa\x00\x00\x00\x00\x00x\x00\n")
	f.Fuzz(func(t *testing.T, text string) {
		found, err := parseRefs(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, ref := range refs(found) {
			if ref.Kind != shipshape.Branch && ref.Kind != shipshape.Tag || strings.HasPrefix(ref.Name, "refs/tags/v1") {
				t.Errorf("got %+v", ref)
			}
		}
	})
}
