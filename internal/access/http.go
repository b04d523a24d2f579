package access

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

const tag = "access"

// Routes adds the operations of the room.
func (room *Room) Routes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/reason-choices", ID: "listReasonChoices", Open: "a constant list; it names nobody", Tag: tag,
		Summary: "List the reasons that may be chosen"}, room.getChoices)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/patients/{id}/stated-reason", ID: "stateReason", Verb: "access.state-reason", Tag: tag,
		Status: http.StatusCreated, Summary: "State a reason to open a patient for a day"}, room.postStated)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/patients/{id}/break-glass", ID: "breakGlass", Verb: "access.break-glass", Tag: tag,
		Status: http.StatusCreated, Summary: "Break the glass: open a patient in an emergency for hours"}, room.postGlass)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/patients/{id}/unmask", ID: "unmask", Verb: "access.unmask", Tag: tag,
		Status: http.StatusCreated, Summary: "Say why what is masked of a patient is needed; it is shown for an hour"}, room.postUnmask)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/my-reasons", ID: "listMyReasons", Verb: "access.list", Tag: tag,
		Summary: "List one's own live reasons"}, room.getMine)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/reasons", ID: "listReasons", Verb: "access.list", Tag: tag,
		Summary: "List reasons for review, newest first"}, room.getReasons)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/reasons/{id}/withdraw", ID: "withdrawReason", Verb: "access.withdraw", Tag: tag,
		Status: http.StatusNoContent, Summary: "End a reason now"}, room.postWithdraw)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/reasons/{id}/review", ID: "reviewReason", Verb: "access.review", Tag: tag,
		Status: http.StatusNoContent, Summary: "Give the verdict on an access"}, room.postReview)
	room.grantRoutes(s)
	room.sealRoutes(s)
	room.policyRoutes(s)
	room.releaseRoutes(s)
	room.unusedRoute(s)
	room.endingRoute(s)
	room.freezeRoutes(s)
	room.adjustmentRoutes(s)
	room.statementRoutes(s)
	room.roleRequestRoutes(s)
	room.frameRoutes(s)
}

type choiceBody struct {
	ID   string     `json:"id"`
	Kind string     `json:"kind" enum:"reason,glass,unmask"`
	Name fault.Text `json:"name"`
}

type choicesOut struct {
	Body struct {
		Choices []choiceBody `json:"choices"`
	}
}

func (room *Room) getChoices(context.Context, *struct{}) (*choicesOut, error) {
	out := &choicesOut{}
	for _, c := range Choices() {
		out.Body.Choices = append(out.Body.Choices, choiceBody(c))
	}
	return out, nil
}

type askingIn struct {
	ID   string `path:"id" maxLength:"40"`
	Body struct {
		Choice string `json:"choice" maxLength:"40" example:"night-cover"`
		Words  string `json:"words,omitempty" maxLength:"4000"`
		Hours  int    `json:"hours,omitempty" minimum:"0" maximum:"24" doc:"of a break-glass; 4 when absent"`
	}
}

func (in *askingIn) asking() Asking {
	return Asking{Patient: in.ID, Choice: in.Body.Choice, Words: in.Body.Words, Hours: in.Body.Hours}
}

// ReasonBody is a reason on the wire.
type ReasonBody struct {
	ID       string     `json:"id"`
	Patient  string     `json:"patient"`
	Person   string     `json:"person"`
	Kind     string     `json:"kind" enum:"reason,glass,unmask"`
	Choice   string     `json:"choice"`
	Purpose  string     `json:"purpose"`
	Since    time.Time  `json:"since"`
	Until    time.Time  `json:"until"`
	ReviewBy *time.Time `json:"reviewBy,omitempty"`
	Verdict  string     `json:"verdict,omitempty"`
	Reviewer string     `json:"reviewer,omitempty"`
}

func wireReason(r Reason) ReasonBody {
	b := ReasonBody{ID: r.ID, Patient: r.Patient, Person: r.Person, Kind: r.Kind, Choice: r.Choice, Purpose: r.Purpose, Since: r.Since, Until: r.Until, Verdict: r.Verdict, Reviewer: r.Reviewer}
	if !r.ReviewBy.IsZero() {
		b.ReviewBy = &r.ReviewBy
	}
	return b
}

type reasonOut struct{ Body ReasonBody }

func (room *Room) postStated(ctx context.Context, in *askingIn) (*reasonOut, error) {
	given, err := room.State(ctx, in.asking())
	return &reasonOut{wireReason(given)}, err
}

func (room *Room) postGlass(ctx context.Context, in *askingIn) (*reasonOut, error) {
	given, err := room.BreakGlass(ctx, in.asking())
	return &reasonOut{wireReason(given)}, err
}

func (room *Room) postUnmask(ctx context.Context, in *askingIn) (*reasonOut, error) {
	given, err := room.Unmask(ctx, in.asking())
	return &reasonOut{wireReason(given)}, err
}

type mineOut struct {
	Body struct {
		Items []ReasonBody `json:"items"`
	}
}

func (room *Room) getMine(ctx context.Context, _ *struct{}) (*mineOut, error) {
	mine, err := room.Mine(ctx)
	out := &mineOut{}
	out.Body.Items = make([]ReasonBody, len(mine))
	for i, r := range mine {
		out.Body.Items[i] = wireReason(r)
	}
	return out, err
}

type listedBody struct {
	ReasonBody
	Said string         `json:"said,omitempty" doc:"the words that were given"`
	Who  staff.NameBody `json:"who"`
}

func (room *Room) getReasons(ctx context.Context, in *struct {
	web.Paging
	Waiting bool `query:"waiting" doc:"only break-glass that waits for a verdict"`
}) (*pageOut[listedBody], error) {
	page, err := room.List(ctx, in.Waiting, in.Cursor, in.Limit)
	return &pageOut[listedBody]{web.Shown(page, wireListed)}, err
}

func wireListed(l Listed) listedBody {
	return listedBody{ReasonBody: wireReason(l.Reason), Said: l.Said, Who: staff.NameBody(l.Who)}
}

func (room *Room) postWithdraw(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, room.Withdraw(ctx, in.ID)
}

func (room *Room) postReview(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Verdict string `json:"verdict" doc:"proper, improper or unclear"`
	}
}) (*struct{}, error) {
	return nil, room.Review(ctx, in.ID, in.Body.Verdict)
}
