package dataset

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
)

// decode reads one JSON object into the wire struct that into points to. It is
// stricter than encoding/json: keys are compared exactly, a key the struct does
// not have is an error unless it begins with "x_", no key may come twice, and
// the tag `need` says which must be there:
//
//	need:"value"  must be there and must not be null
//	need:"key"    must be there and may be null, for nobody or none
func decode(line []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.UseNumber()
	s := strict{dec: dec}
	stated, err := s.value("", reflect.ValueOf(into).Elem())
	if err != nil {
		return err
	}
	if !stated {
		return wrong("", "null", "an object")
	}
	if _, err := dec.Token(); err != io.EOF {
		return wrong("", "more after the object", "one object")
	}
	return nil
}

// strict walks the tokens of one JSON value and the Go value they fill, side by
// side.
type strict struct{ dec *json.Decoder }

// value fills v and reports whether there was more than null.
func (s strict) value(path string, v reflect.Value) (stated bool, err error) {
	if raw, ok := v.Addr().Interface().(*json.RawMessage); ok {
		err := s.dec.Decode(raw)
		return string(*raw) != "null", syntax(path, err)
	}
	token, err := s.dec.Token()
	if err != nil {
		return false, syntax(path, err)
	}
	if token != nil && v.Kind() == reflect.Pointer { // nil says that nothing was stated
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	if token == nil { // null leaves the zero value
		return false, nil
	}
	switch {
	case v.Kind() == reflect.Slice:
		return true, s.list(path, token, v)
	case v.Kind() == reflect.Struct && v.Type() != timeType:
		return true, s.object(path, token, v)
	}
	return true, scalar(path, token, v)
}

func (s strict) list(path string, token json.Token, v reflect.Value) error {
	if token != json.Delim('[') {
		return wrong(path, describe(token), "a list")
	}
	for i := 0; s.dec.More(); i++ {
		element := reflect.New(v.Type().Elem()).Elem()
		at := fmt.Sprintf("%s[%d]", path, i)
		if stated, err := s.value(at, element); err != nil {
			return err
		} else if !stated {
			return wrong(at, "null", "no empty places in a list")
		}
		v.Set(reflect.Append(v, element))
	}
	_, err := s.dec.Token()
	return syntax(path, err)
}

func (s strict) object(path string, token json.Token, v reflect.Value) error {
	if short, ok := v.Addr().Interface().(shorthand); ok {
		if text, ok := token.(string); ok {
			return short.fromString(path, text)
		}
	}
	if token != json.Delim('{') {
		return wrong(path, describe(token), "an object")
	}
	fields := fieldsOf(v.Type())
	stated := map[string]bool{} // keys seen, true where there was more than null
	for s.dec.More() {
		if err := s.member(path, v, fields, stated); err != nil {
			return err
		}
	}
	if _, err := s.dec.Token(); err != nil {
		return syntax(path, err)
	}
	return missing(path, fields, stated)
}

// member reads one key and its value.
func (s strict) member(path string, v reflect.Value, fields []field, stated map[string]bool) error {
	token, err := s.dec.Token()
	if err != nil {
		return syntax(path, err)
	}
	key := token.(string)
	at := join(path, key)
	if strings.HasPrefix(key, "x_") {
		var remark json.RawMessage
		return syntax(at, s.dec.Decode(&remark))
	}
	i := slices.IndexFunc(fields, func(f field) bool { return f.key == key })
	if i < 0 {
		return wrong(at, "unknown key", "one of "+keysOf(fields)+", or a remark that begins with x_")
	}
	if _, twice := stated[key]; twice {
		return wrong(at, "the key a second time", "each key once")
	}
	stated[key], err = s.value(at, v.Field(fields[i].index))
	return err
}

// missing reports the first key that must be there and is not.
func missing(path string, fields []field, stated map[string]bool) error {
	for _, f := range fields {
		value, there := stated[f.key]
		switch {
		case f.need != "" && !there:
			return wrong(join(path, f.key), "missing", f.form)
		case f.need == "value" && !value:
			return wrong(join(path, f.key), "null", f.form)
		}
	}
	return nil
}

// syntax turns an error of the JSON decoder into ours, nil into nil.
func syntax(path string, err error) error {
	switch {
	case err == nil:
		return nil
	case err == io.EOF || err == io.ErrUnexpectedEOF:
		return wrong(path, "the end of the line inside a value", "a whole JSON object")
	}
	return wrong(path, "not JSON ("+err.Error()+")", "a JSON object")
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
