package githubtest

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
)

// Response is an answer as it is sent.
type Response struct {
	Status int // 0 is 200
	Header http.Header
	Body   []byte
	// Drop ends the connection without an answer.
	Drop bool
	// Truncate ends the connection after the body, which was announced to be longer.
	Truncate bool
	// Hang waits until the client gives up.
	Hang bool
}

// send sends the answer. Where it ends the connection, it panics with
// [http.ErrAbortHandler], as net/http wants it.
func (r *Response) send(w http.ResponseWriter, request *http.Request) {
	if r.Hang {
		<-request.Context().Done()
	}
	if r.Hang || r.Drop {
		panic(http.ErrAbortHandler)
	}
	for name, values := range r.Header {
		w.Header()[name] = values
	}
	if r.Truncate {
		w.Header().Set("Content-Length", strconv.Itoa(len(r.Body)+1))
	}
	w.WriteHeader(max(r.Status, http.StatusOK))
	w.Write(r.Body) // a client that went away is not the server's mistake
	if r.Truncate {
		if f, ok := w.(http.Flusher); ok {
			f.Flush() // what was written would be lost with the connection
		}
		panic(http.ErrAbortHandler)
	}
}

// Transport returns a transport that hands every request to the server, whatever its
// address, without a socket.
func (s *Server) Transport() http.RoundTripper { return transport{s} }

type transport struct{ handler http.Handler }

// RoundTrip answers a request. Where the server ends the connection, the error is
// [io.ErrUnexpectedEOF], or comes from the body; where the client gave up, it is its
// context's.
func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	if r.Body == nil {
		r = r.Clone(r.Context())
		r.Body = http.NoBody
	}
	defer r.Body.Close()
	w := &recorder{header: http.Header{}}
	cut := w.serve(t.handler, r)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	if cut && w.status == 0 {
		return nil, io.ErrUnexpectedEOF
	}
	return w.response(r, cut), nil
}

// recorder keeps what a handler writes.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (w *recorder) Header() http.Header { return w.header }

func (w *recorder) WriteHeader(status int) { w.status = status }

func (w *recorder) Write(p []byte) (int, error) { return w.body.Write(p) }

// serve calls the handler and reports whether it ended the connection.
func (w *recorder) serve(h http.Handler, r *http.Request) (cut bool) {
	defer func() {
		switch p := recover(); p {
		case nil:
		case http.ErrAbortHandler:
			cut = true
		default:
			panic(p)
		}
	}()
	h.ServeHTTP(w, r)
	return false
}

// response is what the client sees.
func (w *recorder) response(r *http.Request, cut bool) *http.Response {
	var body io.Reader = &w.body
	if cut {
		body = io.MultiReader(body, broken{})
	}
	return &http.Response{
		Status: strconv.Itoa(w.status) + " " + http.StatusText(w.status), StatusCode: w.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.header, Body: io.NopCloser(body), ContentLength: -1, Request: r,
	}
}

// broken is a connection that ended too early.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
