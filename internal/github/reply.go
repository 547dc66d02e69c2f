package github

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// A reply is the body of an answer, as far as it is JSON of GitHub's.
type reply struct {
	Data    json.RawMessage
	Errors  []problem
	Message string // where GitHub answers as its REST API does
}

func (r reply) hasData() bool { return len(r.Data) > 0 && !bytes.Equal(r.Data, []byte("null")) }

// A problem is an entry of `errors`.
type problem struct {
	Type       string
	Message    string
	Path       []json.RawMessage
	Extensions extensions
}

// extensions is what GitHub adds to a problem. Anything that is not as expected
// there is as good as nothing.
type extensions struct {
	Code         string
	TypeName     string
	FieldName    string
	ArgumentName string
	Name         string
	SAML         bool
}

// UnmarshalJSON reads each value that has the expected type and passes over the
// others.
func (e *extensions) UnmarshalJSON(data []byte) error {
	var all map[string]any
	if json.Unmarshal(data, &all) != nil {
		return nil
	}
	text := func(name string) string {
		s, _ := all[name].(string)
		return s
	}
	saml, _ := all["saml_failure"].(bool)
	*e = extensions{
		Code:         text("code"),
		TypeName:     text("typeName"),
		FieldName:    text("fieldName"),
		ArgumentName: text("argumentName"),
		Name:         text("name"),
		SAML:         saml,
	}
	return nil
}

// What a body can turn out to be when it is no reply.
var (
	errCut     = errors.New("the answer ends too early")
	errForeign = errors.New("the answer is not JSON as GitHub sends it")
)

// readReply reads a body. Every body gives a reply, errCut or errForeign.
func readReply(body []byte) (reply, error) {
	body = bytes.TrimSpace(body)
	if len(body) == 0 {
		return reply{}, errCut
	}
	if body[0] != '{' {
		return reply{}, errForeign
	}
	var r reply
	d := json.NewDecoder(bytes.NewReader(body))
	err := d.Decode(&r)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return reply{}, errCut
	case err != nil || d.InputOffset() != int64(len(body)):
		return reply{}, errForeign
	}
	return r, nil
}

// fault tells a problem to callers.
func (p problem) fault(token string) Fault {
	f := Fault{Type: FaultType(clean(p.Type, token, maxDetail)), Message: clean(p.Message, token, maxMessage), SAML: p.Extensions.SAML}
	for _, step := range p.Path {
		var key string
		if json.Unmarshal(step, &key) != nil {
			key = string(step)
		}
		f.Path = append(f.Path, clean(key, token, maxDetail))
	}
	return f
}

// limited reports whether a problem is the hourly limit or the secondary one.
func (p problem) limited() (class, bool) {
	named := p.Type == "RATE_LIMITED" || p.Type == "RATE_LIMIT" || p.Extensions.Code == "graphql_rate_limit"
	// A message with a path or a type of its own can repeat names from a repository.
	own := named || p.Type == "" && len(p.Path) == 0
	if own && saysSecondary(p.Message) {
		return secondary, true
	}
	return hourly, named
}

// saysSecondary knows the messages of the secondary limit, old and new.
func saysSecondary(message string) bool {
	lower := strings.ToLower(message)
	return strings.Contains(lower, "secondary rate limit") || strings.Contains(lower, "abuse detection")
}

// tooBig reports whether GitHub will never answer the query at this size.
func (p problem) tooBig() bool {
	return p.Type == "RESOURCE_LIMITS_EXCEEDED" || p.Type == "MAX_NODE_LIMIT_EXCEEDED"
}

// stumbled reports whether GitHub gave up on the query in the middle. It says so
// at the beginning of a message, before any name from a repository could stand.
func (p problem) stumbled() bool {
	for _, words := range []string{
		"Something went wrong while executing your query",
		"We couldn't respond to your request in time",
		"Timeout on validation of query",
	} {
		if strings.HasPrefix(p.Message, words) {
			return true
		}
	}
	return false
}
