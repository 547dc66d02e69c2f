package github

import (
	"bytes"
	"io"
	"net/http"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shurcooL/githubv4"
)

// asGithubv4 decodes data by githubv4 itself.
func asGithubv4(t *testing.T, data []byte, q any) error {
	t.Helper()
	answer := roundTrip(func(req *http.Request) (*http.Response, error) {
		body := bytes.Join([][]byte{[]byte(`{"data":`), data, []byte(`}`)}, nil)
		return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(bytes.NewReader(body)), Request: req}, nil
	})
	return githubv4.NewEnterpriseClient("https://github.example/graphql", &http.Client{Transport: answer}).Query(t.Context(), q, nil)
}

type moment struct {
	CreatedAt time.Time
	Actor     *someone
}

type someone struct{ Login string }

type condition string

// everyShape is a query with every shape of field that this program uses, and some
// that it does not.
type everyShape struct {
	Meter
	Viewer *struct {
		Login  string
		ID     githubv4.ID
		Number int
		Wide   int64
		Small  *int
		Draft  bool
		At     time.Time
		When   *githubv4.DateTime
		State  condition
		URL    githubv4.URI
		Score  float64
		Items  Connection[struct {
			Typename string `graphql:"__typename"`
			Comment  struct {
				Body   string
				Author *someone
				Labels []string
			} `graphql:"... on IssueComment"`
			Closed struct {
				moment
				Closer struct {
					Commit struct {
						OID string `graphql:"oid"`
					} `graphql:"... on Commit"`
					Change struct{ Number int } `graphql:"... on PullRequest"`
				}
			} `graphql:"... on ClosedEvent"`
			Labeled struct {
				moment
				Label struct{ Name string }
			} `graphql:"... on LabeledEvent"`
		}] `graphql:"timelineItems(first: 3)"`
		Renamed  someone `graphql:"other: owner(first: 1) @include(if: $x)"`
		Matrix   [][]int `graphql:"matrix"`
		Many     []someone
		Pointers *[]someone
	} `graphql:"viewer"`
	Nodes []*struct {
		Suite struct{ ID string } `graphql:"... on CheckSuite"`
	} `graphql:"nodes(ids: $ids)"`
}

// quick are answers that decode must read itself, odd ones such that githubv4 must
// have the word.
var (
	quick = []string{
		`null`,
		`{}`,
		` { "viewer" : null , "rateLimit":null} `,
		`{"rateLimit":{"cost":1,"limit":5000,"remaining":4999,"resetAt":"2026-08-01T10:00:00Z"},"viewer":{"login":"mona","number":-7,"wide":3881429895}}`,
		`{"viewer":{"login":"a\"\\\/\b\n\u00e9\ud83d\udea2é","small":3,"draft":true,"at":null,"when":"2026-08-01T10:00:00+02:00","state":"OPEN","url":"https://x.example/y"}}`,
		`{"viewer":{"login":null,"small":null,"when":null,"number":null,"state":null,"draft":null,"many":null,"matrix":null}}`,
		`{"viewer":{"timelineItems":{"totalCount":3,"pageInfo":{"hasNextPage":true,"endCursor":"Y3Vyc29y"},"nodes":[
			{"__typename":"IssueComment","body":"hello","author":{"login":"lisa"},"labels":["a","b","a"]},
			null,
			{"__typename":"ClosedEvent","createdAt":"2026-08-01T10:00:00Z","actor":null,"closer":{"oid":"f00"}},
			{"__typename":"ClosedEvent","createdAt":"2026-08-01T10:00:00Z","actor":{"login":"mona"},"closer":{"number":7}},
			{"__typename":"LabeledEvent","createdAt":"2026-08-01T10:00:00.5Z","actor":{"login":"mona"},"label":{"name":"bug"}},{}]}}}`,
		`{"viewer":{"other":{"login":"x"},"matrix":[[1,2],[],[3]],"many":[{"login":"a"},{},{"login":"b"}]},"nodes":[null,{"id":"x"},{}]}`,
		`{"nodes":[],"viewer":{"timelineItems":{"nodes":[]},"many":[]}}`,
		`{"viewer":{"number":-0,"wide":9223372036854775807,"state":"\u003cx\u003e"}}`,
	}
	odd = []string{
		``, `[]`, `"x"`, `{`, `{"viewer":}`, `{} {}`, `{"viewer":{}`,
		`{"nobody":1}`, `{"VIEWER":{"login":"x"}}`, `{"viewer":{"LogIn":"x"}}`, `{"meter":{"cost":1}}`,
		`{"viewer":{"login":1}}`, `{"viewer":{"login":{}}}`, `{"viewer":{"login":[]}}`, `{"viewer":{"number":1.5}}`, `{"viewer":{"number":1e3}}`,
		`{"viewer":{"number":99999999999999999999}}`, `{"viewer":{"small":"x"}}`, `{"viewer":{"draft":"true"}}`, `{"viewer":{"at":"yesterday"}}`,
		`{"viewer":{"at":{}}}`, `{"viewer":{"at":"\u0032026-08-01T10:00:00Z"}}`, `{"viewer":{"url":null}}`, `{"viewer":{"id":"x"}}`, `{"viewer":{"id":7}}`,
		`{"viewer":{"score":1.25}}`, `{"viewer":[]}`, `{"viewer":[1]}`, `{"viewer":{"many":{}}}`, `{"viewer":{"many":"x"}}`, `{"viewer":{"pointers":[]}}`,
		`{"viewer":{"pointers":[{"login":"x"}]}}`, `{"viewer":{"login":"x","login":"y"}}`, `{"viewer":{"many":[{"login":"a"}],"many":[{}]}}`,
		"{\"viewer\":{\"login\":\"\xff\"}}", `{"viewer":{"login":"\ud800"}}`, `{"viewer":{"lo\u0067in":"x"}}`,
		`{"viewer":{"timelineItems":{"nodes":[{"body":{"text":"x"}}]}}}`, `{"viewer":{"timelineItems":{"nodes":[{"nobody":1}]}}}`,
	}
)

