package github

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strconv"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// errOdd says that an answer, or the struct it is for, is beyond decode.
var errOdd = errors.New("beyond this decoder")

// decode puts the data of an answer into q, a pointer to the struct of the query,
// exactly as githubv4 would, some times as fast: it looks at the struct's fields once
// and not for every key of every record.
//
// What it does not know it leaves alone: it then returns an error with q as it was,
// and githubv4 has the last word, also on what is wrong with an answer.
func decode(data []byte, q any, names *interner) error {
	target := reflect.ValueOf(q)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		return errOdd
	}
	before := reflect.New(target.Type().Elem()).Elem()
	before.Set(target.Elem())
	d := decoder{in: jsontext.NewDecoder(bytes.NewBuffer(data)), names: names}
	err := d.value(planFor(before.Type()), []reflect.Value{target.Elem()})
	if err == nil {
		err = d.end()
	}
	if err != nil {
		target.Elem().Set(before)
	}
	return err
}

type decoder struct {
	in    *jsontext.Decoder
	names *interner
}

func (d *decoder) end() error {
	if _, err := d.in.ReadToken(); err != io.EOF {
		return errOdd
	}
	return nil
}

// value decodes the next value into all targets.
func (d *decoder) value(p *plan, targets []reflect.Value) error {
	if p.odd {
		return errOdd
	}
	switch d.in.PeekKind() {
	case '{':
		return d.object(p, targets)
	case '[':
		return d.list(p, targets)
	}
	raw, err := d.in.ReadValue()
	if err != nil {
		return err
	}
	for _, target := range targets {
		if err := d.scalar(raw, target); err != nil {
			return err
		}
	}
	return nil
}

// object decodes the fields of an object into structs. A pointer gets a new one.
func (d *decoder) object(p *plan, targets []reflect.Value) error {
	if p.fields == nil {
		return errOdd
	}
	if _, err := d.in.ReadToken(); err != nil {
		return err
	}
	structs := make([]reflect.Value, len(targets))
	for i, target := range targets {
		if target.Kind() == reflect.Pointer {
			if target.IsNil() {
				target.Set(reflect.New(target.Type().Elem()))
			}
			target = target.Elem()
		}
		structs[i] = target
	}
	var room [4]reflect.Value
	for d.in.PeekKind() == '"' {
		key, err := d.in.ReadValue()
		if err != nil {
			return err
		}
		s := p.fields[string(key[1:len(key)-1])] // a key with an escape is found nowhere
		if s == nil {
			return errOdd
		}
		inner := room[:0]
		for _, at := range s.places {
			inner = append(inner, structs[at.value].FieldByIndex(at.index))
		}
		if err := d.value(s.plan, inner); err != nil {
			return err
		}
	}
	_, err := d.in.ReadToken()
	return err
}

// list decodes the items of a list into slices, which begin anew.
func (d *decoder) list(p *plan, targets []reflect.Value) error {
	if p.item == nil {
		return errOdd
	}
	if _, err := d.in.ReadToken(); err != nil {
		return err
	}
	for _, target := range targets {
		target.Set(reflect.MakeSlice(target.Type(), 0, 0))
	}
	items := make([]reflect.Value, len(targets))
	for n := 0; d.in.PeekKind() != ']'; n++ {
		for i, target := range targets {
			target.Set(reflect.Append(target, reflect.Zero(target.Type().Elem())))
			items[i] = target.Index(n)
		}
		if err := d.value(p.item, items); err != nil {
			return err
		}
	}
	_, err := d.in.ReadToken()
	return err
}

// scalar puts null, a text, a number or a truth value into a target, by the rules of
// encoding/json.
func (d *decoder) scalar(raw jsontext.Value, target reflect.Value) error {
	if raw.Kind() == 'n' {
		return null(target)
	}
	if target.Kind() == reflect.Pointer && !custom(target.Type()) {
		if target.IsNil() {
			target.Set(reflect.New(target.Type().Elem()))
		}
		target = target.Elem()
	}
	if custom(target.Type()) {
		return own(raw, target)
	}
	switch raw.Kind() {
	case '"':
		return d.text(raw, target)
	case '0':
		return number(raw, target)
	case 't', 'f':
		if target.Kind() != reflect.Bool {
			return errOdd
		}
		target.SetBool(raw.Kind() == 't')
		return nil
	}
	return errOdd
}

// null takes away what can be nil, and changes nothing else.
func null(target reflect.Value) error {
	switch {
	case target.Type() == timeType:
	case custom(target.Type()):
		return errOdd
	case target.Kind() == reflect.Pointer, target.Kind() == reflect.Slice, target.Kind() == reflect.Interface, target.Kind() == reflect.Map:
		target.SetZero()
	}
	return nil
}

var (
	timeType        = reflect.TypeFor[time.Time]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// custom reports whether a type reads its own JSON, or its own text.
func custom(t reflect.Type) bool {
	if t == timeType {
		return true
	}
	if t.PkgPath() == "" && t.Kind() != reflect.Pointer { // a type of the language has no methods
		return false
	}
	p := reflect.PointerTo(t)
	return p.Implements(unmarshaler) || p.Implements(textUnmarshaler)
}

// own lets a type read its own JSON. githubv4 hands it a text written anew, without
// escapes that need not be.
func own(raw jsontext.Value, target reflect.Value) error {
	if raw.Kind() == '"' && !plainText(raw) {
		return errOdd
	}
	if t, ok := target.Addr().Interface().(*time.Time); ok {
		return t.UnmarshalJSON(raw)
	}
	return json.Unmarshal(raw, target.Addr().Interface())
}

// plainText reports whether a text stands in JSON as it is: encoding/json escapes
// some characters that need not be.
func plainText(raw []byte) bool {
	for _, c := range raw {
		if c >= 0x80 || c == '\\' || c == '<' || c == '>' || c == '&' {
			return false
		}
	}
	return true
}

func (d *decoder) text(raw jsontext.Value, target reflect.Value) error {
	if target.Kind() != reflect.String {
		return errOdd
	}
	if bytes.IndexByte(raw, '\\') < 0 {
		target.SetString(d.names.text(raw[1 : len(raw)-1]))
		return nil
	}
	text, err := jsontext.AppendUnquote(nil, raw)
	if err != nil {
		return err
	}
	target.SetString(string(text))
	return nil
}

// number sets a whole number. One with a fraction, an exponent or too many digits is
// odd.
func number(raw jsontext.Value, target reflect.Value) error {
	if !target.CanInt() {
		return errOdd
	}
	n, err := strconv.ParseInt(string(raw), 10, 64)
	if err != nil || target.OverflowInt(n) {
		return errOdd
	}
	target.SetInt(n)
	return nil
}

// An interner keeps one copy of short texts that come again and again, such as
// logins, labels and the names of types. Nil keeps nothing.
type interner struct{ known map[string]string }

const (
	longestName = 39   // bytes, the longest login that there is
	mostNames   = 4096 // then it begins anew
)

func newInterner() *interner { return &interner{known: map[string]string{}} }

func (n *interner) text(raw []byte) string {
	if n == nil || len(raw) > longestName {
		return string(raw)
	}
	if text, ok := n.known[string(raw)]; ok {
		return text
	}
	if len(n.known) >= mostNames {
		clear(n.known)
	}
	text := string(raw)
	n.known[text] = text
	return text
}
