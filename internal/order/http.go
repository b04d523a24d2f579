package order

import (
	"context"
	"net/http"

	"github.com/medward/medward/internal/base/web"
)

const tag = "order"

// Routes adds the operations of the room.
func (room *Room) Routes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/patients/{id}/orders-under-way", ID: "listOrdersUnderWay", Verb: "order.list", Tag: tag,
		Summary: "Show the orders of a patient that go on or were stopped within a day: what was done on each, its stock, how old that is, and what is against it"}, room.getOfPatient)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/orders/conflicts", ID: "listOrderConflicts", Verb: "order.list", Tag: tag,
		Summary: "List conflicts with orders that the caller may read, newest first"}, room.getConflicts)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/orders/conflicts/{id}/decision", ID: "decideOrderConflict", Verb: "order.decide", Tag: tag,
		Summary: "Say whether an order in conflict is adjusted or kept, and why; it is changed in its own system"}, room.postDecision)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/orders/stock", ID: "listStock", Verb: "order.see-stock", Tag: tag,
		Summary: "List what lies in the pharmacies, by name, and how old what their systems said is"}, room.getStock)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/orders/stock", ID: "reportStock", Verb: "order.report", Tag: tag, Status: http.StatusNoContent,
		Summary: "Report what a pharmacy has of some items; for the source that keeps its stock. Older news changes nothing"}, room.postStock)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/orders/events", ID: "streamOrderEvents", Verb: "order.list", Tag: tag,
		Summary: "Stream (server-sent events) that something about the orders of a patient has changed, or about stock and conflicts: event “changed” with its time and nothing else"}, room.getEvents)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/orders/rules", ID: "seeOrderRules", Verb: "order.see-rules", Tag: tag,
		Summary: "Show the rules of conflicts in force, those that wait for approval, and those that come with the program"}, room.getRules)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/orders/rules", ID: "loadOrderRules", Verb: "order.load-rules", Tag: tag, Status: http.StatusCreated,
		Summary: "Load a set of rules, which counts once somebody else has approved it"}, room.postRules)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/orders/rules/approve", ID: "approveOrderRules", Verb: "order.approve-rules", Tag: tag,
		Summary: "Put a set of rules into force; somebody unrelated to whoever loaded it. All running orders are then looked at"}, room.postApproval)
}

type ordersOut struct{ Body OrdersBody }

func (room *Room) getOfPatient(ctx context.Context, in *web.OfID) (*ordersOut, error) {
	o, err := room.OfPatient(ctx, in.ID)
	return &ordersOut{wireOrders(o)}, err
}

type conflictsOut struct{ Body ConflictListBody }

func (room *Room) getConflicts(ctx context.Context, in *struct {
	web.Paging
	State string `query:"state" enum:"open,decided,lapsed" doc:"all when absent"`
}) (*conflictsOut, error) {
	l, err := room.Conflicts(ctx, in.State, in.Paging)
	return &conflictsOut{wireConflicts(l)}, err
}

func (room *Room) postDecision(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Decision string `json:"decision" enum:"adjust,keep"`
		Reason   string `json:"reason" maxLength:"1000"`
	}
}) (*struct{ Body DecisionBody }, error) {
	c, err := room.Decide(ctx, in.ID, in.Body.Decision, in.Body.Reason)
	return &struct{ Body DecisionBody }{wireDecision(c)}, err
}

func (room *Room) getStock(ctx context.Context, in *struct {
	web.Paging
	State string `query:"state" enum:"in-stock,low,out" doc:"all when absent"`
}) (*struct{ Body StockListBody }, error) {
	s, err := room.StockList(ctx, in.State, in.Paging)
	return &struct{ Body StockListBody }{wireShelf(s, room.desk.Now())}, err
}

func (room *Room) postStock(ctx context.Context, in *struct{ Body StockReportBody }) (*struct{}, error) {
	return nil, room.ReportStock(ctx, in.Body.stocked())
}

func (room *Room) getEvents(ctx context.Context, in *struct {
	Patient string `query:"patient" maxLength:"64" doc:"of this patient; stock and conflicts when absent"`
	Once    bool   `query:"once" doc:"answer with one event and end"`
}) (*web.Stream, error) {
	return room.Events(ctx, in.Patient, in.Once)
}

func (room *Room) getRules(ctx context.Context, _ *struct{}) (*struct{ Body RulesBody }, error) {
	r, err := room.SeeRules(ctx)
	return &struct{ Body RulesBody }{wireRules(r)}, err
}

func (room *Room) postRules(ctx context.Context, in *struct {
	Body struct {
		Rules []Rule `json:"rules" nullable:"false" maxItems:"2000"`
	}
}) (*struct{ Body RuleSetBody }, error) {
	s, err := room.LoadRules(ctx, in.Body.Rules)
	return &struct{ Body RuleSetBody }{wireSet(s)}, err
}

func (room *Room) postApproval(ctx context.Context, in *struct {
	Body struct {
		Number int `json:"number" minimum:"1"`
	}
}) (*struct{ Body RuleSetBody }, error) {
	s, err := room.ApproveRules(ctx, in.Body.Number)
	return &struct{ Body RuleSetBody }{wireSet(s)}, err
}
