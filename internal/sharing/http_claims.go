package sharing

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/consent"
	"github.com/medward/medward/internal/staff"
)

func (room *Room) routesOfClaims(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/sharing/claim-fields", ID: "listClaimFields", Verb: "sharing.list-claims", Tag: tag,
		Summary: "List what a row about a claim can tell, and the minimum of each kind of task, and on what a task can rest"}, room.getClaimFields)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/sharing/claim-tasks", ID: "listClaimTasks", Verb: "sharing.list-claims", Tag: tag,
		Summary: "List claim tasks, the newest first"}, room.getClaimTasks)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sharing/claim-tasks", ID: "askClaims", Verb: "sharing.ask-claims", Tag: tag,
		Status: http.StatusCreated, Summary: "Ask to read what an insurer needs of listed claims"}, room.postClaimTask)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/sharing/claim-tasks/{id}", ID: "viewClaimTask", Verb: "sharing.view-claims", Tag: tag,
		Summary: "Show a claim task and what was exported"}, room.getClaimTask)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sharing/claim-tasks/{id}/approve", ID: "approveClaims", Verb: "sharing.approve-claims", Tag: tag,
		Summary: "Approve a claim task, with those of its extra fields that are named"}, room.postApproveClaims)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sharing/claim-tasks/{id}/end", ID: "endClaims", Verb: "sharing.end-claims", Tag: tag,
		Summary: "End a claim task now, or refuse it"}, room.postEndClaims)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/sharing/claim-tasks/{id}/rows", ID: "readClaims", Verb: "sharing.read-claims", Tag: tag,
		Summary: "Show the rows of a claim task to its reviewer"}, room.getClaimRows)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sharing/claim-tasks/{id}/export", ID: "exportClaims", Verb: "sharing.export-claims", Tag: tag,
		Status: http.StatusCreated, Timeout: time.Minute, Summary: "Export the rows of a claim task, encrypted to its insurer"}, room.postExportClaims)
}

type claimFieldsOut struct {
	Body struct {
		Items []ClaimField    `json:"items"`
		Bases []consent.Basis `json:"bases" doc:"in law, on which a task can rest instead of the patients' consent"`
	}
}

func (room *Room) getClaimFields(ctx context.Context, _ *struct{}) (*claimFieldsOut, error) {
	out := &claimFieldsOut{}
	var err error
	out.Body.Bases = consent.Bases()
	out.Body.Items, err = room.Tellable(ctx)
	return out, err
}

type claimTasksOut struct {
	Body struct {
		web.Page[ClaimTaskBody]
		Names map[string]staff.NameBody `json:"names"`
	}
}

func (room *Room) getClaimTasks(ctx context.Context, in *struct{ web.Paging }) (*claimTasksOut, error) {
	l, err := room.ListClaims(ctx, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &claimTasksOut{}
	out.Body.Items, out.Body.Next, out.Body.Names = []ClaimTaskBody{}, l.Next, staff.WireNames(l.Names)
	for _, t := range l.Items {
		out.Body.Items = append(out.Body.Items, wireClaimTask(t, room.desk.Now()))
	}
	return out, nil
}

type claimTaskOut struct{ Body ClaimTaskBody }

func (room *Room) postClaimTask(ctx context.Context, in *struct{ Body askClaimsBody }) (*claimTaskOut, error) {
	t, err := room.AskClaims(ctx, AskingClaims(in.Body))
	return &claimTaskOut{wireClaimTask(t, room.desk.Now())}, err
}

type seenClaimsOut struct{ Body seenClaimsBody }

func (room *Room) getClaimTask(ctx context.Context, in *web.OfID) (*seenClaimsOut, error) {
	s, err := room.ViewClaims(ctx, in.ID)
	return &seenClaimsOut{wireSeenClaims(s, room.desk.Now())}, err
}

func (room *Room) postApproveClaims(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Extras []string `json:"extras,omitempty" maxItems:"20" doc:"fields beyond the minimum that are approved"`
	}
}) (*claimTaskOut, error) {
	t, err := room.ApproveClaims(ctx, in.ID, in.Body.Extras)
	return &claimTaskOut{wireClaimTask(t, room.desk.Now())}, err
}

func (room *Room) postEndClaims(ctx context.Context, in *web.OfID) (*claimTaskOut, error) {
	t, err := room.EndClaims(ctx, in.ID)
	return &claimTaskOut{wireClaimTask(t, room.desk.Now())}, err
}

type claimRowsOut struct {
	Body struct {
		web.Page[ClaimRow]
		Fields   []ClaimField `json:"fields"`
		Withheld []string     `json:"withheld" doc:"numbers of claims on this page of which nothing may be told"`
	}
}

func (room *Room) getClaimRows(ctx context.Context, in *struct {
	web.OfID
	web.Paging
}) (*claimRowsOut, error) {
	rows, err := room.ReadClaims(ctx, in.ID, in.Cursor, in.Limit)
	out := &claimRowsOut{}
	out.Body.Page, out.Body.Fields, out.Body.Withheld = rows.Page, rows.Fields, rows.Withheld
	return out, err
}

type claimFileOut struct{ Body claimFileBody }

func (room *Room) postExportClaims(ctx context.Context, in *web.OfID) (*claimFileOut, error) {
	f, err := room.ExportClaims(ctx, in.ID)
	return &claimFileOut{claimFileBody{wireClaimExport(f.ClaimExport), f.Envelope}}, err
}
