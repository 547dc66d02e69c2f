package dataset

import (
	"reflect"
	"strings"
	"sync"
)

// A field is one key that a wire struct knows.
type field struct {
	key   string
	index int
	need  string // "value", "key" or empty, see decode
	form  string // what its value looks like
}

// known keeps the fields of each wire struct once they are worked out. It holds
// nothing but what the types say.
var known sync.Map // reflect.Type to []field

func fieldsOf(t reflect.Type) []field {
	if fields, ok := known.Load(t); ok {
		return fields.([]field)
	}
	var fields []field
	for f := range t.Fields() {
		key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		fields = append(fields, field{key: key, index: f.Index[0], need: f.Tag.Get("need"), form: formOf(f.Type)})
	}
	known.Store(t, fields)
	return fields
}

func keysOf(fields []field) string {
	keys := make([]string, len(fields))
	for i, f := range fields {
		keys[i] = f.key
	}
	return strings.Join(keys, ", ")
}
