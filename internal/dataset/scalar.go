package dataset

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/shipshape-report/shipshape"
)

// shorthand is an object that may be written as a plain string.
type shorthand interface {
	fromString(path, text string) error
}

var (
	timeType  = reflect.TypeFor[time.Time]()
	oidType   = reflect.TypeFor[shipshape.OID]()
	loginType = reflect.TypeFor[shipshape.Login]()

	wellFormedOID = regexp.MustCompile(`^(?:[0-9a-f]{40}|[0-9a-f]{64})$`)
)

// scalar fills v, which is neither a list nor an object, from a token.
func scalar(path string, token json.Token, v reflect.Value) error {
	ok := false
	switch v.Type() {
	case timeType:
		ok = setTime(token, v)
	case oidType:
		ok = setMatching(token, v, wellFormedOID.MatchString)
	case loginType:
		ok = setMatching(token, v, func(s string) bool { return s != "" && !strings.ContainsAny(s, " \t\r\n") })
	default:
		ok = setPlain(token, v)
	}
	if !ok {
		return wrong(path, describe(token), formOf(v.Type()))
	}
	return nil
}

// setTime reads an instant and brings it to UTC.
func setTime(token json.Token, v reflect.Value) bool {
	text, ok := token.(string)
	if !ok {
		return false
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil || at.IsZero() {
		return false
	}
	v.Set(reflect.ValueOf(at.UTC()))
	return true
}

func setMatching(token json.Token, v reflect.Value, fits func(string) bool) bool {
	text, ok := token.(string)
	if ok = ok && fits(text); ok {
		v.SetString(text)
	}
	return ok
}

// setPlain fills a string, a whole number or a truth value.
func setPlain(token json.Token, v reflect.Value) bool {
	switch token := token.(type) {
	case string:
		if v.Kind() == reflect.String {
			v.SetString(token)
			return true
		}
	case bool:
		if v.Kind() == reflect.Bool {
			v.SetBool(token)
			return true
		}
	case json.Number:
		n, err := strconv.ParseInt(token.String(), 10, 64)
		if v.CanInt() && err == nil && n >= 0 && !v.OverflowInt(n) {
			v.SetInt(n)
			return true
		}
	}
	return false
}

// describe says what a token is, for an error.
func describe(token json.Token) string {
	switch token := token.(type) {
	case json.Delim:
		if token == '[' {
			return "a list"
		}
		return "an object"
	case string:
		if len(token) > 60 {
			return fmt.Sprintf("a string of %d bytes", len(token))
		}
		return strconv.Quote(token)
	default:
		return fmt.Sprint(token)
	}
}

// formOf says what a value of a type looks like, for an error.
func formOf(t reflect.Type) string {
	switch {
	case t.Kind() == reflect.Pointer:
		return formOf(t.Elem())
	case t == timeType:
		return "an instant like 2026-08-18T15:08:13Z"
	case t == oidType:
		return "an object id of 40 or 64 lower-case hexadecimal digits"
	case t == loginType:
		return "a login"
	case t.Kind() == reflect.Slice && t.Elem().Kind() != reflect.Uint8:
		return "a list"
	case t.Kind() == reflect.Struct:
		return "an object"
	case t.Kind() == reflect.Bool:
		return "true or false"
	case t.Kind() == reflect.Int || t.Kind() == reflect.Int64:
		return "a whole number from 0"
	case t.Kind() == reflect.String:
		return "a string"
	}
	return "a value"
}
