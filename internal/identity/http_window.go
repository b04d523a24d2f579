package identity

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
)

func (r *Room) windowRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/identity/windows", ID: "listWindows", Verb: "identity.list-windows", Tag: tag,
		Summary: "List the temporary windows that wait or are not over"}, r.getWindows)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/windows", ID: "askWindow", Verb: "identity.ask-window", Tag: tag,
		Status: http.StatusCreated, Summary: "Ask that somebody may sign in outside his hours for a time"}, r.postWindow)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/windows/{id}/approve", ID: "approveWindow", Verb: "identity.decide-window", Tag: tag,
		Status: http.StatusNoContent, Summary: "Approve a temporary window"}, r.postWindowApproval)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/windows/{id}/decline", ID: "declineWindow", Verb: "identity.decide-window", Tag: tag,
		Status: http.StatusNoContent, Summary: "Decline a temporary window"}, r.postWindowRefusal)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/identity/departments/{id}/acknowledgements", ID: "listSignInAcknowledgements", Verb: "identity.list-findings", Tag: tag,
		Summary: "List what was signed for how a department's people sign in"}, r.getAcknowledgements)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/departments/{id}/acknowledge", ID: "acknowledgeSignIns", Verb: "identity.acknowledge", Tag: tag,
		Status: http.StatusCreated, Summary: "Sign that all that was amiss with a department's accounts was disposed of"}, r.postAcknowledgement)
}

type windowBody struct {
	ID      string    `json:"id"`
	Person  string    `json:"person"`
	State   string    `json:"state" enum:"asked,approved,declined"`
	Why     string    `json:"why" enum:"incident,maintenance,deadline,on-call"`
	Since   time.Time `json:"since"`
	Until   time.Time `json:"until"`
	AskedBy string    `json:"askedBy"`
}

func wireWindow(w Window) windowBody {
	return windowBody{ID: w.ID, Person: w.Person, State: string(w.State), Why: w.Why, Since: w.Since, Until: w.Until, AskedBy: w.AskedBy}
}

type windowsOut struct {
	Body struct {
		Items []windowBody `json:"items"`
	}
}

func (r *Room) getWindows(ctx context.Context, _ *struct{}) (*windowsOut, error) {
	found, err := r.ListWindows(ctx)
	out := &windowsOut{}
	out.Body.Items = make([]windowBody, len(found))
	for i, w := range found {
		out.Body.Items[i] = wireWindow(w)
	}
	return out, err
}

type newWindowBody struct {
	Person string    `json:"person,omitempty" maxLength:"40" doc:"for whom; oneself when absent"`
	Why    string    `json:"why" enum:"incident,maintenance,deadline,on-call"`
	Since  time.Time `json:"since"`
	Until  time.Time `json:"until" doc:"seven days later at most"`
}

type windowOut struct{ Body windowBody }

func (r *Room) postWindow(ctx context.Context, in *struct{ Body newWindowBody }) (*windowOut, error) {
	asked, err := r.AskWindow(ctx, NewWindow{Person: in.Body.Person, Why: in.Body.Why, Since: in.Body.Since, Until: in.Body.Until})
	return &windowOut{wireWindow(asked)}, err
}

func (r *Room) postWindowApproval(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, r.DecideWindow(ctx, in.ID, true)
}

func (r *Room) postWindowRefusal(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, r.DecideWindow(ctx, in.ID, false)
}

type acknowledgementBody struct {
	ID       string    `json:"id"`
	Made     time.Time `json:"made"`
	MadeBy   string    `json:"madeBy" doc:"person"`
	Disposed int64     `json:"disposed" doc:"findings disposed of since the one before"`
}

func wireAcknowledgement(a Acknowledgement) acknowledgementBody {
	return acknowledgementBody{ID: a.ID, Made: a.Made, MadeBy: a.MadeBy, Disposed: a.Disposed}
}

type acknowledgementsOut struct {
	Body struct {
		Items []acknowledgementBody `json:"items"`
	}
}

func (r *Room) getAcknowledgements(ctx context.Context, in *web.OfID) (*acknowledgementsOut, error) {
	found, err := r.Acknowledgements(ctx, in.ID)
	out := &acknowledgementsOut{}
	out.Body.Items = make([]acknowledgementBody, len(found))
	for i, a := range found {
		out.Body.Items[i] = wireAcknowledgement(a)
	}
	return out, err
}

type acknowledgementOut struct{ Body acknowledgementBody }

func (r *Room) postAcknowledgement(ctx context.Context, in *web.OfID) (*acknowledgementOut, error) {
	made, err := r.Acknowledge(ctx, in.ID)
	return &acknowledgementOut{wireAcknowledgement(made)}, err
}