// agrees holds that what decode reads is what githubv4 reads, and that it leaves
// alone what it does not. It reports whether decode has read it.
func agrees(t *testing.T, data []byte) bool {
	t.Helper()
	var got, want everyShape
	if err := decode(data, &got, newInterner()); err != nil {
		if !reflect.DeepEqual(got, everyShape{}) {
			t.Errorf("%s: changed before %v: %+v", data, err, got)
		}
		return false
	}
	if err := asGithubv4(t, data, &want); err != nil {
		t.Errorf("%s: githubv4 says %v", data, err)
	}
	if !reflect.DeepEqual(want, got) {
		t.Errorf("%s (-githubv4 +got):\n%s", data, cmp.Diff(want, got))
	}
	return true
}

func TestDecodeReadsWhatGithubv4Reads(t *testing.T) {
	for _, data := range quick {
		if !agrees(t, []byte(data)) {
			t.Errorf("%s is left to githubv4", data)
		}
	}
	for _, data := range odd {
		if agrees(t, []byte(data)) {
			t.Errorf("%s is not left to githubv4", data)
		}
	}
}

// A query that githubv4 reads in the end comes out as if nobody had tried before.
func TestOddAnswersAreReadByGithubv4(t *testing.T) {
	type query struct {
		Meter
		Viewer struct {
			Login  string
			Number int
			Score  float64
		}
	}
	w := newWorld()
	c := w.client(t, answering(ok(`{"data":{"viewer":{"login":"mona","LOGIN":"lisa","number":3,"score":0.5}}}`)))
	var q query
	if _, err := c.Query(t.Context(), &q, nil); err != nil || q.Viewer.Login != "lisa" || q.Viewer.Number != 3 || q.Viewer.Score != 0.5 {
		t.Errorf("%+v, %v", q.Viewer, err)
	}
}

func FuzzDecodeAgreesWithGithubv4(f *testing.F) {
	for _, data := range append(quick, odd...) {
		f.Add([]byte(data))
	}
	f.Fuzz(func(t *testing.T, data []byte) { agrees(t, data) })
}

func TestInternerKeepsOneCopyAndNotTooMany(t *testing.T) {
	n := newInterner()
	for i := range 3 * mostNames {
		text := string(rune('a'+i%26)) + time.Duration(i).String()
		if got := n.text([]byte(text)); got != text {
			t.Fatalf("%q for %q", got, text)
		}
		if len(n.known) > mostNames {
			t.Fatalf("%d names are kept", len(n.known))
		}
	}
	long := bytes.Repeat([]byte("x"), longestName+1)
	if n.text(long) != string(long) || n.known[string(long)] != "" {
		t.Error("a long text is kept")
	}
}
