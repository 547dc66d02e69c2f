package github

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

// rich is a query with everything that a decoder could stumble over.
type rich struct {
	Meter
	Repository *struct {
		Name      string
		CreatedAt *time.Time
		Items     Connection[struct {
			Typename string `graphql:"__typename"`
			ID       int64  `graphql:"databaseId"`
			Merged   struct {
				Actor *struct{ Login string }
			} `graphql:"... on MergedEvent"`
			Labels []struct{ Name string }
		}] `graphql:"timelineItems(first: 2)"`
	} `graphql:"repository(owner: $owner, name: $name)"`
}

// FuzzAnswer has a server answer anything. Whatever it is, the client does not
// panic, ends, and either has an answer or says on one line what was wrong.
func FuzzAnswer(f *testing.F) {
	for _, body := range []string{
		good, "", "{", "[]", "null", `{"data":null}`, `{"data":[]}`, `{"data":{"repository":[{"name":1}]}}`,
		`{"data":{"repository":{"timelineItems":{"totalCount":1,"pageInfo":null,"nodes":[null,{"__typename":"X","databaseId":3881429895,"actor":null,"labels":[{"name":"a"},null]}]}}}}`,
		`{"data":{"repository":{"timelineItems":[],"createdAt":"2025-03-04T12:00:00Z"}}}`,
		`{"data":{"rateLimit":{"cost":-5,"remaining":-1,"resetAt":"0001-01-01T00:00:00Z"}},"errors":[{"path":[1,"a",null,{}],"extensions":[]}]}`,
		`{"errors":[{"type":"RATE_LIMITED"}]}`, `{"message":"secondary rate limit"}`, "<html>",
	} {
		f.Add(200, "", "", body)
		f.Add(403, "0", "5", body)
	}
	f.Add(301, "x", "-1", "")
	f.Fuzz(func(t *testing.T, status int, remaining, after, body string) {
		w := newWorld()
		c := w.client(t, func(int, request) (*http.Response, error) {
			res, err := parse(ok(body))
			if err != nil {
				return nil, err
			}
			res.StatusCode = status
			res.Header.Set("X-Ratelimit-Remaining", remaining)
			res.Header.Set("X-Ratelimit-Reset", after)
			res.Header.Set("Retry-After", after)
			res.Header.Set("X-Github-Request-Id", remaining)
			return res, nil
		})
		var q rich
		faults, err := c.Query(t.Context(), &q, map[string]any{"owner": String("o"), "name": String("r")})
		if len(w.sent) > 100 {
			t.Errorf("%d requests", len(w.sent))
		}
		if err == nil {
			for _, fault := range faults {
				checkLine(t, fault.Message)
			}
			return
		}
		if _, ok := errors.AsType[*QueryError](err); !ok {
			t.Fatalf("error of another type: %v", err)
		}
		checkLine(t, err.Error())
		if s := c.Spent(); s.Points < 0 || s.Remaining < -1 {
			t.Errorf("spent = %+v", s)
		}
	})
}

func checkLine(t *testing.T, line string) {
	t.Helper()
	hidden := func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }
	if !utf8.ValidString(line) || strings.ContainsFunc(line, hidden) || utf8.RuneCountInString(line) > 1500 {
		t.Errorf("not one readable line: %q", line)
	}
}

func TestClean(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"  a \t\r\n b\u2028c  ", "a b c"},
		{"red \x1b[31mtext\x07", "red [31mtext"},
		{"turn\u202earound \u2066x", "turnaround x"},
		{"bad \xff\xfe utf-8", "bad utf-8"},
		{"tok" + secret + "en", "tok***en"},
		{"0123456789", "0123456789"},
		{"0123456789ab", "0123456789ab"},
		{"0123456789abc", "0123456789a…"},
		{"😀😀😀😀😀😀😀😀😀😀😀😀😀", "😀😀😀😀😀😀😀😀😀😀😀…"},
		{"    0123456789ab   ", "0123456789ab"},
	} {
		if got := clean(test.text, secret, 12); got != test.want {
			t.Errorf("clean(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("a \x00 b", "tok", 5)
	f.Fuzz(func(t *testing.T, text, token string, most int) {
		most = 1 + abs(most)%300
		got := clean(text, token, most)
		checkLine(t, got)
		if n := utf8.RuneCountInString(got); n > most {
			t.Errorf("%d characters, want at most %d", n, most)
		}
		if again := clean(got, "", most); again != got {
			t.Errorf("cleaned twice: %q, want %q", again, got)
		}
	})
}

func abs(n int) int { return max(n, -(n + 1)) }
