package web

import (
	"net/http"
	"time"
)

// Face is how operations answer that speak the language of another standard than
// ours: what they take and give, and how they tell of a problem, is theirs. They are
// no part of the description of our own API.
type Face struct {
	// Tell answers a request with a problem.
	Tell func(w http.ResponseWriter, r *http.Request, p *Problem)
}

// Handle adds an operation of the face. It is held to the same gate and the same
// limits as those of [Handle], and errors of do are told in the words of the face.
func (f Face) Handle(s *Server, op Op, do func(w http.ResponseWriter, r *http.Request) error) {
	if (op.Verb == "") == (op.Open == "") {
		panic("web: operation " + op.ID + " must name its act, or say why it is open, and not both")
	}
	s.ops = append(s.ops, op)
	limit, timeout := op.MaxBody, op.Timeout
	if limit == 0 {
		limit = DefaultMaxBody
	}
	if timeout == 0 {
		timeout = defaultTimeout
	}
	s.Mux.HandleFunc(op.Method+" "+op.Path, func(w http.ResponseWriter, r *http.Request) {
		if s.Gate != nil && op.Verb != "" {
			if err := s.Gate(r.Context(), op.Verb); err != nil {
				f.Tell(w, r, AsProblem(r.Context(), err))
				return
			}
		}
		if r.Body != nil {
			r.Body = http.MaxBytesReader(w, r.Body, limit)
			_ = http.NewResponseController(w).SetReadDeadline(deadlineIn(timeout)) // not every reader has one
		}
		if err := do(w, r); err != nil {
			f.Tell(w, r, AsProblem(r.Context(), err))
		}
	})
}

const defaultTimeout = 15 * time.Second

func deadlineIn(d time.Duration) time.Time {
	return time.Now().Add(d) //nolint:forbidigo // a deadline of the network runs by the machine's clock and reaches no store
}
