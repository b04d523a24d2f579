package debarment

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

const tag = "debarment"

// Routes adds the operations of the room.
func (room *Room) Routes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/debarments", ID: "listDebarments", Verb: "debarment.list", Tag: tag,
		Summary: "List who is barred, was, or is proposed to be, the newest first"}, room.getDebarments)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/debarments/reasons", ID: "listDebarmentReasons", Verb: "debarment.list", Tag: tag,
		Summary: "List why somebody can be barred"}, room.getReasons)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/debarments", ID: "proposeDebarment", Verb: "debarment.propose", Tag: tag, Status: http.StatusCreated,
		Summary: "Propose that a person or an organisation is barred; somebody unrelated agrees"}, room.postDebarment)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/debarments/{id}", ID: "viewDebarment", Verb: "debarment.view", Tag: tag,
		Summary: "Show who is barred, why, and until when"}, room.getDebarment)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/debarments/{id}/settle", ID: "settleDebarment", Verb: "debarment.settle", Tag: tag,
		Summary: "Agree to what somebody else proposed, or decline it"}, room.postSettle)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/debarments/{id}/change", ID: "changeDebarment", Verb: "debarment.change", Tag: tag,
		Summary: "Ask that a debarment ends, or until when it goes on; somebody unrelated agrees"}, room.postChange)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/debarments/hits", ID: "listDebarmentHits", Verb: "debarment.list", Tag: tag,
		Summary: "List what was held back, the newest first"}, room.getHits)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/debarments/hits/{id}/judge", ID: "judgeDebarmentHit", Verb: "debarment.judge", Tag: tag,
		Summary: "Say whether a hit is the one who is barred, or another of that name"}, room.postJudge)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/debarments/traces", ID: "traceLeakedCopy", Verb: "debarment.trace", Tag: tag, Status: http.StatusCreated,
		Summary: "Tell to whom the copy was given that bears a code"}, room.postTrace)
}

type listOut struct{ Body ListBody }

func (room *Room) getDebarments(ctx context.Context, in *struct {
	web.Paging
	State string `query:"state" enum:"proposed,held,declined,ended" doc:"all when absent"`
}) (*listOut, error) {
	page, err := room.List(ctx, in.State, in.Paging)
	return &listOut{ListBody{web.Shown(page.Page, room.wired()), staff.WireNames(page.Names)}}, err
}

func (room *Room) wired() func(Listed) Body {
	now := room.desk.Now()
	return func(l Listed) Body { return wireDebarment(l, now) }
}

type reasonsOut struct{ Body ReasonsBody }

func (room *Room) getReasons(ctx context.Context, _ *struct{}) (*reasonsOut, error) {
	err := room.desk.Disclose(ctx, "debarment.list", func(ctx context.Context, r *act.Reading) error { return r.Permit(ctx, houseObject(r.Actor().Org)) })
	if err != nil {
		return nil, err
	}
	out := &reasonsOut{}
	for _, one := range Reasons() {
		out.Body.Reasons = append(out.Body.Reasons, ReasonBody(one))
	}
	return out, nil
}

type debarmentOut struct{ Body Body }

// whole is a debarment without what was sealed of it, as an act that changed it answers.
func (room *Room) whole(d Debarment) *debarmentOut {
	return &debarmentOut{wireDebarment(Listed{Debarment: d}, room.desk.Now())}
}

func (room *Room) postDebarment(ctx context.Context, in *struct{ Body WritingBody }) (*debarmentOut, error) {
	d, err := room.Propose(ctx, in.Body.proposal())
	return room.whole(d), err
}

type seenOut struct{ Body SeenBody }

func (room *Room) getDebarment(ctx context.Context, in *web.OfID) (*seenOut, error) {
	seen, err := room.View(ctx, in.ID)
	return &seenOut{SeenBody{wireDebarment(seen.Listed, room.desk.Now()), staff.WireNames(seen.Names)}}, err
}

func (room *Room) postSettle(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Rev   int  `json:"rev"`
		Agree bool `json:"agree" doc:"false: decline"`
	}
}) (*debarmentOut, error) {
	d, err := room.Settle(ctx, in.ID, in.Body.Rev, in.Body.Agree)
	return room.whole(d), err
}

func (room *Room) postChange(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Rev    int        `json:"rev"`
		End    bool       `json:"end,omitempty" doc:"it ends when somebody has agreed"`
		Until  *time.Time `json:"until,omitempty"`
		Review *time.Time `json:"review,omitempty"`
		Words  string     `json:"words" maxLength:"4000" doc:"why"`
	}
}) (*debarmentOut, error) {
	d, err := room.Change(ctx, in.ID, in.Body.Rev, Changing{End: in.Body.End, Until: moment(in.Body.Until), Review: moment(in.Body.Review), Words: in.Body.Words})
	return room.whole(d), err
}

type hitsOut struct{ Body HitListBody }

func (room *Room) getHits(ctx context.Context, in *struct {
	web.Paging
	Debarment string `query:"debarment" maxLength:"40"`
	State     string `query:"state" enum:"open,refused,asked,another,same,noted" doc:"open: those that wait"`
}) (*hitsOut, error) {
	page, err := room.Hits(ctx, in.Debarment, in.State, in.Paging)
	return &hitsOut{HitListBody{web.Shown(page.Page, wireHit), staff.WireNames(page.Names)}}, err
}

type judgedOut struct{ Body JudgedBody }

func (room *Room) postJudge(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Verdict string `json:"verdict" enum:"another,same,noted" doc:"noted: of a hit by number or person"`
		Words   string `json:"words" maxLength:"4000" doc:"why"`
	}
}) (*judgedOut, error) {
	h, err := room.Judge(ctx, in.ID, in.Body.Verdict, in.Body.Words)
	return &judgedOut{JudgedBody{h.ID, h.State, web.Moment(h.Until)}}, err
}

type tracedOut struct{ Body TracedBody }

func (room *Room) postTrace(ctx context.Context, in *struct {
	Body struct {
		Code string `json:"code" maxLength:"240" doc:"as it stands on the copy"`
	}
}) (*tracedOut, error) {
	t, err := room.Trace(ctx, in.Body.Code)
	return &tracedOut{wireTraced(t)}, err
}
