package access

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

func (room *Room) adjustmentRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/adjustments", ID: "listAdjustments", Verb: "access.see-adjustments", Tag: tag,
		Summary: "List the rights that the house adjusted by itself in a month, by trigger, newest first"}, room.getAdjustments)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/grants/{id}/keep", ID: "keepGrant", Verb: "access.keep-grant", Tag: tag,
		Status: http.StatusNoContent, Summary: "Keep a grant of one's own that would end because it was not used"}, room.postKeep)
}

// AdjustmentBody is an automatic adjustment on the wire.
type AdjustmentBody struct {
	Trigger string         `json:"trigger" doc:"of triggers"`
	ID      string         `json:"id"`
	Person  string         `json:"person"`
	Who     staff.NameBody `json:"who"`
	At      time.Time      `json:"at"`
	Noticed *time.Time     `json:"noticed,omitempty" doc:"when somebody was told beforehand"`
	Ends    *time.Time     `json:"ends,omitempty" doc:"when it is over; absent: it is for good"`
}

type triggerBody struct {
	ID     string     `json:"id"`
	Name   fault.Text `json:"name"`
	Effect fault.Text `json:"effect"`
	Notice fault.Text `json:"notice" doc:"when people hear of it"`
	Count  int        `json:"count" doc:"in the month"`
}

type adjustmentsOut struct {
	Body struct {
		web.Page[AdjustmentBody]
		Month    string        `json:"month" example:"2026-11"`
		Triggers []triggerBody `json:"triggers"`
	}
}

func (room *Room) getAdjustments(ctx context.Context, in *struct {
	web.Paging
	Month   string `query:"month" maxLength:"7" doc:"such as 2026-11; the present one when absent"`
	Trigger string `query:"trigger" maxLength:"20" doc:"any when absent"`
}) (*adjustmentsOut, error) {
	found, err := room.Adjustments(ctx, in.Month, in.Trigger, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &adjustmentsOut{}
	out.Body.Page = web.Shown(found.Page, func(a AdjustmentSeen) AdjustmentBody {
		return AdjustmentBody{a.Trigger, a.ID, a.Person, staff.NameBody(a.Who), a.At, web.Moment(a.Noticed), web.Moment(a.Ends)}
	})
	out.Body.Month = found.Month.Format(monthForm)
	for _, t := range triggers {
		out.Body.Triggers = append(out.Body.Triggers, triggerBody{t.ID, t.Name, t.Effect, t.Notice, found.Counts[t.ID]})
	}
	return out, nil
}

func (room *Room) postKeep(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Words string `json:"words" maxLength:"2000"`
	}
}) (*struct{}, error) {
	_, err := room.KeepGrant(ctx, in.ID, in.Body.Words)
	return nil, err
}
