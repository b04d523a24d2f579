package decide

import (
	"context"
	"net/http"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

func (room *Room) routesAfterwards(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/decide/afterwards", ID: "decideAfterwards", Verb: "decide.afterwards", Tag: tag, MaxBody: 256 << 10,
		Summary: "Hand in up to 50 uses that nobody decided, because no answer came"}, room.postAfterwards)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/decide/uses", ID: "listUses", Verb: "decide.uses", Tag: tag,
		Summary: "List what was handed in afterwards, newest first"}, room.getUses)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/decide/uses/{id}/settle", ID: "settleUse", Verb: "decide.settle", Tag: tag, Status: http.StatusNoContent, MaxBody: 8 << 10,
		Summary: "Say what became of a use that was set aside"}, room.postSettle)
}

type afterwardsOut struct{ Body TakenInBody }

func (room *Room) postAfterwards(ctx context.Context, in *struct{ Body AfterwardsBody }) (*afterwardsOut, error) {
	taken, err := room.HandIn(ctx, in.Body.afterwards())
	if err != nil {
		return nil, err
	}
	return &afterwardsOut{wireTaken(taken)}, nil
}

type usesOut struct{ Body UsesBody }

func (room *Room) getUses(ctx context.Context, in *struct {
	web.Paging
	State string `query:"state" enum:"explained,waiting,accepted,raised" default:"waiting"`
}) (*usesOut, error) {
	l, err := room.Uses(ctx, in.State, in.Paging)
	if err != nil {
		return nil, err
	}
	out := &usesOut{UsesBody{Names: staff.WireNames(l.Names)}}
	out.Body.Next, out.Body.Items = l.Next, make([]UseBody, len(l.Items))
	for i, u := range l.Items {
		out.Body.Items[i] = wireUse(u)
	}
	return out, nil
}

func (room *Room) postSettle(ctx context.Context, in *struct {
	ID   string `path:"id" maxLength:"40"`
	Body struct {
		Outcome string `json:"outcome" enum:"accepted,raised"`
		Words   string `json:"words" maxLength:"500" minLength:"1"`
	}
}) (*struct{}, error) {
	_, err := room.Settle(ctx, in.ID, in.Body.Outcome, in.Body.Words)
	return nil, err
}
