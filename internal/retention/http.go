package retention

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

const tag = "retention"

// Routes offers the acts of the room.
func (room *Room) Routes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/retention/due", ID: "listDueRecords", Verb: "retention.due", Tag: tag,
		Summary: "List the records whose term is over and that nothing else keeps"}, room.getDue)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/retention/holds", ID: "listRetentionHolds", Verb: "retention.list", Tag: tag,
		Summary: "List the holds that keep records beyond their term, the newest first"}, room.getHolds)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/retention/holds", ID: "setRetentionHold", Verb: "retention.hold", Tag: tag, Status: http.StatusCreated,
		Summary: "Keep a patient's record beyond its term until a day, with basis and reason"}, room.postHold)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/retention/holds/{id}/lift", ID: "liftRetentionHold", Verb: "retention.lift-hold", Tag: tag,
		Summary: "End a hold before its day; somebody unrelated to whoever set it"}, room.postLift)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/retention/destructions", ID: "listDestructions", Verb: "retention.list", Tag: tag,
		Summary: "List the destructions, the newest first"}, room.getDestructions)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/retention/destructions", ID: "drawUpDestruction", Verb: "retention.draw-up", Tag: tag, Status: http.StatusCreated,
		Summary: "List records for destruction; refused with the day for each whose term runs"}, room.postDestruction)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/retention/destructions/{id}", ID: "viewDestruction", Verb: "retention.view", Tag: tag,
		Summary: "Show a list with its stubs, its steps and, at the end, its certificate"}, room.getDestruction)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/retention/destructions/{id}/appraise", ID: "appraiseDestruction", Verb: "retention.appraise", Tag: tag,
		Summary: "Say which records have lasting value and are kept, and send the rest on; another person than who drew it up"}, room.postAppraise)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/retention/destructions/{id}/approve", ID: "approveDestruction", Verb: "retention.approve", Tag: tag,
		Summary: "Approve for the office whose turn it is: medical affairs, the security administrator, the leadership"}, room.spoken(room.Approve))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/retention/destructions/{id}/stop", ID: "stopDestruction", Verb: "retention.stop", Tag: tag,
		Summary: "End a destruction before anything of it was destroyed, with a reason"}, room.spoken(room.Stop))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/retention/destructions/{id}/witness", ID: "witnessDestruction", Verb: "retention.witness", Tag: tag,
		Summary: "Say that one is present to see it carried out; holds for two hours"}, room.silent(room.Witness))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/retention/destructions/{id}/destroy", ID: "destroyRecords", Verb: "retention.destroy", Tag: tag,
		Summary: "Destroy the keys of the records on an approved list before two witnesses. It cannot be undone"}, room.silent(room.Destroy))
}

type dueOut struct{ Body web.Page[DueBody] }

func (room *Room) getDue(ctx context.Context, in *struct{ web.Paging }) (*dueOut, error) {
	page, err := room.Due(ctx, in.Paging)
	return &dueOut{web.Shown(page, wireDue)}, err
}

type holdsOut struct{ Body HoldsBody }

func (room *Room) getHolds(ctx context.Context, in *struct{ web.Paging }) (*holdsOut, error) {
	l, err := room.Holds(ctx, in.Paging)
	now := room.desk.Now()
	return &holdsOut{HoldsBody{web.Shown(l.Page, func(h Hold) HoldBody { return wireHold(h, now) }), staff.WireNames(l.Names)}}, err
}

type holdOut struct{ Body HoldBody }

func (room *Room) postHold(ctx context.Context, in *struct {
	Body struct {
		Patient string    `json:"patient" maxLength:"40"`
		Basis   string    `json:"basis" enum:"lawsuit,dispute,inquiry,research,other"`
		Words   string    `json:"words" maxLength:"2000" doc:"why, and by whose letter"`
		Until   time.Time `json:"until" doc:"at most five years ahead"`
	}
}) (*holdOut, error) {
	h, err := room.SetHold(ctx, Holding{in.Body.Patient, in.Body.Basis, in.Body.Words, in.Body.Until})
	return &holdOut{wireHold(h, room.desk.Now())}, err
}

func (room *Room) postLift(ctx context.Context, in *web.OfID) (*holdOut, error) {
	h, err := room.LiftHold(ctx, in.ID)
	return &holdOut{wireHold(h, room.desk.Now())}, err
}

type destructionsOut struct{ Body DestructionsBody }

func (room *Room) getDestructions(ctx context.Context, in *struct{ web.Paging }) (*destructionsOut, error) {
	l, err := room.List(ctx, in.Paging)
	return &destructionsOut{DestructionsBody{web.Shown(l.Page, wireDestruction), staff.WireNames(l.Names)}}, err
}

type destructionOut struct{ Body DestructionBody }

func (room *Room) postDestruction(ctx context.Context, in *struct {
	Body struct {
		Title    string   `json:"title" maxLength:"100"`
		Patients []string `json:"patients,omitempty" maxItems:"120" nullable:"false" doc:"none: as many as are due and fit one list"`
		Words    string   `json:"words" maxLength:"2000" doc:"why"`
	}
}) (*destructionOut, error) {
	d, err := room.DrawUp(ctx, DrawingUp{in.Body.Title, in.Body.Patients, in.Body.Words})
	return &destructionOut{wireDestruction(d)}, err
}

type seenOut struct{ Body SeenDestructionBody }

func (room *Room) getDestruction(ctx context.Context, in *web.OfID) (*seenOut, error) {
	seen, err := room.View(ctx, in.ID)
	return &seenOut{wireSeen(seen)}, err
}

func (room *Room) postAppraise(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Rev   int      `json:"rev"`
		Keep  []string `json:"keep,omitempty" maxItems:"120" nullable:"false" doc:"patients whose records have lasting value"`
		Words string   `json:"words" maxLength:"2000" doc:"the finding"`
	}
}) (*destructionOut, error) {
	d, err := room.Appraise(ctx, in.ID, in.Body.Rev, in.Body.Keep, in.Body.Words)
	return &destructionOut{wireDestruction(d)}, err
}

type spokenIn struct {
	web.OfID
	Body struct {
		Rev   int    `json:"rev"`
		Words string `json:"words,omitempty" maxLength:"2000"`
	}
}

func (room *Room) spoken(do func(ctx context.Context, list string, rev int, words string) (Destruction, error)) func(context.Context, *spokenIn) (*destructionOut, error) {
	return func(ctx context.Context, in *spokenIn) (*destructionOut, error) {
		d, err := do(ctx, in.ID, in.Body.Rev, in.Body.Words)
		return &destructionOut{wireDestruction(d)}, err
	}
}

type silentIn struct {
	web.OfID
	Body struct {
		Rev int `json:"rev"`
	}
}

func (room *Room) silent(do func(ctx context.Context, list string, rev int) (Destruction, error)) func(context.Context, *silentIn) (*destructionOut, error) {
	return func(ctx context.Context, in *silentIn) (*destructionOut, error) {
		d, err := do(ctx, in.ID, in.Body.Rev)
		return &destructionOut{wireDestruction(d)}, err
	}
}
