package githubtest

// table resolves the fields of one object type. The bool is false for a field that
// the table does not have.
type table interface {
	resolve(x *execution, of any, field string, args arguments) (any, bool)
	names() []string
}

// call is what a resolver is given: the value whose field is asked for, the
// arguments, and the execution.
type call[T any] struct {
	of   T
	args arguments
	*execution
}

// fields is the table of a type whose values are of Go type T. A resolver returns
// nil for null, a bool, int, int64, string or time.Time, an object, []any, a list to
// page through, or a *fault.
type fields[T any] map[string]func(c call[T]) any

func (t fields[T]) resolve(x *execution, of any, field string, args arguments) (any, bool) {
	f := t[field]
	if f == nil {
		return nil, false
	}
	return f(call[T]{of.(T), args, x}), true
}

func (t fields[T]) names() []string {
	names := make([]string, 0, len(t))
	for name := range t {
		names = append(names, name)
	}
	return names
}

// with returns the table with more fields. A field of more replaces one of t.
func (t fields[T]) with(more fields[T]) fields[T] {
	joined := make(fields[T], len(t)+len(more))
	for name, f := range t {
		joined[name] = f
	}
	for name, f := range more {
		joined[name] = f
	}
	return joined
}
