package collect

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/shurcooL/githubv4"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/github"
)

// threadsNode is a pull request with the beginning of its list of threads.
type threadsNode struct {
	ID      string
	Threads github.Connection[threadNode] `graphql:"reviewThreads(first: $threads)"`
}

// threadNode is a thread with its first comment. How many there are GitHub says.
type threadNode struct {
	IsResolved bool
	Comments   github.Connection[threadComment] `graphql:"comments(first: $one)"`
}

type threadComment struct {
	Author    *actor
	CreatedAt time.Time
}

// first is the comment that the thread begins with, nil where it is gone.
func (n *threadNode) first() *threadComment {
	if n == nil {
		return nil
	}
	for _, c := range n.Comments.Nodes {
		return c
	}
	return nil
}

// A pull request is 1+threadsAtFirst units, so that 7 of them cost a point.
const (
	threadsAtFirst = 20
	threadedAtOnce = 7
)

// threadList is the list of threads that a pull request has.
var threadList = nested{field: "threads", list: "reviewThreads", with: map[string]any{"one": githubv4.Int(1)}}

// threads reads the threads of pull requests that were delivered. A pull request says
// for nothing how many comments it has: where its timeline holds all of them, there
// are none on lines.
func (r *reader) threads(ctx context.Context, numbers []int) error {
	at := map[int]int{}
	for i, c := range r.h.Changes {
		at[c.Number] = i
	}
	var wanted []int
	for _, n := range numbers {
		if _, read := at[n]; read && !r.quiet[n] {
			wanted = append(wanted, n)
		}
	}
	for chunk := range slices.Chunk(wanted, r.size(threadedAtOnce)) {
		if err := r.threadsOf(ctx, chunk, at); err != nil {
			return err
		}
	}
	return nil
}

// threadsOf reads those of a few pull requests.
func (r *reader) threadsOf(ctx context.Context, numbers []int, at map[int]int) error {
	items := make([]map[string]any, len(numbers))
	for i, n := range numbers {
		items[i] = map[string]any{"number": githubv4.Int(n)}
	}
	shared := map[string]any{"threads": r.first(threadsAtFirst), "one": githubv4.Int(1)}
	answers, err := batch(ctx, r, shipshape.ChangeEntity, "threads", github.Batch[threadsNode]{
		Owner: r.name.Owner(), Name: r.name.Short(),
		Field: "pullRequest(number: $number)", Items: items, Shared: shared, Size: len(items),
	})
	if err != nil {
		return err
	}
	for i, answer := range answers {
		if answer == nil {
			continue
		}
		of := record{shipshape.ChangeEntity, strconv.Itoa(numbers[i]), "PullRequest", answer.ID}
		// One at a time: a page of threads, each with its comments, is a point.
		if err := r.tails(ctx, rest(of, threadList, &answer.Threads)); err != nil {
			return err
		}
		r.h.Changes[at[numbers[i]]].Threads = threads(answer.Threads.Nodes)
	}
	return nil
}

// threads converts threads, by time. One whose comments are all gone is none.
func threads(nodes []*threadNode) []shipshape.Thread {
	var list []shipshape.Thread
	for _, n := range nodes {
		first := n.first()
		if first == nil {
			continue
		}
		list = append(list, shipshape.Thread{
			Author: first.Author.login(), At: first.CreatedAt.UTC(), Comments: n.Comments.TotalCount, Resolved: n.IsResolved,
		})
	}
	slices.SortStableFunc(list, func(a, b shipshape.Thread) int { return a.At.Compare(b.At) })
	return list
}
