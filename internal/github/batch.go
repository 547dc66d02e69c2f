package github

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strconv"
)

// Batch asks for the same selection many times in one query, each time under an
// alias of its own. T is the struct of what is selected, in the manner of
// githubv4; an answer is nil where GitHub has nothing.
type Batch[T any] struct {
	// Owner and Name are the repository to ask within. With both empty the field
	// is asked at the top level.
	Owner, Name string
	// Field is what each alias stands for, with the variables of one item:
	// "object(oid: $oid)", or "node(id: $id)".
	Field string
	// Items hold the variables of each item, by name without "$". All items have
	// the same names. Tags inside T may mention them too ("after: $after"), if the
	// structs around such a tag are written out inside T rather than being types
	// with a name.
	Items []map[string]any
	// Shared are variables of the whole query, for tags inside T. The names
	// repositoryOwner and repositoryName are taken.
	Shared map[string]any
	// Size is how many items one query asks for at first, at least 1. It is halved
	// when GitHub finds a query too big.
	Size int
}

// Ask returns an answer for each item, in their order. The path of a fault that
// concerns one item begins with the item's index; one that concerns the
// repository is ["repository"].
//
// An item that GitHub finds too big even alone is nil with a [FaultTooBig]. After
// any other error the answers so far are returned with it.
func (b Batch[T]) Ask(ctx context.Context, c *Client) ([]*T, []Fault, error) {
	return inChunks(ctx, len(b.Items), b.Size, func(ctx context.Context, from, to int) ([]*T, []Fault, error) {
		return b.chunk(ctx, c, b.Items[from:to])
	})
}

// chunk asks for some items in one query. Paths begin with indexes in items.
func (b Batch[T]) chunk(ctx context.Context, c *Client, items []map[string]any) ([]*T, []Fault, error) {
	shape, err := b.shape(items)
	if err != nil {
		return nil, nil, err
	}
	q := reflect.New(shape.query)
	faults, err := c.Query(ctx, q.Interface(), b.variables(items))
	if err != nil {
		return nil, nil, err
	}
	for i := range faults {
		faults[i].Path = shape.path(faults[i].Path)
	}
	return answers[T](shape, q.Elem()), faults, nil
}

// variables gathers those of a query: shared ones, and each item's numbered ones.
func (b Batch[T]) variables(items []map[string]any) map[string]any {
	all := map[string]any{}
	maps.Copy(all, b.Shared)
	if b.inRepository() {
		all["repositoryOwner"], all["repositoryName"] = String(b.Owner), String(b.Name)
	}
	for i, item := range items {
		for name, value := range item {
			all[name+strconv.Itoa(i)] = value
		}
	}
	return all
}

func (b Batch[T]) inRepository() bool { return b.Owner != "" || b.Name != "" }

// Units predicts what the largest of the batch's queries costs, as [Units] does.
func (b Batch[T]) Units() (units, nodes int, err error) {
	items := b.Items[:min(max(b.Size, 1), len(b.Items))]
	shape, err := b.shape(items)
	if err != nil {
		return 0, 0, err
	}
	q := reflect.New(shape.query).Interface()
	return Units(q, b.variables(items))
}

// tooBigInARow is after how many single items too big for GitHub a batch gives up:
// by then it is not the items.
const tooBigInARow = 3

// inChunks asks for total items, some at a time, and puts the answers together.
func inChunks[T any](ctx context.Context, total, size int, ask func(ctx context.Context, from, to int) ([]*T, []Fault, error)) ([]*T, []Fault, error) {
	all := make([]*T, total)
	var faults []Fault
	pace := newPace(size)
	refused := 0
	for from := 0; from < total; {
		to := min(from+pace.size, total)
		chunk := ctx
		if to-from > 1 {
			chunk = Dividing(ctx)
		}
		found, some, err := ask(chunk, from, to)
		switch {
		case errors.Is(err, ErrTooBig) && to-from > 1:
			pace.tooBig(to - from)
			continue
		case errors.Is(err, ErrTooBig) && refused+1 < tooBigInARow:
			refused++
			some = []Fault{{Type: FaultTooBig, Message: ErrTooBig.Error(), Path: []string{"0"}}}
		case err != nil:
			return all, faults, err
		default:
			refused = 0
			pace.good()
		}
		copy(all[from:to], found)
		faults = append(faults, shifted(some, from)...)
		from = to
	}
	return all, faults, nil
}

// shifted counts the indexes at the beginning of paths from another origin.
func shifted(faults []Fault, by int) []Fault {
	for i, f := range faults {
		if n, ok := f.Item(); ok {
			faults[i].Path = slices.Concat([]string{strconv.Itoa(n + by)}, f.Path[1:])
		}
	}
	return faults
}

// Item returns the index of the item that a fault of a batch concerns.
func (f Fault) Item() (int, bool) {
	if len(f.Path) == 0 {
		return 0, false
	}
	n, err := strconv.Atoi(f.Path[0])
	return n, err == nil && n >= 0
}
