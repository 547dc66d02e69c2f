package githubtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
)

// exchange is a request on its way to an answer.
type exchange struct {
	request Request
	query   query
	plan    plan
	price   price
	faults  []*fault  // of a query that is not executed
	refusal *Response // where it is not even a query
}

// prepare checks and prices a request, notes it in the log, and returns its number.
func (s *Server) prepare(e *exchange) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e.refusal == nil && !s.authorized(e.request.Token) {
		e.refusal = message(http.StatusUnauthorized, "Bad credentials")
	}
	if e.refusal == nil {
		e.plan, e.faults = s.schema.check(e.query)
	}
	if e.plan.op != nil && len(e.faults) == 0 {
		e.price = s.execution(e).estimate(e.plan.op)
		e.request.Operation = e.plan.op.Name
		e.request.Fields = map[string]int{}
		countFields(e.plan.op.SelectionSet, e.request.Fields)
		e.request.Roots, e.request.Cost, e.request.Nodes = e.price.roots, e.price.points(), e.price.nodes
		if e.price.fault != nil {
			e.faults = []*fault{e.price.fault}
		}
	}
	s.log = append(s.log, e.request)
	return len(s.log) - 1
}

// countFields counts the fields of a selection that was validated.
func countFields(set ast.SelectionSet, counts map[string]int) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			if s.ObjectDefinition != nil {
				counts[s.ObjectDefinition.Name+"."+s.Name]++
			}
			countFields(s.SelectionSet, counts)
		case *ast.InlineFragment:
			countFields(s.SelectionSet, counts)
		case *ast.FragmentSpread:
			if s.Definition != nil {
				countFields(s.Definition.SelectionSet, counts)
			}
		}
	}
}

// authorized reports whether a token is accepted. Public repositories need one too.
func (s *Server) authorized(token string) bool {
	return token != "" && (s.world.Token == "" || token == s.world.Token)
}

// execution returns what executes the exchange's query.
func (s *Server) execution(e *exchange) *execution {
	return &execution{
		schema: s.schema, tables: s.tables, index: s.index, oldestFirst: s.o.OldestFirst,
		fragments: e.plan.doc.Fragments, variables: e.plan.variables,
	}
}

// answer charges for a request and answers it.
func (s *Server) answer(e *exchange) *Response {
	if e.refusal != nil {
		return e.refusal
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	limit, ok := s.charge(e)
	switch {
	case !ok:
		f := faultf("RATE_LIMITED", "API rate limit exceeded for user ID 1.")
		return s.reply(nil, []*fault{f}, limit)
	case len(e.faults) > 0:
		return s.reply(nil, e.faults, limit)
	}
	x := s.execution(e)
	x.limit = limit
	data := x.run(e.plan.op)
	r := s.reply(data, x.faults, limit)
	if x.saml != "" {
		r.Header.Set("X-Github-Sso", "required; url=https://github.com/orgs/"+x.saml+"/sso?authorization_request=A")
	}
	return r
}

// hour is how long a budget lasts.
const hour = time.Hour

// charge takes the price from the hour's budget. It reports false, and takes
// nothing, where the budget does not have it.
func (s *Server) charge(e *exchange) (rateLimit, bool) {
	budget := s.o.Budget
	if budget == 0 {
		budget = 5000
	}
	if now := s.now(); !now.Before(s.reset) {
		s.spent, s.reset = 0, now.Truncate(time.Second).Add(hour)
	}
	cost := e.price.points()
	enough := budget < 0 || s.spent+cost <= budget
	if enough {
		s.spent += cost
	}
	return rateLimit{
		cost: cost, nodes: e.price.nodes, limit: budget, used: s.spent, remaining: max(0, budget-s.spent),
		reset: s.reset, unlimited: budget < 0,
	}, enough
}

// reply makes an answer in GitHub's form. Data is nil for none.
func (s *Server) reply(data []byte, faults []*fault, limit rateLimit) *Response {
	var parts [][]byte
	if data != nil {
		parts = append(parts, append([]byte(`"data":`), data...))
	}
	if len(faults) > 0 {
		text, err := json.Marshal(faults)
		if err != nil {
			return message(http.StatusInternalServerError, fmt.Sprintf("faults that are no JSON: %s", err))
		}
		parts = append(parts, append([]byte(`"errors":`), text...))
	}
	text := slices.Concat([]byte{'{'}, bytes.Join(parts, []byte{','}), []byte{'}'})
	r := &Response{Status: http.StatusOK, Header: http.Header{}, Body: text}
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	r.Header.Set("X-Github-Request-Id", fmt.Sprintf("C0DE:%d", len(s.log)))
	if !limit.unlimited {
		r.Header.Set("X-Ratelimit-Limit", strconv.Itoa(limit.limit))
		r.Header.Set("X-Ratelimit-Remaining", strconv.Itoa(limit.remaining))
		r.Header.Set("X-Ratelimit-Used", strconv.Itoa(limit.used))
		r.Header.Set("X-Ratelimit-Reset", strconv.FormatInt(limit.reset.Unix(), 10))
		r.Header.Set("X-Ratelimit-Resource", "graphql")
	}
	return r
}

// message is an answer in the form of the parts of GitHub that are not GraphQL.
func message(status int, text string) *Response {
	body, _ := json.Marshal(map[string]string{ // strings cannot fail
		"message": text, "documentation_url": "https://docs.github.com/rest", "status": strconv.Itoa(status),
	})
	r := &Response{Status: status, Header: http.Header{}, Body: body}
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	return r
}
