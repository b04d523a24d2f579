package staff

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
)

func (r *Room) stayRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/persons/{id}/stays", ID: "beginStay", Verb: "staff.begin-stay", Tag: tag,
		Status: http.StatusCreated, Summary: "Let somebody be here, or away, for a time, with the posts that come with it"}, r.postStay)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/stays", ID: "listStays", Verb: "staff.list-stays", Tag: tag,
		Summary: "List the stays one may see: an office all, a sponsor his, everybody his own"}, r.getStays)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/stays/{id}/until", ID: "moveStay", Verb: "staff.move-stay", Tag: tag,
		Summary: "Give a stay another end, within its programme or with a new one"}, r.postStayUntil)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/stays/{id}/end", ID: "endStay", Verb: "staff.end-stay", Tag: tag,
		Summary: "End a stay now; a sponsor may do so"}, r.postStayEnd)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/persons/{id}/trainings", ID: "recordTraining", Verb: "staff.record-training", Tag: tag,
		Status: http.StatusCreated, Summary: "Say that somebody has passed a training"}, r.postTraining)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/persons/{id}/leave", ID: "leave", Verb: "staff.leave", Tag: tag,
		Status: http.StatusCreated, Summary: "Record that somebody leaves, now or at a set moment"}, r.postLeave)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/persons/{id}/lines", ID: "listLinesOf", Verb: "staff.view-lines", Tag: tag,
		Summary: "Show what must be taken back from somebody who leaves"}, r.getLinesOf)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/persons/{id}/lines", ID: "addLine", Verb: "staff.add-line", Tag: tag,
		Status: http.StatusCreated, Summary: "Add something particular to be taken back"}, r.postLine)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/lines", ID: "listOpenLines", Verb: "staff.view-lines", Tag: tag,
		Summary: "List what nobody has signed for yet, the most urgent first"}, r.getOpenLines)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/lines/{id}/sign", ID: "signLine", Verb: "staff.sign-line", Tag: tag,
		Summary: "Say that something was taken back"}, r.postLineSign)
}

type newPostBody struct {
	Role       string `json:"role,omitempty" maxLength:"40" doc:"the one that the kind brings by itself when absent"`
	Department string `json:"department,omitempty" maxLength:"40" doc:"that of the stay when absent"`
	TitleZH    string `json:"titleZh,omitempty" maxLength:"320"`
	TitleEN    string `json:"titleEn,omitempty" maxLength:"320"`
	Team       string `json:"team,omitempty" maxLength:"320"`
}

type newStayBody struct {
	Kind       string        `json:"kind" maxLength:"40" doc:"joining, training, rotation, rural, support, study, guest, internship, transfer, leave, vendor, outsourced, outside or reappointed"`
	Department string        `json:"department" maxLength:"40"`
	Sponsor    string        `json:"sponsor,omitempty" maxLength:"40" doc:"person who answers for it"`
	Vendor     string        `json:"vendor,omitempty" maxLength:"40" doc:"of a vendor's engineer"`
	Since      time.Time     `json:"since,omitzero" doc:"now when absent"`
	Until      time.Time     `json:"until" doc:"required: a stay without an end cannot exist"`
	Programme  time.Time     `json:"programme,omitzero" doc:"end of the programme, beyond which the stay cannot be extended"`
	Posts      []newPostBody `json:"posts,omitempty" maxItems:"20"`
}

func (b newStayBody) domain(person string) NewStay {
	n := NewStay{
		Person: person, Kind: StayKind(b.Kind), Department: b.Department, Sponsor: b.Sponsor, Vendor: b.Vendor,
		Since: b.Since, Until: b.Until, Programme: b.Programme,
	}
	for _, p := range b.Posts {
		n.Posts = append(n.Posts, NewPost(p))
	}
	return n
}

type stayBody struct {
	ID         string    `json:"id"`
	Person     string    `json:"person"`
	Kind       string    `json:"kind"`
	Department string    `json:"department"`
	Sponsor    string    `json:"sponsor,omitempty"`
	Vendor     string    `json:"vendor,omitempty"`
	Since      time.Time `json:"since"`
	Until      time.Time `json:"until" doc:"when it stops to count"`
	Programme  time.Time `json:"programme"`
	Live       bool      `json:"live"`
	Posts      []string  `json:"posts" doc:"ids of the appointments that begin and end with it"`
}

func wireStay(s Stay, at time.Time) stayBody {
	return stayBody{
		ID: s.ID, Person: s.Person, Kind: string(s.Kind), Department: s.Department, Sponsor: s.Sponsor, Vendor: s.Vendor,
		Since: s.Since, Until: s.End(), Programme: s.Programme, Live: s.Live(at), Posts: append([]string{}, s.Posts...),
	}
}

type stayOut struct{ Body stayBody }

func (r *Room) postStay(ctx context.Context, in *struct {
	web.OfID
	Body newStayBody
}) (*stayOut, error) {
	made, err := r.BeginStay(ctx, in.Body.domain(in.ID))
	return &stayOut{wireStay(made, r.desk.Now())}, err
}

type staysIn struct {
	web.Paging
	Person  string `query:"person" maxLength:"40"`
	Sponsor string `query:"sponsor" maxLength:"40" doc:"who answers for them"`
	Kind    string `query:"kind" maxLength:"40"`
	Live    bool   `query:"live" doc:"only those that count now"`
}

type staysOut struct{ Body web.Page[stayBody] }

