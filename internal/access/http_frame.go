package access

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

func (room *Room) frameRoutes(s *web.Server) {
	op := func(method, path, id, verb, summary string, status int) web.Op {
		return web.Op{Method: method, Path: path, ID: id, Verb: verb, Tag: tag, Status: status, Summary: summary}
	}
	web.Handle(s, op(http.MethodGet, "/api/frames", "listFrames", "access.see-frames", "List every department with the outermost of what its people may be granted", 0), room.getFrames)
	web.Handle(s, op(http.MethodGet, "/api/frame-history", "listFrameHistory", "access.see-frames", "List what was proposed and settled as frames, newest first", 0), room.getFrameHistory)
	web.Handle(s, op(http.MethodPost, "/api/frames", "proposeFrame", "access.propose-frame", "Propose the frame of a department, or of the house", http.StatusCreated), room.postFrame)
	web.Handle(s, op(http.MethodPost, "/api/frames/{id}/settle", "settleFrame", "access.settle-frame", "Agree to a frame that somebody else proposed, or decline it", 0), room.postSettleFrame)
	web.Handle(s, op(http.MethodGet, "/api/grant-exceptions", "listGrantExceptions", "access.see-grants", "List what was let pass the frame of a department, newest first", 0), room.getExceptions)
	web.Handle(s, op(http.MethodPost, "/api/grant-exceptions/{id}/decide", "decideGrantException", "access.decide-exception", "Keep a grant outside of its frame as an exception, or end it", 0), room.postException)
}

// FrameBody is a frame on the wire. What is empty or 0 restricts nothing.
type FrameBody struct {
	ID         string     `json:"id"`
	Department string     `json:"department,omitempty" doc:"whose people; the house's when absent"`
	Verbs      []string   `json:"verbs"`
	Purposes   []string   `json:"purposes"`
	Forms      []string   `json:"forms" doc:"kinds of document"`
	Places     []string   `json:"places" doc:"departments of the patients"`
	Roles      []string   `json:"roles" doc:"that may be held in the department"`
	Level      int        `json:"level" doc:"highest level of what may be read"`
	Days       int        `json:"days" doc:"longest grant, with its extensions"`
	RoleDays   int        `json:"roleDays" doc:"longest appointment"`
	Since      time.Time  `json:"since"`
	State      string     `json:"state" enum:"proposed,agreed,declined"`
	Proposed   time.Time  `json:"proposed"`
	ProposedBy string     `json:"proposedBy"`
	Settled    *time.Time `json:"settled,omitempty"`
	SettledBy  string     `json:"settledBy,omitempty"`
}

func wireFrame(f Frame) FrameBody {
	return FrameBody{
		f.ID, f.Department, f.Verbs, f.Purposes, f.Forms, f.Places, f.Roles, f.Level, f.Days, f.RoleDays, f.Since, f.State, f.Proposed, f.ProposedBy, web.Moment(f.Settled), f.SettledBy,
	}
}

func wireFrameIf(f *Frame) *FrameBody {
	if f == nil {
		return nil
	}
	b := wireFrame(*f)
	return &b
}

type framedBody struct {
	Department string     `json:"department,omitempty" doc:"absent: the house"`
	Name       fault.Text `json:"name"`
	InForce    *FrameBody `json:"inForce,omitempty" doc:"its own"`
	From       *FrameBody `json:"from,omitempty" doc:"of a department above or of the house, where it has none of its own"`
	Coming     *FrameBody `json:"coming,omitempty" doc:"agreed to, for later"`
	Waiting    *FrameBody `json:"waiting,omitempty"`
}

func wireFramed(f Framed) framedBody {
	b := framedBody{f.Department.ID, fault.Text{ZH: f.Department.NameZH, EN: f.Department.NameEN}, wireFrameIf(f.InForce), wireFrameIf(f.From), wireFrameIf(f.Coming), wireFrameIf(f.Waiting)}
	if f.Department.ID == "" {
		b.Name = fault.Text{ZH: "全院默认", EN: "The whole house"}
	}
	return b
}

func (room *Room) getFrames(ctx context.Context, _ *struct{}) (*pageOut[framedBody], error) {
	all, err := room.Frames(ctx)
	return &pageOut[framedBody]{web.Shown(web.Page[Framed]{Items: all}, wireFramed)}, err
}

// newestFrame is before every id that was ever made.
const newestFrame = "~"

