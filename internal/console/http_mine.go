package console

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
)

func (room *Room) routesOfMine(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/me/use", ID: "viewMyUse", Verb: "ledger.mine", Tag: tag,
		Summary: "Show how one used patients' information within 30 days, and what was refused"}, room.getMine)
}

type usedBody struct {
	Use string `json:"use" enum:"borrow,edit,modify,open,search"`
	N   int64  `json:"n"`
}

type myUseOut struct {
	Body struct {
		From        time.Time  `json:"from"`
		Done        int64      `json:"done"`
		Refused     int64      `json:"refused"`
		PerThousand float64    `json:"perThousand" doc:"how many of a thousand uses were refused"`
		Kinds       []usedBody `json:"kinds"`
		Reasons     int64      `json:"reasons" doc:"stated reasons"`
		Glass       int64      `json:"glass" doc:"broken glasses"`
		Unmasked    int64      `json:"unmasked" doc:"masked fields shown for a reason"`
		Requests    int64      `json:"requests" doc:"grants asked for"`
		Refusals    linesBody  `json:"refusals" doc:"what was refused, newest first"`
	}
}

func (room *Room) getMine(ctx context.Context, in *web.Paging) (*myUseOut, error) {
	var after ledger.Cursor
	if _, err := web.DecodeCursor(in.Cursor, &after); err != nil {
		return nil, err
	}
	m, err := room.Mine(ctx, after, in.Limit)
	if err != nil {
		return nil, err
	}
	refusals, err := wireLines(m.Refusals)
	if err != nil {
		return nil, err
	}
	out := &myUseOut{}
	b := &out.Body
	b.From, b.Done, b.Refused, b.PerThousand, b.Refusals = m.From, m.Done, m.Refused, m.PerThousand(), refusals.Body
	for _, u := range policy.Uses() {
		b.Kinds = append(b.Kinds, usedBody{string(u.ID), m.ByKind[u.ID]})
	}
	b.Reasons, b.Glass, b.Unmasked, b.Requests = m.Beyond["access.state-reason"], m.Beyond["access.break-glass"], m.Beyond["access.unmask"], m.Beyond["access.request"]
	return out, nil
}
