package githubtest

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/shipshape-report/shipshape"
	"github.com/shipshape-report/shipshape/internal/dataset"
)

// Options say how a server behaves. The zero value is GitHub's behaviour for a token
// that may read.
type Options struct {
	// Schema is what queries are checked against; nil is the one checked in.
	Schema *Schema
	// Without takes types and fields out of the schema, as an older GitHub Enterprise
	// Server lacks them: "Issue.issueType", "RepositoryRuleset". It cannot be combined
	// with Schema.
	Without []string
	// OldestFirst lists the statuses of a deployment from the oldest on.
	OldestFirst bool
	// Budget is how many points an hour has; 0 is 5,000, less than 0 no limit.
	Budget int
	// Enterprise is the version that a GitHub Enterprise Server states in its headers;
	// "" is GitHub itself, which states none.
	Enterprise string
	// Now is the clock by which hours end; nil stands still.
	Now func() time.Time
	// Fault may answer in the server's place; it is asked for every request, numbered
	// from 0, and returns nil to let the server answer. It may call Edit.
	Fault func(n int, r Request) *Response
}

// Server is GitHub's GraphQL endpoint. It is safe for use by many goroutines, and
// answers one request at a time.
type Server struct {
	o      Options
	schema *Schema
	tables map[string]table

	mu    sync.Mutex
	world *World
	index *index
	spent int
	reset time.Time
	log   []Request
}

// Dataset returns a server of the dataset in a folder.
func Dataset(dir string, o Options) (*Server, error) {
	h, err := dataset.Read(dir)
	if err != nil {
		return nil, err
	}
	return New(h, o)
}

// New returns a server of a history's repositories. The history is not changed by
// edits. The error says which option is wrong.
func New(h *shipshape.History, o Options) (*Server, error) {
	schema, err := o.schema()
	if err != nil {
		return nil, err
	}
	s := &Server{o: o, schema: schema, tables: newTables(schema), world: newWorld(h)}
	s.index = newIndex(s.world)
	return s, nil
}

// schema is the schema that the options ask for.
func (o Options) schema() (*Schema, error) {
	switch {
	case o.Schema != nil && len(o.Without) > 0:
		return nil, fmt.Errorf("options: Schema and Without exclude each other")
	case o.Schema != nil:
		return o.Schema, nil
	case len(o.Without) > 0:
		return loadSchema(prunedSchema, o.Without...)
	}
	return PrunedSchema()
}

// Edit changes what the server knows, between two requests.
func (s *Server) Edit(change func(*World)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s.world)
	s.index = newIndex(s.world)
}

// Log returns the requests that came so far.
func (s *Server) Log() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.log...)
}

// Request is a request that came.
type Request struct {
	Token     string
	Query     string // its text
	Operation string // its name, if it has one
	Variables map[string]any
	Roots     []string // keys of the fields at its top
	// Fields counts the fields that it asks for by the type that has them,
	// "Commit.history", so that a test can tell requests apart without their text.
	Fields map[string]int
	Cost   int // points by the documented formula; 0 for an invalid query
	Nodes  int // nodes it may return at most
}

// now is the present instant, by the clock that was given.
func (s *Server) now() time.Time {
	if s.o.Now == nil {
		return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	}
	return s.o.Now().UTC()
}

// maxBody is the longest request that is read, in bytes.
const maxBody = 8 << 20

// ServeHTTP answers a request for the GraphQL endpoint, which is any address that
// ends in /graphql.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	q, problem := readQuery(body)
	request := Request{Token: token(r), Query: q.Query, Operation: q.OperationName, Variables: q.Variables}
	e := exchange{request: request, query: q}
	switch {
	case r.Method != http.MethodPost || !strings.HasSuffix(r.URL.Path, "/graphql"):
		e.refusal = message(http.StatusNotFound, "Not Found")
	case problem != nil:
		e.refusal = message(http.StatusBadRequest, "Problems parsing JSON")
	}
	n := s.prepare(&e)
	if s.o.Fault != nil {
		if fault := s.o.Fault(n, e.request); fault != nil {
			fault.send(w, r)
			return
		}
	}
	if s.o.Enterprise != "" {
		w.Header().Set("X-Github-Enterprise-Version", s.o.Enterprise)
	}
	s.answer(&e).send(w, r)
}

// token is what the request authorises itself with.
func token(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "bearer") && !strings.EqualFold(scheme, "token") {
		return ""
	}
	return token
}