func (room *Room) getFrameHistory(ctx context.Context, in *web.Paging) (*pageOut[FrameBody], error) {
	before := newestFrame
	if _, err := web.DecodeCursor(in.Cursor, &before); err != nil {
		return nil, err
	}
	limit := web.Bounded(in.Limit)
	found, err := room.FrameHistory(ctx, before, limit+1)
	if err != nil {
		return nil, err
	}
	page, err := web.PageOf(found, limit, func(f Frame) string { return f.ID })
	return &pageOut[FrameBody]{web.Shown(page, wireFrame)}, err
}

type frameOut struct{ Body FrameBody }

func (room *Room) postFrame(ctx context.Context, in *struct {
	Body struct {
		Department string    `json:"department,omitempty" maxLength:"40" doc:"the house's when absent"`
		Verbs      []string  `json:"verbs,omitempty" maxItems:"40"`
		Purposes   []string  `json:"purposes,omitempty" maxItems:"40"`
		Forms      []string  `json:"forms,omitempty" maxItems:"40"`
		Places     []string  `json:"places,omitempty" maxItems:"40"`
		Roles      []string  `json:"roles,omitempty" maxItems:"40"`
		Level      int       `json:"level,omitempty"`
		Days       int       `json:"days,omitempty"`
		RoleDays   int       `json:"roleDays,omitempty"`
		Since      time.Time `json:"since,omitzero" doc:"when it is agreed to, when absent"`
	}
}) (*frameOut, error) {
	f, err := room.ProposeFrame(ctx, NewFrame(in.Body))
	return &frameOut{wireFrame(f)}, err
}

func (room *Room) postSettleFrame(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Agree bool `json:"agree"`
	}
}) (*frameOut, error) {
	f, err := room.SettleFrame(ctx, in.ID, in.Body.Agree)
	return &frameOut{wireFrame(f)}, err
}

// ExceptionBody is an exception on the wire.
type ExceptionBody struct {
	ID         string                    `json:"id"`
	Kind       string                    `json:"kind" enum:"asked,role,outside" doc:"outside: a frame was narrowed"`
	Request    string                    `json:"request"`
	Result     string                    `json:"result,omitempty" doc:"the grant, or the appointment"`
	Person     string                    `json:"person"`
	Patient    string                    `json:"patient,omitempty"`
	Department string                    `json:"department,omitempty" doc:"whose frame is passed; the house's when absent"`
	Beyond     []string                  `json:"beyond" doc:"the limits that are passed"`
	State      string                    `json:"state" enum:"waiting,approved,refused,returned,withdrawn,lapsed,cut"`
	Steps      []Step                    `json:"steps"`
	Step       int                       `json:"step"`
	Votes      []voteBody                `json:"votes"`
	Opened     time.Time                 `json:"opened"`
	Due        *time.Time                `json:"due,omitempty" doc:"when it is cut unless somebody keeps it"`
	Until      time.Time                 `json:"until"`
	Closed     *time.Time                `json:"closed,omitempty"`
	Active     bool                      `json:"active"`
	WaitsForMe bool                      `json:"waitsForMe"`
	Said       string                    `json:"said,omitempty"`
	Names      map[string]staff.NameBody `json:"names"`
}

func wireException(s ExceptionSeen) ExceptionBody {
	b := ExceptionBody{
		ID: s.ID, Kind: s.Kind, Request: s.Request, Result: s.Result, Person: s.Person, Patient: s.Patient, Department: s.Department, Beyond: s.Beyond, State: s.State,
		Steps: s.Steps, Step: s.Step, Votes: []voteBody{}, Opened: s.Opened, Due: web.Moment(s.Due), Until: s.Until, Closed: web.Moment(s.Closed), Active: s.Active, WaitsForMe: s.Mine,
		Said: s.Said, Names: staff.WireNames(s.Names),
	}
	for _, v := range s.Votes {
		b.Votes = append(b.Votes, voteBody{v.Step, v.Person, v.At})
	}
	return b
}

func (room *Room) getExceptions(ctx context.Context, in *struct {
	web.Paging
	Active bool `query:"active" doc:"only what holds or waits"`
}) (*pageOut[ExceptionBody], error) {
	page, err := room.Exceptions(ctx, in.Active, in.Cursor, in.Limit)
	return &pageOut[ExceptionBody]{web.Shown(page, wireException)}, err
}

func (room *Room) postException(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Keep  bool   `json:"keep"`
		Words string `json:"words" maxLength:"4000"`
	}
}) (*struct{ Body ExceptionBody }, error) {
	x, err := room.DecideException(ctx, in.ID, in.Body.Keep, in.Body.Words)
	return &struct{ Body ExceptionBody }{wireException(ExceptionSeen{Exception: x})}, err
}
