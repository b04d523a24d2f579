package privilege

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

const tag = "privilege"

// looking is how long an operation may take that reads the whole ledger.
const looking = 2 * time.Minute

// Routes adds the operations of the room.
func (room *Room) Routes(s *web.Server) {
	room.changeRoutes(s)
	room.envelopeRoutes(s)
	room.sessionRoutes(s)
	room.importantRoutes(s)
}

func (room *Room) changeRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/privilege/changes", ID: "listChanges", Verb: "privilege.list", Tag: tag,
		Summary: "List changes behind the system, newest first"}, room.getChanges)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/privilege/changes", ID: "askChange", Verb: "privilege.ask-change", Tag: tag, Status: http.StatusCreated,
		Summary: "Ask for a change behind the system"}, room.postChange)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/privilege/changes/{id}", ID: "viewChange", Verb: "privilege.view", Tag: tag,
		Summary: "Show a change with its script, captures and the rows it touched"}, room.getChange)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/privilege/changes/{id}/review", ID: "reviewChange", Verb: "privilege.review-change", Tag: tag,
		Summary: "Say that the script is right; somebody else than who asked"}, room.changeStep(room.ReviewChange))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/privilege/changes/{id}/approve", ID: "approveChange", Verb: "privilege.approve-change", Tag: tag,
		Summary: "Open the window of a change; a third person"}, room.changeStep(room.ApproveChange))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/privilege/changes/{id}/refuse", ID: "refuseChange", Verb: "privilege.refuse-change", Tag: tag,
		Summary: "Refuse a change, with a reason"}, room.postRefuseChange)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/privilege/changes/{id}/begin", ID: "beginChange", Verb: "privilege.begin-change", Tag: tag, Timeout: looking,
		Summary: "Capture the tables and begin, within the window"}, room.changeStep(room.BeginChange))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/privilege/changes/{id}/close", ID: "closeChange", Verb: "privilege.close-change", Tag: tag, Timeout: looking,
		Summary: "Capture the tables again, name the rows that were touched, and close"}, room.postCloseChange)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/privilege/tables", ID: "listChangeTables", Verb: "privilege.list", Tag: tag,
		Summary: "List the tables that a change may name, and when rows were looked at last"}, room.getTables)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/privilege/findings", ID: "listPrivilegeFindings", Verb: "privilege.list", Tag: tag,
		Summary: "List what was found done behind the house, newest first"}, room.getFindings)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/privilege/findings/{id}/dispose", ID: "disposePrivilegeFinding", Verb: "privilege.dispose-finding", Tag: tag,
		Summary: "Say what became of a finding"}, room.postDispose)
}

type changesOut struct{ Body staff.PageBody[ChangeBody] }

func (room *Room) getChanges(ctx context.Context, in *web.Paging) (*changesOut, error) {
	l, err := room.ListChanges(ctx, *in)
	return &changesOut{staff.WirePage(l, func(c Change) ChangeBody { return wireChange(c, room.desk.Now()) })}, err
}

type changeOut struct{ Body ChangeBody }

func (room *Room) postChange(ctx context.Context, in *struct{ Body AskingChange }) (*changeOut, error) {
	c, err := room.AskChange(ctx, in.Body)
	return &changeOut{wireChange(c, room.desk.Now())}, err
}

type seenChangeOut struct{ Body seenChangeBody }

func (room *Room) getChange(ctx context.Context, in *web.OfID) (*seenChangeOut, error) {
	s, err := room.ViewChange(ctx, in.ID)
	return &seenChangeOut{wireSeenChange(s, room.desk.Now())}, err
}

// changeStep is a step that needs nothing but its change.
func (room *Room) changeStep(do func(ctx context.Context, change string) (Change, error)) func(context.Context, *web.OfID) (*changeOut, error) {
	return func(ctx context.Context, in *web.OfID) (*changeOut, error) {
		c, err := do(ctx, in.ID)
		return &changeOut{wireChange(c, room.desk.Now())}, err
	}
}

func (room *Room) postRefuseChange(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Words string `json:"words" maxLength:"4000"`
	}
}) (*changeOut, error) {
	c, err := room.RefuseChange(ctx, in.ID, in.Body.Words)
	return &changeOut{wireChange(c, room.desk.Now())}, err
}

func (room *Room) postCloseChange(ctx context.Context, in *struct {
	web.OfID
	Body ClosingChange
}) (*changeOut, error) {
	c, err := room.CloseChange(ctx, in.ID, in.Body)
	return &changeOut{wireChange(c, room.desk.Now())}, err
}

type tablesOut struct {
	Body struct {
		Tables []string    `json:"tables"`
		Rounds []RoundBody `json:"rounds"`
	}
}

func (room *Room) getTables(ctx context.Context, _ *struct{}) (*tablesOut, error) {
	all, err := room.Rounds(ctx)
	out := &tablesOut{}
	out.Body.Tables, out.Body.Rounds = room.eyes.Known, make([]RoundBody, len(all))
	for i, r := range all {
		out.Body.Rounds[i] = wireRound(r)
	}
	return out, err
}

type findingsOut struct{ Body staff.PageBody[FindingBody] }

func (room *Room) getFindings(ctx context.Context, in *web.Paging) (*findingsOut, error) {
	l, err := room.ListFindings(ctx, *in)
	return &findingsOut{staff.WirePage(l, wireFinding)}, err
}

type findingOut struct{ Body FindingBody }

func (room *Room) postDispose(ctx context.Context, in *struct {
	web.OfID
	Body Disposing
}) (*findingOut, error) {
	f, err := room.Dispose(ctx, in.ID, in.Body)
	return &findingOut{wireFinding(f)}, err
}