func (r *Room) getStays(ctx context.Context, in *staysIn) (*staysOut, error) {
	var after string
	if _, err := web.DecodeCursor(in.Cursor, &after); err != nil {
		return nil, err
	}
	found, err := r.ListStays(ctx, StaysFilter{Person: in.Person, Sponsor: in.Sponsor, Kind: StayKind(in.Kind), Live: in.Live}, after, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &staysOut{Body: web.Page[stayBody]{Items: make([]stayBody, len(found.Items))}}
	for i, s := range found.Items {
		out.Body.Items[i] = wireStay(s, r.desk.Now())
	}
	if found.Next != "" {
		out.Body.Next, err = web.EncodeCursor(found.Next)
	}
	return out, err
}

func (r *Room) postStayUntil(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Until     time.Time `json:"until"`
		Programme time.Time `json:"programme,omitzero" doc:"a new end of the programme"`
	}
}) (*stayOut, error) {
	moved, err := r.MoveStay(ctx, in.ID, in.Body.Until, in.Body.Programme)
	return &stayOut{wireStay(moved, r.desk.Now())}, err
}

func (r *Room) postStayEnd(ctx context.Context, in *web.OfID) (*stayOut, error) {
	ended, err := r.EndStay(ctx, in.ID)
	return &stayOut{wireStay(ended, r.desk.Now())}, err
}

type trainingBody struct {
	ID     string    `json:"id"`
	Course string    `json:"course"`
	Passed time.Time `json:"passed"`
	Until  time.Time `json:"until"`
}

type trainingOut struct{ Body trainingBody }

func (r *Room) postTraining(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Course string    `json:"course" maxLength:"320"`
		Passed time.Time `json:"passed,omitzero" doc:"now when absent"`
		Until  time.Time `json:"until" doc:"when it must be passed again"`
	}
}) (*trainingOut, error) {
	made, err := r.RecordTraining(ctx, NewPassed{Person: in.ID, Course: in.Body.Course, At: in.Body.Passed, Until: in.Body.Until})
	return &trainingOut{trainingBody{ID: made.ID, Course: made.Course, Passed: made.At, Until: made.Until}}, err
}

type departureBody struct {
	ID     string    `json:"id"`
	Person string    `json:"person"`
	Kind   string    `json:"kind"`
	At     time.Time `json:"at"`
}

type departureOut struct{ Body departureBody }

func (r *Room) postLeave(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Kind string    `json:"kind" maxLength:"40" doc:"resigned, retired, expired, dismissed or deceased"`
		At   time.Time `json:"at,omitzero" doc:"now when absent"`
	}
}) (*departureOut, error) {
	made, err := r.Leave(ctx, NewDeparture{Person: in.ID, Kind: DepartureKind(in.Body.Kind), At: in.Body.At})
	return &departureOut{departureBody{ID: made.ID, Person: made.Person, Kind: string(made.Kind), At: made.At}}, err
}

type exitLineBody struct {
	ID         string    `json:"id"`
	Person     string    `json:"person"`
	Kind       string    `json:"kind" enum:"device,system,data,key,door-card"`
	What       string    `json:"what,omitempty"`
	Role       string    `json:"role" doc:"whose line it is"`
	Department string    `json:"department,omitempty"`
	Due        time.Time `json:"due"`
	Signed     time.Time `json:"signed,omitzero"`
	SignedBy   string    `json:"signedBy,omitempty"`
}

func wireLine(l Line) exitLineBody {
	return exitLineBody{
		ID: l.ID, Person: l.Person, Kind: string(l.Kind), What: l.What, Role: l.Role, Department: l.Department,
		Due: l.Due, Signed: l.Signed, SignedBy: l.SignedBy,
	}
}

func wireLines(lines []Line) []exitLineBody {
	all := make([]exitLineBody, len(lines))
	for i, l := range lines {
		all[i] = wireLine(l)
	}
	return all
}

type linesOut struct {
	Body struct {
		Items []exitLineBody `json:"items"`
		Clear bool           `json:"clear" doc:"everything was taken back and the person may be cleared"`
	}
}

func (r *Room) getLinesOf(ctx context.Context, in *web.OfID) (*linesOut, error) {
	found, cleared, err := r.LinesOf(ctx, in.ID)
	out := &linesOut{}
	out.Body.Items, out.Body.Clear = wireLines(found), cleared
	return out, err
}

type openLinesOut struct{ Body web.Page[exitLineBody] }

func (r *Room) getOpenLines(ctx context.Context, _ *struct{}) (*openLinesOut, error) {
	found, err := r.OpenLines(ctx)
	return &openLinesOut{web.Page[exitLineBody]{Items: wireLines(found)}}, err
}

type lineOut struct{ Body exitLineBody }

func (r *Room) postLine(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Kind       string `json:"kind" maxLength:"40"`
		What       string `json:"what" maxLength:"320"`
		Role       string `json:"role" maxLength:"40" doc:"whose line it is"`
		Department string `json:"department,omitempty" maxLength:"40"`
	}
}) (*lineOut, error) {
	made, err := r.AddLine(ctx, NewLine{Person: in.ID, Kind: LineKind(in.Body.Kind), What: in.Body.What, Role: in.Body.Role, Department: in.Body.Department})
	return &lineOut{wireLine(made)}, err
}

func (r *Room) postLineSign(ctx context.Context, in *web.OfID) (*lineOut, error) {
	signed, err := r.SignLine(ctx, in.ID)
	return &lineOut{wireLine(signed)}, err
}
