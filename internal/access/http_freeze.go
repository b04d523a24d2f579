package access

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

func (room *Room) freezeRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/freezes", ID: "listFreezes", Verb: "access.see-freezes", Tag: tag,
		Summary: "List whose extra rights were frozen after repeated refusals, newest first"}, room.getFreezes)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/freezes/{id}/settle", ID: "settleFreeze", Verb: "access.settle-freeze", Tag: tag,
		Status: http.StatusNoContent, Summary: "Lift a freeze, or let it stand until its end"}, room.postSettleFreeze)
	room.breachRoutes(s)
}

// FreezeBody is a freeze on the wire.
type FreezeBody struct {
	ID        string                    `json:"id"`
	Person    string                    `json:"person"`
	Refused   int                       `json:"refused" doc:"patients, or other things, that were refused"`
	Since     time.Time                 `json:"since"`
	Until     time.Time                 `json:"until"`
	State     string                    `json:"state" enum:"live,lifted,over"`
	Settled   *time.Time                `json:"settled,omitempty" doc:"when somebody decided about it"`
	SettledBy string                    `json:"settledBy,omitempty"`
	Said      string                    `json:"said,omitempty"`
	Breach    *BreachBody               `json:"breach,omitempty" doc:"why somebody was frozen by hand"`
	Signed    []signedBody              `json:"signed,omitempty" doc:"what the person had signed for the grants he held"`
	Names     map[string]staff.NameBody `json:"names"`
}

func wireFreeze(f FreezeSeen) FreezeBody {
	return FreezeBody{
		ID: f.ID, Person: f.Person, Refused: f.Refused, Since: f.Since, Until: f.End(), State: f.State, Settled: web.Moment(f.Settled), SettledBy: f.SettledBy,
		Said: f.Said, Breach: wireBreach(f.Breach), Signed: wireSigned(f.Signed), Names: staff.WireNames(f.Names),
	}
}

func (room *Room) getFreezes(ctx context.Context, in *web.Paging) (*pageOut[FreezeBody], error) {
	page, err := room.Freezes(ctx, in.Cursor, in.Limit)
	return &pageOut[FreezeBody]{web.Shown(page, wireFreeze)}, err
}

func (room *Room) postSettleFreeze(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Lift  bool   `json:"lift" doc:"end it now; else it stands until its end"`
		Words string `json:"words" maxLength:"4000"`
	}
}) (*struct{}, error) {
	_, err := room.SettleFreeze(ctx, in.ID, in.Body.Lift, in.Body.Words)
	return nil, err
}
