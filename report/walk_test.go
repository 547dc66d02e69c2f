package report

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// walk calls visit with the address of every string in a page, and the string.
func walk(content any, visit func(address, text string)) {
	walkValue("", reflect.ValueOf(content), visit)
}

func walkValue(address string, v reflect.Value, visit func(address, text string)) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			walkValue(address, v.Elem(), visit)
		}
	case reflect.Struct:
		if stringer, ok := v.Interface().(fmt.Stringer); ok { // instants
			visit(address, stringer.String())
			return
		}
		for i := range v.NumField() {
			walkValue(address+"."+v.Type().Field(i).Name, v.Field(i), visit)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			walkValue(fmt.Sprintf("%s[%d]", address, i), v.Index(i), visit)
		}
	case reflect.Func:
	default:
		visit(address, fmt.Sprint(v.Interface()))
	}
}

// dump is everything a page holds, drawings' formats aside.
func dump(content any) string {
	var b strings.Builder
	walk(content, func(address, text string) { fmt.Fprintf(&b, "%s=%s\n", address, text) })
	return b.String()
}

func TestWalkSeesEveryString(t *testing.T) {
	page := &ReleasePage{Tag: "v1", Facts: []Fact{{Name: "a", Value: "b"}}, Newer: &Link{Text: "x", Href: "y"}}
	got := dump(page)
	for _, want := range []string{".Tag=v1\n", ".Facts[0].Value=b\n", ".Newer.Href=y\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}
